#include "http/message.hpp"

#include <algorithm>

#include "http/target.hpp"

namespace xiaoyuan::http {

std::string_view Request::header(std::string_view name) const {
  const auto found =
      std::ranges::find_if(headers, [&](const Header& each) { return same_word(each.name, name); });
  return found == headers.end() ? std::string_view{} : std::string_view{found->value};
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
  const auto found =
      std::ranges::find_if(query, [&](const auto& each) { return each.first == name; });
  return found == query.end() ? std::nullopt : std::optional<std::string_view>{found->second};
}

std::string_view Request::cookie(std::string_view name) const {
  return cookie_value(header("Cookie"), name);
}

}  // namespace xiaoyuan::http
