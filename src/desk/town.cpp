#include "desk/town.hpp"

#include <algorithm>

namespace xiaoyuan::desk {

namespace {

/// Known and expected steps of a year's days.
struct Coverage {
  std::int64_t known = 0;
  std::int64_t expected = 0;
};

void cover(const std::vector<ChannelDay>& days, int year, Coverage& coverage) {
  const auto is_of_year = [&](const ChannelDay& day) { return int(Date(day.day).year()) == year; };
  std::int64_t steps_a_day = 0;
  std::int64_t count = 0;
  std::optional<std::chrono::sys_days> first;
  std::chrono::sys_days last;
  for (const ChannelDay& day : days) {
    if (!is_of_year(day)) {
      continue;
    }
    coverage.known += day.known;
    coverage.expected += day.steps;
    steps_a_day = day.steps;
    ++count;
    first = first.value_or(day.day);
    last = day.day;
  }
  if (first) {  // days of which nothing came
    coverage.expected += ((last - *first).count() + 1 - count) * steps_a_day;
  }
}

std::optional<double> hours_share(const VillageFigures& figures, int year) {
  Coverage coverage;
  for (const HouseholdDays& household : figures.days->households) {
    for (const std::vector<ChannelDay>& days : household.days) {
      cover(days, year, coverage);
    }
  }
  return coverage.expected > 0 ? std::optional(static_cast<double>(coverage.known) /
                                               static_cast<double>(coverage.expected))
                               : std::nullopt;
}

/// What a village brings to a goal; nothing where it does not know.
std::optional<double> brought(const TownVillage& village, GoalMeasure measure) {
  constexpr double g_of_t = 1e6;
  switch (measure) {
    case GoalMeasure::capacity_kwp:
      return village.capacity_kwp;
    case GoalMeasure::homes_with_pv:
      return static_cast<double>(village.homes_with_pv);
    case GoalMeasure::made_kwh:
      return village.year && village.year->energy.made
                 ? std::optional(village.year->energy.made->kwh())
                 : std::nullopt;
    case GoalMeasure::sold_kwh:
      return village.year && village.year->energy.sold
                 ? std::optional(village.year->energy.sold->kwh())
                 : std::nullopt;
    case GoalMeasure::avoided_t:
      break;
  }
  return village.year && village.year->gco2e
             ? std::optional(static_cast<double>(*village.year->gco2e) / g_of_t)
             : std::nullopt;
}

Cell energy_cell(const std::optional<MeteredEnergy>& energy) {
  return energy ? Cell(energy->mwh) : Cell();
}

std::vector<Column> town_columns() {
  using enum ColumnType;
  return {{"village", text, "", {"village", "村庄"}},
          {"name_en", text, "", {"its name in English", "英文名称"}},
          {"name_zh", text, "", {"its name in Chinese", "中文名称"}},
          {"illustrative", boolean, "", {"its households are plausible, not real", "数据为示意"}},
          {"year", integer, "", {"year", "年份"}},
          {"months", integer, "", {"settled months of the year", "本年已结算月数"}},
          {"homes", integer, "", {"homes", "户数"}},
          {"homes_with_pv", integer, "", {"homes with PV", "光伏户数"}},
          {"capacity_kwp", number, "kWp", {"capacity of the roofs", "光伏装机容量"}},
          {"made_mWh", integer, "mWh", {"made", "发电量"}},
          {"self_used_mWh", integer, "mWh", {"used of one's own", "自用电量"}},
          {"sold_mWh", integer, "mWh", {"sold to the grid", "上网电量"}},
          {"bought_mWh", integer, "mWh", {"bought from the grid", "购电量"}},
          {"earned_fen", integer, "fen", {"paid by the grid company", "上网电费"}},
          {"avoided_gco2e", integer, "g", {"CO2 avoided, by the factor beside it", "减排量"}},
          {"factor", text, "", {"the factor's id", "排放因子编号"}},
          {"factor_kg_per_kwh", number, "kg/kWh", {"the factor", "排放因子"}},
          {"factor_document", text, "", {"the factor's document", "排放因子文件"}},
          {"statements_share", number, "", {"statements of all that there could be", "结算完整率"}},
          {"hours_share", number, "", {"interval data that is known", "曲线数据完整率"}}};
}

}  // namespace

std::optional<double> TownVillage::self_use_share() const {
  if (!year || !year->energy.made || !year->energy.self_used || year->energy.made->mwh <= 0) {
    return std::nullopt;
  }
  return static_cast<double>(year->energy.self_used->mwh) /
         static_cast<double>(year->energy.made->mwh);
}

TownVillage town_village(const VillageFigures& figures, int year) {
  const VillageView& view = *figures.view;
  const model::Village& village = view.plan->village;
  TownVillage row{
      .name = view.name,
      .title = village.name,
      .illustrative = village.illustrative,
      .homes = village.households.size(),
      .homes_with_pv = static_cast<std::size_t>(std::ranges::count_if(
          village.households, [](const model::Household& home) { return home.makes_energy(); })),
      .capacity_kwp = village.capacity_kwp(),
      .year = totals_of(months_of_year(view, year))};
  if (row.year) {
    row.factor = factor_of(view);
    row.statements_share =
        static_cast<double>(row.year->statements) /
        static_cast<double>(row.year->months * std::max<std::size_t>(1, row.homes));
  }
  row.hours_share = hours_share(figures, year);
  return row;
}

TownTotals totals_of(std::span<const TownVillage> villages) {
  TownTotals totals;
  std::string factor;
  bool is_one_factor = true;
  for (const TownVillage& village : villages) {
    totals.homes += village.homes;
    totals.homes_with_pv += village.homes_with_pv;
    totals.capacity_kwp += village.capacity_kwp;
    if (!village.year) {
      continue;
    }
    add(totals.energy, village.year->energy);
    totals.earned += village.year->money.earned;
    if (village.year->gco2e) {
      is_one_factor = is_one_factor && (factor.empty() || factor == village.factor->id);
      factor = village.factor->id;
      totals.gco2e = totals.gco2e.value_or(0) + *village.year->gco2e;
    }
  }
  if (!is_one_factor) {
    totals.gco2e.reset();
  }
  return totals;
}

GoalProgress progress_of(const Goal& goal, std::span<const TownVillage> villages) {
  GoalProgress progress;
  bool is_other_factor = false;
  for (const TownVillage& village : villages) {
    const bool is_meant = goal.villages.empty() ||
                          std::ranges::find(goal.villages, village.name) != goal.villages.end();
    if (!is_meant) {
      continue;
    }
    const auto part = brought(village, goal.measure);
    const bool is_apart =
        goal.measure == GoalMeasure::avoided_t && part && village.factor->id != goal.factor;
    is_other_factor = is_other_factor || is_apart;
    if (part && !is_apart) {
      progress.reached = progress.reached.value_or(0.0) + *part;
    }
  }
  if (is_other_factor) {
    progress.note = {
        "villages that reckon by another factor than " + goal.factor + " are not counted",
        "未计入采用其他排放因子的村庄(目标因子:" + goal.factor + ")"};
  }
  return progress;
}

DataTable town_table(std::span<const TownVillage> villages, int year) {
  DataTable table{.columns = town_columns(), .rows = {}};
  for (const TownVillage& village : villages) {
    const PeriodTotals none{};
    const PeriodTotals& sums = village.year ? *village.year : none;
    const auto& factor = village.factor;
    table.rows.push_back({village.name,
                          village.title.en,
                          village.title.zh,
                          village.illustrative,
                          std::int64_t{year},
                          static_cast<std::int64_t>(sums.months),
                          static_cast<std::int64_t>(village.homes),
                          static_cast<std::int64_t>(village.homes_with_pv),
                          village.capacity_kwp,
                          energy_cell(sums.energy.made),
                          energy_cell(sums.energy.self_used),
                          energy_cell(sums.energy.sold),
                          energy_cell(sums.energy.bought),
                          village.year ? Cell(sums.money.earned.fen) : Cell(),
                          sums.gco2e ? Cell(*sums.gco2e) : Cell(),
                          factor ? Cell(factor->id) : Cell(),
                          factor ? Cell(factor->kg_per_kwh) : Cell(),
                          factor ? Cell(factor->document) : Cell(),
                          village.statements_share ? Cell(*village.statements_share) : Cell(),
                          village.hours_share ? Cell(*village.hours_share) : Cell()});
  }
  return table;
}

}  // namespace xiaoyuan::desk
