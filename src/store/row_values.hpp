// How instants, digests and enumerations stand in the rows of SQLite and PostgreSQL.
#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>

#include "base/hash.hpp"
#include "base/time_axis.hpp"

namespace xiaoyuan::store {

inline std::int64_t seconds(Instant instant) { return instant.time_since_epoch().count(); }
inline Instant instant(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }

template <class Enum>
  requires std::is_enum_v<Enum>
std::int64_t code(Enum value) {
  return static_cast<std::int64_t>(value);
}
/// What is no value of any enumeration becomes 255, which the answers refuse (answers.hpp).
template <class Enum>
  requires std::is_enum_v<Enum>
Enum decoded(std::int64_t code) {
  return static_cast<Enum>(code >= 0 && code < 255 ? code : 255);
}

/// A digest that was kept as bytes; zeros where there are not 32 of them, which belong to nothing.
inline Digest kept_digest(std::string_view bytes) {
  Digest digest;
  if (bytes.size() == digest.bytes.size()) {
    std::copy(bytes.begin(), bytes.end(), digest.bytes.begin());
  }
  return digest;
}

/// Numbers beyond the store's are beyond every table's end.
inline std::int64_t whole(std::uint64_t number) {
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return static_cast<std::int64_t>(std::min(number, most));
}

}  // namespace xiaoyuan::store
