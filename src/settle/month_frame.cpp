// The inputs of a settled month held together, with all that does not fit at once.
#include <fmt/format.h>

#include <algorithm>

#include "base/check.hpp"
#include "base/expected.hpp"
#include "settle/agreement_checks.hpp"
#include "settle/month.hpp"
#include "settle/postings.hpp"

namespace xiaoyuan::settle {

namespace {

Error frame_error(const MonthInputs& inputs, int line, std::string field, Text what) {
  return {.fault = Fault::bad_input,
          .what = std::move(what),
          .where = {inputs.agreement->file, line, std::move(field)}};
}

Text no_household(std::string_view name, const std::vector<std::string>& known) {
  Text text = unknown_name(name, known);
  return {"no household or party: " + text.en, "没有这一农户或主体:" + text.zh};
}

}  // namespace

std::size_t MonthFrame::find(std::string_view id) const {
  const auto place = std::ranges::lower_bound(
      rows_, id, {}, [](const Row& row) -> std::string_view { return row.member->id; });
  return place != rows_.end() && place->member->id == id
             ? static_cast<std::size_t>(place - rows_.begin())
             : rows_.size();
}

void MonthFrame::check_month(Errors& errors) const {
  const Agreement& agreement = *inputs_.agreement;
  if (inputs_.month < agreement.first_month) {
    errors.push_back(
        frame_error(inputs_, 0, "first_month",
                    {fmt::format("the first settled month is {}, asked for {}",
                                 text_of(agreement.first_month), text_of(inputs_.month)),
                     fmt::format("首个结算月为 {},要求结算的是 {}", text_of(agreement.first_month),
                                 text_of(inputs_.month))}));
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const std::string& id = rows_[i].member->id;
    if (i > 0 && rows_[i - 1].member->id == id) {
      errors.push_back(frame_error(inputs_, 0, id, {"household stands twice", "农户出现两次"}));
    }
    if (party_of(agreement, id) != nullptr || id == rounding_party || id == unaccounted_party ||
        id == avoided_party) {
      errors.push_back(frame_error(
          inputs_, 0, "party.id",
          {fmt::format("{} is the name of a household and of a party or an account", id),
           fmt::format("{} 同时是农户编号和主体或账户名称", id)}));
    }
  }
}

void MonthFrame::place_points(Errors& errors) {
  const auto place = [&](const std::string& household) {
    const std::size_t i = find(household);
    return i < rows_.size() ? &rows_[i] : nullptr;
  };
  for (const readings::MeterPoint& point : inputs_.points) {
    Row* row = place(point.household);
    if (row == nullptr) {
      continue;  // a point of a household that has left, or is not settled here
    }
    const readings::MeterPoint*& kept = row->points[static_cast<std::size_t>(point.channel)];
    if (kept != nullptr) {
      errors.push_back(frame_error(inputs_, 0, point.household,
                                   {fmt::format("has two points of {}", name_of(point.channel).en),
                                    fmt::format("有两个{}计量点", name_of(point.channel).zh)}));
    }
    kept = &point;
  }
  for (const readings::Intervals& intervals : inputs_.intervals) {
    if (Row* row = place(intervals.meter)) {
      row->intervals[static_cast<std::size_t>(intervals.channel)] = &intervals;
    }
  }
}

void MonthFrame::place_contracts(Errors& errors) {
  std::vector<std::string> known;  // for messages alone
  const auto complain = [&](const Contract& contract, const NamedInContract& named) {
    if (known.empty()) {
      std::ranges::transform(rows_, std::back_inserter(known),
                             [](const Row& row) { return row.member->id; });
      std::ranges::transform(inputs_.agreement->parties, std::back_inserter(known), &Party::id);
    }
    errors.push_back(frame_error(inputs_, contract.line,
                                 fmt::format("{}.{}", contract.id, named.field),
                                 no_household(named.name, known)));
  };
  for (const Contract& contract : inputs_.agreement->contracts) {
    if (!contract.holds(inputs_.month)) {
      continue;
    }
    std::size_t listed = 0;
    std::size_t households = 0;
    for (const NamedInContract& named : names_in(contract)) {
      const std::size_t i = find(named.name);
      if (i < rows_.size()) {
        rows_[i].contracts.push_back(&contract);
        (named.is_household ? listed : households) += 1;
        if (const auto* lease = std::get_if<RoofLease>(&contract.terms)) {
          rows_[i].plant_owner = &lease->tenant;
        }
      } else if (named.is_household || party_of(*inputs_.agreement, named.name) == nullptr) {
        complain(contract, named);
      }
    }
    if (households > 1 || (households == 1 && listed > 0)) {
      errors.push_back(frame_error(
          inputs_, contract.line, contract.id,
          {"a fee between two households is not settled here", "农户之间的费用不在此结算"}));
    }
  }
}

void MonthFrame::place_gate(Errors& errors) {
  const SharingAgreement& sharing = inputs_.agreement->sharing;
  gate_ = sharing.gate.empty() ? rows_.size() : find(sharing.gate);
  if (!sharing.gate.empty() && gate_ == rows_.size()) {
    errors.push_back(frame_error(
        inputs_, sharing.line, "sharing.gate",
        {fmt::format("the village's own meter {} is not among what is settled; name "
                     "its registers in meters.csv",
                     sharing.gate),
         fmt::format("总表 {} 不在结算范围内;请在 meters.csv 中登记其电表", sharing.gate)}));
  }
  if (!bills_gate(sharing.mode)) {
    return;
  }
  for (const Contract& contract : inputs_.agreement->contracts) {
    const auto* lease = std::get_if<RoofLease>(&contract.terms);
    if (lease != nullptr && contract.holds(inputs_.month) &&
        std::holds_alternative<RentOfIncome>(lease->rent)) {
      errors.push_back(frame_error(
          inputs_, contract.line, contract.id + ".rent_percent_of_income",
          {"a part of a roof's income is not settled where the grid company bills the gate: no "
           "roof has an income of its own",
           "电网企业按总表结算时,单个屋顶没有独立的上网收入,不能按收入比例计付租金"}));
    }
  }
}

Result<MonthFrame> MonthFrame::of(const MonthInputs& inputs) {
  expects(inputs.registers != nullptr && inputs.agreement != nullptr);
  MonthFrame frame;
  frame.inputs_ = inputs;
  frame.period_ = readings::month_of(
      inputs.zone, std::chrono::year(inputs.month.month / 12) /
                       std::chrono::month(static_cast<unsigned>(inputs.month.month % 12 + 1)));
  frame.rows_.reserve(inputs.members.size());
  for (const Member& member : inputs.members) {
    Row row;
    row.member = &member;
    row.plant_owner = &member.id;
    frame.rows_.push_back(std::move(row));
  }
  std::ranges::sort(frame.rows_, {},
                    [](const Row& row) -> const std::string& { return row.member->id; });
  Errors errors;
  frame.check_month(errors);
  frame.place_points(errors);
  frame.place_contracts(errors);
  frame.place_gate(errors);
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return frame;
}

}  // namespace xiaoyuan::settle
