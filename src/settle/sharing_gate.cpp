#include "settle/sharing_gate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/check.hpp"
#include "readings/meter.hpp"

namespace xiaoyuan::settle {

namespace {

MeteredEnergy sharing_metered(std::int64_t wh) { return {wh * 1000}; }

std::vector<std::int64_t> sharing_column(const std::vector<MemberTotal>& totals,
                                         std::int64_t (MemberTotal::*value)() const) {
  std::vector<std::int64_t> column;
  for (const MemberTotal& total : totals) {
    column.push_back((total.*value)());
  }
  return column;
}

void check_sharing_register(const std::string& member, const Text& what, MeteredEnergy intervals,
                            MeteredEnergy registered, Errors& errors) {
  if (intervals == registered) {
    return;
  }
  const std::string sum = readings::kwh_text(intervals, 3);
  const std::string register_says = readings::kwh_text(registered, 3);
  const std::string difference = readings::kwh_text(intervals - registered, 3);
  errors.push_back(
      {Fault::impossible,
       {fmt::format("member {}: the intervals of {} sum to {} kWh, its registers say {} kWh; the "
                    "difference of {} kWh must be found before anything is shared",
                    member, what.en, sum, register_says, difference),
        fmt::format("成员 {}:{}的时段电量合计 {} 千瓦时,与表码电量 {} 千瓦时相差 {} "
                    "千瓦时;查明后方可分配",
                    member, what.zh, sum, register_says, difference)},
       {}});
}

Result<std::vector<Money>> sharing_bill_parts(Money whole, const std::vector<std::string>& names,
                                              const std::vector<std::int64_t>& weights,
                                              const Text& what) {
  const bool is_anyones = std::ranges::any_of(weights, [](auto weight) { return weight > 0; });
  if (!is_anyones && whole.fen != 0) {
    return fail(
        Fault::impossible,
        {fmt::format("the bill of the gate has {} yuan for {}, but by the members' meters "
                     "there was none",
                     text_of(whole), what.en),
         fmt::format("总表账单中{}金额为 {} 元,而各户表计显示无此电量", what.zh, text_of(whole))});
  }
  return is_anyones ? split_money(whole, names, weights)
                    : std::vector<Money>(names.size(), Money{});
}

}  // namespace

Result<GateBalance> gate_balance(const SharedMonth& month, const std::vector<GateInterval>& gate) {
  if (gate.size() != month.intervals.size()) {
    return fail(Fault::bad_input, {fmt::format("the gate has {} intervals, the members have {}",
                                               gate.size(), month.intervals.size()),
                                   fmt::format("总表有 {} 个时段,成员有 {} 个时段", gate.size(),
                                               month.intervals.size())});
  }
  GateBalance balance;
  for (std::size_t t = 0; t < gate.size(); ++t) {
    const SharedInterval& members = month.intervals[t];
    const std::int64_t unaccounted =
        gate[t].imported_wh - gate[t].exported_wh - (members.demand_wh - members.supply_wh);
    balance.unaccounted_wh.push_back(unaccounted);
    balance.unaccounted_sum_wh += unaccounted;
    balance.below_zero_wh += std::min<std::int64_t>(unaccounted, 0);
    balance.intervals_below_zero += unaccounted < 0 ? 1 : 0;
  }
  return balance;
}

Result<void> check_registers(const SharingTable& table,
                             const std::vector<MemberRegisters>& registers) {
  const std::size_t members = table.members.size();
  expects(registers.size() == members);
  std::vector<MeteredEnergy> imported(members);
  std::vector<MeteredEnergy> exported(members);
  for (std::size_t row = 0; row < table.imported_wh.size(); row += members) {
    for (std::size_t i = 0; i < members; ++i) {
      imported[i] += sharing_metered(table.imported_wh[row + i]);
      exported[i] += sharing_metered(table.exported_wh[row + i]);
    }
  }
  Errors errors;
  for (std::size_t i = 0; i < members; ++i) {
    if (registers[i].imported) {
      check_sharing_register(table.members[i], {"import", "用网电量"}, imported[i],
                             *registers[i].imported, errors);
    }
    if (registers[i].exported) {
      check_sharing_register(table.members[i], {"export", "上网电量"}, exported[i],
                             *registers[i].exported, errors);
    }
  }
  return errors.empty() ? Result<void>{} : std::unexpected(std::move(errors));
}

std::vector<Money> split_money(Money whole, const std::vector<std::string>& names,
                               const std::vector<std::int64_t>& weights) {
  expects(names.size() == weights.size());
  std::vector<std::int64_t> caps(weights.size());
  std::ranges::transform(weights, caps.begin(),
                         [](std::int64_t weight) { return weight > 0 ? no_cap : 0; });
  std::vector<std::int64_t> parts(weights.size());
  const std::int64_t sign = whole.fen < 0 ? -1 : 1;
  Apportionment(names).divide(
      {.whole = whole.fen * sign, .weights = weights, .caps = caps, .interval = 0}, parts);
  std::vector<Money> money;
  for (const std::int64_t part : parts) {
    money.push_back({part * sign});
  }
  return money;
}

SharedMoney shared_money(const std::vector<std::string>& members,
                         const std::vector<MemberTotal>& totals, Price price) {
  expects(members.size() == totals.size() && price.units >= 0);
  SharedMoney money;
  Money sum;
  std::vector<std::int64_t> sold;
  for (const MemberTotal& total : totals) {
    money.paid.push_back(amount(sharing_metered(total.received_wh), price));
    sum += money.paid.back();
    sold.push_back(total.sold_wh);
  }
  money.earned = split_money(sum, members, sold);
  return money;
}

Result<GateShares> split_gate_bill(const std::vector<std::string>& members,
                                   const std::vector<MemberTotal>& totals,
                                   std::int64_t unaccounted_wh, const GateBill& bill) {
  expects(members.size() == totals.size());
  std::vector<std::string> takers = members;
  takers.emplace_back();
  std::vector<std::int64_t> taken = sharing_column(totals, &MemberTotal::from_grid_wh);
  taken.push_back(std::max<std::int64_t>(unaccounted_wh, 0));
  Errors errors;
  auto asked = sharing_bill_parts(bill.asked, takers, taken, {"import", "用网"});
  auto paid = sharing_bill_parts(
      bill.paid, members, sharing_column(totals, &MemberTotal::to_grid_wh), {"export", "上网"});
  const bool asked_is_sound = gather(asked, errors);
  if (!gather(paid, errors) || !asked_is_sound) {
    return std::unexpected(std::move(errors));
  }
  return GateShares{.asked = std::move(*asked), .paid = std::move(*paid)};
}

}  // namespace xiaoyuan::settle
