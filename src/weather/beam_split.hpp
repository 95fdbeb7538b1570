// Splits the global irradiance of a synthetic year into beam and diffuse, month by month.
//
//   DHI/GHI = max( Erbs(k)^p, 1 − B·cos z / GHI )     1 when the sun is lower than 2°
//   k = k_t + w·(k_t' − k_t)
//   k_t' = k_t / (1.031·exp(−1.4 / (0.9 + 9.4/m)) + 0.1)
//
// k_t clearness index GHI/(E₀·cos z), m air mass, B the beam of the clearest air. p is solved for
// the month's diffuse share. w says how much beam a low sun keeps: 1 counts clearness the same at
// every height of the sun; where the month's DNI is known, w is solved for it.
// Sources: D. Erbs, S. Klein, J. Duffie, "Estimation of the diffuse radiation fraction for hourly,
// daily and monthly-average global radiation", Solar Energy 28 (1982) 293–302; R. Perez, P.
// Ineichen, R. Seals, A. Zelenka, "Making full use of the clearness index for parameterizing hourly
// insolation conditions", Solar Energy 45 (1990) 111–114.
#pragma once
#include <optional>
#include <vector>

#include "weather/sun_hours.hpp"

namespace xiaoyuan::weather {

/// What a month's light must add up to.
struct LightOfMonth {
  double diffuse_share = 0.0;       ///< ΣDHI / ΣGHI
  std::optional<double> dni_wh_m2;  ///< ΣDNI, reached as nearly as w from −1 to 2 allows
};

class BeamSplit {
 public:
  /// `brightest_dni_w_m2` bounds the beam of each hour.
  BeamSplit(const SunHours& sun, const std::vector<double>& ghi_w_m2,
            const std::vector<double>& brightest_dni_w_m2);
  /// Fills the hours of month 0–11; false when its diffuse share is out of reach.
  bool split(int month, const LightOfMonth& wanted);

  std::vector<double> dni_w_m2;
  std::vector<double> dhi_w_m2;

 private:
  struct Recipe {
    double exponent = 1.0;
    double height_weight = 1.0;
  };
  struct Sums {
    double beam_wh = 0.0;  ///< on the horizontal
    double dni_wh = 0.0;
  };
  double diffuse_share(std::size_t hour, const Recipe& recipe) const;
  Sums sums(const std::vector<std::size_t>& hours, const Recipe& recipe) const;
  Recipe solved(const std::vector<std::size_t>& hours, double beam_wh, double height_weight,
                int steps) const;

  const SunHours* sun_;
  const std::vector<double>* ghi_;
  std::vector<double> clearness_;
  std::vector<double> clearness_any_height_;
  std::vector<double> least_share_;  ///< of diffuse light, at the brightest beam
};

}  // namespace xiaoyuan::weather
