#include "people/secret.hpp"

#include <sodium.h>

#include <array>

#include "base/check.hpp"

namespace xiaoyuan::people {

namespace {

template <std::size_t Size>
std::array<unsigned char, Size> random_bytes() {
  expects(sodium_init() >= 0);
  std::array<unsigned char, Size> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace

std::string new_secret() {
  const auto bytes = random_bytes<32>();
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_ENCODED_LEN(32, variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
  text.pop_back();  // its NUL
  return text;
}

Digest key_of(std::string_view secret) { return sha256(secret); }

std::string csrf_of(std::string_view secret) {
  return hex(sha256({"xiaoyuan csrf\n", secret})).substr(0, 32);
}

std::string new_code() {
  constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford's base 32
  std::string code;
  std::size_t count = 0;
  for (const unsigned char byte : random_bytes<16>()) {
    if (count > 0 && count % 4 == 0) {
      code += '-';
    }
    code += letters[byte % letters.size()];
    ++count;
  }
  return code;
}

bool same_secret(std::string_view a, std::string_view b) {
  // Digests are of one length, whatever the lengths of what is compared.
  const Digest first = sha256(a);
  const Digest second = sha256(b);
  return sodium_memcmp(first.bytes.data(), second.bytes.data(), first.bytes.size()) == 0;
}

}  // namespace xiaoyuan::people
