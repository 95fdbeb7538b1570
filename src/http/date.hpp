// Dates as HTTP writes them (RFC 9110 §5.6.7): "Tue, 24 Nov 2026 12:00:00 GMT".
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace xiaoyuan::http {

std::string http_date(std::int64_t unix_s);
/// The clock's, written once a second; stays until the thread asks again.
std::string_view http_date_now();

}  // namespace xiaoyuan::http
