#include "desk/town_claims.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/expected.hpp"
#include "carbon/quantity.hpp"
#include "report/json.hpp"

namespace xiaoyuan::desk {

namespace {

using ClaimJson = nlohmann::ordered_json;

ClaimJson claim_number(const std::optional<double>& value) {
  return value ? ClaimJson(*value) : ClaimJson(nullptr);
}

ClaimJson factor_json(const carbon::Factor& factor) {
  return {{"id", factor.id},
          {"name", report::both(factor.name)},
          {"kg_per_kwh", factor.kg_per_kwh},
          {"kind", carbon::names_of(factor.kind)[static_cast<std::size_t>(factor.kind)]},
          {"region", factor.region},
          {"year", factor.year},
          {"valid_from", text_of(factor.valid_from)},
          {"valid_to", report::day(factor.valid_to)},
          {"document", factor.document},
          {"source", factor.source},
          {"confidence", factor.confidence}};
}

ClaimJson wrong_json(const carbon::WrongValue& wrong, const carbon::FactorFile& file) {
  return {{"id", wrong.id},
          {"kg_per_kwh", wrong.kg_per_kwh},
          {"sentence", report::both(carbon::sentence_of(wrong, file.factors))},
          {"published", wrong.published.empty() ? ClaimJson(nullptr) : ClaimJson(wrong.published)},
          {"source", wrong.source},
          {"confidence", wrong.confidence}};
}

void put_meaning(ClaimJson& json, const carbon::Meaning& meaning) {
  json["kwh"] = meaning.kwh;
  json["kwp"] = meaning.kwp;
  json["homes"] = claim_number(meaning.homes);
  json["misfit"] = claim_number(meaning.misfit);
}

void check_range(const std::optional<double>& value, const carbon::Measure& measure,
                 const char* field, Errors& errors) {
  if (value && !measure.range.holds(*value)) {
    errors.push_back(
        {Fault::bad_input, number_expected(measure.range, text_of(*value)), {"", 0, field}});
  }
}

}  // namespace

Result<ShippedFactors> read_shipped_factors(const Files& share) {
  ShippedFactors shipped;
  Errors errors;
  for (const std::string& name : share.list("factors")) {
    auto bytes = share.read("factors/" + name);
    if (!gather(bytes, errors)) {
      continue;
    }
    auto file = carbon::read_factor_file(*bytes, "factors/" + name);
    if (gather(file, errors)) {
      std::ranges::move(file->factors, std::back_inserter(shipped.factors.factors));
      std::ranges::move(file->footprints, std::back_inserter(shipped.factors.footprints));
      std::ranges::move(file->wrong_values, std::back_inserter(shipped.factors.wrong_values));
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  constexpr const char* yield_key = "carbon.claim_yield_kwh_per_kwp";
  TRY(const std::string bytes, share.read("assumptions.toml"));
  TRY(const model::Assumptions assumptions,
      model::read_assumptions(bytes, "share/assumptions.toml"));
  const auto yield = std::ranges::find(assumptions.all, yield_key, &model::Assumption::key);
  if (yield == assumptions.all.end()) {
    return fail(Fault::not_found, missing(), {"share/assumptions.toml", 0, yield_key});
  }
  shipped.yield = *yield;
  return shipped;
}

Result<AskedClaim> asked_claim(const ClaimQuestion& question, const model::Assumption& yield) {
  Errors errors;
  check_range(question.tonnes, carbon::tonnes, "tonnes", errors);
  check_range(question.kwh, carbon::energy_kwh, "kwh", errors);
  check_range(question.kwp, carbon::capacity_kwp, "kwp", errors);
  check_range(question.yield_kwh_per_kwp, carbon::yield_kwh_per_kwp, "yield_kwh_per_kwp", errors);
  check_range(question.kwp_per_home, carbon::capacity_kwp, "kwp_per_home", errors);
  if (question.kwh && question.kwp && question.yield_kwh_per_kwp) {
    errors.push_back({Fault::bad_input,
                      {"give two of yield, kWp and kWh: the third follows from them",
                       "年等效发电量、容量与电量只需给出两个,第三个由前两个得出"},
                      {"", 0, "yield_kwh_per_kwp"}});
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  AskedClaim asked{.claim = {.tonnes = question.tonnes,
                             .yield_kwh_per_kwp = yield.value,
                             .known_kwh = question.kwh,
                             .kwp_per_home = question.kwp_per_home},
                   .yield_source = {yield.source, yield.source}};
  if (question.yield_kwh_per_kwp) {
    asked.claim.yield_kwh_per_kwp = *question.yield_kwh_per_kwp;
    asked.yield_source = {"as given", "由提问者给定"};
  } else if (question.kwh && question.kwp) {
    asked.claim.yield_kwh_per_kwp = *question.kwh / *question.kwp;
    asked.yield_source = {"from kWh and kWp", "由电量与容量得出"};
  }
  if (question.kwp && !question.kwh) {
    asked.claim.known_kwh = *question.kwp * asked.claim.yield_kwh_per_kwp;
  }
  return asked;
}

std::string claim_json(const AskedClaim& asked, const carbon::FactorFile& file) {
  const carbon::PublishedClaim& claim = asked.claim;
  const auto all = carbon::explanations(claim, file.factors);
  ClaimJson json{{"schema", "xiaoyuan.claim/1"},
                 {"claim_t", claim.tonnes},
                 {"yield_kwh_per_kwp", claim.yield_kwh_per_kwp},
                 {"yield_source", report::both(asked.yield_source)},
                 {"known_kwh", claim_number(claim.known_kwh)},
                 {"kwp_per_home", claim_number(claim.kwp_per_home)},
                 {"by_factor", ClaimJson::array()},
                 {"wrong_values", ClaimJson::array()}};
  for (const carbon::Explanation& one : all) {
    ClaimJson row = factor_json(*one.factor);
    put_meaning(row, one.meaning);
    json["by_factor"].push_back(std::move(row));
  }
  for (const carbon::WrongValue& wrong : file.wrong_values) {
    ClaimJson row = wrong_json(wrong, file);
    put_meaning(row, carbon::meaning_of(claim, wrong.kg_per_kwh));
    json["wrong_values"].push_back(std::move(row));
  }
  const auto fits = carbon::best_fits(all);
  json["best_fit"] = fits.empty() ? ClaimJson(nullptr) : ClaimJson(fits.front().factor->id);
  return json.dump(1) + "\n";
}

std::string factors_json(const carbon::FactorFile& file) {
  ClaimJson json{{"schema", "xiaoyuan.factors/1"},
                 {"factors", ClaimJson::array()},
                 {"footprints", ClaimJson::array()},
                 {"wrong_values", ClaimJson::array()}};
  for (const carbon::Factor& factor : file.factors) {
    json["factors"].push_back(factor_json(factor));
  }
  for (const carbon::Factor& factor : file.footprints) {
    json["footprints"].push_back(factor_json(factor));
  }
  for (const carbon::WrongValue& wrong : file.wrong_values) {
    json["wrong_values"].push_back(wrong_json(wrong, file));
  }
  return json.dump(1) + "\n";
}

ClaimedEnergy claimed_energy(double tonnes, const carbon::FactorFile& file,
                             const std::vector<std::string>& regions) {
  ClaimedEnergy energy;
  const carbon::PublishedClaim claim{.tonnes = tonnes,
                                     .yield_kwh_per_kwp = 1.0,
                                     .known_kwh = std::nullopt,
                                     .kwp_per_home = std::nullopt};
  for (const carbon::Explanation& one : carbon::explanations(claim, file.factors)) {
    const bool is_elsewhere =
        !regions.empty() && std::ranges::find(regions, one.factor->region) == regions.end();
    if (is_elsewhere || one.factor->kind == carbon::Kind::lifecycle) {
      continue;
    }
    const double kwh = one.meaning.kwh;
    energy.least_kwh = energy.least_kwh == 0.0 ? kwh : std::min(energy.least_kwh, kwh);
    energy.most_kwh = std::max(energy.most_kwh, kwh);
  }
  return energy;
}

}  // namespace xiaoyuan::desk
