// Which factor did they use? The factors, and what a claim of tonnes means under each.
#include <cmath>
#include <nlohmann/json.hpp>

#include "api/town_doors.hpp"
#include "api/village_json.hpp"
#include "api/world.hpp"
#include "base/expected.hpp"
#include "desk/town_claims.hpp"

namespace xiaoyuan::api {

namespace {

/// A number of the body; nothing where it is not there.
std::optional<double> claim_figure(const Json& body, const char* key, Errors& errors) {
  const auto value = body.find(key);
  if (value == body.end()) {
    return std::nullopt;
  }
  if (!value->is_number() || !std::isfinite(value->get<double>())) {
    errors.push_back(
        {Fault::bad_input, number_expected(positive, value->dump().substr(0, 40)), {"", 0, key}});
    return std::nullopt;
  }
  return value->get<double>();
}

Result<desk::ClaimQuestion> read_claim(const Call& call) {
  TRY(const Json body,
      body_of(call, {"tonnes", "kwh", "kwp", "yield_kwh_per_kwp", "kwp_per_home"}));
  Errors errors;
  const auto tonnes = claim_figure(body, "tonnes", errors);
  desk::ClaimQuestion question{.tonnes = tonnes.value_or(0.0),
                               .kwh = claim_figure(body, "kwh", errors),
                               .kwp = claim_figure(body, "kwp", errors),
                               .yield_kwh_per_kwp = claim_figure(body, "yield_kwh_per_kwp", errors),
                               .kwp_per_home = claim_figure(body, "kwp_per_home", errors)};
  if (!tonnes && errors.empty()) {
    errors.push_back({Fault::bad_input, missing(), {"", 0, "tonnes"}});
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return question;
}

}  // namespace

Result<http::Response> list_factors(const Call& call) {
  TRY(const desk::ShippedFactors shipped, desk::read_shipped_factors(call.world.share));
  return json_answer(call, desk::factors_json(shipped.factors));
}

Result<http::Response> explain_claim(const Call& call) {
  TRY(const desk::ClaimQuestion question, read_claim(call));
  TRY(const desk::ShippedFactors shipped, desk::read_shipped_factors(call.world.share));
  TRY(const desk::AskedClaim asked, desk::asked_claim(question, shipped.yield));
  return json_answer(call, desk::claim_json(asked, shipped.factors));
}

}  // namespace xiaoyuan::api
