#include "http/target.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace xiaoyuan::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char small = static_cast<char>(c | 0x20);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

/// http://host/path → /path: servers must read the form that is meant for proxies.
std::string_view without_origin(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (text.size() > scheme.size() && same_word(text.substr(0, scheme.size()), scheme)) {
      const std::size_t slash = text.find_first_of("/?", scheme.size());
      return slash == std::string_view::npos || text[slash] == '?' ? "/" : text.substr(slash);
    }
  }
  return text;
}

std::optional<std::string> read_path(std::string_view text) {
  if (!text.starts_with('/')) {
    return std::nullopt;
  }
  std::string path;
  for (std::string_view rest = text; !rest.empty();) {
    rest.remove_prefix(1);
    const std::string_view raw = rest.substr(0, rest.find('/'));
    rest.remove_prefix(raw.size());
    if (raw.empty() && rest.empty()) {
      break;
    }
    const auto part = decoded(raw, Plus::stays);
    if (!part || part->empty() || *part == "." || *part == ".." || !is_utf8(*part) ||
        part->find_first_of("/\\") != std::string::npos || std::ranges::any_of(*part, is_control)) {
      return std::nullopt;
    }
    path += '/';
    path += *part;
  }
  return path.empty() ? "/" : path;
}

}  // namespace

std::optional<std::string> decoded(std::string_view text, Plus plus) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%') {
      const int high = at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
      const int low = high >= 0 ? hex_digit(text[at + 2]) : -1;
      if (low < 0) {
        return std::nullopt;
      }
      result += static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      result += text[at] == '+' && plus == Plus::is_space ? ' ' : text[at];
    }
  }
  return result;
}

std::optional<Target> read_target(std::string_view text) {
  text = without_origin(text);
  const std::size_t question = text.find('?');
  auto path = read_path(text.substr(0, question));
  if (!path || text.find('#') != std::string_view::npos) {
    return std::nullopt;
  }
  Target target{.path = std::move(*path), .query = {}};
  std::string_view rest =
      question == std::string_view::npos ? std::string_view{} : text.substr(question + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    if (pair.empty()) {
      continue;
    }
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = decoded(pair.substr(0, equals), Plus::is_space);
    auto value = decoded(pair.substr(std::min(equals + 1, pair.size())), Plus::is_space);
    if (!name || !value || !is_utf8(*name) || !is_utf8(*value) ||
        name->find('\0') != std::string::npos || value->find('\0') != std::string::npos) {
      return std::nullopt;
    }
    target.query.emplace_back(std::move(*name), std::move(*value));
  }
  return target;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

bool same_word(std::string_view a, std::string_view b) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return a.size() == b.size() &&
         std::ranges::equal(a, b, [&](char x, char y) { return small(x) == small(y); });
}

bool names_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::string_view item = list.substr(0, list.find(','));
    list.remove_prefix(std::min(item.size() + 1, list.size()));
    if (same_word(trimmed(item.substr(0, item.find(';'))), word)) {
      return true;
    }
  }
  return false;
}

std::string_view cookie_value(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::string_view pair = header.substr(0, header.find(';'));
    header.remove_prefix(std::min(pair.size() + 1, header.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || trimmed(pair.substr(0, equals)) != name) {
      continue;
    }
    std::string_view value = trimmed(pair.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    return value;
  }
  return {};
}

}  // namespace xiaoyuan::http
