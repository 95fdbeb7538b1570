// Which factor did they use? The factors, and what a claim of tonnes means under each.
#include "api/answers.hpp"
#include "api/asked_body.hpp"
#include "api/town_doors.hpp"
#include "api/world.hpp"
#include "desk/town_claims.hpp"

namespace xiaoyuan::api {

namespace {

Result<desk::ClaimQuestion> read_claim(const Call& call) {
  AskedBody body(call.request.body);
  const desk::ClaimQuestion question{.tonnes = body.number("tonnes"),
                                     .kwh = body.number_if("kwh"),
                                     .kwp = body.number_if("kwp"),
                                     .yield_kwh_per_kwp = body.number_if("yield_kwh_per_kwp"),
                                     .kwp_per_home = body.number_if("kwp_per_home")};
  if (auto read = body.finish(); !read) {
    return std::unexpected(std::move(read.error()));
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
