// Reads a village's inputs piece by piece and collects every error: the inside of read_inputs, in
// four files (inputs.cpp: village, factors, profile; input_weather.cpp; input_tariffs.cpp;
// input_wires.cpp).
#pragma once
#include <optional>
#include <string>

#include "plan/inputs.hpp"
#include "weather/read_options.hpp"

namespace xiaoyuan::plan {

class Reader {
 public:
  Reader(const Files& village, const Files& share, const std::string& scenario)
      : village_(village), share_(share), scenario_(scenario) {}

  Result<Inputs> read();

 private:
  bool read_village();
  void read_weather();
  Result<weather::Weather> read_file(const std::string& bytes, const model::WeatherChoice& choice);
  void check_clock(const Where& where);
  bool check_place(const Place& place, const Where& where);
  void check_tier_limits(tariff::Tariff& tariff);
  void read_buying();
  void read_selling();
  template <class Priced>
  bool give(Priced& priced, const Where& where);
  std::optional<tariff::Mechanism> read_mechanism();
  void put_under(const tariff::Mechanism& mechanism);
  void check_connected(const tariff::Mechanism& mechanism);
  void check_inputs();
  void read_factors();
  void read_profile();
  void read_calendar();
  void read_pv();
  void check_words();
  void read_wires();
  void read_libraries(WiresInput& wires);
  bool take_own_wires(WiresInput& wires);
  bool assume_wires(WiresInput& wires);
  void check_connected(const tariff::Version& version);
  /// <folder>/<name>.toml of the village, else of share; "" (with an error) when neither has it.
  std::string named(const std::string& folder, const std::string& name, const Where& where);
  void complain(const Where& where, Errors errors);
  std::optional<tariff::Schedule> lay(const tariff::Tariff& tariff, const Where& where);

  const Files& village_;
  const Files& share_;
  const std::string& scenario_;
  weather::Splitting splitting_ = weather::Splitting::erbs;
  std::vector<std::string> known_inputs_;  // that the tariffs and the mechanism understand
  Inputs inputs_;
  Errors errors_;
};

}  // namespace xiaoyuan::plan
