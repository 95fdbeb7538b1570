#include "api/session_json.hpp"

#include <nlohmann/json.hpp>

namespace xiaoyuan::api {

Json grants_json(const std::vector<people::Grant>& grants) {
  Json list = Json::array();
  for (const people::Grant& grant : grants) {
    list.push_back(
        {{"role", people::words_of(people::Role{})[static_cast<std::size_t>(grant.role)]},
         {"village", grant.village},
         {"holder", grant.holder}});
  }
  return list;
}

}  // namespace xiaoyuan::api
