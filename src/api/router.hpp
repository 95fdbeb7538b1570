// Finds the row of a request. A pattern is literal parts and parts in braces, which take any text:
// "/villages/{village}/months/{month}"; where two patterns fit, the more literal one is meant.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/route.hpp"

namespace xiaoyuan::api {

/// "GET"
std::string_view word_of(http::Method method);

class Router {
 public:
  explicit Router(std::span<const Route> routes);

  struct Found {
    const Route* route = nullptr;  ///< nothing: no row with this method
    Parameters parameters{};
    std::vector<http::Method> allowed{};  ///< by rows with this path; none: there is no such path
  };
  /// `path` is what follows /api/v1. HEAD finds the row of GET.
  Found find(http::Method method, std::string_view path) const;

 private:
  struct Row {
    std::vector<std::string_view> parts;
    const Route* route;
  };
  /// By the number of parts of their pattern, the more literal ones first.
  std::vector<std::vector<Row>> rows_;
};

}  // namespace xiaoyuan::api
