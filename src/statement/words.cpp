#include "statement/words.hpp"

#include <fmt/format.h>

#include <array>

namespace xiaoyuan::statement {

namespace {

std::uint64_t size_of(std::int64_t number) {
  return number < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(number)
                    : static_cast<std::uint64_t>(number);
}

std::string with_groups(std::string digits) {
  const std::size_t point = std::min(digits.find('.'), digits.size());
  for (std::size_t at = point; at > 3 && digits[at - 4] != '-'; at -= 3) {
    digits.insert(at - 3, ",");
  }
  return digits;
}

constexpr Instant first_told = std::chrono::sys_days{std::chrono::year{1900} / 1 / 1};
constexpr Instant last_told = std::chrono::sys_days{std::chrono::year{9999} / 12 / 30};

}  // namespace

std::string decimal_text(std::int64_t number, int decimals, int least_decimals) {
  std::uint64_t unit = 1;
  for (int i = 0; i < decimals; ++i) {
    unit *= 10;
  }
  const std::uint64_t size = size_of(number);
  std::string text =
      fmt::format("{}{}.{:0{}}", number < 0 ? "-" : "", size / unit, size % unit, decimals);
  const std::size_t least = text.find('.') + 1 + static_cast<std::size_t>(least_decimals);
  while (text.size() > least && text.back() == '0') {
    text.pop_back();
  }
  if (text.back() == '.') {
    text.pop_back();
  }
  return text;
}

std::string yuan_text(Money money) { return with_groups(decimal_text(money.fen, 2, 2)); }

std::string signed_yuan(Money money) { return (money.fen > 0 ? "+" : "") + yuan_text(money); }

std::string kwh_text(MeteredEnergy energy) { return with_groups(decimal_text(energy.mwh, 6, 2)); }

std::string short_kwh(MeteredEnergy energy) {
  constexpr std::int64_t tenth = 100'000;
  const auto tenths = static_cast<std::int64_t>((size_of(energy.mwh) + tenth / 2) / tenth);
  return with_groups(decimal_text(energy.mwh < 0 ? -tenths : tenths, 1, 1));
}

std::string price_text(Price price) { return decimal_text(price.units, 8, 4); }

std::string kg_text(std::int64_t grams) { return with_groups(decimal_text(grams, 3, 1)); }

Text month_text(ledger::Period month) {
  static constexpr std::array<const char*, 12> names{
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const std::int32_t index = ((month.month % 12) + 12) % 12;
  const std::int32_t year = (month.month - index) / 12;
  return {fmt::format("{} {}", names[static_cast<std::size_t>(index)], year),
          fmt::format("{}年{}月", year, index + 1)};
}

std::string local_day(Instant instant, const Zone& zone) {
  if (instant < first_told || instant > last_told) {
    return "";
  }
  return text_of(zone.civil(instant).date());
}

std::string local_text(Instant instant, const Zone& zone) {
  if (instant < first_told || instant > last_told) {
    return "";
  }
  const Civil civil = zone.civil(instant);
  return fmt::format("{} {:02}:{:02}", text_of(civil.date()), civil.hour(), civil.minute % 60);
}

Text mark_of(readings::Grade grade) {
  switch (grade) {
    case readings::Grade::measured:
      return {};
    case readings::Grade::estimated:
      return {" [est.]", "〔估〕"};
    case readings::Grade::edited:
      return {" [edited]", "〔修〕"};
    case readings::Grade::missing:
      return {" [missing]", "〔缺〕"};
    case readings::Grade::refused:
      return {" [in doubt]", "〔疑〕"};
  }
  return {};
}

Text meaning_of(readings::Grade grade) {
  switch (grade) {
    case readings::Grade::measured:
      return {"read from the meter", "按电表实际示数计算"};
    case readings::Grade::estimated:
      return {"The meter was not read; the energy is estimated and will be corrected once it is.",
              "电表未抄到数,电量为估算值,抄到实际示数后按差额调整。"};
    case readings::Grade::edited:
      return {"A reading was corrected by hand; who did it and why is on record.",
              "示数经人工修正,修正人和原因均有记录。"};
    case readings::Grade::missing:
      return {"A reading is missing; nothing was put in its place.", "示数缺失,未作补值。"};
    case readings::Grade::refused:
      return {"A reading failed a check and is being looked into.", "示数未通过校核,正在核查。"};
  }
  return {};
}

std::string named(const Text& name, const std::string& party, Language language) {
  const std::string& told = name.in(language);
  if (told.empty() || told == party) {
    return party;
  }
  return fmt::format("{} ({})", told, party);
}

Text title_of(const settle::Statement& statement) {
  const Text month = month_text(statement.month);
  switch (statement.holder) {
    case settle::Holder::household:
      return {"Energy statement, " + month.en, month.zh + " 电费与收益单"};
    case settle::Holder::committee:
      return {"Village total, " + month.en, month.zh + " 全村电费收益汇总"};
    case settle::Holder::grid_company:
      return {"Reconciliation with the grid company, " + month.en, month.zh + " 与电网企业对账单"};
    case settle::Holder::company:
    case settle::Holder::cooperative:
    case settle::Holder::lender:
      return {"Settlement statement, " + month.en, month.zh + " 结算单"};
  }
  return {};
}

}  // namespace xiaoyuan::statement
