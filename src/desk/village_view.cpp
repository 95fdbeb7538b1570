#include "desk/village_view.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/hash.hpp"

namespace xiaoyuan::desk {

std::string etag_of(std::string_view bytes) { return '"' + hex(sha256(bytes)).substr(0, 32) + '"'; }

const StatementView* MonthView::statement(std::string_view party) const {
  // Households come first and then the parties, so the list as a whole is in no order.
  const auto found = std::ranges::find(statements, party, &StatementView::party);
  return found == statements.end() ? nullptr : &*found;
}

const MonthView* VillageView::month(std::string_view text) const {
  const auto found = std::ranges::find(months, text, &MonthView::text);
  return found == months.end() ? nullptr : &*found;
}

const DisputeView* VillageView::dispute(std::string_view id) const {
  const auto found = std::ranges::find(disputes, id, &DisputeView::id);
  return found == disputes.end() ? nullptr : &*found;
}

std::string change_json(const VillageView& view) {
  using ViewJson = nlohmann::ordered_json;
  ViewJson json{{"village", view.name},
                {"version", view.version},
                {"month", nullptr},
                {"revision", nullptr},
                {"head", nullptr}};
  if (!view.months.empty()) {
    json["month"] = view.months.back().text;
    json["revision"] = view.months.back().runs.back().revision;
  }
  if (view.head) {
    json["head"] = text_of(*view.head);
  }
  return json.dump();
}

}  // namespace xiaoyuan::desk
