// A made-up year of the pilot village, made once for all tests, and the files that are shipped.
#pragma once
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "plan/inputs.hpp"
#include "readings/archive.hpp"
#include "readings/mapping.hpp"
#include "readings/points.hpp"
#include "readings/quantity.hpp"
#include "sim/village_year.hpp"
#include "support/cases.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::sim {

inline const std::string shipped = "share/villages/xinggezhuang/";

template <class T>
T good(Result<T>&& result) {
  if (!result) {
    std::string all;
    for (const Error& error : result.error()) {
      all += message(error, Language::english) + "\n";
    }
    throw std::runtime_error(all);
  }
  return std::move(*result);
}

inline Zone beijing() { return *Zone::find("Asia/Shanghai"); }
inline std::chrono::year_month november() { return std::chrono::year{2025} / 11; }

/// As the shipped files were made: docs in readings/README.md.
inline const VillageYear& pilot_year() {
  static const VillageYear made = [] {
    const auto planned = good(plan::read_inputs(
        test::files_of(test::shipped_folder("villages/xinggezhuang")), test::shipped_share()));
    return good(village_year(planned, {.from = november()}, {}));
  }();
  return made;
}

inline readings::Mapping mapping(const std::string& name) {
  const std::string file = "share/mappings/" + name + ".toml";
  return good(readings::read_mapping(test::project_bytes(file), file));
}

/// Registers of a file of our own form; nothing of it may be refused.
inline std::vector<readings::RegisterReading> registers_of(const std::string& bytes, Instant at,
                                                           const std::string& by = "registers") {
  const auto file = good(readings::read_registers(bytes, "registers.csv", mapping(by), at));
  EXPECT_TRUE(file.report.refused.empty());
  return file.readings;
}

inline std::vector<readings::MeterPoint> shipped_points() {
  return good(
      readings::read_points(test::project_bytes(shipped + "meters.csv"), "meters.csv", beijing()));
}

}  // namespace xiaoyuan::sim
