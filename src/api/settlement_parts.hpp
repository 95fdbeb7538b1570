// What the doors of settlement share: which statements a caller may see, the month and statement
// that an address names, notes on the trail.
#pragma once
#include <string>
#include <vector>

#include "api/answers.hpp"
#include "desk/village_desk.hpp"

namespace xiaoyuan::api {

/// Whose statements of the address's village a caller may see: a committee all, a villager his
/// household's, a company its party's, a grid company its own.
struct StatementSight {
  bool all = false;
  std::vector<std::string> holders{};

  bool sees(std::string_view party) const;
};
StatementSight sight_of(const Call& call);

/// The month of {month}. Errors: it is not settled.
Result<const desk::MonthView*> month_of(const Call& call, const desk::VillageView& view);
/// The statement of {month} and {holder}. Errors: there is none, or none that the caller may see.
Result<const desk::StatementView*> statement_of(const Call& call, const desk::VillageView& view);
/// "2026-10/H001" is none that the caller may see.
std::unexpected<Errors> no_statement(const std::string& id);

/// The village's zone and the caller's language.
Result<statement::Style> style_of(const Call& call, const desk::VillageView& view);

/// Errors that name words of the command line ("--with") name fields of the request instead.
Errors for_request(Errors errors);

/// Puts on the trail what was done in the village: `on` is what follows "village/…/", `detail`
/// JSON.
struct Told {
  std::string what;  ///< "month.sealed"
  std::string on;    ///< "month/2026-10"
  std::string detail{};
};
Result<void> note(const Call& call, const Told& told);

}  // namespace xiaoyuan::api
