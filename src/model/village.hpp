// What a village is, as plain data: site, transformers, households with their roofs, meters and
// batteries, and the names of the rules that hold for it.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/place.hpp"
#include "base/position.hpp"
#include "base/text.hpp"
#include "base/time_axis.hpp"
#include "base/zone.hpp"
#include "model/assumption.hpp"
#include "model/network_choice.hpp"
#include "model/sizing.hpp"

namespace xiaoyuan::model {

/// Who owns the PV on a roof (国能发新能规〔2025〕7号: 自然人户用, 非自然人户用).
enum class Owner { natural_person, company, cooperative };
/// 全额上网, 全部自发自用, 自发自用余电上网 (the same rule). `none`: a household without PV.
enum class Mode { none, full_export, self_use, self_use_surplus };
enum class Phase { a, b, c, three };
/// How a battery is run: by the plain rule, by the exact optimum with perfect foresight, or by
/// plans on forecasts from yesterday.
enum class Dispatch { self_consumption, optimal, rolling };

struct Roof {
  double capacity_kwp = 0.0;
  double tilt_deg = 0.0;
  double azimuth_deg = 180.0;  ///< from north, clockwise
  std::string horizon;         ///< "90:12 120:25", seen from this roof; empty: the village's
  double area_m2 = 0.0;        ///< where it was given in place of the capacity
};

struct Battery {
  double energy_kwh = 0.0;  ///< nameplate; 0 is no battery
  double power_kw = 0.0;    ///< AC side, both ways
};

/// An electric car as households.csv tells of it; its words are read where demand is known.
struct Car {
  double year_kwh = 0.0;    ///< from the socket; 0 with day_kwh 0: no car
  double day_kwh = 0.0;     ///< on a driving day
  double charger_kw = 0.0;  ///< 0: the usual one
  std::string arrives;      ///< "18:00"; empty: the usual hour
  std::string leaves;
  std::string days;      ///< every_day, weekdays, weekends
  std::string charging;  ///< on_arrival, evenly, latest, cheapest
  bool exists() const { return year_kwh > 0.0 || day_kwh > 0.0; }
};

/// How a house is heated by its heat pump: by the season's kWh, or by what the house loses.
struct Heating {
  double season_kwh = 0.0;
  double loss_w_per_k = 0.0;
  double rating_kw = 0.0;  ///< most heat that the pump gives; 0 is no limit
  bool exists() const { return season_kwh > 0.0 || loss_w_per_k > 0.0; }
};

struct Household {
  std::string id;
  std::string name;
  int line = 0;  ///< of households.csv, for messages
  Owner owner = Owner::natural_person;
  Owner registered_by = Owner::natural_person;
  Mode mode = Mode::none;
  Phase phase = Phase::a;
  std::size_t transformer = 0;  ///< index into Village::transformers
  std::optional<Position> position;
  std::optional<Date> connected;
  std::vector<Roof> roofs;
  double inverter_kw = 0.0;  ///< AC rating; 0 lets the planner take capacity / dc_ac_ratio
  double load_kwh = 0.0;     ///< a year's use without the heat pump; 0 when a file gives it
  std::string load_file;     ///< loads/<…>.csv
  Heating heating;
  Car car;
  std::string away;  ///< "2026-02-10/2026-03-20; …": nobody is at home
  Battery battery;
  double critical_kw = 0.0;  ///< what must go on when the grid fails
  bool without_pv = false;   ///< a scenario took the PV away: measured generation is passed over

  /// Of the roofs; PV that is only measured has none and counts by its rating.
  double capacity_kwp() const;
  /// True when the roofs or a measured series make energy here.
  bool makes_energy() const { return mode != Mode::none; }
};

/// Who gives way when all households of a transformer together would exceed its limits. none: it is
/// graded only; least_cost: who can do it most cheaply; the others share its reverse limit by a
/// rule (optimum/coupled_fair.hpp).
enum class Curtailment { none, least_cost, equal_power, equal_share, pro_rata };

struct Transformer {
  std::string id;
  double rating_kva = 0.0;
  double other_generation_kw = 0.0;  ///< P_G of DL/T 2041-2025: generation that is not distributed
  double registered_kw = 0.0;        ///< registered, not yet connected, beside this plan
  int in_parallel = 1;
  Curtailment curtailment = Curtailment::none;
  // Of all its households together; not given: from the rating (plan/transformer_limits.hpp).
  std::optional<double> import_limit_kw;
  std::optional<double> export_limit_kw;
  std::optional<Position> position;
};

/// A name that somebody chose; what it may be, the science that it belongs to knows.
struct Choice {
  std::string name;  ///< empty: the usual one
  Where where;
};

struct WeatherChoice {
  std::string file;         ///< weather/<…>.epw; or
  std::string climate;      ///< a name of share/climates
  std::optional<int> year;  ///< of a file that holds several
  Choice splitting;         ///< of global light into beam and diffuse
  Where where;
};

/// [pv]: how the roofs are reckoned.
struct PvChoice {
  Choice mount;
  Choice transposition;
  Choice incidence;
  Choice inverter_curve;
  std::string inverter_points;  ///< "0.1:0.95 0.5:0.975 1:0.97" for the curve "points"
  Where points_where;
  std::string horizon;  ///< of the village: "90:12 120:25"
  Where horizon_where;
  std::optional<std::array<double, 12>> soiling;  ///< share of light lost, by month
  std::optional<std::array<double, 12>> snow;
};

struct TariffChoice {
  std::string import_name;
  std::string export_name;
  std::vector<double> tier_limits_kwh;  ///< where the tariff itself does not know them
  /// [tariff.inputs]: figures that a tariff needs and no document at hand gives, as written.
  std::map<std::string, std::string> inputs;
  std::string inputs_source;
  Where inputs_where;
  Choice mechanism;  ///< of share/mechanisms (Document 136); empty: none
  std::optional<double> export_price_yuan_per_kwh;
  std::string export_price_source;
  std::string tier_limits_source;
  Where import_where;
  Where export_where;
};

/// What a scenario does to the households; what is not given stays as it is planned.
struct HouseholdEdit {
  std::vector<std::string> only;  ///< ids; empty: all
  bool without_pv = false;
  bool without_heat_pump = false;
  bool without_car = false;
  std::optional<Owner> owner;      ///< of every roof with PV
  std::optional<Battery> battery;  ///< at every villager's own PV
};

/// What a scenario does to every transformer.
struct TransformerEdit {
  std::optional<Curtailment> curtailment;
  std::optional<double> import_limit_kw;
  std::optional<double> export_limit_kw;
};

/// A named variant of the village (model/scenario.hpp).
struct Scenario {
  std::string id;
  Text name;
  HouseholdEdit households;
  TransformerEdit transformers;
  std::vector<std::string> sets;  ///< "assumptions.money.discount_rate = 0.07"
  Where where;
};

struct Village {
  std::string id;
  Text name;
  Text note;
  bool illustrative = false;  ///< households are plausible, not real; every report says so
  std::string region;
  std::string grid_region;  ///< of the emission factors: "north", "east", …; may be empty
  Place place;
  Zone zone;
  TimeAxis axis;  ///< one year from the plan's first local day
  std::uint64_t seed = 1;
  int life_years = 25;
  WeatherChoice weather;
  TariffChoice tariff;
  std::string carbon_factor;
  Where carbon_where;
  Dispatch dispatch = Dispatch::self_consumption;
  bool compare_rolling = true;  ///< what batteries would cost on forecasts
  PvChoice pv;
  std::optional<SizingChoice> sizing;
  NetworkChoice network;
  Assumptions assumptions;
  std::vector<Transformer> transformers;
  std::vector<Household> households;
  std::vector<Scenario> scenarios;
  std::vector<Text> warnings;  ///< allowed, but worth a look

  double capacity_kwp() const;
};

/// The two files that a person writes.
struct VillageText {
  std::string_view toml;
  std::string toml_name = "village.toml";
  std::string_view households;
  std::string households_name = "households.csv";
  std::string scenario = {};  ///< id of the variant to read; empty: the village as it is planned
};

/// Reads a village; `shipped` are the assumptions of share/. All errors of both files at once.
Result<Village> read_village(const VillageText& text, const Assumptions& shipped);

/// The names in files and results, in the order of their enum.
const std::vector<std::string>& names_of(Owner);
const std::vector<std::string>& names_of(Mode);
const std::vector<std::string>& names_of(Phase);
const std::vector<std::string>& names_of(Dispatch);
const std::vector<std::string>& names_of(Curtailment);
template <class E>
const std::string& name_of(E value) {
  return names_of(value)[static_cast<std::size_t>(value)];
}

}  // namespace xiaoyuan::model
