#include "api/session_json.hpp"

#include <nlohmann/json.hpp>

namespace xiaoyuan::api {

nlohmann::ordered_json instant_json(std::optional<Instant> at) {
  return at ? nlohmann::ordered_json(at->time_since_epoch().count())
            : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json grants_json(const std::vector<people::Grant>& grants) {
  auto list = nlohmann::ordered_json::array();
  for (const people::Grant& grant : grants) {
    list.push_back(
        {{"role", people::words_of(people::Role{})[static_cast<std::size_t>(grant.role)]},
         {"village", grant.village},
         {"holder", grant.holder}});
  }
  return list;
}

}  // namespace xiaoyuan::api
