#include "weather/variation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/angle.hpp"
#include "base/check.hpp"
#include "base/random.hpp"
#include "weather/month_sky.hpp"

namespace xiaoyuan::weather {

namespace {

constexpr double common_share = 0.5;  ///< of the variance
constexpr double farthest_draw = 3.5;
constexpr double least_of_mean = 0.2;
constexpr double most_of_clear = 0.9;
constexpr double most_diffuse_share = 0.98;
constexpr double winter_sunset_deg = 81.4;
constexpr double middle_day_of_month = 30.4;

/// The hour angle at which the sun sets in the middle of a month (declination: Cooper 1969).
double sunset_deg(double latitude_deg, std::size_t month) {
  const double day = (static_cast<double>(month) + 0.5) * middle_day_of_month;
  const double declination_deg = 23.45 * std::sin((284.0 + day) / 365.0 * 360.0 * rad_per_deg);
  const double cosine =
      -std::tan(latitude_deg * rad_per_deg) * std::tan(declination_deg * rad_per_deg);
  return std::acos(std::clamp(cosine, -1.0, 1.0)) / rad_per_deg;
}

/// e(K), the diffuse share of a month's light.
double monthly_diffuse_share(double clearness, double sunset) {
  const double k = std::clamp(clearness, 0.3, 0.8);
  return sunset <= winter_sunset_deg ? 1.391 + k * (-3.560 + k * (4.189 - 2.137 * k))
                                     : 1.311 + k * (-3.022 + k * (3.427 - 1.821 * k));
}

/// Gives a month another GHI, with the diffuse and beam light that go with it.
void set_ghi(Climate& climate, std::size_t month, double ghi, const MonthSky& sky) {
  const double was_ghi = climate.ghi_kwh_m2_day[month];
  const double was_dhi = climate.dhi_kwh_m2_day[month];
  const double sunset = sunset_deg(climate.place.latitude_deg, month);
  const auto share_at = [&](double of_ghi) {
    return monthly_diffuse_share(of_ghi / sky.outside_kwh_m2_day, sunset);
  };
  const double was_share = was_dhi / was_ghi;
  const double share = std::min(was_share * share_at(ghi) / share_at(was_ghi),
                                std::max(most_diffuse_share, was_share));
  climate.ghi_kwh_m2_day[month] = ghi;
  climate.dhi_kwh_m2_day[month] = ghi * share;
  if (climate.dni_kwh_m2_day && was_ghi > was_dhi) {
    (*climate.dni_kwh_m2_day)[month] *= (ghi - ghi * share) / (was_ghi - was_dhi);
  }
}

}  // namespace

Climate varied(const Climate& climate, double yearly_ghi_spread, std::uint64_t seed) {
  expects(yearly_ghi_spread >= 0.0);
  const Monthly& ghi = climate.ghi_kwh_m2_day;
  const double year = std::accumulate(ghi.begin(), ghi.end(), 0.0);
  const double squares = std::inner_product(ghi.begin(), ghi.end(), ghi.begin(), 0.0);
  Random random(seed_of("variation", seed));
  const auto draw = [&] { return std::clamp(random.normal(), -farthest_draw, farthest_draw); };
  const double of_year = yearly_ghi_spread * std::sqrt(common_share) * draw();
  Climate drawn = climate;
  for (std::size_t month = 0; month < ghi.size(); ++month) {
    const double own = draw();
    if (ghi[month] <= 0.0) {
      continue;
    }
    const double of_month =
        yearly_ghi_spread * std::sqrt((1.0 - common_share) / squares) * year * own;
    const MonthSky sky = month_sky(climate, static_cast<int>(month));
    const double most = std::max(most_of_clear * sky.clear_kwh_m2_day, ghi[month]);
    set_ghi(drawn, month,
            std::clamp(ghi[month] * (1.0 + of_year + of_month), least_of_mean * ghi[month], most),
            sky);
  }
  return drawn;
}

}  // namespace xiaoyuan::weather
