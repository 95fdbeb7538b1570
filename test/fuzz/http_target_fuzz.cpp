// Any bytes as a target, a cookie header and an Accept-Encoding. A path that is read says the same
// when it is written again.
#include <fmt/format.h>

#include "foreign.hpp"
#include "http/encode.hpp"
#include "http/target.hpp"

namespace {

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    result += c == '/' ? "/" : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const std::string_view text = fuzz::text(bytes, size);
  if (const auto target = http::read_target(text)) {
    expects(target->path.starts_with('/') && is_utf8(target->path));
    expects(target->path.find('\\') == std::string::npos &&
            target->path.find("/../") == std::string::npos);
    const auto again = http::read_target(escaped(target->path));
    expects(again && again->path == target->path);
    for (const auto& [name, value] : target->query) {
      expects(is_utf8(name) && is_utf8(value) && value.find('\0') == value.npos);
    }
  }
  const std::string_view cookie = http::cookie_value(text, "session");
  expects(cookie.empty() || text.find(cookie) != text.npos);
  http::takes_gzip(text);
  http::names_word(text, "close");
  return 0;
}
