#include "demand/profile.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "base/fields.hpp"
#include "base/random.hpp"

namespace xiaoyuan::demand {

namespace {

FullHouse read_full_house(Fields& fields) {
  FullHouse full;
  for (const char* key : {"days_before", "days_after", "factor"}) {
    if (!fields.has(key)) {
      fields.complain(key, missing());
    }
  }
  full.days_before = fields.whole_or("days_before", 0, {0.0, 60.0});
  full.days_after = fields.whole_or("days_after", 0, {0.0, 60.0});
  full.factor = fields.number_or("factor", 1.0, {0.1, 10.0});
  fields.finish();
  return full;
}

/// The factor of a day: that of the full house near a Spring Festival, else 1.
double feast_factor(const FullHouse& full, std::span<const Date> festivals, const Date& date) {
  const std::chrono::sys_days day{date};
  for (const Date& festival : festivals) {
    const auto since = (day - std::chrono::sys_days{festival}).count();
    if (since >= -full.days_before && since < full.days_after) {
      return full.factor;
    }
  }
  return 1.0;
}

}  // namespace

Result<Profile> read_profile(std::string_view bytes, const std::string& name) {
  TRY(const Node root, parse_toml(bytes, name));
  Errors errors;
  Fields fields(root, name, errors);
  Profile profile;
  profile.id = fields.text("id");
  profile.name = fields.both("name");
  std::ranges::copy(fields.numbers("weekday", positive, 24), profile.weekday.begin());
  std::ranges::copy(fields.numbers("weekend", positive, 24), profile.weekend.begin());
  std::ranges::copy(fields.numbers("months", positive, 12), profile.months.begin());
  profile.day_spread = fields.number("day_spread", {0.0, 2.0});
  profile.hour_spread = fields.number("hour_spread", {0.0, 2.0});
  if (auto feast = fields.table_if("spring_festival")) {
    profile.spring_festival = read_full_house(*feast);
  }
  profile.source = fields.text("source");
  profile.confidence = fields.confidence();
  fields.finish();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return profile;
}

std::vector<double> household_load_kw(const Profile& profile, std::span<const Civil> times,
                                      const ProfileUse& use) {
  expects(!times.empty());
  Random random(use.seed);
  // Each house keeps its own hours, up to an hour earlier or later.
  const double shift_minutes = 120.0 * random.uniform() - 60.0;
  const double memory = std::exp(-use.step_hours);  // of the noise, over about an hour
  const double fresh = std::sqrt(1.0 - memory * memory);
  std::vector<double> kw(times.size());
  double day_factor = 1.0;
  double noise = random.normal();
  double sum = 0.0;
  std::int8_t day = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const Civil& time = times[i];
    if (time.day != day) {
      day = time.day;
      day_factor = std::exp(profile.day_spread * random.normal()) *
                   feast_factor(profile.spring_festival, use.spring_festivals, time.date());
    }
    noise = memory * noise + fresh * random.normal();
    const double clock =
        std::fmod(static_cast<double>(time.minute) + shift_minutes + 1440.0, 1440.0);
    const bool rests = time.weekday == 0 || time.weekday == 6;
    const auto& hours = rests ? profile.weekend : profile.weekday;
    kw[i] = hours[static_cast<std::size_t>(clock / 60.0)] *
            profile.months[static_cast<std::size_t>(time.month - 1)] * day_factor *
            std::exp(profile.hour_spread * noise);
    sum += kw[i];
  }
  const double scale = use.year_kwh / (sum * use.step_hours);
  for (double& power : kw) {
    power *= scale;
  }
  return kw;
}

}  // namespace xiaoyuan::demand
