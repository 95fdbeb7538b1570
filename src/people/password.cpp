#include "people/password.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include "base/check.hpp"
#include "people/words.hpp"

namespace xiaoyuan::people {

namespace {

constexpr unsigned long long operations = crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE;
constexpr std::size_t memory_bytes = crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE;

/// The hash of a password that nobody knows, to compare with where there is no account.
const std::string& hash_of_nobody() {
  static const std::string hash = [] {
    std::string random(32, '\0');
    randombytes_buf(random.data(), random.size());
    auto made = hashed(random);
    return made ? *made : std::string();
  }();
  return hash;
}

}  // namespace

Result<void> check_password(std::string_view password, std::string_view name,
                            const std::string& field) {
  const auto wrong = [&field](Text what) {
    return fail(Fault::bad_input, std::move(what), {"", 0, field});
  };
  if (password.size() > most_of_password) {
    return wrong({"is too long", "过长"});
  }
  if (!is_utf8(password)) {
    return wrong({"is no well-formed UTF-8", "不是合法的 UTF-8 文本"});
  }
  const std::size_t size = characters_of(password).size();
  if (size < least_of_password) {
    return wrong({fmt::format("expected {} characters or more, found {}", least_of_password, size),
                  fmt::format("至少需要 {} 个字符,实为 {} 个", least_of_password, size)});
  }
  if (folded(password) == name) {
    return wrong({"may not be the name", "密码不能与用户名相同"});
  }
  if (is_common(password)) {
    return wrong(
        {"is one of those that are tried first; take another", "过于常见,极易被猜中,请另选密码"});
  }
  return {};
}

Result<std::string> hashed(std::string_view password) {
  expects(sodium_init() >= 0);
  std::string text(crypto_pwhash_argon2id_STRBYTES, '\0');
  if (crypto_pwhash_argon2id_str(text.data(), password.data(), password.size(), operations,
                                 memory_bytes) != 0) {
    return fail(Fault::impossible, {"there is not enough memory to keep a password safely",
                                    "内存不足,无法安全保存密码"});
  }
  text.resize(text.find('\0'));
  return text;
}

bool is_password(std::string_view password, const std::string& hash) {
  expects(sodium_init() >= 0);
  const std::string& compared = hash.empty() ? hash_of_nobody() : hash;
  // A password that is too long cannot have been kept; it takes the time of another wrong one.
  const std::string_view tried = password.substr(0, most_of_password);
  const bool same =
      crypto_pwhash_argon2id_str_verify(compared.c_str(), tried.data(), tried.size()) == 0;
  return same && !hash.empty() && tried.size() == password.size();
}

}  // namespace xiaoyuan::people
