// The commands of xiaoyuan: each reads its words, calls one function and prints.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "base/text.hpp"
#include "district/crew.hpp"
#include "district/dispatch_answer.hpp"

namespace xiaoyuan::cli {

struct PlanOptions {
  std::string village;
  std::string out;
  std::vector<std::string> hourly;  ///< ids of households, or "all"
  std::string scenario;             ///< plan this variant of the village alone
  std::size_t draws = 20;           ///< years of weather, loads and prices that are drawn
  unsigned threads = 0;
};

struct CarbonOptions {
  std::string claim;         ///< "1130t"
  std::string yield;         ///< kWh/kWp a year; empty takes the measured one of share/
  std::string kwp;           ///< what was published beside the claim
  std::string kwh;           ///< the same, of a year
  std::string kwp_per_home;  ///< to count houses
  bool list_factors = false;
  bool as_json = false;
};

struct TariffOptions {
  std::string name;                ///< of a tariff or mechanism; "" lists them all
  std::string day;                 ///< "2026-07-01"; "" is today
  std::string village;             ///< whose own tariffs stand before the shipped ones; may be ""
  std::vector<std::string> given;  ///< "key=value"
  bool as_json = false;
};

struct SizeOptions {
  std::string file;
  std::vector<double> roof_kwp;
  double pv_kwp = 0.0;            ///< of the plant that pv_kw is of
  double module_kwp = 0.0;        ///< 0: any size
  std::string pv_price;           ///< yuan/kWp: "2970" or tiers "10:3200,2900"
  std::string battery_price;      ///< yuan/kWh
  std::string power_price = "0";  ///< yuan/kW
  double pv_upkeep = 0.0;         ///< yuan/kWp/a
  double most_kwh = -1.0;         ///< below 0: a day's energy
  double kw_per_kwh = 0.0;        ///< 0: no limit
  double efficiency = 0.0;        ///< each way
  double soc_min = 0.0;
  double soc_max = 1.0;
  double wear_yuan_per_kwh = 0.0;
  double export_limit_kw = -1.0;  ///< below 0: none
  double import_limit_kw = -1.0;  ///< the same
  double reserve_kwh = 0.0;
  std::string tiers;
  std::string tier_additions;
  std::string tier_period = "year";
  std::string catalogue;      ///< "5,10:5,15:7.5:9000": kWh[:kW[:yuan]]
  double budget_yuan = -1.0;  ///< below 0: none
  std::string mode = "cheapest";
  std::string objective = "annual";
  int life_years = 0;
  int battery_years = 0;  ///< 0: as the life
  double rate = 0.0;
  double pv_loss = 0.0;
  double battery_loss = 0.0;
  double carbon_kg_per_kwh = -1.0;  ///< below 0: the column
  double step_minutes = 0.0;
  double gap = 1e-4;
  std::size_t points = 0;  ///< of the front; 0: one answer
  bool as_json = false;
  std::string out;  ///< the schedule, CSV
};

/// Sizes PV and battery for a household's series.
int run_size(const SizeOptions& options, Language language);

struct DispatchOptions {
  std::string file;
  std::string out;
  district::StoreTerms store;
  double step_minutes = 60.0;
  std::string end = "cyclic";
  std::optional<double> start_kwh;
  std::optional<double> import_limit_kw;
  std::optional<double> export_limit_kw;
  std::string tiers;
  std::string tier_additions;
  district::TankTerms tank;
  district::ShiftTerms shift;
  std::optional<double> sell_cap_kwh;
  std::optional<double> sell_beyond_yuan;
  bool as_json = false;
};

struct FlowOptions {
  std::string file;  ///< OpenDSS text, or JSON of pandapower or power-grid-model
  std::string csv;   ///< where to write all voltages
  std::size_t rows = 10;
};

struct DistrictOptions {
  std::string district;
  std::string out;
  bool resume = false;
  unsigned threads = 0;
  std::size_t chunk_lines = 0;
  std::size_t households_to_make = 0;  ///< above 0: write an example instead
  std::uint64_t seed = 1;
  int step_minutes = 60;  ///< of the example
};

/// Plans a village and writes report.html, results.json and what was asked for into `out`.
int run_plan(const PlanOptions& options, Language language);
/// Reads a village and says what is wrong with it; plans nothing, writes nothing.
int run_check(const std::string& village, Language language);
/// Writes a commented example village into a new folder.
int run_new(const std::string& folder, Language language);
/// Says what a published claim of avoided tonnes means under each factor, or lists the factors.
int run_carbon(const CarbonOptions& options, Language language);

/// Lists the tariffs, or shows a day's prices of one and whence they come.
int run_tariff(const TariffOptions& options, Language language);

/// The exact dispatch of one meter from a CSV table.
int run_dispatch(const DispatchOptions& options, Language language);

/// The power flow of the one moment that a network's file describes.
int run_flow(const FlowOptions& options, Language language);

/// The dispatch of every household of a district, by this process and the rest of its crew.
int run_district(const DistrictOptions& options, const district::Crew& crew, Language language);

/// The program: parses the words and runs a command. Returns the exit code.
int run(int argc, const char* const* argv);
/// The same as one of several processes that do a district together.
int run_among(const district::Crew& crew, int argc, const char* const* argv);

}  // namespace xiaoyuan::cli
