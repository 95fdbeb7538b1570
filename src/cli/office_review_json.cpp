// A review as JSON, with whole numbers as they were settled.
#include <array>
#include <nlohmann/json.hpp>

#include "cli/office_review.hpp"

namespace xiaoyuan::cli {

namespace {

using ReviewJson = nlohmann::ordered_json;

ReviewJson month_json(const settle::ComparedMonth& month) {
  return {{"made_mWh", month.made.mwh},       {"self_used_mWh", month.self_used().mwh},
          {"sold_mWh", month.sold.mwh},       {"bought_mWh", month.bought.mwh},
          {"earned_fen", month.earned.fen},   {"paid_fen", month.paid.fen},
          {"contracts_fen", month.other.fen}, {"net_fen", month.net().fen}};
}

const char* reason_word(settle::Reason reason) {
  constexpr std::array words{"weather",      "outage", "made_otherwise", "use",
                             "used_at_once", "price",  "contracts",      "rest"};
  return words.at(static_cast<std::size_t>(reason));
}

ReviewJson parts_json(const settle::Comparison& difference) {
  ReviewJson parts = ReviewJson::array();
  for (const settle::ReasonPart& part : difference.parts) {
    parts.push_back({{"reason", reason_word(part.reason)},
                     {"energy_mWh", part.energy.mwh},
                     {"money_fen", part.money.fen},
                     {"label", {{"en", part.label.en}, {"zh", part.label.zh}}}});
  }
  return parts;
}

ReviewJson place_json(const office::ReviewedPlace& place) {
  return {{"planned", month_json(place.planned)},
          {"settled", month_json(place.settled)},
          {"difference_fen", place.difference.money.fen},
          {"parts", parts_json(place.difference)}};
}

}  // namespace

std::string json(const office::Review& review) {
  ReviewJson places = ReviewJson::array();
  for (const office::ReviewedPlace& place : review.places) {
    ReviewJson one{{"household", place.household}, {"holder", place.holder}};
    one.update(place_json(place));
    places.push_back(std::move(one));
  }
  ReviewJson notes = ReviewJson::array();
  for (const Text& note : office::notes_of(review)) {
    notes.push_back({{"en", note.en}, {"zh", note.zh}});
  }
  const ReviewJson all{
      {"month", text_of(review.month)},        {"plan_month", text_of(review.plan_month)},
      {"village", place_json(review.village)}, {"places", std::move(places)},
      {"left_out", review.left_out},           {"notes", std::move(notes)}};
  return all.dump(2);
}

}  // namespace xiaoyuan::cli
