#include "plan/household_words.hpp"

#include <fmt/format.h>

#include "plan/choice.hpp"

namespace xiaoyuan::plan {

namespace {

Where cell(const model::Household& home, std::string column) {
  return {"households.csv", home.line, std::move(column)};
}

int minute_of(const std::string& text, int usual, const Where& where, Errors& errors) {
  if (text.empty()) {
    return usual;
  }
  auto minute = demand::parse_time_of_day(text, where);
  return gather(minute, errors) ? *minute : usual;
}

demand::Car car_of(const model::Household& home, const model::Assumptions& assumptions,
                   const std::vector<demand::Absence>& absences, Errors& errors) {
  const model::Car& row = home.car;
  demand::Car car;
  const auto usual = [&](const char* key) {
    const int hhmm = static_cast<int>(assumptions.value(key));
    return hhmm / 100 * 60 + hhmm % 100;
  };
  car.arrival_minute =
      minute_of(row.arrives, usual("car.arrival_hhmm"), cell(home, "car_arrival"), errors);
  car.departure_minute =
      minute_of(row.leaves, usual("car.departure_hhmm"), cell(home, "car_departure"), errors);
  car.driving_days = chosen({row.days, cell(home, "car_days")}, car.driving_days, errors);
  car.charging = chosen({row.charging, cell(home, "car_charging")}, car.charging, errors);
  car.day_kwh = row.day_kwh;
  car.year_kwh = row.year_kwh;
  car.charger_kw = row.charger_kw > 0.0 ? row.charger_kw : assumptions.value("car.charger_kw");
  car.arrival_jitter_minutes = assumptions.value("car.arrival_jitter_minutes");
  car.absences = absences;
  return car;
}

}  // namespace

Result<HouseholdWords> words_of(const model::Household& home, const model::Assumptions& assumptions,
                                const solar::Horizon& village_horizon) {
  HouseholdWords words;
  Errors errors;
  for (std::size_t i = 0; i < home.roofs.size(); ++i) {
    words.horizons.push_back(village_horizon);
    if (const std::string& text = home.roofs[i].horizon; !text.empty()) {
      auto own = solar::parse_horizon(text, cell(home, fmt::format("roof{}_horizon", i + 1)));
      if (gather(own, errors)) {
        words.horizons.back() = std::move(*own);
      }
    }
  }
  if (!home.away.empty()) {
    auto absences = demand::parse_absences(home.away, cell(home, "away"));
    if (gather(absences, errors)) {
      words.absences = std::move(*absences);
    }
  }
  if (home.car.exists()) {
    words.car = car_of(home, assumptions, words.absences, errors);
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return words;
}

}  // namespace xiaoyuan::plan
