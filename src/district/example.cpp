#include "district/example.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

#include "base/random.hpp"

namespace xiaoyuan::district {

namespace {

constexpr int load_shapes = 24;
constexpr double latitude_deg = 39.90;
constexpr double degree = std::numbers::pi / 180.0;

struct RoofClass {
  const char* name;
  double tilt_deg;
  double azimuth_deg;  ///< 180 is south
};
constexpr RoofClass roof_classes[] = {
    {"flat", 0, 180},          {"south_15", 15, 180},     {"south_25", 25, 180},
    {"south_35", 35, 180},     {"southeast_15", 15, 135}, {"southeast_25", 25, 135},
    {"southwest_15", 15, 225}, {"southwest_25", 25, 225}, {"east_15", 15, 90},
    {"east_25", 25, 90},       {"west_15", 15, 270},      {"west_25", 25, 270}};

/// A hill over the hours of the day, round midnight.
double hill(double hour, double top_hour, double width_hours) {
  const double away = std::abs(std::remainder(hour - top_hour, 24.0)) / width_hours;
  return std::exp(-0.5 * away * away);
}

/// Load of one kind of household: a base, a morning, a noon, an evening, and more in winter.
class LoadShape {
 public:
  explicit LoadShape(int number, std::uint64_t seed)
      : chance_(seed_of(fmt::format("load {}", number), seed)),
        base_(0.2 + 0.3 * chance_.uniform()),
        morning_(1.2 * chance_.uniform()),
        noon_(1.0 * chance_.uniform()),
        evening_(1.0 + 1.5 * chance_.uniform()),
        evening_hour_(18.0 + 3.0 * chance_.uniform()),
        winter_(0.5 * chance_.uniform()) {}

  double at(double day, double hour) {
    const double season = 1.0 + winter_ * std::cos(2.0 * std::numbers::pi * (day - 15.0) / 365.0);
    const double mean = base_ + morning_ * hill(hour, 7.0, 1.0) + noon_ * hill(hour, 12.0, 1.2) +
                        evening_ * hill(hour, evening_hour_, 1.8);
    return season * mean * (0.6 + 0.8 * chance_.uniform());
  }

 private:
  Random chance_;
  double base_, morning_, noon_, evening_, evening_hour_, winter_;
};

/// Power of one kWp by the sun's height and the roof's slope, dimmed by the day's cloud.
double roof_power(const RoofClass& roof, double day, double hour, double clearness) {
  const double declination =
      -23.44 * degree * std::cos(2.0 * std::numbers::pi * (day + 10.0) / 365.0);
  const double angle = (hour - 12.0) * 15.0 * degree;
  const double latitude = latitude_deg * degree;
  const double up = std::sin(latitude) * std::sin(declination) +
                    std::cos(latitude) * std::cos(declination) * std::cos(angle);
  const double south = std::sin(latitude) * std::cos(declination) * std::cos(angle) -
                       std::cos(latitude) * std::sin(declination);
  const double east = -std::cos(declination) * std::sin(angle);
  if (up <= 0.02) {
    return 0.0;
  }
  const double tilt = roof.tilt_deg * degree;
  const double azimuth = roof.azimuth_deg * degree;
  const double incidence = up * std::cos(tilt) - south * std::sin(tilt) * std::cos(azimuth) +
                           east * std::sin(tilt) * std::sin(azimuth);
  const double beam = clearness * std::pow(0.7, std::pow(1.0 / up, 0.678));
  const double diffuse = 0.12 * up * (1.0 + std::cos(tilt)) / 2.0;
  return 1.05 * (beam * std::max(0.0, incidence) + diffuse);
}

class Writer {
 public:
  explicit Writer(const ExampleTerms& terms) : terms_(terms) {}

  std::string settings() const {
    return fmt::format(
        "# An example district, seed {}: {} households. Loads and roofs are drawn, not measured.\n"
        "# 示例区域,种子 {},共 {} 户;负荷与屋面出力为随机生成,非实测。\n"
        "# Prices 电价: {}\n"
        "step_minutes = {}\n\n[battery]\nefficiency = 0.95  # of charging, and of discharging\n"
        "soc_min = 0.1\nsoc_max = 0.9\nwear_yuan_per_kwh = 0.0\nstanding_loss_per_month = 0.0\n",
        terms_.seed, terms_.households, terms_.seed, terms_.households, terms_.price_source,
        terms_.step_minutes);
  }

  std::string prices() const {
    std::string csv = "buy,sell\n";
    for (std::size_t t = 0; t < terms_.buy.size(); ++t) {
      fmt::format_to(std::back_inserter(csv), "{},{}\n", terms_.buy[t], terms_.sell[t]);
    }
    return csv;
  }

  std::string loads() const {
    std::vector<LoadShape> shapes;
    std::string csv;
    for (int i = 0; i < load_shapes; ++i) {
      shapes.emplace_back(i, terms_.seed);
      csv += fmt::format("{}L{:02}", i == 0 ? "" : ",", i + 1);
    }
    csv += '\n';
    for (std::size_t t = 0; t < terms_.buy.size(); ++t) {
      for (int i = 0; i < load_shapes; ++i) {
        fmt::format_to(std::back_inserter(csv), "{}{:.4f}", i == 0 ? "" : ",",
                       shapes[static_cast<std::size_t>(i)].at(day_of(t), hour_of(t)));
      }
      csv += '\n';
    }
    return csv;
  }

  std::string roofs() const {
    std::string csv;
    for (const RoofClass& roof : roof_classes) {
      csv += (csv.empty() ? "" : ",") + std::string(roof.name);
    }
    csv += '\n';
    Random chance(seed_of("clouds", terms_.seed));
    double clearness = 1.0;
    for (std::size_t t = 0; t < terms_.buy.size(); ++t) {
      if (day_of(t) != (t == 0 ? -1.0 : day_of(t - 1))) {
        clearness = std::sqrt(chance.uniform());  // more fair days than dull ones
      }
      bool is_first = true;
      for (const RoofClass& roof : roof_classes) {
        fmt::format_to(std::back_inserter(csv), "{}{:.4f}", is_first ? "" : ",",
                       roof_power(roof, day_of(t), hour_of(t), clearness));
        is_first = false;
      }
      csv += '\n';
    }
    return csv;
  }

  std::string table() const {
    std::string csv = "id,load_shape,load_kwh,roof,pv_kwp,battery_kwh,battery_kw\n";
    Random chance(seed_of("households", terms_.seed));
    const auto whole = [&](double least, double most) {
      return static_cast<int>(least + (most - least + 1.0) * chance.uniform());
    };
    for (std::size_t i = 0; i < terms_.households; ++i) {
      const int shape = whole(1, load_shapes);
      const int load_kwh = whole(1200, 6000);
      const int roof = whole(0, static_cast<double>(std::size(roof_classes)) - 1.0);
      const double pv_kwp = 0.1 * whole(30, 250);
      const int battery_kwh = whole(5, 20);
      fmt::format_to(std::back_inserter(csv), "H{:07},L{:02},{},{},{:.1f},{},{:.1f}\n", i + 1,
                     shape, load_kwh, roof_classes[roof].name, pv_kwp, battery_kwh,
                     0.5 * battery_kwh);
    }
    return csv;
  }

 private:
  double minute_of(std::size_t t) const {
    return (static_cast<double>(t) + 0.5) * terms_.step_minutes;
  }
  double day_of(std::size_t t) const { return std::floor(minute_of(t) / 1440.0); }
  double hour_of(std::size_t t) const { return std::fmod(minute_of(t), 1440.0) / 60.0; }

  const ExampleTerms& terms_;
};

}  // namespace

std::vector<std::pair<std::string, std::string>> example_district(const ExampleTerms& terms) {
  const Writer writer(terms);
  return {{"district.toml", writer.settings()},
          {"district.csv", writer.table()},
          {"shapes/prices.csv", writer.prices()},
          {"shapes/loads.csv", writer.loads()},
          {"shapes/roofs.csv", writer.roofs()}};
}

}  // namespace xiaoyuan::district
