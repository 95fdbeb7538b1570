#include "optimum/lanes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace xiaoyuan::optimum {

namespace {

constexpr double same_kwh = 1e-11;
constexpr double hours_told[] = {48.0, 240.0, 1440.0, 4320.0};

lane_loops::Store store_of(const StoreYear& year) {
  const battery::Spec& spec = year.battery;
  return {spec.charge_efficiency,
          spec.discharge_efficiency,
          spec.wear_yuan_per_kwh,
          spec.charge_kw * year.step_hours * spec.charge_efficiency,
          spec.discharge_kw * year.step_hours / spec.discharge_efficiency,
          spec.floor_kwh,
          spec.ceiling_kwh,
          1.0 - battery::standing_loss(spec, year.step_hours)};
}

/// The change that leaves nothing for the meter, by step, and whether there is ever more PV than
/// load. Nothing when a limit may bind.
std::optional<bool> measure(const StoreYear& year, std::vector<double>& zero) {
  zero.resize(year.size());
  const auto surplus = lane_loops::surplus(year.load_kwh.data(), year.pv_kwh.data(), year.size(),
                                           store_of(year), zero.data());
  const double hours = year.step_hours;
  if (year.battery.charge_kw * hours - surplus.least > year.import_limit_kwh ||
      year.battery.discharge_kw * hours + surplus.most > year.export_limit_kwh) {
    return std::nullopt;
  }
  return surplus.most > 0.0;
}

/// Adds up a year whose zero changes are known.
PlainYear added(const StoreYear& year, const Ends& ends, const lane_loops::Prices& prices,
                std::span<const double> changes, std::span<const double> values) {
  const lane_loops::Store store = store_of(year);
  const lane_loops::Sums sums =
      lane_loops::add_up(prices, store, year.size(), changes.data(), values.data());
  const auto least = [](double factor, double low, double high) {
    return std::min(factor * low, factor * high);
  };
  const double at_start = store.kept * values.front();
  const double at_ends =
      ends.is_cyclic
          ? least(values.back() - at_start, ends.least_kwh, ends.most_kwh)
          : least(values.back(), ends.least_kwh, ends.most_kwh) - at_start * ends.start_kwh;
  return {sums.cost,     sums.bound + at_ends, sums.without,
          sums.imported, sums.idle_imported,   sums.exported};
}

}  // namespace

std::optional<PlainYear> plain_sums(const StoreYear& year, const Ends& ends, double addition,
                                    const PlainSchedule& schedule, std::vector<double>& scratch) {
  if (!year.is_plain() || !measure(year, scratch)) {
    return std::nullopt;
  }
  return added(year, ends,
               {year.load_kwh.data(), year.pv_kwh.data(), year.buy.data(), year.sell.data(),
                scratch.data(), addition},
               schedule.change_kwh, schedule.stored_value);
}

/// A cyclic year in which no use is worth what the cheapest charging costs: the store rests, and a
/// λ between the two proves it. `has_surplus`: is there ever more PV than load?
bool Lanes::rest(const StoreYear& year, double addition, bool has_surplus, LaneAnswer answer) {
  const battery::Spec& spec = year.battery;
  double cheapest = std::numeric_limits<double>::infinity();
  double dearest = 0.0;
  for (const Pair& pair : pairs_) {
    cheapest = std::min(cheapest, has_surplus ? pair.sell : pair.buy + addition);
    dearest = std::max(dearest, pair.buy + addition);
  }
  const double to_charge = cheapest / spec.charge_efficiency + spec.wear_yuan_per_kwh;
  const double worth = dearest * spec.discharge_efficiency - spec.wear_yuan_per_kwh;
  if (to_charge < worth) {
    return false;
  }
  answer.path.change_kwh.assign(size_, 0.0);
  answer.path.start_kwh = answer.path.end_kwh = floor_kwh_;
  answer.values.assign(size_, 0.5 * (to_charge + worth));
  return true;
}

/// The distinct pairs of prices, and which one every step has. The last year's are kept: comparing
/// two series costs less than sorting them out, and households of one tariff follow one another.
bool Lanes::pair_prices(const StoreYear& year) {
  const auto same = [](std::span<const double> now, const std::vector<double>& before) {
    return now.size() == before.size() &&
           std::memcmp(now.data(), before.data(), now.size_bytes()) == 0;
  };
  if (same(year.buy, known_buy_) && same(year.sell, known_sell_)) {
    return !pairs_.empty();
  }
  known_buy_.assign(year.buy.begin(), year.buy.end());
  known_sell_.assign(year.sell.begin(), year.sell.end());
  pairs_.clear();
  pair_of_step_.resize(size_);
  Pair last{NAN, NAN};
  std::size_t at = 0;
  for (std::size_t t = 0; t < size_; ++t) {
    if (year.buy[t] != last.buy || year.sell[t] != last.sell) {
      last = {year.buy[t], year.sell[t]};
      at = 0;
      while (at < pairs_.size() && (pairs_[at].buy != last.buy || pairs_[at].sell != last.sell)) {
        ++at;
      }
      if (at == pairs_.size()) {
        pairs_.push_back(last);
      }
      if (pairs_.size() > most_pairs || last.sell < 0.0 || last.sell > last.buy) {
        pairs_.clear();
        return false;
      }
    }
    pair_of_step_[t] = static_cast<std::uint8_t>(at);
  }
  return true;
}

/// A lane for every interval of λ in which a kWh can be worth keeping: from the cheapest way to
/// charge to the dearest use, with a lane on either side. False when there are too many.
bool Lanes::lay_lanes(const battery::Spec& spec, double addition) {
  const double wear = spec.wear_yuan_per_kwh;
  const auto up = [&](double price) { return price / spec.charge_efficiency + wear; };
  const auto down = [&](double price) { return price * spec.discharge_efficiency - wear; };
  double least = up(pairs_.front().sell);
  double most = down(pairs_.front().buy + addition);
  for (const Pair& pair : pairs_) {
    least = std::min(least, up(pair.sell));
    most = std::max(most, down(pair.buy + addition));
  }
  slopes_.clear();
  for (const Pair& pair : pairs_) {
    for (const double slope :
         {up(pair.sell), up(pair.buy + addition), down(pair.sell), down(pair.buy + addition)}) {
      if (slope >= least && slope <= most) {
        slopes_.push_back(slope);
      }
    }
  }
  std::ranges::sort(slopes_);
  slopes_.erase(std::unique(slopes_.begin(), slopes_.end()), slopes_.end());
  used_lanes_ = slopes_.size() + 1;
  lanes_ = (used_lanes_ + 7) / 8 * 8;
  if (slopes_.size() < 2 || lanes_ > most_lanes || slopes_.front() < 0.0) {
    return false;
  }
  table_.resize(2 * lanes_ * pairs_.size());
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    double* low = table_.data() + 2 * lanes_ * i;
    double* high = low + lanes_;
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      // Below the first slope of a lane's interval, and at or above its last.
      const std::size_t above = std::min(lane, slopes_.size());
      const auto worth = [&](double slope) { return above > 0 && slopes_[above - 1] >= slope; };
      const bool sells = !worth(down(pairs_[i].sell));
      const bool serves = !worth(down(pairs_[i].buy + addition));
      const bool keeps = worth(up(pairs_[i].sell));
      const bool buys = worth(up(pairs_[i].buy + addition));
      low[lane] = buys ? charge_kwh_ : serves ? -discharge_kwh_ : 0.0;
      high[lane] = sells ? -discharge_kwh_ : keeps ? charge_kwh_ : 0.0;
    }
  }
  return true;
}

void Lanes::walk_back(std::size_t from, std::size_t to, double* rows) const {
  lane_loops::back({zero_change_kwh_.data(), pair_of_step_.data(), table_.data(), lanes_,
                    floor_kwh_, ceiling_kwh_},
                   from, to, rows);
}

void Lanes::walk_forth(std::size_t from, std::size_t to, double* row) const {
  lane_loops::forth({zero_change_kwh_.data(), pair_of_step_.data(), table_.data(), lanes_,
                     floor_kwh_, ceiling_kwh_},
                    from, to, row);
}

/// Where a cyclic year begins: where what the first days want meets what the last days bring
/// (optimum/cycle.hpp), for all lanes at once. False when the days do not settle it.
bool Lanes::turn(const Ends& ends) {
  std::array<std::array<double, most_lanes>, 2> brought{};
  std::array<std::array<double, most_lanes>, 2> wanted{};
  for (const double hours : hours_told) {
    const auto window = static_cast<std::size_t>(hours / ends.step_hours);
    if (2 * window > size_) {
      return false;
    }
    for (std::size_t from = 0; from < 2; ++from) {
      const double begin = from == 0 ? floor_kwh_ : ceiling_kwh_;
      brought[from].fill(begin);
      walk_forth(size_ - window, size_, brought[from].data());
      std::fill_n(row(window), lanes_, begin);
      walk_back(0, window, rows_);
      std::copy_n(row(0), lanes_, wanted[from].begin());
    }
    const auto is_settled = [&](std::size_t lane) {
      return std::abs(brought[0][lane] - brought[1][lane]) < same_kwh &&
             std::abs(wanted[0][lane] - wanted[1][lane]) < same_kwh;
    };
    std::size_t lane = 0;
    while (lane < used_lanes_ && wanted[0][lane] >= brought[0][lane]) {
      ++lane;
    }
    // What is wanted falls and what is brought rises with λ: the two lanes at the crossing are
    // enough.
    if (lane == 0 || lane == used_lanes_ || !is_settled(lane - 1) || !is_settled(lane)) {
      continue;
    }
    turn_lane_ = lane - 1;
    start_kwh_ = std::min(wanted[0][lane - 1], brought[0][lane]);
    end_kwh_ = start_kwh_;
    return true;
  }
  return false;
}

/// Rides forward between two lanes. False when λ would leave the lanes.
bool Lanes::ride(StorePath& path, std::vector<double>& values) {
  const double* rows = rows_;
  const std::size_t lanes = lanes_;
  const std::size_t last = used_lanes_ - 1;
  const double empty = floor_kwh_ + same_kwh;
  const double full = ceiling_kwh_ - same_kwh;
  std::size_t lane = turn_lane_;
  if (!is_cyclic_) {
    lane = 0;
    while (lane + 1 < used_lanes_ && rows[lane + 1] >= start_kwh_ - same_kwh) {
      ++lane;
    }
  }
  path.change_kwh.resize(size_);
  values.resize(size_);
  double stored = start_kwh_;
  const double* zero = zero_change_kwh_.data();
  const double* table = table_.data();
  double* changes = path.change_kwh.data();
  double* value = values.data();
  bool is_inside = true;
  for (std::size_t t = 0; t < size_; ++t) {
    const double* here = rows + t * lanes;
    const bool settle = t > 0 || !is_cyclic_;
    if (stored <= empty && settle) {
      while (lane < last && here[lane + 1] > empty) ++lane;
      while (lane > 0 && here[lane] <= empty) --lane;
    } else if (stored >= full && settle) {
      while (lane + 1 < last && here[lane + 1] >= full) ++lane;
      while (lane > 0 && here[lane] < full) --lane;
      is_inside = is_inside && here[lane] >= full;
    }
    if (lane >= last) {
      return false;
    }
    const double* low = table + 2 * lanes * pair_of_step_[t] + lane + 1;
    const double change = std::min(std::max(zero[t], low[0]), low[lanes]);
    const double next = std::min(stored + change, here[lanes + lane]);
    changes[t] = next - stored;
    value[t] = slopes_[lane];
    stored = next;
  }
  path.start_kwh = start_kwh_;
  path.end_kwh = stored;
  return is_inside;
}

/// At the turn of the year two neighbouring values may both fit; the last run takes the one that
/// the first has, as far as it stays true.
void Lanes::mend_turn(const StorePath& path, std::vector<double>& values) const {
  const double value = slopes_[turn_lane_];
  double stored = path.end_kwh;
  for (std::size_t t = size_ - 1; t < size_ && values[t] != value; --t) {
    const bool may_rise =
        stored <= floor_kwh_ + same_kwh;  // a value before may lie above one after
    const bool may_fall = stored >= ceiling_kwh_ - same_kwh;
    if ((may_rise && values[t] > value) || (may_fall && values[t] < value)) {
      return;
    }
    values[t] = value;
    stored -= path.change_kwh[t];
  }
}

/// Back over the year in all lanes, and forth between two of them.
bool Lanes::walk(const Ends& ends, LaneAnswer answer) {
  memory_.resize((size_ + 1) * lanes_ + 8);
  rows_ = memory_.data();
  rows_ += (64 - reinterpret_cast<std::uintptr_t>(rows_) % 64) % 64 / sizeof(double);
  if (is_cyclic_ && !turn(ends)) {
    return false;
  }
  std::fill_n(row(size_), lanes_, end_kwh_);
  walk_back(0, size_, rows_);
  if (!ride(answer.path, answer.values)) {
    return false;
  }
  if (is_cyclic_) {
    mend_turn(answer.path, answer.values);
  }
  return true;
}

bool Lanes::solve(const StoreYear& year, const Ends& ends, double addition, LaneAnswer answer) {
  const battery::Spec& spec = year.battery;
  size_ = year.size();
  floor_kwh_ = spec.floor_kwh;
  ceiling_kwh_ = spec.ceiling_kwh;
  charge_kwh_ = spec.charge_kw * year.step_hours * spec.charge_efficiency;
  discharge_kwh_ = spec.discharge_kw * year.step_hours / spec.discharge_efficiency;
  is_cyclic_ = ends.is_cyclic;
  start_kwh_ = ends.start_kwh;
  end_kwh_ = ends.least_kwh;
  if (size_ < 24 || !year.is_plain() || spec.standing_loss_per_hour != 0.0 ||
      !(ceiling_kwh_ > floor_kwh_) || !(charge_kwh_ > 0.0 && discharge_kwh_ > 0.0) ||
      !pair_prices(year)) {
    return false;
  }
  const std::optional<bool> has_surplus = measure(year, zero_change_kwh_);
  if (!has_surplus) {
    return false;
  }
  const bool rests = is_cyclic_ && rest(year, addition, *has_surplus, answer);
  if (!rests && !(lay_lanes(spec, addition) && walk(ends, answer))) {
    return false;
  }
  PlainYear& sums = answer.sums;
  sums = added(year, ends,
               {year.load_kwh.data(), year.pv_kwh.data(), year.buy.data(), year.sell.data(),
                zero_change_kwh_.data(), addition},
               answer.path.change_kwh, answer.values);
  return sums.cost_yuan - sums.bound_yuan <=
         1e-9 * std::max(1.0, std::abs(sums.cost_yuan) + std::abs(sums.without_yuan));
}

}  // namespace xiaoyuan::optimum
