// review: a settled month beside the plan's.
#include "cli/office_review.hpp"

#include <fmt/format.h>

#include "cli/office_place.hpp"
#include "cli/terminal.hpp"
#include "office/papers.hpp"
#include "office/review_json.hpp"

namespace xiaoyuan::cli {

namespace {

Result<office::Review> reviewed(const ReviewOptions& options, const office::Village& village,
                                Language language) {
  TRY(const ledger::Period month, office::month_from(options.month, "--month"));
  std::optional<office::ReasonsByHousehold> known;
  if (!options.reasons.empty()) {
    TRY(const std::string bytes, file_bytes(options.reasons));
    office::ReasonsWanted wanted{.month = month, .households = {}};
    for (const model::Household& home : village.model().households) {
      wanted.households.push_back(home.id);
    }
    TRY(known, office::read_reasons(bytes, options.reasons, wanted));
  }
  TRY(const auto store, open_store(options.place));
  TRY(const std::vector<settle::Statement> statements, office::month_statements(*store, month));
  Progress progress({"planning", "规划"}, {"households", "户"}, language);
  TRY(const office::PlannedMonth planned,
      office::planned_month(village, month,
                            {options.threads, [&](std::size_t done, std::size_t all) {
                               progress.show(done, all);
                               return !interrupted();
                             }}));
  const office::ActualMonth settled = office::actual_month(village, statements);
  return office::review({.month = month,
                         .planned = &planned,
                         .settled = &settled,
                         .known = known ? &*known : nullptr});
}

Result<Text> review_told(const ReviewOptions& options, Language language) {
  TRY(const office::Village village, read_settled_village(options.place));
  TRY(const office::Review review, reviewed(options, village, language));
  if (options.json) {
    const std::string text = office::json(review);
    return Text{text, text};
  }
  const std::string text = review_text(review, village, language);
  return Text{text, text};
}

}  // namespace

int run_review(const ReviewOptions& options, Language language) {
  catch_interrupts();
  return answer(review_told(options, language), language);
}

}  // namespace xiaoyuan::cli
