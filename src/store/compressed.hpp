// Bytes under zstd, and back: documents as they are kept, blocks of an archive.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace xiaoyuan::store {

std::string compressed(std::string_view bytes);

/// The `size` bytes that were compressed. Errors: the bytes are no frame of that size.
Result<std::string> expanded(std::string_view bytes, std::size_t size, const std::string& name);

}  // namespace xiaoyuan::store
