// What the doors of villages, households, town and data write and read alike.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "api/answers.hpp"
#include "api/answers_json.hpp"
#include "api/village_sight.hpp"
#include "carbon/factor.hpp"
#include "desk/energy_series.hpp"
#include "desk/energy_shelf.hpp"
#include "desk/households.hpp"

namespace xiaoyuan::api {

/// null where nothing measures it.
Json energy_json(const std::optional<MeteredEnergy>& energy);
Json energy_json(const desk::Energy& energy);
Json totals_json(const std::optional<desk::PeriodTotals>& totals);
Json so_far_json(const std::optional<desk::EnergySoFar>& part);
Json used_factor_json(const carbon::Factor& factor);

/// What of a household's energy is for these eyes.
desk::Energy seen(const desk::Energy& energy, const HouseholdEyes& eyes);

/// The village's figures from the shelf. Errors: the village's files do not read; those of its
/// store.
Result<std::shared_ptr<const desk::VillageFigures>> figures_of(const Call& call);
/// Index of {household}. Error: there is none.
Result<std::size_t> household_index(const Call& call, const desk::VillageView& view);

/// A word of a parameter among `choices`; the first of them where there is none.
Result<std::size_t> choice_of(const Call& call, std::string_view parameter,
                              const std::vector<std::string>& choices);
/// ?year=, else that of the last settled month of any of them, else this year.
Result<int> year_wanted(const Call& call, std::string_view last_month);

/// Whether the caller may see a village's totals.
bool sees_village(const people::Caller& caller, const desk::VillageView& view);
/// The villages that the caller may see, by name.
std::vector<std::shared_ptr<desk::VillageDesk>> villages_seen(const Call& call);
/// The last settled month of several villages; "" where none is.
std::string last_month_of(const std::vector<std::shared_ptr<desk::VillageDesk>>& villages);

/// Who may see what a village tells of itself in sums.
inline constexpr std::string_view totals_rights = "pvvvvvvv";

}  // namespace xiaoyuan::api
