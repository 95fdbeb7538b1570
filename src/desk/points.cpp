#include "desk/points.hpp"

#include <algorithm>

#include "desk/data_table.hpp"

namespace xiaoyuan::desk {

namespace {

__extension__ typedef __int128 WidePoints;  // g++ and clang have it; -Wpedantic wants to be told

std::optional<MeteredEnergy> counted(const Energy& energy, PointsFor what) {
  switch (what) {
    case PointsFor::made:
      return energy.made;
    case PointsFor::used:
      return energy.used;
    case PointsFor::self_used:
      break;
  }
  return energy.self_used;
}

std::int64_t points_for(MeteredEnergy energy, const PointsRule& rule) {
  constexpr WidePoints mwh_e6_of_kwh = WidePoints{1'000'000} * 1'000'000;
  const WidePoints product = static_cast<WidePoints>(std::max<std::int64_t>(0, energy.mwh)) *
                             static_cast<WidePoints>(rule.points_e6_per_kwh);
  const auto points = static_cast<std::int64_t>(product / mwh_e6_of_kwh);
  return rule.most_points > 0 ? std::min(points, rule.most_points) : points;
}

}  // namespace

Result<PointsMonth> points_of(const EnergyPlace& place, const PointsRules& rules,
                              std::chrono::year_month month, store::Store& store) {
  PointsMonth result{.month = text_of(Date(month / std::chrono::day(1))).substr(0, 7), .rows = {}};
  const EnergyWanted wanted{.from = month / std::chrono::day(1),
                            .to = (month + std::chrono::months(1)) / std::chrono::day(1),
                            .step = EnergyStepLength::hour};
  for (const std::size_t household : place.households) {
    const std::array<std::size_t, 1> one{household};
    TRY(const EnergySeries series,
        series_of_steps({place.village, place.days, place.registers, one}, wanted, store));
    for (std::size_t k = 0; k < rules.rules.size(); ++k) {
      const PointsRule& rule = rules.rules[k];
      PointsRow row{.household = household, .rule = k, .energy = {}};
      for (const EnergyStep& step : series.steps) {
        const int hour = place.village.zone().civil(step.start).hour();
        if (hour < rule.from_hour || hour >= rule.to_hour) {
          continue;
        }
        const auto energy = counted(step.energy, rule.what);
        row.energy += energy.value_or(MeteredEnergy{});
        row.missing_steps += energy ? 0 : 1;
      }
      row.points = points_for(row.energy, rule);
      result.rows.push_back(row);
    }
  }
  return result;
}

std::string points_csv(const PointsMonth& points, const PointsRules& rules,
                       const model::Village& village) {
  DataTable table{
      .columns = {{"village", ColumnType::text, "", {"village", "村庄"}},
                  {"month", ColumnType::month, "", {"month", "月份"}},
                  {"rules_version", ColumnType::text, "", {"version of the rules", "规则版本"}},
                  {"household", ColumnType::text, "", {"household", "住户编号"}},
                  {"name", ColumnType::text, "", {"its name", "户名"}},
                  {"rule", ColumnType::text, "", {"rule", "规则编号"}},
                  {"rule_name", ColumnType::text, "", {"its name", "规则名称"}},
                  {"quantity_mWh", ColumnType::integer, "mWh", {"energy counted", "计分电量"}},
                  {"points", ColumnType::integer, "", {"points", "积分"}},
                  {"missing_steps", ColumnType::integer, "", {"steps not known", "缺失时段数"}}},
      .rows = {}};
  for (const PointsRow& row : points.rows) {
    const model::Household& home = village.households[row.household];
    const PointsRule& rule = rules.rules[row.rule];
    table.rows.push_back({village.id, points.month, rules.version, home.id, home.name, rule.id,
                          rule.name.zh, row.energy.mwh, row.points,
                          static_cast<std::int64_t>(row.missing_steps)});
  }
  return csv(table);
}

}  // namespace xiaoyuan::desk
