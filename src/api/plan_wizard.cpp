#include "api/answers.hpp"
#include "api/plan_handlers.hpp"
#include "api/world.hpp"
#include "desk/studio.hpp"
#include "desk/wizard.hpp"

namespace xiaoyuan::api {

Result<http::Response> get_wizard(const Call& call) {
  TRY(std::string json, desk::wizard_json(call.world.share));
  return json_answer(call, std::move(json));
}

Result<http::Response> make_village(const Call& call) {
  TRY(const desk::NewVillage asked, desk::read_new_village(call.request.body));
  TRY(const desk::MadeVillage village, desk::make_village(asked, call.world.share));
  if (call.request.parameter("try") == "true") {
    return json_answer(call, desk::made_village_json(village));
  }
  TRY(const auto desk, call.world.villages->add(village.folder, village.files));
  if (auto noted = call.note("village.made", "village/" + village.folder); !noted) {
    return std::unexpected(std::move(noted.error()));
  }
  return made("/api/v1/villages/" + village.folder, desk::made_village_json(village));
}

}  // namespace xiaoyuan::api
