#include "api/router.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace xiaoyuan::api {

namespace {

std::vector<std::string_view> parts_of_path(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    path.remove_prefix(1);  // its '/'
    const std::size_t end = std::min(path.find('/'), path.size());
    parts.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return parts;
}

bool is_named(std::string_view part) { return part.starts_with('{'); }

bool fits(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& path) {
  return std::ranges::equal(pattern, path, [](std::string_view wanted, std::string_view found) {
    return is_named(wanted) ? !found.empty() : wanted == found;
  });
}

Parameters parameters_of(const std::vector<std::string_view>& pattern,
                         const std::vector<std::string_view>& path) {
  Parameters parameters;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (is_named(pattern[i])) {
      parameters.emplace(pattern[i].substr(1, pattern[i].size() - 2), path[i]);
    }
  }
  return parameters;
}

}  // namespace

std::string_view word_of(http::Method method) {
  switch (method) {
    case http::Method::get:
      return "GET";
    case http::Method::head:
      return "HEAD";
    case http::Method::post:
      return "POST";
    case http::Method::put:
      return "PUT";
    case http::Method::patch:
      return "PATCH";
    case http::Method::remove:
      return "DELETE";
    case http::Method::options:
      break;
  }
  return "OPTIONS";
}

Router::Router(std::span<const Route> routes) {
  for (const Route& route : routes) {
    expects(route.pattern.starts_with('/') && people::is_rights(route.rights));
    Row row{parts_of_path(route.pattern), &route};
    if (rows_.size() <= row.parts.size()) {
      rows_.resize(row.parts.size() + 1);
    }
    rows_[row.parts.size()].push_back(std::move(row));
  }
  for (std::vector<Row>& rows : rows_) {
    // '{' sorts behind every letter: literal parts come first.
    std::ranges::stable_sort(rows, {}, &Row::parts);
  }
}

Router::Found Router::find(http::Method method, std::string_view path) const {
  const http::Method wanted = method == http::Method::head ? http::Method::get : method;
  Found found;
  const std::vector<std::string_view> parts = parts_of_path(path);
  if (parts.size() >= rows_.size()) {
    return found;
  }
  const std::vector<std::string_view>* pattern = nullptr;
  for (const Row& row : rows_[parts.size()]) {
    if (pattern != nullptr && row.parts != *pattern) {
      break;  // rows of one pattern stand together
    }
    if (pattern == nullptr && !fits(row.parts, parts)) {
      continue;
    }
    pattern = &row.parts;
    found.allowed.push_back(row.route->method);
    if (row.route->method == wanted) {
      found.route = row.route;
      found.parameters = parameters_of(row.parts, parts);
    }
  }
  return found;
}

}  // namespace xiaoyuan::api
