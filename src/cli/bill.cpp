#include "cli/bill.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/expected.hpp"
#include "cli/tariff_shelf.hpp"
#include "cli/terminal.hpp"
#include "readings/decimal.hpp"
#include "settle/bills.hpp"
#include "settle/bills_words.hpp"

namespace xiaoyuan::cli {

namespace {

Error wrong(const std::string& option, Text what) {
  return {Fault::bad_input, std::move(what), {option, 0, ""}};
}

/// The words of the command as values; what is wrong with any is kept.
struct BillQuestion {
  Errors errors;
  std::chrono::year_month month{};
  std::optional<MeteredEnergy> kwh;
  std::optional<MeteredEnergy> before;
  std::optional<Date> connected;
  std::vector<settle::RateQuantity> rates;

  std::optional<MeteredEnergy> energy(const std::string& option, const std::string& text) {
    if (text.empty()) {
      return std::nullopt;
    }
    constexpr int decimals = 6;
    const auto mwh = readings::parse_decimal(text, decimals);
    if (!mwh || *mwh < 0) {
      const auto fault = mwh ? readings::DecimalFault::no_number : mwh.error();
      errors.push_back(wrong(option, readings::decimal_expected(text, decimals, fault)));
      return std::nullopt;
    }
    return MeteredEnergy{*mwh};
  }
  void rate(const std::string& word) {
    const std::size_t equals = word.find('=');
    const auto& words = readings::words_of(readings::Rate::total);
    const auto found = std::ranges::find(words, word.substr(0, equals));
    if (equals == std::string::npos || found == words.end() || found == words.begin()) {
      errors.push_back(wrong("--rate", choice_expected({words.begin() + 1, words.end()}, word)));
      return;
    }
    if (const auto mwh = energy("--rate", word.substr(equals + 1))) {
      readings::Quantity quantity;
      quantity.energy = *mwh;
      rates.push_back({static_cast<readings::Rate>(found - words.begin()), quantity});
    }
  }
};

BillQuestion question_of(const BillOptions& options) {
  BillQuestion asked;
  Date first;
  if (parse_date(options.month + "-01", first)) {
    asked.month = first.year() / first.month();
  } else {
    asked.errors.push_back(
        wrong("--month", {fmt::format("expected a month like 2026-10, found \"{}\"", options.month),
                          fmt::format("应为月份,如 2026-10,实为“{}”", options.month)}));
  }
  asked.kwh = asked.energy("--kwh", options.kwh);
  asked.before = asked.energy("--before-kwh", options.before_kwh);
  for (const std::string& word : options.rates) {
    asked.rate(word);
  }
  if (!options.connected.empty()) {
    Date day;
    if (parse_date(options.connected, day)) {
      asked.connected = day;
    } else {
      asked.errors.push_back(wrong("--connected", date_expected("\"" + options.connected + "\"")));
    }
  }
  if (options.kwh.empty() && options.rates.empty()) {
    asked.errors.push_back(wrong("--kwh", missing()));
  }
  return asked;
}

Result<settle::MonthTariff> laid_tariff(const BillOptions& options, std::chrono::year_month month) {
  TRY(const TariffShelf shelf, read_shelf(options.village, options.tariff));
  TRY(const tariff::Given given, given_of(options.given));
  TRY(const Zone zone, Zone::find("Asia/Shanghai"));
  const auto found = std::ranges::find(shelf.tariffs, options.tariff, &tariff::Tariff::id);
  if (found != shelf.tariffs.end()) {
    TRY(const tariff::Tariff one, filled(*found, given, tariff::Missing::fails));
    return settle::month_tariff(one, zone, month);
  }
  const auto mechanism =
      std::ranges::find(shelf.mechanisms, options.tariff, &tariff::Mechanism::id);
  if (mechanism == shelf.mechanisms.end()) {
    return fail(Fault::bad_input, unknown_name(options.tariff, names_of(shelf)), {"bill", 0, ""});
  }
  TRY(const tariff::Mechanism one, filled(*mechanism, given, tariff::Missing::fails));
  return settle::month_tariff(one, zone, month);
}

/// What the tariff asks for beside the month's kWh.
Errors still_missing(const settle::MonthTariff& tariff, const BillQuestion& asked) {
  Errors errors;
  if (settle::counts_on(tariff) && !asked.before) {
    errors.push_back(
        wrong("--before-kwh", {"is missing; this tariff counts by the calendar year: say what the "
                               "year counted before this month",
                               "缺失;该电价按自然年累计,请填写本年度此前的累计电量"}));
  }
  const auto rates = settle::rates_of(tariff);
  if (!rates.empty() && asked.rates.size() + 1 < rates.size()) {
    std::vector<std::string> words;
    for (const readings::Rate rate : rates) {
      words.push_back(readings::words_of(rate)[static_cast<std::size_t>(rate)] + "=…");
    }
    errors.push_back(wrong("--rate", {"is missing; this tariff has periods: " + joined(words, ","),
                                      "缺失;该电价分时计费:" + joined(words, ",")}));
  }
  return errors;
}

Result<settle::MonthBill> billed(const settle::MonthTariff& tariff, const BillQuestion& asked) {
  settle::Metered part{.period = tariff.month, .total = {}, .by_rate = asked.rates};
  MeteredEnergy sum;
  for (const settle::RateQuantity& rate : asked.rates) {
    sum += rate.quantity.energy;
  }
  part.total.energy = asked.kwh.value_or(sum);
  const MeteredEnergy before = asked.before.value_or(MeteredEnergy{});
  const settle::BillInputs inputs{
      .household = "bill",
      .tariff = &tariff,
      .metered = {part},
      .intervals = nullptr,
      .counted = tariff::Counted{.tier_period = before, .subsidised = {}, .in_mechanism = before}};
  if (tariff.schedule.tariff.direction == tariff::Direction::import_) {
    return settle::bought(inputs);
  }
  return settle::sold(inputs, {settle::ExportMode::self_use_surplus, asked.connected});
}

std::string bill_text(const settle::MonthBill& bill, Language language) {
  const auto say = [&](const char* en, const char* zh) { return Text{en, zh}.in(language); };
  std::vector<std::vector<std::string>> rows{
      {say("line", "项目"), say("kWh", "千瓦时"), say("yuan/kWh", "元/千瓦时"), say("yuan", "元")}};
  std::string reasons;
  for (const settle::StatementLine& line : bill.lines) {
    rows.push_back({line.label.in(language), line.energy ? settle::short_kwh(*line.energy) : "",
                    line.price ? settle::price_text(*line.price) : "",
                    text_of(line.amount.value_or(Money{}))});
    reasons += fmt::format("{}: {}\n  {} · {}\n", line.label.in(language),
                           line.explanation.in(language), line.version, line.document);
  }
  rows.push_back({say("total (below zero: to pay)", "合计(负数为应付)"),
                  settle::short_kwh(bill.energy), "", text_of(bill.total())});
  return aligned(rows, "") + "\n" + reasons;
}

std::string bill_json(const settle::MonthBill& bill) {
  using Json = nlohmann::ordered_json;
  const auto both = [](const Text& text) { return Json{{"en", text.en}, {"zh", text.zh}}; };
  Json lines = Json::array();
  for (const settle::StatementLine& line : bill.lines) {
    lines.push_back({{"id", line.id},
                     {"label", both(line.label)},
                     {"explanation", both(line.explanation)},
                     {"mwh", line.energy.value_or(MeteredEnergy{}).mwh},
                     {"price_1e-8_yuan_per_kwh", line.price.value_or(Price{}).units},
                     {"fen", line.amount.value_or(Money{}).fen},
                     {"document", line.document},
                     {"version", line.version}});
  }
  const Json all{{"schema", "xiaoyuan.bill/1"},
                 {"lines", lines},
                 {"mwh", bill.energy.mwh},
                 {"total_fen", bill.total().fen}};
  return all.dump(2) + "\n";
}

Result<settle::MonthBill> answer(const BillOptions& options) {
  BillQuestion asked = question_of(options);
  if (!asked.errors.empty()) {
    return std::unexpected(std::move(asked.errors));
  }
  TRY(const settle::MonthTariff tariff, laid_tariff(options, asked.month));
  if (Errors errors = still_missing(tariff, asked); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return billed(tariff, asked);
}

}  // namespace

int run_bill(const BillOptions& options, Language language) {
  const auto bill = answer(options);
  if (!bill) {
    return report_errors(bill.error(), language);
  }
  fmt::print("{}", options.as_json ? bill_json(*bill) : bill_text(*bill, language));
  return 0;
}

}  // namespace xiaoyuan::cli
