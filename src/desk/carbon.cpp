#include "desk/carbon.hpp"

#include <algorithm>

namespace xiaoyuan::desk {

namespace {

/// What of a month's plants avoided anything: of a statement that says how much.
void add_generation(carbon::Generation& sum, const StatementView& statement) {
  if (statement.gco2e) {
    sum.self_used += statement.energy.self_used.value_or(MeteredEnergy{});
    sum.exported += statement.energy.sold.value_or(MeteredEnergy{});
  }
}

}  // namespace

const carbon::Factor& factor_of(const VillageView& view) {
  const plan::Inputs& inputs = *view.plan;
  if (view.office) {
    const auto place =
        std::ranges::find(inputs.factors, view.office->factor.id, &carbon::Factor::id);
    if (place != inputs.factors.end()) {
      return *place;
    }
  }
  return inputs.factor();
}

Text name_of(carbon::State state) {
  switch (state) {
    case carbon::State::self_used:
      return {"used by the village", "村内自用"};
    case carbon::State::exported_claimed:
      return {"sold, certificates kept", "上网,绿证未出售"};
    case carbon::State::certificate_sold:
      return {"sold, certificates sold too", "上网,绿证已出售"};
    case carbon::State::uncounted:
      break;
  }
  return {"not counted yet", "暂未计入"};
}

VillageCarbon carbon_of(const VillageView& view, int year) {
  VillageCarbon result{.factor = factor_of(view)};
  carbon::Generation generation;
  std::int64_t avoided_g = 0;
  for (const MonthView& month : months_of_year(view, year)) {
    CarbonMonth row{.month = month.text};
    for (const StatementView& statement : month.statements) {
      if (statement.holder != settle::Holder::household) {
        continue;
      }
      if (statement.energy.made) {
        row.made = row.made.value_or(MeteredEnergy{}) + *statement.energy.made;
      }
      row.gco2e += statement.gco2e.value_or(0);
      add_generation(generation, statement);
    }
    avoided_g += row.gco2e;
    result.months.push_back(std::move(row));
  }
  if (result.months.empty()) {
    return result;
  }
  const carbon::Claims claims = carbon::claims_of(generation);
  result.settled = {.from = result.months.front().month,
                    .to = result.months.back().month,
                    .gco2e = avoided_g,
                    .states = carbon::state_rows(claims, result.factor),
                    .tradable_certificates = claims.export_certificates.count,
                    .non_tradable_certificates = claims.self_use_certificates.count};
  return result;
}

}  // namespace xiaoyuan::desk
