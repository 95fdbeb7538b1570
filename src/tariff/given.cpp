// Puts the village's figures into a tariff: one pass over its required inputs, then one over every
// place that waits for them.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "tariff/tariff.hpp"

namespace xiaoyuan::tariff {

namespace {

constexpr const char* limits_key = "tier_limits_kwh";

bool lacks_limits(const Version& version) {
  return version.tiers && version.tiers->limits_kwh.empty();
}

class Filler {
 public:
  Filler(Tariff tariff, const Given& given, const Where& where, Missing missing)
      : tariff_(std::move(tariff)), reader_(tariff_.id, given, where, missing) {}

  Result<Tariff> fill() {
    std::vector<RequiredInput> waiting;
    for (const RequiredInput& input : tariff_.required) {
      if (!take(input)) {
        waiting.push_back(input);
      }
    }
    const auto limits = reader_.numbers(limits_key);
    for (Version& version : tariff_.versions) {
      fill_version(version, limits);
    }
    const std::string taken = reader_.taken();
    Errors errors = reader_.finish();
    if (!errors.empty()) {
      return std::unexpected(std::move(errors));
    }
    if (!taken.empty()) {
      for (Version& version : tariff_.versions) {
        version.source += "; " + taken;
      }
    }
    tariff_.required = std::move(waiting);
    return std::move(tariff_);
  }

 private:
  /// Reads one input by its kind; true when it was there and good.
  bool take(const RequiredInput& input) {
    switch (input.kind) {
      case InputKind::number:
      case InputKind::months:  // of a mechanism; a tariff's prices are one number each
        return keep(numbers_, input.key, reader_.number(input));
      case InputKind::season:
        return keep(seasons_, input.key, reader_.season(input));
      case InputKind::days:
        return keep(days_, input.key, reader_.days(input));
      case InputKind::date:
        first_day_ = reader_.date(input);
        return first_day_.has_value();
    }
    return false;
  }

  template <class T>
  static bool keep(std::map<std::string, T>& all, const std::string& key, std::optional<T> value) {
    if (value) {
      all.emplace(key, std::move(*value));
    }
    return all.contains(key);
  }

  void fill_version(Version& version, const std::optional<std::vector<double>>& limits) {
    if (version.valid_from_waits && first_day_) {
      version.valid_from = *first_day_;
      version.valid_from_waits = false;
    }
    bool fills_season = false;
    for (Season& season : version.seasons) {
      fills_season = fill_season(season) || fills_season;
    }
    if (fills_season) {
      if (auto fault = fault_of_year(version)) {
        reader_.complain(seasons_.begin()->first, std::move(*fault));
      }
    }
    if (version.holidays) {
      const auto found = days_.find(version.holidays->given);
      if (found != days_.end()) {
        version.holidays->days = found->second;
        version.holidays->given.clear();
      }
      fill_prices(version.holidays->periods);
    }
    if (limits && lacks_limits(version)) {
      fill_limits(*version.tiers, *limits);
    }
  }

  bool fill_season(Season& season) {
    fill_prices(season.periods);
    const auto found = seasons_.find(season.given);
    if (found == seasons_.end()) {
      return false;
    }
    season.months = found->second.months;
    season.from = found->second.from;
    season.to = found->second.to;
    season.given.clear();
    return true;
  }

  /// base + (ratio − 1) · floating, rounded once to the price's own unit of 1e-8 yuan/kWh.
  void fill_prices(std::vector<Period>& periods) const {
    for (Period& period : periods) {
      if (!period.rule) {
        continue;
      }
      const PriceRule& rule = *period.rule;
      const auto base = numbers_.find(rule.base);
      const auto floating = numbers_.find(rule.floating.empty() ? rule.base : rule.floating);
      if (base != numbers_.end() && floating != numbers_.end()) {
        period.price = Price::of(base->second + (rule.ratio - 1.0) * floating->second);
        period.rule.reset();
      }
    }
  }

  void fill_limits(Tiers& tiers, const std::vector<double>& limits) {
    const std::size_t count = tiers.additions.size() - 1;
    const bool rises = std::ranges::adjacent_find(limits, std::greater_equal{}) == limits.end();
    if (limits.size() != count || !rises) {
      reader_.complain(limits_key, {fmt::format("expected {} rising numbers", count),
                                    fmt::format("应为 {} 个递增的数字", count)});
    }
    tiers.limits_kwh = limits;
  }

  Tariff tariff_;
  InputReader reader_;
  std::map<std::string, double> numbers_;
  std::map<std::string, InputReader::Span> seasons_;
  std::map<std::string, std::vector<Date>> days_;
  std::optional<Date> first_day_;
};

}  // namespace

Result<Tariff> with_inputs(Tariff tariff, const Given& given, const Where& where, Missing missing) {
  return Filler(std::move(tariff), given, where, missing).fill();
}

std::vector<std::string> input_keys(const Tariff& tariff) {
  std::vector<std::string> keys;
  for (const RequiredInput& input : tariff.required) {
    keys.push_back(input.key);
  }
  if (std::ranges::any_of(tariff.versions, lacks_limits)) {
    keys.emplace_back(limits_key);
  }
  return keys;
}

}  // namespace xiaoyuan::tariff
