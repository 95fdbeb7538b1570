// Reads town.toml: the town's name, its goals, and claims of tonnes that were published without
// their factor. The server's own file, else the shipped one; nothing in it is ours.
//
//   name = { en = "…", zh = "…" }
//   [[goal]]
//   id = "roofs"; name = { … }; measure = "homes_with_pv"; value = 100; year = 2026
//   villages = ["xinggezhuang"]     # without it all
//   document = "…"; source = "…"; confidence = "high"
//   factor = "mee-2022-beijing"     # of avoided_t: by which it is to be reached
//   [[published]]
//   id = "…"; name = { … }; village = "…"; tonnes = 1130; question = { … }; source = "…"
//   regions = ["beijing", "north", "china"]   # whose factors may be meant; without it all
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace xiaoyuan::desk {

enum class GoalMeasure : std::uint8_t {
  capacity_kwp,
  made_kwh,
  sold_kwh,
  avoided_t,
  homes_with_pv
};
const std::vector<std::string>& words_of(GoalMeasure);
/// "kWp", "kWh", "t", "homes"
std::string unit_of(GoalMeasure measure);

struct Goal {
  std::string id;
  Text name;
  GoalMeasure measure = GoalMeasure::capacity_kwp;
  double value = 0.0;
  int year = 0;
  std::vector<std::string> villages{};  ///< empty: all
  std::string factor{};                 ///< of avoided_t
  std::string document;
  std::string source;
  std::string confidence;
};

struct PublishedTonnes {
  std::string id;
  Text name;
  std::string village;
  double tonnes = 0.0;
  std::vector<std::string> regions{};  ///< whose factors may be meant; empty: all
  Text question;
  std::string source;
  std::string confidence;
};

struct TownFile {
  Text name;
  std::vector<Goal> goals;
  std::vector<PublishedTonnes> published;
};

/// All that is wrong at once.
Result<TownFile> read_town(std::string_view bytes, const std::string& name);

}  // namespace xiaoyuan::desk
