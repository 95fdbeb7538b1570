#include "settle/bills.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.hpp"
#include "base/expected.hpp"
#include "settle/bills_words.hpp"

namespace xiaoyuan::settle {

namespace {

__extension__ typedef __int128 WideFen;  // g++ and clang have it; -Wpedantic wants to be told

using tariff::BillLine;
using tariff::BillPart;

/// What the year has counted before the month; January begins again.
Result<tariff::Counted> counted_before(const BillInputs& inputs) {
  const MonthTariff& tariff = *inputs.tariff;
  if (!inputs.counted && counts_on(tariff)) {
    const int year = tariff.year();
    return refused_bill(
        inputs.household,
        {fmt::format("\"{}\" counts by the calendar year, and the energy from {}-01-01 to the "
                     "month's beginning is not known: the registers of {}-01-01 at 00:00 are "
                     "missing",
                     tariff.schedule.tariff.id, year, year),
         fmt::format("“{}”按自然年累计,而 {}-01-01 至月初的电量未知:缺少 {}-01-01 0 时冻结示数",
                     tariff.schedule.tariff.id, year, year)});
  }
  tariff::Counted counted = inputs.counted.value_or(tariff::Counted{});
  if (tariff.month_number() == 1) {
    counted.tier_period = {};
    counted.in_mechanism = {};
  }
  return counted;
}

Section section_of(const BilledMonth& month, const BillLine& line) {
  if (line.part == BillPart::difference) {
    return Section::mechanism;
  }
  return month.schedule.tariff.direction == tariff::Direction::export_ ? Section::sold
                                                                       : Section::bought;
}

/// The registers behind a line: the period's own, or the total's where the line counts all energy.
const Evidence& evidence_of(const BilledMonth& month, const BillLine& line) {
  const bool is_of_period = line.part == BillPart::period ||
                            line.part == BillPart::period_addition ||
                            line.part == BillPart::period_in_tier;
  return is_of_period ? month.energies.slots[line.slot].evidence : month.energies.evidence;
}

StatementLine statement_line(const BilledMonth& month, const BillLine& line) {
  const Section section = section_of(month, line);
  const Evidence& evidence = evidence_of(month, line);
  return {.id = line_id(month.schedule, line),
          .section = section,
          .label = line.label,
          .explanation = explained(month, line),
          .energy = line.energy,
          .price = line.price,
          .amount = section == Section::bought ? -line.amount : line.amount,
          .gco2e = {},
          .certificates = {},
          .grade = evidence.grade,
          .document = document_of(month, line),
          .version = version_of(month, line),
          .sources = evidence.sources,
          .rules = evidence.rules,
          .entry = {}};
}

/// A second price of the same kind within a month gets ".2" behind its name.
void number_repeats(std::vector<StatementLine>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::size_t count = 1;
    for (std::size_t k = i + 1; k < lines.size(); ++k) {
      if (lines[k].id == lines[i].id) {
        lines[k].id += fmt::format(".{}", ++count);
      }
    }
  }
}

MonthBill billed(const BillInputs& inputs, const SlotEnergies& energies, tariff::Counted counted) {
  const tariff::Schedule& schedule = inputs.tariff->schedule;
  const BilledMonth month{schedule, energies, counted};
  const tariff::Bill bill = tariff::month_bill(schedule, energies.energies(), counted);
  MonthBill result{
      .lines = {}, .energy = energies.total, .counted = counted, .grade = energies.evidence.grade};
  result.lines.reserve(bill.lines.size());
  for (const BillLine& line : bill.lines) {
    result.lines.push_back(statement_line(month, line));
  }
  number_repeats(result.lines);
  return result;
}

/// The days of connection that a price is for.
struct ConnectionDays {
  std::optional<Date> from;
  std::optional<Date> before;
  bool hold(const std::optional<Date>& day) const {
    return (!from && !before) || (day && (!from || *day >= *from) && (!before || *day < *before));
  }
  Text text() const {
    if (from) {
      return {"from " + text_of(*from) + " on", text_of(*from) + " 起"};
    }
    return {"before " + text_of(*before), text_of(*before) + " 之前"};
  }
};

Result<void> check_connection(const BillInputs& inputs, const SaleTerms& terms) {
  const tariff::Schedule& schedule = inputs.tariff->schedule;
  std::vector<ConnectionDays> all;
  if (schedule.mechanism) {
    all.push_back({schedule.mechanism->connected_from, schedule.mechanism->connected_before});
  } else {
    for (const std::size_t version : schedule.versions_used) {
      all.push_back({{}, schedule.tariff.versions[version].connected_before});
    }
  }
  for (const ConnectionDays& days : all) {
    if (!days.hold(terms.connected)) {
      const Text meant = days.text();
      const std::string found = terms.connected ? text_of(*terms.connected) : "-";
      return refused_bill(
          inputs.household,
          {fmt::format("the price \"{}\" is for PV connected {}, found {}; later PV is paid by a "
                       "mechanism (Document 136)",
                       schedule.tariff.id, meant.en, found),
           fmt::format("电价“{}”仅适用于 {}并网的光伏,实为 {};其后并网项目按 136 号文机制电价结算",
                       schedule.tariff.id, meant.zh, found)});
    }
  }
  return {};
}

/// Energy that left the house without a contract to sell it.
MonthBill unpaid(const BillInputs& inputs, const SlotEnergies& energies) {
  MonthBill bill{.lines = {},
                 .energy = energies.total,
                 .counted = inputs.counted.value_or(tariff::Counted{}),
                 .grade = energies.evidence.grade};
  if (energies.total.mwh != 0) {
    bill.lines.push_back({.id = "sold.unpaid",
                          .section = Section::sold,
                          .label = {"sent to the grid, not paid", "上网电量(不结算)"},
                          .explanation = {"the plant is registered for self-use only",
                                          "项目备案为全部自发自用,上网电量不结算"},
                          .energy = energies.total,
                          .price = {},
                          .amount = Money{},
                          .gco2e = {},
                          .certificates = {},
                          .grade = energies.evidence.grade,
                          .document = "国能发新能规〔2025〕7号",
                          .version = {},
                          .sources = energies.evidence.sources,
                          .rules = energies.evidence.rules,
                          .entry = {}});
  }
  return bill;
}

}  // namespace

Money MonthBill::total() const {
  Money sum;
  for (const StatementLine& line : lines) {
    sum += line.amount.value_or(Money{});
  }
  return sum;
}

Result<MonthBill> bought(const BillInputs& inputs) {
  expects(inputs.tariff != nullptr &&
          inputs.tariff->schedule.tariff.direction == tariff::Direction::import_);
  Errors errors;
  auto counted = counted_before(inputs);
  auto energies = slot_energies(inputs, readings::Channel::imported);
  const bool is_known = gather(counted, errors);
  if (!gather(energies, errors) || !is_known) {
    return std::unexpected(std::move(errors));
  }
  return billed(inputs, *energies, *counted);
}

Result<MonthBill> sold(const BillInputs& inputs, const SaleTerms& terms) {
  expects(inputs.tariff != nullptr &&
          inputs.tariff->schedule.tariff.direction == tariff::Direction::export_);
  if (terms.mode == ExportMode::self_use) {
    SlotEnergies energies;
    for (const Metered& part : inputs.metered) {
      energies.total += part.total.energy;
      stand_on(energies.evidence, readings::Channel::exported, readings::Rate::total, part.total);
    }
    return unpaid(inputs, energies);
  }
  Errors errors;
  auto connection = check_connection(inputs, terms);
  auto counted = counted_before(inputs);
  auto energies = slot_energies(inputs, readings::Channel::exported);
  if (!connection) {
    errors = std::move(connection.error());
  }
  const bool is_known = gather(counted, errors);
  if (!gather(energies, errors) || !is_known || !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return billed(inputs, *energies, *counted);
}

VatSplit vat_split(Money gross, std::int64_t rate_ppm) {
  expects(rate_ppm >= 0);
  constexpr std::int64_t one_ppm = 1'000'000;
  const WideFen whole = one_ppm + rate_ppm;
  const WideFen size = static_cast<WideFen>(gross.fen < 0 ? -gross.fen : gross.fen) * one_ppm;
  const auto net = static_cast<std::int64_t>((size + whole / 2) / whole);
  const Money part{gross.fen < 0 ? -net : net};
  return {.net = part, .vat = gross - part};
}

}  // namespace xiaoyuan::settle
