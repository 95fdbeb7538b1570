#include <vector>

#include "api/world.hpp"

namespace xiaoyuan::api {

std::string_view Call::operator[](std::string_view name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string_view() : std::string_view(found->second);
}

people::By Call::by() const { return {caller.account, request.peer, now}; }

Result<void> Call::note(std::string what, std::string on, std::string detail_json) const {
  return world.people->note({.at = now,
                             .account = caller.account,
                             .peer = request.peer,
                             .what = std::move(what),
                             .on = std::move(on),
                             .detail = std::move(detail_json)});
}

std::span<const Route> routes() {
  static const std::vector<Route> all = [] {
    std::vector<Route> joined;
    for (const std::span<const Route> part :
         {about_routes(), session_routes(), account_routes(), village_routes(), settlement_routes(),
          plan_routes(), town_routes(), data_routes(), keeping_routes()}) {
      joined.insert(joined.end(), part.begin(), part.end());
    }
    return joined;
  }();
  return all;
}

}  // namespace xiaoyuan::api
