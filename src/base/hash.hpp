// SHA-256 (FIPS 180-4): the fingerprint of bytes by which books and readings are sealed.
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace xiaoyuan {

struct Digest {
  std::array<std::uint8_t, 32> bytes{};
  friend auto operator<=>(const Digest&, const Digest&) = default;
};

/// Of the parts one after another.
Digest sha256(std::initializer_list<std::string_view> parts);
inline Digest sha256(std::string_view bytes) { return sha256({bytes}); }

/// The same bytes, for hashing them again.
std::string_view view_of(const Digest& digest);

/// 64 small hexadecimal digits.
std::string hex(const Digest& digest);
/// The digest that `hex` wrote; nothing when `text` is not exactly that.
std::optional<Digest> digest_from_hex(std::string_view text);

}  // namespace xiaoyuan
