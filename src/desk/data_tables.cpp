// The rows of open data.
#include <fmt/format.h>

#include <algorithm>

#include "desk/carbon.hpp"
#include "desk/data_sets.hpp"
#include "tariff/tariff.hpp"

namespace xiaoyuan::desk {

namespace {

Cell mwh_cell(const std::optional<MeteredEnergy>& energy) {
  return energy ? Cell(energy->mwh) : Cell();
}

void put_energy(std::vector<Cell>& row, const Energy& energy) {
  for (const auto& part :
       {energy.made, energy.self_used, energy.sold, energy.bought, energy.used}) {
    row.push_back(mwh_cell(part));
  }
}

Cell date_cell(const std::optional<Date>& date) { return date ? Cell(text_of(*date)) : Cell(); }

/// "07:00-11:00; 18:00-22:00"
std::string hours_text(const std::vector<tariff::Window>& windows) {
  constexpr int minutes = 60;
  std::string text;
  for (const tariff::Window& window : windows) {
    text += fmt::format("{}{:02}:{:02}-{:02}:{:02}", text.empty() ? "" : "; ",
                        window.from_minute / minutes, window.from_minute % minutes,
                        window.to_minute / minutes, window.to_minute % minutes);
  }
  return text;
}

/// The price of a tier, from 0.
Price tier_price(const tariff::Version& version, const tariff::Period& period, std::size_t tier) {
  if (tier < period.by_tier.size()) {
    return period.by_tier[tier];
  }
  return version.tiers ? period.price + version.tiers->additions[tier] : period.price;
}

void put_version(DataTable& table, const tariff::Tariff& one, const tariff::Version& version) {
  const std::size_t tiers = version.tiers ? version.tiers->additions.size() : 1;
  const bool is_import = one.direction == tariff::Direction::import_;
  for (const tariff::Season& season : version.seasons) {
    for (const tariff::Period& period : season.periods) {
      for (std::size_t tier = 0; tier < tiers; ++tier) {
        table.rows.push_back({one.id, one.name.en, one.name.zh, one.region, one.customer,
                              std::string(is_import ? "import" : "export"),
                              version.valid_from_waits ? Cell() : Cell(text_of(version.valid_from)),
                              date_cell(version.valid_to), season.name, period.name,
                              hours_text(period.windows),
                              version.tiers ? Cell(static_cast<std::int64_t>(tier + 1)) : Cell(),
                              period.rule ? Cell() : Cell(tier_price(version, period, tier).units),
                              version.document, version.source, version.confidence});
      }
    }
  }
}

}  // namespace

DataTable village_months(std::span<const std::shared_ptr<const VillageView>> villages) {
  DataTable table{.columns = terms_of(DataSet::village_months).columns, .rows = {}};
  for (const std::shared_ptr<const VillageView>& view : villages) {
    const std::span<const MonthView> months(view->months);
    for (std::size_t i = 0; view->plan && i < months.size(); ++i) {
      const auto totals = totals_of(months.subspan(i, 1));
      std::vector<Cell> row{view->name, totals->from,
                            static_cast<std::int64_t>(totals->households)};
      put_energy(row, totals->energy);
      row.push_back(totals->money.earned.fen);
      row.push_back(totals->money.paid.fen);
      row.push_back(totals->gco2e ? Cell(*totals->gco2e) : Cell());
      row.push_back(totals->gco2e ? Cell(factor_of(*view).id) : Cell());
      row.push_back(totals->estimated);
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

Result<DataTable> tariff_table(const Files& share) {
  DataTable table{.columns = terms_of(DataSet::tariffs).columns, .rows = {}};
  Errors errors;
  for (const std::string& name : share.list("tariffs")) {
    if (!name.ends_with(".toml")) {
      continue;
    }
    auto bytes = share.read("tariffs/" + name);
    if (!gather(bytes, errors)) {
      continue;
    }
    auto one = tariff::read_tariff(*bytes, "tariffs/" + name);
    if (gather(one, errors)) {
      for (const tariff::Version& version : one->versions) {
        put_version(table, *one, version);
      }
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return table;
}

DataTable factor_table(const carbon::FactorFile& factors) {
  DataTable table{.columns = terms_of(DataSet::factors).columns, .rows = {}};
  for (const auto* list : {&factors.factors, &factors.footprints}) {
    for (const carbon::Factor& factor : *list) {
      table.rows.push_back({factor.id, factor.name.en, factor.name.zh,
                            carbon::names_of(factor.kind)[static_cast<std::size_t>(factor.kind)],
                            factor.region, std::int64_t{factor.year}, factor.kg_per_kwh,
                            text_of(factor.valid_from), date_cell(factor.valid_to), factor.document,
                            factor.source, factor.confidence});
    }
  }
  return table;
}

std::vector<std::string> releases_of(const VillageView& view) {
  std::vector<std::string> years;
  for (const MonthView& month : view.months) {
    const std::string year = month.text.substr(0, 4);
    if (years.empty() || years.back() != year) {
      years.push_back(year);
    }
  }
  return years;
}

}  // namespace xiaoyuan::desk
