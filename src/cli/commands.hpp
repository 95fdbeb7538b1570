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
  bool as_json = false;
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

/// The exact dispatch of one meter from a CSV table.
int run_dispatch(const DispatchOptions& options, Language language);

/// The dispatch of every household of a district, by this process and the rest of its crew.
int run_district(const DistrictOptions& options, const district::Crew& crew, Language language);

/// The program: parses the words and runs a command. Returns the exit code.
int run(int argc, const char* const* argv);
/// The same as one of several processes that do a district together.
int run_among(const district::Crew& crew, int argc, const char* const* argv);

}  // namespace xiaoyuan::cli
