#include "desk/households.hpp"

#include <algorithm>
#include <charconv>

#include "base/expected.hpp"

namespace xiaoyuan::desk {

namespace {

bool owns_plants(settle::Holder holder) {
  return holder == settle::Holder::household || holder == settle::Holder::company ||
         holder == settle::Holder::cooperative || holder == settle::Holder::committee;
}

void add_gco2e(std::optional<std::int64_t>& sum, const std::optional<std::int64_t>& part) {
  if (part) {
    sum = sum.value_or(0) + *part;
  }
}

void add_money(GridMoney& sum, const GridMoney& part) {
  sum.earned += part.earned;
  sum.paid += part.paid;
}

/// Parties that are no household have ids of their own, and no row.
const StatementView* statement_of(const MonthView& month, std::string_view household) {
  const StatementView* found = month.statement(household);
  return found != nullptr && found->holder == settle::Holder::household ? found : nullptr;
}

GridMoney money_of(const StatementView& statement) {
  return {.earned = statement.sold, .paid = -statement.bought};
}

std::string folded(std::string text) {
  for (char& letter : text) {
    letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return text;
}

std::optional<std::int64_t> mwh_of(const std::optional<MeteredEnergy>& energy) {
  return energy ? std::optional(energy->mwh) : std::nullopt;
}

/// What a row is sorted by; nothing comes last.
std::optional<std::int64_t> sort_key(const HouseholdRow& row, const model::Household& home,
                                     HouseholdSort sort) {
  constexpr double w_of_kw = 1000.0;
  if (sort == HouseholdSort::capacity) {
    return static_cast<std::int64_t>(home.capacity_kwp() * w_of_kw);
  }
  if (!row.last_month) {
    return std::nullopt;
  }
  const HouseholdMonth& month = *row.last_month;
  switch (sort) {
    case HouseholdSort::made:
      return mwh_of(month.energy.made);
    case HouseholdSort::used:
      return mwh_of(month.energy.used);
    case HouseholdSort::sold:
      return mwh_of(month.energy.sold);
    case HouseholdSort::bought:
      return mwh_of(month.energy.bought);
    case HouseholdSort::net:
      return month.energy.bought ? std::optional(month.energy.sold.value_or(MeteredEnergy{}).mwh -
                                                 month.energy.bought->mwh)
                                 : std::nullopt;
    case HouseholdSort::earned:
      return month.money.earned.fen;
    case HouseholdSort::total:
      return month.total.fen;
    case HouseholdSort::id:
    case HouseholdSort::name:
    case HouseholdSort::capacity:
      break;
  }
  return std::nullopt;
}

class Sorting {
 public:
  Sorting(const std::vector<model::Household>& homes, const HouseholdSearch& search)
      : homes_(homes), search_(search) {}

  void sort(std::vector<HouseholdRow>& rows) const {
    const bool is_text = search_.sort == HouseholdSort::id || search_.sort == HouseholdSort::name;
    std::ranges::stable_sort(rows, [&](const HouseholdRow& a, const HouseholdRow& b) {
      return is_text ? text_before(a, b) : figure_before(a, b);
    });
  }

 private:
  bool text_before(const HouseholdRow& a, const HouseholdRow& b) const {
    const auto& text =
        search_.sort == HouseholdSort::id ? &model::Household::id : &model::Household::name;
    const std::string& of_a = homes_[a.index].*text;
    const std::string& of_b = homes_[b.index].*text;
    return search_.order == Order::rising ? of_a < of_b : of_b < of_a;
  }
  bool figure_before(const HouseholdRow& a, const HouseholdRow& b) const {
    const auto of_a = sort_key(a, homes_[a.index], search_.sort);
    const auto of_b = sort_key(b, homes_[b.index], search_.sort);
    if (!of_a || !of_b) {
      return of_a && !of_b;
    }
    return search_.order == Order::rising ? *of_a < *of_b : *of_b < *of_a;
  }

  const std::vector<model::Household>& homes_;
  const HouseholdSearch& search_;
};

bool is_found(const model::Household& home, const std::string& text) {
  return text.empty() || folded(home.id).contains(text) || folded(home.name).contains(text);
}

/// The leases that hold in the newest settled month.
std::vector<const settle::RoofLease*> leases_of(const VillageView& view) {
  std::vector<const settle::RoofLease*> leases;
  if (!view.office) {
    return leases;
  }
  const settle::Agreement& agreement = view.office->agreement;
  ledger::Period month = agreement.first_month;
  Date first;
  if (!view.months.empty() && parse_date(view.months.back().text + "-01", first)) {
    month = ledger::Period::of(first);
  }
  for (const settle::Contract& contract : agreement.contracts) {
    const auto* lease = std::get_if<settle::RoofLease>(&contract.terms);
    if (lease != nullptr && contract.holds(month)) {
      leases.push_back(lease);
    }
  }
  return leases;
}

}  // namespace

HouseholdMonth month_of(const std::string& month, const StatementView& statement) {
  return {.month = month,
          .revision = statement.revision,
          .energy = energy_of(statement.energy),
          .money = money_of(statement),
          .total = statement.total,
          .gco2e = statement.gco2e,
          .estimated = statement.estimated,
          .open_disputes = statement.open_disputes};
}

std::vector<HouseholdMonth> months_of(const VillageView& view, std::string_view household) {
  std::vector<HouseholdMonth> months;
  for (const MonthView& month : view.months) {
    if (const StatementView* statement = statement_of(month, household)) {
      months.push_back(month_of(month.text, *statement));
    }
  }
  return months;
}

std::vector<HouseholdYear> years_of(const std::vector<HouseholdMonth>& months) {
  std::vector<HouseholdYear> years;
  for (const HouseholdMonth& month : months) {
    const int year = year_of(month.month);
    if (years.empty() || years.back().year != year) {
      years.push_back({.year = year, .months = 0, .energy = {}, .money = {}, .total = {}});
    }
    HouseholdYear& sum = years.back();
    ++sum.months;
    add(sum.energy, month.energy);
    add_money(sum.money, month.money);
    sum.total += month.total;
    add_gco2e(sum.gco2e, month.gco2e);
  }
  return years;
}

std::optional<PeriodTotals> totals_of(std::span<const MonthView> months) {
  if (months.empty()) {
    return std::nullopt;
  }
  PeriodTotals totals{.from = months.front().text,
                      .to = months.back().text,
                      .months = months.size(),
                      .energy = {},
                      .money = {}};
  for (const MonthView& month : months) {
    totals.households = 0;
    for (const StatementView& statement : month.statements) {
      if (owns_plants(statement.holder)) {
        add_money(totals.money, money_of(statement));
      }
      if (statement.holder != settle::Holder::household) {
        continue;
      }
      ++totals.households;
      ++totals.statements;
      add(totals.energy, energy_of(statement.energy));
      add_gco2e(totals.gco2e, statement.gco2e);
      totals.estimated = totals.estimated || statement.estimated;
    }
  }
  return totals;
}

std::span<const MonthView> months_of_year(const VillageView& view, int year) {
  const auto is_before = [&](const MonthView& month) { return year_of(month.text) < year; };
  const auto is_up_to = [&](const MonthView& month) { return year_of(month.text) <= year; };
  const auto begin = std::ranges::partition_point(view.months, is_before);
  const auto end = std::ranges::partition_point(view.months, is_up_to);
  return {begin, end};
}

int year_of(std::string_view month) {
  int year = 0;
  std::from_chars(month.data(), month.data() + std::min<std::size_t>(4, month.size()), year);
  return year;
}

const std::vector<std::string>& words_of(Balance) {
  static const std::vector<std::string> words{"gives", "takes", "unknown"};
  return words;
}

const std::vector<std::string>& words_of(HouseholdSort) {
  static const std::vector<std::string> words{"id",   "name",   "capacity", "made",   "used",
                                              "sold", "bought", "net",      "earned", "total"};
  return words;
}

Balance balance_of(const std::optional<HouseholdMonth>& month) {
  if (!month || (!month->energy.sold && !month->energy.bought)) {
    return Balance::unknown;
  }
  return month->energy.sold.value_or(MeteredEnergy{}) >
                 month->energy.bought.value_or(MeteredEnergy{})
             ? Balance::gives
             : Balance::takes;
}

HouseholdRow row_of(const VillageView& view, std::size_t household) {
  HouseholdRow row{.index = household};
  if (!view.months.empty()) {
    const MonthView& last = view.months.back();
    const std::string& id = view.plan->village.households[household].id;
    if (const StatementView* statement = statement_of(last, id)) {
      row.last_month = month_of(last.text, *statement);
    }
  }
  row.balance = balance_of(row.last_month);
  return row;
}

Result<HouseholdPage> page_of(const VillageView& view, const HouseholdSearch& search) {
  const auto& homes = view.plan->village.households;
  const std::string text = folded(search.text);
  std::vector<HouseholdRow> rows;
  HouseholdPage page;
  for (std::size_t i = 0; i < homes.size(); ++i) {
    const bool is_shown = !search.is_shown || search.is_shown(homes[i].id);
    if (is_shown && is_found(homes[i], text)) {
      rows.push_back(row_of(view, i));
      page.giving += rows.back().balance == Balance::gives ? 1 : 0;
      page.taking += rows.back().balance == Balance::takes ? 1 : 0;
    }
  }
  page.count = rows.size();
  Sorting(homes, search).sort(rows);
  std::size_t first = 0;
  if (!search.after.empty()) {
    const auto place = std::ranges::find_if(
        rows, [&](const HouseholdRow& row) { return homes[row.index].id == search.after; });
    if (place == rows.end()) {
      return fail(Fault::bad_input,
                  {"no household of this list to go on from", "列表中没有可续接的住户"},
                  {"", 0, "after"});
    }
    first = static_cast<std::size_t>(place - rows.begin()) + 1;
  }
  const std::size_t last = std::min(rows.size(), first + search.limit);
  for (std::size_t i = first; i < last; ++i) {
    page.rows.push_back(std::move(rows[i]));
  }
  page.next = last < rows.size() ? homes[page.rows.back().index].id : "";
  return page;
}

std::string plant_owner(const VillageView& view, const model::Household& household) {
  if (!household.makes_energy()) {
    return "";
  }
  for (const settle::RoofLease* lease : leases_of(view)) {
    if (std::ranges::find(lease->households, household.id) != lease->households.end()) {
      return lease->tenant;
    }
  }
  return household.id;
}

std::vector<std::string> leased_by(const VillageView& view, std::string_view party) {
  std::vector<std::string> households;
  for (const settle::RoofLease* lease : leases_of(view)) {
    if (lease->tenant == party) {
      households.insert(households.end(), lease->households.begin(), lease->households.end());
    }
  }
  return households;
}

}  // namespace xiaoyuan::desk
