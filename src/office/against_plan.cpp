#include "office/against_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <map>
#include <utility>

#include "plan/study.hpp"

namespace xiaoyuan::office {

namespace {

using settle::ComparedMonth;
using settle::PricedLine;

/// Household → the party that leases its roof.
std::map<std::string, std::string> tenants_of(const Village& village) {
  std::map<std::string, std::string> tenants;
  for (const settle::Contract& contract : village.agreement.contracts) {
    if (const auto* lease = std::get_if<settle::RoofLease>(&contract.terms)) {
      for (const std::string& household : lease->households) {
        tenants[household] = lease->tenant;
      }
    }
  }
  return tenants;
}

std::string holder_of(const std::map<std::string, std::string>& tenants,
                      const std::string& household) {
  const auto tenant = tenants.find(household);
  return tenant == tenants.end() ? household : tenant->second;
}

/// Splits off the plant where another owns it: what it makes and sells is its owner's.
void put(PlaceMonth place, const std::string& owner, std::vector<PlaceMonth>& places) {
  if (owner == place.household) {
    places.push_back(std::move(place));
    return;
  }
  PlaceMonth plant{.household = place.household,
                   .holder = owner,
                   .month = {},
                   .sold = std::move(place.sold),
                   .bought = {}};
  plant.month.made = std::exchange(place.month.made, {});
  plant.month.sold = std::exchange(place.month.sold, {});
  plant.month.earned = std::exchange(place.month.earned, {});
  place.sold.clear();
  places.push_back(std::move(place));
  places.push_back(std::move(plant));
}

std::size_t month_in(const std::vector<plan::MonthSums>& months, ledger::Period month) {
  const int year = month.month / 12;
  const int number = month.month % 12 + 1;
  std::size_t found = months.size();
  for (std::size_t i = 0; i < months.size(); ++i) {
    if (months[i].month == number && (found == months.size() || months[i].year == year)) {
      found = i;
    }
  }
  return found;
}

/// The lines that are the price of their kWh.
std::vector<PricedLine> planned_lines(const tariff::Schedule& schedule, const tariff::Bill& bill) {
  std::vector<PricedLine> lines;
  for (const tariff::BillLine& line : bill.lines) {
    std::string id = settle::line_id(schedule, line);
    if (line.part != tariff::BillPart::difference && settle::is_base_price(id)) {
      lines.push_back({std::move(id), line.energy, line.price});
    }
  }
  return lines;
}

const tariff::Bill* bill_of(const std::vector<tariff::Bill>& bills, const plan::MonthSums& month) {
  const auto found = std::ranges::find_if(bills, [&](const tariff::Bill& bill) {
    return bill.year == month.year && bill.month == month.month;
  });
  return found == bills.end() ? nullptr : &*found;
}

/// A household's month of the plan, its plant with it.
PlaceMonth planned_place(const plan::Inputs& inputs, const plan::HouseholdYear& year,
                         const plan::MonthSums& sums) {
  PlaceMonth place{
      .household = year.plan.id, .holder = year.plan.id, .month = {}, .sold = {}, .bought = {}};
  ComparedMonth& month = place.month;
  month.made = MeteredEnergy::of(sums.energy.pv_kwh - sums.energy.curtailed_kwh);
  month.sold = std::min(MeteredEnergy::of(sums.energy.export_kwh), month.made);
  month.bought = MeteredEnergy::of(sums.energy.import_kwh);
  if (const tariff::Bill* bill = bill_of(year.bills.buying, sums)) {
    month.paid = bill->total();
    place.bought = planned_lines(inputs.buying, *bill);
  }
  if (const tariff::Bill* bill = bill_of(year.bills.selling, sums)) {
    month.earned = bill->total();
    place.sold = planned_lines(inputs.selling, *bill);
  }
  constexpr double months_of_year = 12.0;
  month.other = {std::llround(year.plan.rent_yuan * 100.0 / months_of_year)};
  return place;
}

/// A line of a leased plant's sale has no amount on the household's statement: it is the owner's,
/// and as much as energy and price make.
Money earned_by(const settle::StatementLine& line) {
  if (line.amount || !line.energy || !line.price) {
    return line.amount.value_or(Money{});
  }
  return amount(*line.energy, *line.price);
}

PlaceMonth settled_place(const settle::Statement& statement, bool is_leased) {
  using settle::Section;
  PlaceMonth place{.household = statement.party,
                   .holder = statement.party,
                   .month = {},
                   .sold = {},
                   .bought = {}};
  ComparedMonth& month = place.month;
  const settle::MonthEnergy& energy = statement.energy;
  month.made = energy.made.value_or(energy.sold.value_or(MeteredEnergy{}));
  month.sold = std::min(energy.sold.value_or(MeteredEnergy{}), month.made);
  month.bought = energy.bought.value_or(MeteredEnergy{});
  Money own_sales;
  for (const settle::StatementLine& line : statement.lines) {
    const bool sells = line.section == Section::sold || line.section == Section::mechanism;
    if (sells) {
      own_sales += line.amount.value_or(Money{});
      month.earned += is_leased ? earned_by(line) : line.amount.value_or(Money{});
    } else if (line.section == Section::bought) {
      month.paid += -line.amount.value_or(Money{});
    }
    if (line.energy && line.price && settle::is_base_price(line.id)) {
      if (line.section == Section::sold) {
        place.sold.push_back({line.id, *line.energy, *line.price});
      } else if (line.section == Section::bought) {
        place.bought.push_back({line.id, *line.energy, *line.price});
      }
    }
  }
  month.other = statement.total() - own_sales + month.paid;
  return place;
}

bool is_refused(const settle::Statement& statement) {
  return std::ranges::any_of(statement.lines, [](const settle::StatementLine& line) {
    return line.grade == readings::Grade::refused;
  });
}

ReviewedPlace reviewed(const PlaceMonth& planned, const PlaceMonth& settled,
                       const settle::KnownReasons& known) {
  ReviewedPlace place{.household = planned.household,
                      .holder = planned.holder,
                      .planned = planned.month,
                      .settled = settled.month,
                      .known = known,
                      .difference = {}};
  const settle::MeanPrices sell = settle::mean_prices(planned.sold, settled.sold);
  const settle::MeanPrices buy = settle::mean_prices(planned.bought, settled.bought);
  place.planned.sell = sell.before;
  place.settled.sell = sell.now;
  place.planned.buy = buy.before;
  place.settled.buy = buy.now;
  place.difference = settle::compare(place.planned, place.settled, known, settle::Against::plan);
  return place;
}

void add(ComparedMonth& sum, const ComparedMonth& month) {
  sum.made += month.made;
  sum.sold += month.sold;
  sum.bought += month.bought;
  sum.earned += month.earned;
  sum.paid += month.paid;
  sum.other += month.other;
}

void add(settle::Comparison& sum, const settle::Comparison& one) {
  sum.made += one.made;
  sum.used += one.used;
  sum.used_at_once += one.used_at_once;
  sum.sold += one.sold;
  sum.bought += one.bought;
  sum.money += one.money;
  if (sum.parts.empty()) {
    sum.parts = one.parts;
    return;
  }
  for (std::size_t i = 0; i < one.parts.size(); ++i) {
    settle::ReasonPart& part = sum.parts[i];
    const bool says_nothing = one.parts[i].energy.mwh == 0;
    if (part.energy.mwh == 0) {
      part.label = says_nothing ? part.label : one.parts[i].label;
    } else if (!says_nothing && part.label != one.parts[i].label) {
      part.label = {"Generation otherwise, or not told apart", "其他发电因素(部分未细分)"};
    }
    part.energy += one.parts[i].energy;
    part.money += one.parts[i].money;
  }
}

/// The reasons of a plant; a place without one needs none, and differs by none.
settle::KnownReasons known_of(const ReviewInputs& inputs, const PlaceMonth& planned,
                              const PlaceMonth& settled) {
  if (planned.month.made.mwh == 0 && settled.month.made.mwh == 0) {
    return {.weather_ppm = 1'000'000, .outage = MeteredEnergy{}};
  }
  if (inputs.known != nullptr) {
    if (const auto known = inputs.known->find(planned.household); known != inputs.known->end()) {
      return known->second;
    }
  }
  return {};
}

}  // namespace

Result<PlannedMonth> planned_month(const Village& village, ledger::Period month,
                                   const plan::Workers& workers) {
  plan::Inputs inputs = village.plan;
  if (plan::applies_sizes(inputs)) {
    TRY(const auto sizing, plan::sized(inputs, workers));
    static_cast<void>(sizing);
  }
  const auto tenants = tenants_of(village);
  PlannedMonth planned{.month = month, .places = {}};
  bool has_month = true;
  plan::StudyOptions options;
  options.workers = workers;
  options.depth = plan::Depth::first_year;  // rent, energies and bills are all that is asked for
  options.on_household = [&](const model::Household& home, const plan::HouseholdYear& year) {
    const std::size_t at = month_in(year.plan.months, month);
    if (at == year.plan.months.size()) {
      has_month = false;
      return;
    }
    const plan::MonthSums& sums = year.plan.months[at];
    planned.month = {sums.year * 12 + sums.month - 1};
    put(planned_place(inputs, year, sums), holder_of(tenants, home.id), planned.places);
  };
  TRY(const plan::Study study, plan::study(inputs, options));
  static_cast<void>(study);
  if (!has_month) {
    return fail(Fault::impossible, {fmt::format("the plan has no month like {}", text_of(month)),
                                    fmt::format("规划期内没有与 {} 对应的月份", text_of(month))});
  }
  return planned;
}

ActualMonth actual_month(const Village& village, std::span<const settle::Statement> statements) {
  const auto tenants = tenants_of(village);
  ActualMonth settled;
  for (const settle::Statement& statement : statements) {
    if (statement.holder != settle::Holder::household) {
      continue;
    }
    if (is_refused(statement)) {
      settled.refused.push_back(statement.party);
      continue;
    }
    const std::string owner = holder_of(tenants, statement.party);
    put(settled_place(statement, owner != statement.party), owner, settled.places);
  }
  return settled;
}

Review review(const ReviewInputs& inputs) {
  Review all{.month = inputs.month,
             .plan_month = inputs.planned->month,
             .places = {},
             .village = {},
             .left_out = {},
             .untold = 0};
  using Key = std::pair<std::string, std::string>;
  std::map<Key, const PlaceMonth*> settled;
  for (const PlaceMonth& place : inputs.settled->places) {
    settled[{place.household, place.holder}] = &place;
  }
  for (const PlaceMonth& planned : inputs.planned->places) {
    const auto found = settled.find({planned.household, planned.holder});
    if (found == settled.end()) {
      if (planned.holder == planned.household) {
        all.left_out.push_back(planned.household);
      }
      continue;
    }
    const settle::KnownReasons known = known_of(inputs, planned, *found->second);
    all.untold += known.weather_ppm && known.outage ? 0 : 1;
    all.places.push_back(reviewed(planned, *found->second, known));
    const ReviewedPlace& place = all.places.back();
    add(all.village.planned, place.planned);
    add(all.village.settled, place.settled);
    add(all.village.difference, place.difference);
  }
  return all;
}

std::vector<const ReviewedPlace*> largest_differences(const Review& review, std::size_t most) {
  std::vector<const ReviewedPlace*> places;
  for (const ReviewedPlace& place : review.places) {
    places.push_back(&place);
  }
  std::ranges::stable_sort(places, std::ranges::greater{}, [](const ReviewedPlace* place) {
    return std::llabs(place->difference.money.fen);
  });
  places.resize(std::min(places.size(), most));
  return places;
}

std::vector<Text> notes_of(const Review& review) {
  std::vector<Text> notes;
  if (review.plan_month != review.month) {
    notes.push_back({fmt::format("{} is outside the plan's year and is held against {}.",
                                 text_of(review.month), text_of(review.plan_month)),
                     fmt::format("{} 不在规划年内,与规划年 {} 对照。", text_of(review.month),
                                 text_of(review.plan_month))});
  }
  if (!review.left_out.empty()) {
    notes.push_back(
        {fmt::format("Not settled, so left out on both sides: {}.", joined(review.left_out)),
         fmt::format("尚未结算,两边均不计入:{}。", joined(review.left_out, "、"))});
  }
  if (review.untold > 0) {
    notes.push_back(
        {fmt::format("Weather or outages are not known of {} plants: what they made otherwise is "
                     "not told apart (--reasons names a table).",
                     review.untold),
         fmt::format("{} 处光伏缺少气象或停电数据,发电量变化未细分(可用 --reasons 提供)。",
                     review.untold)});
  }
  const bool has_leased = std::ranges::any_of(
      review.places, [](const ReviewedPlace& place) { return place.holder != place.household; });
  if (has_leased) {
    notes.push_back(
        {"Leased plants stand by themselves, under their owners; of the plan's rent of "
         "a year a month has a twelfth. Other contracts of the owners are not planned "
         "and not in it.",
         "租用屋顶的光伏单列于其所有者名下;规划年租金按十二分之一计入当月。所有者的其他"
         "合同往来不在规划内,不作对照。"});
  }
  return notes;
}

}  // namespace xiaoyuan::office
