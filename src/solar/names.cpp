#include "solar/names.hpp"

namespace xiaoyuan::solar {

const std::vector<std::string>& names_of(Mount) {
  static const std::vector<std::string> names{
      "close_roof_glass_glass",
      "open_rack_glass_glass",
      "open_rack_glass_polymer",
      "insulated_back_glass_polymer",
      "faiman",
      "pvsyst",
      "pvsyst_insulated",
      "pvwatts_rack",
      "pvwatts_roof",
  };
  return names;
}
const std::vector<std::string>& names_of(Transposition) {
  static const std::vector<std::string> names{"isotropic", "hay_davies", "perez", "klucher"};
  return names;
}
const std::vector<std::string>& names_of(Incidence) {
  static const std::vector<std::string> names{"none", "glass", "glass_beam", "ashrae",
                                              "martin_ruiz"};
  return names;
}
const std::vector<std::string>& names_of(InverterCurve) {
  static const std::vector<std::string> names{"pvwatts", "flat", "points"};
  return names;
}
const std::vector<std::string>& names_of(Stage) {
  static const std::vector<std::string> names{
      "horizontal", "transposition", "horizon",     "near_shading", "incidence",
      "soiling",    "snow",          "temperature", "nameplate",    "light_induced",
      "mismatch",   "wiring",        "connections", "dc",           "inverter",
      "clipped",    "availability",  "ac",
  };
  return names;
}

}  // namespace xiaoyuan::solar
