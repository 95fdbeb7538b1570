// The plan's month beside the settled one: energy and money of each household and of each leased
// plant, and the difference in parts that add up to it (settle/against_plan.hpp).
//
// A leased plant is a place of its own beside its household: what it makes and earns is its
// owner's; the household's are what it buys, and its rent. Of the plan's rent of a year a month has
// a twelfth. A month outside the plan's year is held against the same month of that year.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "office/against_plan_reasons.hpp"
#include "office/village.hpp"
#include "plan/crew.hpp"

namespace xiaoyuan::office {

/// A month of a household, or of the plant on its roof where another owns it.
struct PlaceMonth {
  std::string household;
  std::string holder;  ///< the household, or the party whose plant it is
  settle::ComparedMonth month;
  std::vector<settle::PricedLine> sold;
  std::vector<settle::PricedLine> bought;
};

struct PlannedMonth {
  ledger::Period month;  ///< of the plan's year
  std::vector<PlaceMonth> places;
};
/// Plans the village. Errors: those of the plan.
Result<PlannedMonth> planned_month(const Village& village, ledger::Period month,
                                   const plan::Workers& workers = {});

/// Of settled statements of households.
struct ActualMonth {
  std::vector<PlaceMonth> places;
  std::vector<std::string> refused;  ///< households that could not be settled
};
ActualMonth actual_month(const Village& village, std::span<const settle::Statement> statements);

struct ReviewedPlace {
  std::string household;
  std::string holder;
  settle::ComparedMonth planned;
  settle::ComparedMonth settled;
  settle::KnownReasons known;
  settle::Comparison difference;  ///< settled − planned
};

struct Review {
  ledger::Period month;
  ledger::Period plan_month;
  std::vector<ReviewedPlace> places;  ///< in the order of households.csv
  ReviewedPlace village;              ///< sums; its prices are those of nobody
  std::vector<std::string> left_out;  ///< not settled, so on neither side
  std::size_t untold = 0;             ///< plants of which weather or outages are not known
};

struct ReviewInputs {
  ledger::Period month;
  const PlannedMonth* planned = nullptr;
  const ActualMonth* settled = nullptr;
  const ReasonsByHousehold* known = nullptr;  ///< null: nothing is known
};
Review review(const ReviewInputs& inputs);

/// The places whose money differs most, the largest first.
std::vector<const ReviewedPlace*> largest_differences(const Review& review, std::size_t most);

/// What has to be said beside the figures.
std::vector<Text> notes_of(const Review& review);

}  // namespace xiaoyuan::office
