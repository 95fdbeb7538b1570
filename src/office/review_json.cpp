#include "office/review_json.hpp"

#include <array>
#include <nlohmann/json.hpp>

namespace xiaoyuan::office {

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

ReviewJson text_json(const Text& text) { return {{"en", text.en}, {"zh", text.zh}}; }

ReviewJson parts_json(const settle::Comparison& difference) {
  ReviewJson parts = ReviewJson::array();
  for (const settle::ReasonPart& part : difference.parts) {
    parts.push_back({{"reason", reason_word(part.reason)},
                     {"energy_mWh", part.energy.mwh},
                     {"money_fen", part.money.fen},
                     {"label", text_json(part.label)},
                     {"explanation", text_json(part.explanation)}});
  }
  return parts;
}

ReviewJson place_json(const ReviewedPlace& place) {
  return {{"planned", month_json(place.planned)},
          {"settled", month_json(place.settled)},
          {"difference_fen", place.difference.money.fen},
          {"parts", parts_json(place.difference)}};
}

}  // namespace

std::string json(const Review& review) {
  ReviewJson places = ReviewJson::array();
  for (const ReviewedPlace& place : review.places) {
    ReviewJson one{{"household", place.household}, {"holder", place.holder}};
    one.update(place_json(place));
    places.push_back(std::move(one));
  }
  ReviewJson notes = ReviewJson::array();
  for (const Text& note : notes_of(review)) {
    notes.push_back(text_json(note));
  }
  const ReviewJson all{
      {"month", text_of(review.month)},        {"plan_month", text_of(review.plan_month)},
      {"village", place_json(review.village)}, {"places", std::move(places)},
      {"left_out", review.left_out},           {"notes", std::move(notes)}};
  return all.dump(2);
}

}  // namespace xiaoyuan::office
