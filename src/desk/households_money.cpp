#include "desk/households_money.hpp"

#include "statement/json.hpp"
#include "statement/sheet.hpp"

namespace xiaoyuan::desk {

Result<MoneyByMark> money_of(const VillageView& view, const MoneyByMark& before) {
  MoneyByMark all;
  Errors errors;
  for (const MonthView& month : view.months) {
    for (const StatementView& each : month.statements) {
      const std::string& mark = each.json.etag;
      if (const auto known = before.find(mark); known != before.end()) {
        all.insert(*known);
        continue;
      }
      const auto statement = statement::read_json(*each.json.bytes, "statement/" + each.id);
      if (!statement) {
        errors.insert(errors.end(), statement.error().begin(), statement.error().end());
        continue;
      }
      const statement::Member member = statement::member_of(*statement);
      all[mark] = {.earned = member.sold, .paid = -member.bought};
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return all;
}

GridMoney money_of(const MoneyByMark& all, const StatementView& statement) {
  const auto place = all.find(statement.json.etag);
  return place == all.end() ? GridMoney{} : place->second;
}

}  // namespace xiaoyuan::desk
