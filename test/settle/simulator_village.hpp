// The village of the settlement simulator: households whose meters are read, swapped, roll over,
// are read late, wrong and corrected, as a seed draws it.
#pragma once
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "support/settle_oracle.hpp"

namespace xiaoyuan::settle::test {

class DrawnVillage {
 public:
  explicit DrawnVillage(std::uint64_t seed) : random_(seed), zone_(*Zone::find("Asia/Shanghai")) {
    for (int h = 1; h <= 5; ++h) {
      add_house("H" + std::to_string(h), 3000 + 1370 * h);
    }
    for (int m = 0; m < most_months; ++m) {
      prices_.push_back({});
      present_.push_back({"H1", "H2", "H3", "H4"});
    }
  }

  std::map<std::string, int> counts;  ///< of what happened

 protected:
  static constexpr int first_month = 2026 * 12;
  static constexpr int most_months = 14;

  std::uint64_t below(std::uint64_t n) {
    return static_cast<std::uint64_t>(random_.uniform() * static_cast<double>(n));
  }
  Instant now() const {
    return Instant(std::chrono::seconds(2'000'000'000 + static_cast<std::int64_t>(now_)));
  }
  readings::Period period(int month) const {
    return readings::month_of(
        zone_, std::chrono::year((first_month + month) / 12) /
                   std::chrono::month(static_cast<unsigned>((first_month + month) % 12 + 1)));
  }

  void put(const std::string& meter, readings::Channel channel, Instant at, std::int64_t value) {
    world_.readings[meter].push_back({.key = {meter, channel, readings::Rate::total, at},
                                      .value = {value},
                                      .quality = readings::Quality::measured,
                                      .source = "drawn",
                                      .recorded_at = now()});
    dirty_ = true;
  }

  void add_house(const std::string& id, std::int64_t capacity) {
    PlainHouse house{.id = id, .capacity_wp = capacity, .points = {}};
    for (const readings::Channel channel :
         {readings::Channel::imported, readings::Channel::exported, readings::Channel::generated}) {
      const std::string meter = id + "-" + std::to_string(static_cast<int>(channel)) + "-1";
      readings::MeterPoint point{
          .household = id, .channel = channel, .most_w = 12'000, .services = {}};
      point.services.push_back({.meter = meter,
                                .form = {.whole_digits = 4, .decimals = 2},
                                .multiplier = 1,
                                .from = period(0).from,
                                .to = {}});
      values_[meter] = static_cast<std::int64_t>(below(900'000)) * 10'000;
      put(meter, channel, period(0).from, values_[meter]);
      house.points.push_back(std::move(point));
    }
    world_.houses.push_back(std::move(house));
  }

  void turn(const std::string& meter, std::int64_t energy) {
    values_[meter] = (values_[meter] + energy) % (10'000 * kwh_of_mwh);
  }

  void swap_meter(readings::MeterPoint& point, Instant at) {
    counts["swap"] += 1;
    readings::Service old = point.services.back();
    point.services.back().to = at;
    put(old.meter, point.channel, at, values_[old.meter]);
    readings::Service next = old;
    next.from = at;
    next.meter = old.meter + "x";
    next.to.reset();
    values_[next.meter] = static_cast<std::int64_t>(below(1000)) * 10'000;
    put(next.meter, point.channel, at, values_[next.meter]);
    point.services.push_back(std::move(next));
  }

  void read_month() {
    if (read_ == most_months) {
      return;
    }
    const readings::Period month = period(read_);
    for (PlainHouse& house : world_.houses) {
      const auto made = static_cast<std::int64_t>(below(90'000)) * 10'000;
      const auto sold = static_cast<std::int64_t>(below(static_cast<std::uint64_t>(made) + 1));
      const std::int64_t energies[] = {static_cast<std::int64_t>(below(35'000)) * 10'000,
                                       sold / 10'000 * 10'000, made};
      for (std::size_t c = 0; c < 3; ++c) {
        readings::MeterPoint& point = house.points[c];
        if (below(12) == 0) {
          turn(point.services.back().meter, energies[c] / 2 / 10'000 * 10'000);
          swap_meter(point, month.from + std::chrono::hours(24 * 11 + 7));
          turn(point.services.back().meter, energies[c] / 3 / 10'000 * 10'000);
        } else {
          turn(point.services.back().meter, energies[c]);
        }
        const std::string& meter = point.services.back().meter;
        if (below(15) != 0) {
          put(meter, point.channel, month.to, values_[meter]);
        } else {
          missing_.push_back({{meter, point.channel, readings::Rate::total, month.to},
                              {values_[meter]},
                              readings::Quality::measured,
                              "late",
                              {}});
        }
      }
    }
    ++read_;
  }

  readings::RegisterReading& any_reading() {
    auto place = world_.readings.begin();
    std::advance(place, static_cast<std::ptrdiff_t>(below(world_.readings.size())));
    return place->second[below(place->second.size())];
  }

  void send_again() {
    const readings::RegisterReading sent = any_reading();
    const auto sorted = readings::sort_out(registers(), {sent}, readings::Resend::refuse);
    if (!sorted.taken.empty()) {
      wrong_ = "a reading that was known was taken";
    }
    counts["again"] += 1;
  }

  void correct() {
    const readings::RegisterReading old = any_reading();
    const std::int64_t moved = (static_cast<std::int64_t>(below(400)) - 200) * 100'000;
    const std::int64_t value =
        std::clamp<std::int64_t>(old.value.mwh + moved, 0, 9'999 * kwh_of_mwh);
    put(old.key.meter, old.key.channel, old.key.at, value);
    counts["corrected"] += 1;
  }

  void supply() {
    if (!missing_.empty()) {
      const auto late = missing_.begin() + static_cast<std::ptrdiff_t>(below(missing_.size()));
      put(late->key.meter, late->key.channel, late->key.at, late->value.mwh);
      missing_.erase(late);
      counts["late"] += 1;
    }
  }

  void change_price() {
    const std::size_t from = below(most_months);
    for (std::size_t m = from; m < most_months; ++m) {
      prices_[m] = {.buy = 48'830'000 + static_cast<std::int64_t>(below(2)) * 1'234'567,
                    .sell = 35'980'000 - static_cast<std::int64_t>(below(2)) * 777'777};
    }
  }

  void join_or_leave() {
    const std::size_t from = static_cast<std::size_t>(read_);
    const bool joins = below(2) == 0;
    for (std::size_t m = from; m < present_.size(); ++m) {
      if (joins) {
        present_[m].insert("H5");
      } else {
        present_[m].erase("H5");
      }
    }
  }

  const readings::Registers& registers() {
    if (dirty_) {
      std::vector<readings::RegisterReading> all;
      for (const auto& [meter, versions] : world_.readings) {
        all.insert(all.end(), versions.begin(), versions.end());
      }
      registers_ = readings::Registers(std::move(all));
      dirty_ = false;
    }
    return registers_;
  }

  Random random_;
  Zone zone_;
  PlainWorld world_;
  std::vector<PlainPrices> prices_;
  std::vector<std::set<std::string>> present_;
  std::string wrong_;
  int read_ = 0;
  std::uint64_t now_ = 0;

 private:
  static constexpr std::int64_t kwh_of_mwh = 1'000'000;

  std::map<std::string, std::int64_t> values_;
  std::vector<readings::RegisterReading> missing_;
  readings::Registers registers_;
  bool dirty_ = true;
};

}  // namespace xiaoyuan::settle::test
