// One page of a list whose items are JSON already: {items, next}.
#pragma once
#include <functional>
#include <string>

#include "api/answers.hpp"

namespace xiaoyuan::api {

class ListOfPage {
 public:
  explicit ListOfPage(PageOf page) : page_(std::move(page)), has_begun_(page_.after.empty()) {}

  /// In the list's order; `item` is asked only for what stands on the page.
  void add(const std::string& id, const std::function<std::string()>& item);
  std::string json() &&;

 private:
  PageOf page_;
  bool has_begun_;
  std::size_t count_ = 0;
  bool has_more_ = false;
  std::string last_{};
  std::string items_{};
};

}  // namespace xiaoyuan::api
