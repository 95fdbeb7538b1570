// What is remembered of a settlement run, as JSON in the store: what it knew, which entries it
// made, and what the next month goes on from.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "office/village.hpp"

namespace xiaoyuan::office {

/// What the year has counted of a household after the month.
struct CountedSoFar {
  std::string household;
  tariff::Counted bought;
  tariff::Counted sold;
};

struct RunRecord {
  ledger::Period month;
  int revision = 1;
  Instant known_at;               ///< readings known later were not in it
  std::uint64_t book_before = 0;  ///< entries of the book
  std::uint64_t book_after = 0;
  std::vector<Pin> pins;
  std::vector<std::string> refused;             ///< households that could not be settled
  std::vector<settle::Adjustment> adjustments;  ///< that a later month tells of
};

/// What the next month goes on from; as large as the village, and so kept apart.
struct CarriedOver {
  std::vector<CountedSoFar> counted;  ///< by household
  std::vector<settle::PoolMonth> pools;
  std::vector<settle::MonthMemory> memory;  ///< by party
};

std::string json(const RunRecord& record);
std::string json(const CarriedOver& carried);
/// Errors: it is no such record.
Result<RunRecord> read_run_record(std::string_view bytes, const std::string& name);
Result<CarriedOver> read_carried_over(std::string_view bytes, const std::string& name);

}  // namespace xiaoyuan::office
