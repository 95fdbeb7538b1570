// A review on the terminal.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "cli/office_review.hpp"
#include "statement/words.hpp"

namespace xiaoyuan::cli {

namespace {

constexpr std::size_t most_places = 5;
constexpr std::size_t label_columns = 40;
constexpr std::size_t number_columns = 14;

/// Columns on a terminal: a Chinese character takes two.
std::size_t columns_of(const std::string& text) {
  std::size_t columns = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool begins = (byte & 0xC0U) != 0x80U;
    if (begins) {
      columns += byte >= 0xE3U ? 2 : 1;
    }
  }
  return columns;
}

std::string left(const std::string& text, std::size_t columns) {
  return text + std::string(columns - std::min(columns, columns_of(text)), ' ');
}

std::string flushed_right(const std::string& text, std::size_t columns) {
  return std::string(columns - std::min(columns, columns_of(text)), ' ') + text;
}

std::string signed_kwh(MeteredEnergy energy) {
  return (energy.mwh > 0 ? "+" : "") + statement::short_kwh(energy);
}

class ReviewText {
 public:
  ReviewText(const office::Review& review, const office::Village& village, Language language)
      : review_(review), village_(village), language_(language) {}

  std::string all() {
    title();
    sums();
    reasons();
    places();
    for (const Text& note : office::notes_of(review_)) {
      text_ += note.in(language_) + "\n";
    }
    text_.pop_back();  // whoever prints ends the line
    return std::move(text_);
  }

 private:
  std::string say(const Text& text) const { return text.in(language_); }

  void row(const std::string& label, std::initializer_list<std::string> numbers) {
    text_ += "  " + left(label, label_columns);
    for (const std::string& number : numbers) {
      text_ += flushed_right(number, number_columns);
    }
    text_ += "\n";
  }

  void title() {
    const Text& name = village_.model().name;
    text_ += language_ == Language::chinese
                 ? fmt::format("{} · {} 与规划对照\n", name.zh, text_of(review_.month))
                 : fmt::format("{} · {} beside the plan\n", name.en, text_of(review_.month));
    row("", {say({"planned", "规划"}), say({"settled", "结算"}), say({"differs", "差异"})});
  }

  void energy(const Text& label, MeteredEnergy planned, MeteredEnergy settled) {
    row(say(label), {statement::short_kwh(planned), statement::short_kwh(settled),
                     signed_kwh(settled - planned)});
  }
  void money(const Text& label, Money planned, Money settled) {
    row(say(label), {statement::yuan_text(planned), statement::yuan_text(settled),
                     statement::signed_yuan(settled - planned)});
  }

  void sums() {
    const settle::ComparedMonth& planned = review_.village.planned;
    const settle::ComparedMonth& settled = review_.village.settled;
    energy({"made, kWh", "发电(千瓦时)"}, planned.made, settled.made);
    energy({"used of one's own, kWh", "自用(千瓦时)"}, planned.self_used(), settled.self_used());
    energy({"sold, kWh", "上网(千瓦时)"}, planned.sold, settled.sold);
    energy({"bought, kWh", "购电(千瓦时)"}, planned.bought, settled.bought);
    money({"earned for what was sold, yuan", "上网电费(元)"}, planned.earned, settled.earned);
    money({"paid for what was bought, yuan", "购电费(元)"}, planned.paid, settled.paid);
    money({"rent and other contracts, yuan", "租金等合同往来(元)"}, planned.other, settled.other);
    money({"in all, yuan", "合计(元)"}, planned.net(), settled.net());
  }

  void reasons() {
    text_ += say({"Why it differs", "差异原因"}) + "\n";
    row("", {say({"kWh", "千瓦时"}), say({"yuan", "元"})});
    for (const settle::ReasonPart& part : review_.village.difference.parts) {
      if (part.energy.mwh != 0 || part.money.fen != 0) {
        row(say(part.label), {part.energy.mwh == 0 ? "" : signed_kwh(part.energy),
                              statement::signed_yuan(part.money)});
      }
    }
    row(say({"in all", "合计"}), {"", statement::signed_yuan(review_.village.difference.money)});
  }

  void places() {
    const auto largest = office::largest_differences(review_, most_places);
    if (largest.empty()) {
      return;
    }
    text_ += say({"Where it differs most", "差异最大的农户与电站"}) + "\n";
    for (const office::ReviewedPlace* place : largest) {
      if (place->difference.money.fen != 0) {
        one_place(*place);
      }
    }
  }

  void one_place(const office::ReviewedPlace& place) {
    const std::string name =
        place.holder == place.household
            ? place.household
            : place.household + say({" (plant of ", "(光伏属 "}) + place.holder + say({")", ")"});
    text_ += "  " + left(name, label_columns) +
             flushed_right(statement::signed_yuan(place.difference.money), number_columns) + "\n";
    const auto& parts = place.difference.parts;
    const auto largest = std::ranges::max_element(
        parts, {}, [](const settle::ReasonPart& part) { return std::llabs(part.money.fen); });
    text_ += "    " + say(largest->explanation) + "\n";
  }

  const office::Review& review_;
  const office::Village& village_;
  Language language_;
  std::string text_;
};

}  // namespace

std::string review_text(const office::Review& review, const office::Village& village,
                        Language language) {
  return ReviewText(review, village, language).all();
}

}  // namespace xiaoyuan::cli
