#include "settle/month_lines.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace xiaoyuan::settle {

namespace {

constexpr std::int64_t mwh_of_whole_wh = 1000;
constexpr int wh_decimals = 3;

std::string percent_text(std::int64_t ppm) {
  constexpr std::int64_t of_a_percent = 10'000;
  return fmt::format("{}.{:04}", ppm / of_a_percent, ppm % of_a_percent);
}

Text rent_text(const RoofLease& lease) {
  if (const auto* rent = std::get_if<RentPerKwp>(&lease.rent)) {
    return {fmt::format("rent of {} yuan a year for each kWp", text_of(rent->a_year)),
            fmt::format("租金每年每千瓦 {} 元", text_of(rent->a_year))};
  }
  if (const auto* rent = std::get_if<RentPerSquareMetre>(&lease.rent)) {
    return {fmt::format("rent of {} yuan a year for each m²", text_of(rent->a_year)),
            fmt::format("租金每年每平方米 {} 元", text_of(rent->a_year))};
  }
  if (const auto* rent = std::get_if<RentFixed>(&lease.rent)) {
    return {fmt::format("rent of {} yuan a year", text_of(rent->a_year)),
            fmt::format("租金每年 {} 元", text_of(rent->a_year))};
  }
  const std::string percent = percent_text(std::get<RentOfIncome>(lease.rent).ppm);
  return {fmt::format("{} % of what the grid company pays for this roof's energy", percent),
          fmt::format("按本屋顶上网收入的 {}% 计付", percent)};
}

Text fee_text(const ServiceFee& fee) {
  if (const auto* money = std::get_if<Money>(&fee.fee)) {
    return {fmt::format("{} yuan a month", text_of(*money)),
            fmt::format("每月 {} 元", text_of(*money))};
  }
  static const std::vector<Text> kwh{
      {"made", "发电"}, {"used of one's own", "自用"}, {"sold", "上网"}, {"bought", "购电"}};
  const Text& basis = kwh[static_cast<std::size_t>(std::get<FeePerKwh>(fee.fee).basis)];
  return {fmt::format("for each kWh {}", basis.en), fmt::format("按{}电量计", basis.zh)};
}

}  // namespace

std::string statement_id(ledger::Period month, std::string_view party) {
  return fmt::format("{}/{}", ledger::text_of(month), party);
}

StatementLine energy_line(std::string id, Text label, readings::Channel channel,
                          const readings::Quantity& quantity) {
  StatementLine line;
  line.id = std::move(id);
  line.section = Section::energy;
  line.label = std::move(label);
  line.explanation = {
      "difference of the registers at the beginning and the end of the month, times "
      "the multiplier",
      "月初与月末示数之差乘以倍率"};
  line.energy = quantity.energy;
  line.grade = quantity.grade;
  line.rules = quantity.rules;
  for (const readings::Piece& piece : quantity.pieces) {
    line.sources.push_back({.channel = channel,
                            .rate = readings::Rate::total,
                            .piece = piece,
                            .grade = quantity.grade});
  }
  return line;
}

StatementLine refusal_line(std::size_t number, const Error& error) {
  StatementLine line;
  line.id = fmt::format("refused.{}", number);
  line.section = Section::energy;
  line.label = {"Not settled yet", "暂不能结算"};
  line.explanation = {message(error, Language::english), message(error, Language::chinese)};
  line.grade = readings::Grade::refused;
  return line;
}

std::string line_id_of(const Contract& contract) { return "contracts." + contract.id; }

Text terms_of(const Contract& contract) {
  if (const auto* lease = std::get_if<RoofLease>(&contract.terms)) {
    return rent_text(*lease);
  }
  if (std::holds_alternative<Loan>(contract.terms)) {
    return {"instalment of the month", "当月还款"};
  }
  if (const auto* dividend = std::get_if<Dividend>(&contract.terms)) {
    const std::string percent = percent_text(dividend->ppm);
    return {fmt::format("{} % of the surplus of {}", percent, dividend->party),
            fmt::format("{} 当期结余的 {}%", dividend->party, percent)};
  }
  return fee_text(std::get<ServiceFee>(contract.terms));
}

StatementLine contract_line(const Contract& contract, Money amount, Text explanation) {
  StatementLine line;
  line.id = line_id_of(contract);
  line.section = Section::contracts;
  line.label = contract.name;
  line.explanation = std::move(explanation);
  line.amount = amount;
  line.document = contract.document;
  line.version = fmt::format("{} from {}", contract.id, ledger::text_of(contract.first));
  return line;
}

StatementLine avoided_line(const Recognised& recognised, const AvoidedFactor& factor) {
  StatementLine line;
  line.id = "environment.avoided";
  line.section = Section::environment;
  line.label = {"CO2 avoided", "减排二氧化碳"};
  line.explanation = {
      fmt::format("energy made × {} g/MWh ({})", factor.g_per_mega_wh, factor.name.en),
      fmt::format("发电量 × {} 克/兆瓦时({})", factor.g_per_mega_wh, factor.name.zh)};
  line.energy = MeteredEnergy{(recognised.exported_wh + recognised.self_used_wh) * mwh_of_whole_wh};
  line.gco2e = recognised.avoided_g;
  line.document = factor.document;
  line.version = factor.id;
  return line;
}

StatementLine unknown_storage_line() {
  StatementLine line;
  line.id = "environment.storage";
  line.section = Section::environment;
  line.label = {"Nothing recognised", "暂不确认环境价值"};
  line.explanation = {
      "energy of a battery earns no certificate, and this battery is not metered "
      "apart from the PV",
      "储能放电不核发绿证,而本户储能与光伏未分开计量"};
  line.grade = readings::Grade::missing;
  return line;
}

StatementLine certificate_line(const PoolMonth& pool) {
  const bool tradable = pool.kind == ledger::PoolKind::tradable;
  StatementLine line;
  line.id = tradable ? "environment.certificates" : "environment.certificates.self";
  line.section = Section::environment;
  line.label = tradable ? Text{"Green certificates, tradable", "绿证(可交易)"}
                        : Text{"Green certificates, not tradable", "绿证(不可交易)"};
  const std::string before =
      readings::kwh_text({pool.carried_before_wh * mwh_of_whole_wh}, wh_decimals);
  const std::string carried = readings::kwh_text({pool.carried_wh * mwh_of_whole_wh}, wh_decimals);
  line.explanation = {
      fmt::format("one for each 1,000 kWh; {} kWh carried in, {} kWh carried on", before, carried),
      fmt::format("每 1000 千瓦时一张;上月结转 {} 千瓦时,结转下月 {} 千瓦时", before, carried)};
  line.energy = MeteredEnergy{pool.recognised_wh * mwh_of_whole_wh};
  line.certificates = pool.issued;
  return line;
}

StatementLine adjustment_line(const Adjustment& adjustment) {
  const std::string month = ledger::text_of(adjustment.month);
  StatementLine line;
  line.id = fmt::format("adjustment.{}", adjustment.entry);
  line.section = Section::adjustment;
  line.label = {fmt::format("{} settled again", month), fmt::format("{} 重新结算", month)};
  line.explanation = {"the difference to what was settled before; its statement has the reasons",
                      "与原结算的差额,原因见该月重新出具的结算单"};
  line.amount = adjustment.amount;
  line.entry = adjustment.entry;
  return line;
}

void order_lines(Statement& statement) {
  std::ranges::stable_sort(statement.lines, {}, &StatementLine::section);
}

}  // namespace xiaoyuan::settle
