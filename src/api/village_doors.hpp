// The handlers of a village's doors, beside the table that names them (village.cpp).
#pragma once
#include "api/answers.hpp"
#include "desk/energy_shelf.hpp"

namespace xiaoyuan::api {

Result<http::Response> list_households(const Call& call);
Result<http::Response> read_household(const Call& call);
Result<http::Response> set_consent(const Call& call);
Result<http::Response> read_household_energy(const Call& call);
Result<http::Response> read_village_energy(const Call& call);
Result<http::Response> read_live(const Call& call);
Result<http::Response> list_transformers(const Call& call);
Result<http::Response> read_map(const Call& call);
Result<http::Response> read_carbon(const Call& call);
Result<http::Response> read_points(const Call& call);

/// The event "live" of the topic village/{name}: the JSON of GET /villages/{village}/live.
std::string live_json(const desk::VillageFigures& figures, Instant now);

}  // namespace xiaoyuan::api
