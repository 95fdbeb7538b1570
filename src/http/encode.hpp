// Answers made smaller for those who read gzip (RFC 1952): large text alone, at zlib's fastest.
#pragma once
#include <string_view>

#include "http/message.hpp"

namespace xiaoyuan::http {

/// An Accept-Encoding takes gzip ("gzip;q=0" does not).
bool takes_gzip(std::string_view accept_encoding);

enum class Takes : unsigned char { plain, gzip };
/// Packs a body of text of 4 KiB or more, or leaves it as it is. The mark (ETag) stays: the bytes
/// that it stands for are those within. Such an answer says that it varies.
void encode(Response& response, Takes takes);

}  // namespace xiaoyuan::http
