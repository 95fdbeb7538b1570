#include "hosting/battery_room.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.hpp"
#include "hosting/battery_dispatch.hpp"
#include "hosting/capacity_filling.hpp"

namespace xiaoyuan::hosting {

namespace {

constexpr int most_corrections = 12;
constexpr double rounding_room = 1e-3;
constexpr double grown_by = 1.01;  ///< where the smallest size leaves the optimiser no schedule

/// The village with the PV that is to be hosted, and a house that is the transformer's battery.
VillageYear with_pv(const VillageYear& village, const BatteryOptions& options) {
  VillageYear full = village;
  std::vector<std::size_t> own;
  for (std::size_t h = 0; h < village.houses.size(); ++h) {
    if (village.houses[h].transformer == options.transformer) {
      own.push_back(h);
    }
  }
  const Filling filling(village, own, options.spreading);
  const Added added = filling.at(options.today_kw + options.more_kw);
  for (const std::size_t h : own) {
    full.houses[h].pv_kw += added.pv_kw[h];
    for (std::size_t t = 0; t < village.steps; ++t) {
      full.made_kw[h][t] += static_cast<float>(added.pv_kw[h] * village.light[t]);
    }
  }
  if (options.place == BatteryPlace::transformer) {
    const wires::Transformer& transformer = village.network.transformers[options.transformer];
    full.houses.push_back({transformer.name, transformer.low, wires::Phases::abc,
                           options.transformer, 0.0, std::nullopt});
    full.use_kw.emplace_back(village.steps, 0.0F);
    full.made_kw.emplace_back(village.steps, 0.0F);
  }
  return full;
}

class BatterySearch {
 public:
  BatterySearch(const VillageYear& village, const EnergyPrices& prices,
                const BatteryOptions& options, const Spread& spread)
      : options_(options),
        spread_(spread),
        full_(with_pv(village, options)),
        state_(full_),
        area_{&full_, &prices, options.kind, std::nullopt},
        drawn_kw_(full_.houses.size()) {
    for (std::size_t h = 0; h < full_.houses.size(); ++h) {
      if (full_.houses[h].transformer == options.transformer) {
        own_.push_back(h);
      }
    }
    if (options.place == BatteryPlace::transformer) {
      places_ = {full_.houses.size() - 1};
      area_.at_feed_in_price = places_.front();
      area_.kind.most_kwh *= static_cast<double>(own_.size());
    } else {
      places_ = own_;
    }
  }

  Result<BatteryRoom> found();

 private:
  void judge() {
    year_ = area_year(*grid_, options_.transformer, rows_, spread_);
    while (add_broken_rows(*grid_, year_, rows_)) {
      year_ = area_year(*grid_, options_.transformer, rows_, spread_);
    }
  }
  bool keeps_limits() const { return year_.worst().used <= 1.0 + kept_to_share; }
  PoolNeeds needs() const;
  PoolNeeds of_places(const PoolNeeds& all) const;
  bool grow(const PoolNeeds& all);
  void draw_in_step(const PoolNeeds& all);
  Result<void> draw_at_least_cost(const PoolNeeds& all);
  void set_drawn();
  Result<void> correct();
  BatteryRoom result() const;
  std::vector<LimitWorth> worths() const;

  const BatteryOptions& options_;
  const Spread& spread_;
  VillageYear full_;
  VillageYear state_;
  BatteryArea area_;
  std::vector<std::size_t> own_;
  std::vector<std::size_t> places_;
  std::optional<TrialGrid> grid_;
  std::vector<LimitRow> rows_;
  AreaYear year_;
  std::vector<std::vector<double>> drawn_kw_;  ///< by house; empty: no battery
  std::vector<double> kwh_;                    ///< by place
  BatterySchedules schedules_;
  PoolNeeds last_needs_;  ///< of the schedules
  std::optional<BatteryProof> proof_;
  bool is_least_cost_ = false;
  bool is_possible_ = true;
  double least_kwh_ = 0.0;
  int corrections_ = 0;
};

/// What the batteries must draw of each limit in every step.
PoolNeeds BatterySearch::needs() const {
  PoolNeeds all;
  all.step_hours = full_.step_hours;
  for (std::size_t m = 0; m < rows_.size(); ++m) {
    all.weights.push_back(rows_[m].weights);
    std::vector<double> need(full_.steps);
    for (std::size_t t = 0; t < full_.steps; ++t) {
      need[t] = year_.used[m][t] - 1.0 + margin_used;
    }
    for (std::size_t h = 0; h < drawn_kw_.size(); ++h) {
      for (std::size_t t = 0; t < drawn_kw_[h].size(); ++t) {
        need[t] += rows_[m].weights[h] * drawn_kw_[h][t];
      }
    }
    all.need.push_back(std::move(need));
  }
  for (std::size_t t = 0; t < full_.steps; ++t) {
    double net_kw = 0.0;
    for (const std::size_t h : own_) {
      net_kw += full_.use_kw[h][t] - full_.made_kw[h][t];
    }
    all.may_charge.push_back(net_kw < 0.0 ? 1 : 0);
  }
  return all;
}

PoolNeeds BatterySearch::of_places(const PoolNeeds& all) const {
  PoolNeeds own = all;
  for (std::size_t m = 0; m < all.weights.size(); ++m) {
    own.weights[m].clear();
    for (const std::size_t place : places_) {
      own.weights[m].push_back(all.weights[m][place]);
    }
  }
  return own;
}

/// The smallest sizes for the limits as they are now seen; while the optimiser corrects its
/// schedules sizes only grow.
bool BatterySearch::grow(const PoolNeeds& all) {
  const PoolNeeds own = of_places(all);
  const auto pool = smallest_pool(area_.kind, own);
  if (!pool) {
    return false;
  }
  least_kwh_ = least_pool_kwh(area_.kind, own).value_or(0.0);
  const double now = std::accumulate(kwh_.begin(), kwh_.end(), 0.0);
  if (!is_least_cost_ || pool->total_kwh() > now) {
    kwh_ = pool->kwh;
    for (double& kwh : kwh_) {  // rounding leaves the optimiser its way
      kwh *= 1.0 + rounding_room;
    }
  }
  return true;
}

void BatterySearch::draw_in_step(const PoolNeeds& all) {
  const auto shares = pool_shares(area_.kind, of_places(all), kwh_);
  is_possible_ = shares.has_value();
  for (std::size_t i = 0; is_possible_ && i < places_.size(); ++i) {
    std::vector<double>& drawn = drawn_kw_[places_[i]];
    drawn.assign(full_.steps, 0.0);
    for (std::size_t t = 0; t < full_.steps; ++t) {
      drawn[t] = (*shares)[t] * area_.kind.kw_per_kwh * kwh_[i];
    }
  }
}

Result<void> BatterySearch::draw_at_least_cost(const PoolNeeds& all) {
  std::vector<double> by_house(full_.houses.size(), 0.0);
  for (std::size_t i = 0; i < places_.size(); ++i) {
    by_house[places_[i]] = kwh_[i];
  }
  TRY(schedules_, least_cost_schedules(area_, all, by_house, spread_));
  drawn_kw_ = schedules_.drawn_kw;
  last_needs_ = all;
  return {};
}

void BatterySearch::set_drawn() {
  for (const std::size_t place : places_) {
    for (std::size_t t = 0; t < drawn_kw_[place].size(); ++t) {
      state_.use_kw[place][t] = full_.use_kw[place][t] + static_cast<float>(drawn_kw_[place][t]);
    }
    if (drawn_kw_[place].empty()) {
      state_.use_kw[place] = full_.use_kw[place];
    }
  }
}

/// One more schedule from the limits as the last one left them.
Result<void> BatterySearch::correct() {
  const PoolNeeds all = needs();
  if (!grow(all)) {
    is_possible_ = false;
    return {};
  }
  if (is_least_cost_) {
    if (auto drawn = draw_at_least_cost(all); !drawn) {
      if (drawn.error().front().fault != Fault::impossible) {
        return drawn;
      }
      for (double& kwh : kwh_) {
        kwh = std::min(grown_by * kwh, area_.kind.most_kwh);
      }
      return {};
    }
  } else {
    draw_in_step(all);
  }
  set_drawn();
  judge();
  return {};
}

Result<BatteryRoom> BatterySearch::found() {
  const TrialGrid::Rules no_rules;
  TRY(TrialGrid grid, TrialGrid::of(state_, no_rules));
  grid_.emplace(std::move(grid));
  judge();
  kwh_.assign(places_.size(), 0.0);
  const bool is_needed = !keeps_limits();
  is_possible_ = !rows_.empty() || !is_needed;
  bool is_done = !is_needed;
  while (!is_done && is_possible_ && corrections_ < most_corrections) {
    ++corrections_;
    if (auto corrected = correct(); !corrected) {
      return std::unexpected(std::move(corrected.error()));
    }
    const bool has_schedule = !is_least_cost_ || !schedules_.drawn_kw.empty();
    if (is_possible_ && has_schedule && keeps_limits()) {
      is_done = is_least_cost_;
      is_least_cost_ = true;
    }
  }
  is_possible_ = is_done;
  if (is_possible_ && is_needed) {
    proof_ = battery_proof(area_, last_needs_, schedules_.kwh, spread_);
  }
  return result();
}

std::vector<LimitWorth> BatterySearch::worths() const {
  std::vector<LimitWorth> all;
  for (std::size_t m = 0; proof_ && m < proof_->price.size(); ++m) {
    LimitWorth worth;
    worth.use = rows_[m].use;
    worth.unit = rows_[m].unit();
    const double whole = rows_[m].whole(full_);
    for (const double price : proof_->price[m]) {
      worth.yuan_per_year += price * full_.step_hours / whole;
      worth.highest_yuan = std::max(worth.highest_yuan, price / whole);
      worth.hours += price > 0.0 ? full_.step_hours : 0.0;
    }
    all.push_back(std::move(worth));
  }
  std::ranges::stable_sort(all, std::greater<>(), [](const LimitWorth& worth) {
    return worth.yuan_per_year * (worth.use.limit > 0.0 ? worth.use.limit : 1.0);
  });
  return all;
}

Remedy remedy_of(const BatteryRoom& room, const BatteryOptions& options) {
  const bool is_house = options.place == BatteryPlace::houses;
  Remedy remedy;
  remedy.transformer = options.transformer;
  remedy.key = is_house ? "house_batteries" : "transformer_battery";
  remedy.name = is_house ? Text{"batteries at houses", "户用储能"}
                         : Text{"battery at the transformer", "台区储能(配变低压侧)"};
  remedy.capacity_kw = options.today_kw + (room.is_found ? options.more_kw : 0.0);
  remedy.more_kw = room.is_found ? options.more_kw : 0.0;
  remedy.binding = room.hardest;
  if (!room.is_found) {
    remedy.detail =
        is_house
            ? Text{"no batteries were found that keep every limit",
                   "未找到能使各项限值全部满足的户用储能配置"}
            : Text{
                  "helps the transformer's own limit only: voltages and currents along the lines "
                  "stay as they are",
                  "仅能缓解配变自身限值,线路沿线电压和电流基本不变"};
    return remedy;
  }
  const auto places =
      std::ranges::count_if(room.kwh_by_house, [](double kwh) { return kwh > 0.0; });
  remedy.detail =
      is_house
          ? Text{fmt::format("{:.1f} kWh, {:.1f} kW in all, at {} houses", room.kwh, room.kw,
                             places),
                 fmt::format("共 {:.1f} kWh / {:.1f} kW,分布于 {} 户", room.kwh, room.kw, places)}
          : Text{fmt::format("{:.1f} kWh, {:.1f} kW at the low-voltage bus; it eases the "
                             "transformer, not the lines",
                             room.kwh, room.kw),
                 fmt::format("低压母线处 {:.1f} kWh / {:.1f} kW;仅缓解配变,不改善线路", room.kwh,
                             room.kw)};
  remedy.lost_kwh = room.loss_kwh;
  remedy.proof =
      Text{fmt::format("the exact power flow keeps every limit in all steps of the year; for the "
                       "limits as linearised there no less than {:.1f} kWh does",
                       room.least_kwh),
           fmt::format("全年各时段精确潮流均满足限值;按该处线性化后的限值,容量不能小于 {:.1f} kWh",
                       room.least_kwh)};
  if (!room.capex_yuan) {
    remedy.missing = "money.battery_yuan_per_kwh";
    return remedy;
  }
  remedy.cost_yuan = *room.capex_yuan + options.life_years * room.energy_yuan;
  if (remedy.more_kw > 0.0) {
    remedy.yuan_per_kw = *remedy.cost_yuan / remedy.more_kw;
  }
  return remedy;
}

BatteryRoom BatterySearch::result() const {
  BatteryRoom room;
  room.is_found = is_possible_;
  room.hardest = year_.worst();
  room.corrections = corrections_;
  room.kwh_by_house.assign(full_.houses.size(), 0.0);
  if (is_possible_) {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      room.kwh_by_house[places_[i]] = kwh_[i];
      room.kwh += kwh_[i];
    }
    room.kw = room.kwh * area_.kind.kw_per_kwh;
    room.least_kwh = least_kwh_;
    room.drawn_kw = drawn_kw_;
    if (!schedules_.drawn_kw.empty()) {
      room.wear_yuan = schedules_.wear_yuan;
      room.energy_yuan = schedules_.cost_yuan - schedules_.wear_yuan - schedules_.without_yuan;
      room.loss_kwh = schedules_.loss_kwh;
      if (proof_) {
        room.gap = (schedules_.cost_yuan - proof_->bound_yuan) / std::max(1.0, proof_->scale_yuan);
      }
      room.why = worths();
    }
    if (options_.yuan_per_kwh) {
      room.capex_yuan = *options_.yuan_per_kwh * room.kwh;
    }
  }
  room.remedy = remedy_of(room, options_);
  return room;
}

}  // namespace

Result<BatteryRoom> battery_room(const VillageYear& village, const EnergyPrices& prices,
                                 const BatteryOptions& options, const Spread& spread) {
  expects(prices.buy.size() == village.steps && prices.sell.size() == village.steps &&
          options.transformer < village.network.transformers.size());
  expects(options.kind.most_charge > options.kind.least_charge && options.kind.kw_per_kwh > 0.0);
  BatteryOptions asked = options;
  for (const double share : {1.0, 0.5, 0.25}) {  // smaller ones at more houses load each line less
    asked.kind.most_kwh = share * options.kind.most_kwh;
    TRY(BatteryRoom room, BatterySearch(village, prices, asked, spread).found());
    if (room.is_found || options.place == BatteryPlace::transformer || share == 0.25) {
      return room;
    }
  }
  return fail(Fault::impossible, {"no batteries were tried", "未尝试任何储能"});
}

}  // namespace xiaoyuan::hosting
