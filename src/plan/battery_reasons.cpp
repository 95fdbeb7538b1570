#include "plan/battery_reasons.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "optimum/marginal.hpp"
#include "plan/economics.hpp"

namespace xiaoyuan::plan {

namespace {

constexpr double moved_kwh = 1e-6;  // less in a step is rounding
constexpr std::size_t seasons = 4;  // winter, spring, summer, autumn
constexpr double look_ahead_hours = 36.0;

/// December to February is 0.
std::size_t season_of(int month) { return static_cast<std::size_t>((month % 12) / 3); }

/// The steps [first, last) of a local day.
struct DaySteps {
  std::size_t first = 0;
  std::size_t last = 0;
  double charged_kwh = 0.0;
};

/// Tells a year's optimum: its prices, its days, its sentences.
class Teller {
 public:
  Teller(const Inputs& inputs, const optimum::DispatchProblem& problem,
         const optimum::DispatchResult& best)
      : inputs_(inputs),
        problem_(problem),
        year_(problem.year),
        best_(best),
        values_(optimum::marginal_values(problem, best)) {
    double stored = best.path.start_kwh;
    const double kept = 1.0 - battery::standing_loss(year_.battery, year_.step_hours);
    for (const double change : best.path.change_kwh) {
      stored = kept * stored + change;
      stored_kwh_.push_back(stored);
      battery_kwh_.push_back(battery::ac_energy_kwh(year_.battery, change));
    }
  }

  BatteryWorth worth(const model::Household& home) const;
  BatteryDay typical(std::size_t season) const;

 private:
  double value(std::string_view key) const { return inputs_.village.assumptions.value(key); }
  double per_year(const char* price, double life_years) const {
    return value(price) * annuity(value("money.discount_rate"), life_years);
  }
  /// What a kWh bought costs, tiers and all.
  double buy(std::size_t t) const {
    const auto& periods = problem_.tier_period_of_step;
    return year_.buy[t] + (best_.tier_additions.empty()
                               ? 0.0
                               : best_.tier_additions[periods.empty() ? 0 : periods[t]]);
  }
  /// What it costs to store a kWh in a step.
  double storing_yuan(std::size_t t) const {
    return values_.house_price[t] / year_.battery.charge_efficiency;
  }
  DaySteps middle_day(std::size_t season) const;
  std::size_t use_after(std::size_t charging) const;
  std::vector<Text> reasons(const DaySteps& day) const;
  /// What a kWh would cost or bring without the battery.
  struct Instead {
    double yuan_per_kwh;
    Text words;
  };
  Instead instead_of_charging(std::size_t t) const;
  Instead instead_of_drawing(std::size_t t) const;
  Text why_charged(std::size_t charging) const;
  Text why_drawn(std::size_t drawing) const;
  Text why_resting(const DaySteps& day) const;
  std::string clock(std::size_t t) const {
    return fmt::format("{:02}:{:02}", inputs_.times[t].hour(), inputs_.times[t].minute % 60);
  }

  const Inputs& inputs_;
  const optimum::DispatchProblem& problem_;
  const optimum::StoreYear& year_;
  const optimum::DispatchResult& best_;
  optimum::MarginalValues values_;
  std::vector<double> stored_kwh_;
  std::vector<double> battery_kwh_;
};

BatteryWorth Teller::worth(const model::Household& home) const {
  BatteryWorth worth;
  worth.battery_kwh = {
      values_.battery_kwh(value("battery.least_charge"), value("battery.most_charge")),
      per_year("money.battery_yuan_per_kwh", value("money.battery_life_years"))};
  worth.battery_kw = {values_.battery_kw(), std::nullopt};
  if (home.makes_energy() && home.capacity_kwp() > 0.0) {
    worth.pv_kwp = {values_.pv_kwp(year_.pv_kwh) / home.capacity_kwp(),
                    per_year("money.pv_yuan_per_kwp", inputs_.village.life_years) +
                        value("money.operation_yuan_per_kwp")};
  }
  if (home.mode == model::Mode::self_use) {
    worth.export_kw = {values_.export_limit_kwh * year_.step_hours, std::nullopt};
  }
  return worth;
}

/// The day that stands in the middle when the season's days are put in order of what the battery
/// takes in; the plan's first and last day may be cut short and are left out.
DaySteps Teller::middle_day(std::size_t season) const {
  const auto& times = inputs_.times;
  std::vector<DaySteps> days;
  for (std::size_t first = 0; first < times.size();) {
    DaySteps day{first, first, 0.0};
    while (day.last < times.size() && times[day.last].date() == times[first].date()) {
      day.charged_kwh += std::max(0.0, battery_kwh_[day.last]);
      ++day.last;
    }
    const bool is_whole = first > 0 && day.last < times.size();
    if (is_whole && season_of(times[first].month) == season) {
      days.push_back(day);
    }
    first = day.last;
  }
  std::ranges::stable_sort(days, {}, &DaySteps::charged_kwh);
  return days[days.size() / 2];
}

/// Where the battery next gives most of what it holds: before it is charged again, and soon.
std::size_t Teller::use_after(std::size_t charging) const {
  const auto ahead = static_cast<std::size_t>(look_ahead_hours / year_.step_hours);
  const std::size_t end = std::min(year_.size(), charging + ahead);
  std::size_t best = charging;
  double most_kwh = moved_kwh;
  for (std::size_t t = charging + 1; t < end; ++t) {
    const bool is_charged_again = best != charging && battery_kwh_[t] > moved_kwh;
    if (is_charged_again) {
      break;
    }
    if (-battery_kwh_[t] > most_kwh) {
      most_kwh = -battery_kwh_[t];
      best = t;
    }
  }
  return best;
}

/// What a kWh that goes into the battery would have done otherwise.
Teller::Instead Teller::instead_of_charging(std::size_t t) const {
  const double surplus_kwh = year_.pv_kwh[t] - year_.load_kwh[t];
  if (battery_kwh_[t] > surplus_kwh + moved_kwh) {
    return {buy(t), {"bought from the grid", "从电网购入"}};
  }
  if (year_.sell[t] <= 0.0 || optimum::export_limit(year_, t) < moved_kwh) {
    return {0.0, {"the roof's surplus would be lost", "光伏余电否则将弃用"}};
  }
  return {year_.sell[t], {"the roof's surplus is not sold", "光伏余电不再上网"}};
}

/// What a kWh that comes out of the battery does.
Teller::Instead Teller::instead_of_drawing(std::size_t t) const {
  const bool is_sold = year_.load_kwh[t] - year_.pv_kwh[t] < moved_kwh;
  return is_sold ? Instead{year_.sell[t], {"is sold at", "上网售电,单价"}}
                 : Instead{buy(t), {"spares one bought at", "替代购电,单价"}};
}

Text Teller::why_charged(std::size_t charging) const {
  const Instead now = instead_of_charging(charging);
  const double cost = now.yuan_per_kwh / year_.battery.charge_efficiency;
  const std::size_t use = use_after(charging);
  if (use == charging) {
    const double kept = best_.stored_value[charging];
    return {fmt::format("Charged at {}: a stored kWh costs {:.2f} yuan now ({}) and is worth "
                        "{:.2f} yuan kept for later days.",
                        clock(charging), cost, now.words.en, kept),
            fmt::format("{} 充电:此时存入 1 千瓦时成本为 {:.2f} 元({}),留待日后值 {:.2f} 元。",
                        clock(charging), cost, now.words.zh, kept)};
  }
  const bool is_next_day = inputs_.times[use].date() != inputs_.times[charging].date();
  const double later = instead_of_drawing(use).yuan_per_kwh * year_.battery.discharge_efficiency;
  return {fmt::format("Charged at {} because a stored kWh is worth {:.2f} yuan at {}{} and costs "
                      "{:.2f} yuan now ({}).",
                      clock(charging), later, clock(use), is_next_day ? " the next day" : "", cost,
                      now.words.en),
          fmt::format("{} 充电,因为存下的 1 千瓦时到{} {} 值 {:.2f} 元,而此时存入只需 {:.2f} "
                      "元({})。",
                      clock(charging), is_next_day ? "次日" : "当日", clock(use), later, cost,
                      now.words.zh)};
}

Text Teller::why_drawn(std::size_t drawing) const {
  const Instead now = instead_of_drawing(drawing);
  const double worth = now.yuan_per_kwh * year_.battery.discharge_efficiency;
  return {fmt::format("Drawn at {} because a kWh from the battery {} {:.2f} yuan, which makes a "
                      "stored kWh worth {:.2f} yuan now; the next one left in it is worth {:.2f} "
                      "yuan.",
                      clock(drawing), now.words.en, now.yuan_per_kwh, worth,
                      best_.stored_value[drawing]),
          fmt::format("{} 放电,因为电池放出的 1 千瓦时{} {:.2f} 元,即存下的 1 千瓦时此时值 {:.2f} "
                      "元;留在电池里的下一千瓦时值 {:.2f} 元。",
                      clock(drawing), now.words.zh, now.yuan_per_kwh, worth,
                      best_.stored_value[drawing])};
}

Text Teller::why_resting(const DaySteps& day) const {
  double worth = best_.stored_value[day.first];
  double cost = storing_yuan(day.first);
  for (std::size_t t = day.first; t < day.last; ++t) {
    worth = std::max(worth, best_.stored_value[t]);
    cost = std::min(cost, storing_yuan(t));
  }
  return {
      fmt::format("The battery rests on this day: storing a kWh costs {:.2f} yuan at least, and "
                  "it is worth {:.2f} yuan at most.",
                  cost, worth),
      fmt::format("当日电池不动作:存入 1 千瓦时至少要 {:.2f} 元,而它最多值 {:.2f} 元。", cost,
                  worth)};
}

/// A sentence for the step that charges most, for the one that draws most, and for a full battery.
std::vector<Text> Teller::reasons(const DaySteps& day) const {
  const auto first = battery_kwh_.begin() + static_cast<std::ptrdiff_t>(day.first);
  const auto last = battery_kwh_.begin() + static_cast<std::ptrdiff_t>(day.last);
  const auto [least, most] = std::minmax_element(first, last);
  std::vector<Text> all;
  if (*most > moved_kwh) {
    all.push_back(why_charged(static_cast<std::size_t>(most - battery_kwh_.begin())));
  }
  if (*least < -moved_kwh) {
    all.push_back(why_drawn(static_cast<std::size_t>(least - battery_kwh_.begin())));
  }
  if (all.empty()) {
    all.push_back(why_resting(day));
  }
  for (std::size_t t = day.first; t < day.last; ++t) {
    if (stored_kwh_[t] > year_.battery.ceiling_kwh - moved_kwh && battery_kwh_[t] > moved_kwh) {
      all.push_back({fmt::format("Full at {}: what the roof makes beyond the house's use then goes "
                                 "past the battery.",
                                 clock(t)),
                     fmt::format("{} 充满,此后的光伏余电不再存入。", clock(t))});
      break;
    }
  }
  return all;
}

BatteryDay Teller::typical(std::size_t season) const {
  const DaySteps steps = middle_day(season);
  BatteryDay day;
  day.date = inputs_.times[steps.first].date();
  for (std::size_t t = steps.first; t < steps.last; ++t) {
    day.load_kw.push_back(year_.load_kwh[t] / year_.step_hours);
    day.pv_kw.push_back(year_.pv_kwh[t] / year_.step_hours);
    day.battery_kw.push_back(battery_kwh_[t] / year_.step_hours);
    day.stored_kwh.push_back(stored_kwh_[t]);
    day.buy_yuan.push_back(buy(t));
    day.sell_yuan.push_back(year_.sell[t]);
    day.stored_value_yuan.push_back(best_.stored_value[t]);
  }
  day.reasons = reasons(steps);
  return day;
}

}  // namespace

BatteryReasons battery_reasons(const Inputs& inputs, const model::Household& home,
                               const optimum::DispatchProblem& problem,
                               const optimum::DispatchResult& best) {
  const Teller teller(inputs, problem, best);
  const std::size_t winter = inputs.village.place.latitude_deg < 0.0 ? seasons / 2 : 0;
  return {teller.worth(home), teller.typical((winter + seasons / 2) % seasons),
          teller.typical(winter)};
}

}  // namespace xiaoyuan::plan
