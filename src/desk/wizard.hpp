// A new village from what one knows on the first day: a short form becomes village.toml and
// households.csv, marked as illustrative, and whatever was not said is told as assumed.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"

namespace xiaoyuan::desk {

struct VillageForm {
  Text name;
  double latitude_deg = 0.0;
  double longitude_deg = 0.0;
  std::optional<double> elevation_m{};
  std::string region;
  std::string grid_region;
  std::string tariff_import;
  std::string tariff_export{};  ///< this, or a price with its source
  std::optional<double> export_price_yuan_per_kwh{};
  std::string export_price_source{};
  std::vector<double> tier_limits_kwh{};
  std::string tier_limits_source{};
  std::string factor{};
  std::string connected;
  std::string first_day;
  std::size_t households = 0;
  std::optional<std::size_t> with_pv{};
  std::optional<double> roof_kwp{};  ///< this, or an area
  std::optional<double> roof_area_m2{};
  std::optional<double> tilt_deg{};
  std::optional<double> azimuth_deg{};
  double load_kwh = 0.0;
  std::optional<double> heat_pump_kwh{};
  std::optional<double> battery_kwh{};
  double transformer_kva = 0.0;
  std::size_t transformers = 1;
};

using NamedFiles = std::vector<std::pair<std::string, std::string>>;

struct NewVillage {
  std::string folder;  ///< its name in addresses
  std::optional<VillageForm> form{};
  NamedFiles files{};  ///< in place of a form
};
/// From JSON (docs/openapi.yaml, NewVillage). All errors at once, each with its field.
Result<NewVillage> read_new_village(std::string_view json);

struct MadeVillage {
  std::string folder;
  Text name;
  std::size_t households = 0;
  double capacity_kwp = 0.0;
  NamedFiles files;
  std::vector<Text> assumed;
  std::vector<Text> warnings;
};
/// The files of the form, or those that came, read as they will be planned; nothing is written.
/// Errors: a figure that the form does not allow, a name that share/ does not have, a place without
/// a climate near it; those of the planner's readers.
Result<MadeVillage> make_village(const NewVillage& asked, const Files& share);

std::string made_village_json(const MadeVillage& made);

}  // namespace xiaoyuan::desk
