#include "api/plan_lists.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace xiaoyuan::api {

void ListOfPage::add(const std::string& id, const std::function<std::string()>& item) {
  if (!has_begun_) {
    has_begun_ = id == page_.after;
    return;
  }
  if (count_ == page_.limit) {
    has_more_ = true;
    return;
  }
  items_ += (count_ > 0 ? "," : "") + item();
  last_ = id;
  ++count_;
}

std::string ListOfPage::json() && {
  const std::string next = has_more_ ? nlohmann::json(last_).dump() : "null";
  return fmt::format(R"({{"items":[{}],"next":{}}})", items_, next);
}

}  // namespace xiaoyuan::api
