#include "weather/splitting.hpp"

#include <fmt/format.h>

#include "sun/dirint.hpp"
#include "sun/position.hpp"

namespace xiaoyuan::weather {

namespace {

/// Longer steps say nothing of passing clouds (Perez 1992).
constexpr std::chrono::minutes longest_steady_step{90};

std::vector<sun::GlobalLight> global_lights(const Weather& weather,
                                            std::chrono::seconds light_after) {
  std::vector<sun::GlobalLight> lights(weather.axis.size);
  for (std::size_t i = 0; i < lights.size(); ++i) {
    const Instant instant = weather.axis.at(i) + light_after;
    const sun::Air air{weather.pressure_pa[i], weather.temperature_c[i]};
    lights[i] = {.ghi_w_m2 = weather.ghi_w_m2[i],
                 .zenith_deg = sun::position(instant, weather.place, air).zenith_deg,
                 .day_of_year = sun::day_of_year(instant),
                 .pressure_pa = weather.pressure_pa[i]};
  }
  return lights;
}

std::vector<sun::Decomposition> split(const std::vector<sun::GlobalLight>& lights,
                                      Splitting splitting, std::chrono::seconds step) {
  if (splitting == Splitting::dirint) {
    return sun::dirint(
        lights, step <= longest_steady_step ? sun::Steadiness::counted : sun::Steadiness::unknown);
  }
  std::vector<sun::Decomposition> parts;
  for (const sun::GlobalLight& light : lights) {
    parts.push_back(splitting == Splitting::disc
                        ? sun::disc(light)
                        : sun::erbs(light.ghi_w_m2, light.zenith_deg,
                                    sun::extraterrestrial_w_m2(light.day_of_year)));
  }
  return parts;
}

}  // namespace

const std::vector<std::string>& names_of(Splitting) {
  static const std::vector<std::string> names{"erbs", "disc", "dirint"};
  return names;
}

void split_global_light(Weather& weather, Splitting splitting, std::chrono::seconds light_after) {
  if (!weather.dni_w_m2.empty() && !weather.dhi_w_m2.empty()) {
    return;
  }
  const auto parts = split(global_lights(weather, light_after), splitting, weather.axis.step);
  weather.dni_w_m2.assign(parts.size(), 0.0);
  weather.dhi_w_m2.assign(parts.size(), 0.0);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    weather.dni_w_m2[i] = parts[i].dni_w_m2;
    weather.dhi_w_m2[i] = parts[i].dhi_w_m2;
  }
  static const std::vector<std::string> models{"Erbs", "DISC", "DIRINT"};
  const std::string& model = models[static_cast<std::size_t>(splitting)];
  weather.notes.push_back(
      {fmt::format("beam and diffuse light are not in the file: {}'s split of GHI was taken",
                   model),
       fmt::format("文件中没有直射和散射辐射:按 {} 模型由总辐射分解", model)});
}

}  // namespace xiaoyuan::weather
