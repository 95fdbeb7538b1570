#include "ledger/bytes.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace xiaoyuan::ledger {

std::string ByteReader::raw() {
  const auto size = number<std::uint32_t>();
  if (!has(size)) {
    return {};
  }
  at_ += size;
  return std::string(bytes_.substr(at_ - size, size));
}

std::string ByteReader::text() {
  std::string found = raw();
  if (!is_utf8(found)) {
    failed_ = true;
    return {};
  }
  return found;
}

Digest ByteReader::digest() {
  Digest digest;
  if (has(digest.bytes.size())) {
    std::ranges::copy(bytes_.substr(at_, digest.bytes.size()), digest.bytes.begin());
    at_ += digest.bytes.size();
  }
  return digest;
}

std::uint32_t ByteReader::count(std::size_t size) {
  const auto found = number<std::uint32_t>();
  return has(found * size) ? found : 0;
}

}  // namespace xiaoyuan::ledger
