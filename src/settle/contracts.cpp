#include "settle/contracts.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"
#include "readings/shares.hpp"

namespace xiaoyuan::settle {

namespace {

__extension__ typedef __int128 WideFen;  // g++ and clang have it; -Wpedantic wants to be told

constexpr int months_of_year = 12;
constexpr std::int64_t millionths = 1'000'000;

int length_of(Paid paid) {
  static constexpr std::array months{1, 3, months_of_year};
  return months[static_cast<std::size_t>(paid)];
}

/// above / below, half away from zero; below is positive.
std::int64_t half_up(WideFen above, WideFen below) {
  const WideFen twice = (above < 0 ? -above : above) * 2 + below;
  const auto whole = static_cast<std::int64_t>(twice / (below * 2));
  return above < 0 ? -whole : whole;
}

/// Months [from, to) of the contract, counted from its first.
struct MonthSpan {
  int from = 0;
  int to = 0;
};

MonthSpan months_due(const Contract& contract, const RoofLease& terms, ledger::Period month) {
  const int length = length_of(terms.paid);
  const int here = month.month - contract.first.month;
  const int begin = here / length * length;
  if (terms.due == Due::in_advance) {
    if (here != begin) {
      return {};
    }
    const int end = begin + length;
    return {begin,
            contract.last ? std::min(end, contract.last->month - contract.first.month + 1) : end};
  }
  const bool is_end = here + 1 == begin + length || (contract.last && month == *contract.last);
  return is_end ? MonthSpan{begin, here + 1} : MonthSpan{};
}

}  // namespace

Money share_of(Money money, std::int64_t ppm) {
  return {half_up(WideFen{money.fen} * ppm, millionths)};
}

Money part_due(const YearlyRent& rent, const Contract& contract, const RoofLease& terms,
               ledger::Period month) {
  expects(contract.holds(month));
  const MonthSpan span = months_due(contract, terms, month);
  const auto up_to = [&](int months) {
    return half_up(WideFen{rent.parts} * months, WideFen{rent.per} * months_of_year);
  };
  return {up_to(span.to) - up_to(span.from)};
}

Result<Money> rent_due(const Contract& contract, const RoofLease& lease, ledger::Period month,
                       const RentedRoof& roof) {
  constexpr std::int64_t watts = 1000;
  constexpr std::int64_t square_dm_of_m2 = 100;
  if (const auto* rent = std::get_if<RentPerKwp>(&lease.rent)) {
    const WideFen parts = WideFen{rent->a_year.fen} * roof.capacity_wp;
    expects(parts <= std::numeric_limits<std::int64_t>::max());
    return part_due({static_cast<std::int64_t>(parts), watts}, contract, lease, month);
  }
  if (const auto* rent = std::get_if<RentPerSquareMetre>(&lease.rent)) {
    if (!roof.square_dm) {
      return fail(Fault::bad_input, {"the lease is paid by area, and the roof's area is not known",
                                     "租金按面积计,但屋顶面积未知"});
    }
    const WideFen parts = WideFen{rent->a_year.fen} * *roof.square_dm;
    expects(parts <= std::numeric_limits<std::int64_t>::max());
    return part_due({static_cast<std::int64_t>(parts), square_dm_of_m2}, contract, lease, month);
  }
  if (const auto* rent = std::get_if<RentFixed>(&lease.rent)) {
    return part_due({rent->a_year.fen, 1}, contract, lease, month);
  }
  const Money income = std::max(roof.income, Money{});  // no income, no part of it
  return share_of(income, std::get<RentOfIncome>(lease.rent).ppm);
}

int months_given_out(const Contract& contract, const Dividend& dividend, ledger::Period month) {
  const RoofLease when{.tenant = {},
                       .households = {},
                       .rent = RentFixed{},
                       .paid = dividend.every,
                       .due = Due::in_arrears};
  const MonthSpan span = months_due(contract, when, month);
  return span.to - span.from;
}

std::vector<Money> dividend_parts(const Dividend& dividend, Money surplus,
                                  std::span<const std::int64_t> capacities) {
  std::vector<Money> parts(dividend.members.size());
  const Money whole = share_of(std::max(surplus, Money{}), dividend.ppm);
  std::vector<std::int64_t> weights(parts.size(), 1);
  if (dividend.by == DividendBy::capacity) {
    weights.assign(capacities.begin(), capacities.end());
  } else if (dividend.by == DividendBy::parts) {
    weights = dividend.parts;
  }
  expects(weights.size() == parts.size());
  const std::vector<std::int64_t> fen = readings::shares(whole.fen, weights);
  std::ranges::transform(fen, parts.begin(), [](std::int64_t part) { return Money{part}; });
  return parts;
}

}  // namespace xiaoyuan::settle
