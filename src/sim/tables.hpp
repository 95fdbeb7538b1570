// The files of a made-up year as text: meters.csv, registers, intervals, truth and faults.
#pragma once
#include <span>
#include <string>

#include "sim/raw.hpp"

namespace xiaoyuan::sim {

/// As readings::read_points reads it.
std::string meters_csv(const ActualYear& year, std::span<const Metering> meters);

/// A row for each meter and instant; read by share/mappings/registers.toml, or registers_rates.toml
/// where the import has periods of the day.
std::string registers_csv(const ActualYear& year,
                          std::span<const readings::RegisterReading> registers);

/// A row for each step; read by share/mappings/intervals.toml (15 min) or intervals_60.toml.
std::string intervals_csv(const ActualYear& year, std::span<const readings::Intervals> intervals);

/// A row for each household and month: what flowed, and why it is not what was planned.
std::string truth_csv(const ActualYear& year, std::span<const HomeYear> homes);

std::string faults_csv(const ActualYear& year, std::span<const FaultRecord> faults);

}  // namespace xiaoyuan::sim
