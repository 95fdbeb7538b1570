#include "settle/agreement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/fields.hpp"
#include "readings/decimal.hpp"
#include "settle/agreement_checks.hpp"

namespace xiaoyuan::settle {

namespace {

constexpr int money_decimals = 2;
constexpr int price_decimals = 8;
constexpr int percent_decimals = 4;  // of a per cent: one part of a million
constexpr std::int64_t whole_ppm = 1'000'000;
constexpr std::int64_t most_fen = 100'000'000'000;  // a thousand million yuan: more is a slip
constexpr std::int64_t most_price = 1'000'000'000;  // 10 yuan/kWh

struct DecimalField {
  int decimals = 2;
  std::int64_t most = 0;
  Text allowed;
};

const DecimalField money_field{
    money_decimals,
    most_fen,
    {"an amount in yuan with at most two decimals", "以元计、最多两位小数的金额"}};
const DecimalField price_field{
    price_decimals, most_price, {"a price from 0 to 10 yuan/kWh", "0 至 10 元/kWh 的电价"}};
const DecimalField percent_field{
    percent_decimals,
    whole_ppm,
    {"per cent, above 0 and up to 100", "大于 0、不超过 100 的百分数"}};

/// A number as the file writes it, without a detour through binary fractions.
std::int64_t decimal_of(Fields& fields, std::string_view key, const DecimalField& field) {
  if (!fields.has(key)) {
    fields.complain(key, missing());
    return 1;
  }
  const std::string text = fields.written(key);
  const auto number = readings::parse_decimal(text, field.decimals);
  if (!number || *number < 0 || *number > field.most || (*number == 0 && &field != &price_field)) {
    fields.complain(key, {fmt::format("expected {}, found {}", field.allowed.en, text),
                          fmt::format("应为{},实为 {}", field.allowed.zh, text)});
    return 1;
  }
  return *number;
}

Money money_of(Fields& fields, std::string_view key) {
  return {decimal_of(fields, key, money_field)};
}
Price price_of(Fields& fields, std::string_view key) {
  return {decimal_of(fields, key, price_field)};
}

std::optional<ledger::Period> month_if(Fields& fields, std::string_view key) {
  if (!fields.has(key)) {
    return std::nullopt;
  }
  const std::string text = fields.text(key);
  Date date;
  if (text.size() != 7 || !parse_date(text + "-01", date) || !ledger::is_datable(date)) {
    fields.complain(key, {fmt::format("expected a month as 2026-10, found {}", text),
                          fmt::format("应为 2026-10 形式的月份,实为 {}", text)});
    return std::nullopt;
  }
  return ledger::Period::of(date);
}

ledger::Period month_of(Fields& fields, std::string_view key) {
  if (!fields.has(key)) {
    fields.complain(key, missing());
  }
  return month_if(fields, key).value_or(ledger::Period::of(2026, 1));
}

/// What stands in keys and names of accounts.
std::string id_of(Fields& fields) {
  std::string id = fields.text("id");
  constexpr std::size_t longest = 60;
  const bool sound = id.size() <= longest && std::ranges::none_of(id, [](char letter) {
                       return letter == '/' || static_cast<unsigned char>(letter) <= ' ';
                     });
  if (!sound) {
    fields.complain("id",
                    {fmt::format("expected up to 60 letters without '/' and blanks, found {}", id),
                     fmt::format("应为不超过 60 个字节、不含“/”和空格的编号,实为 {}", id)});
  }
  return id;
}

Party read_party(Fields& fields) {
  static const std::vector<std::string> kinds{"company", "cooperative", "committee", "lender"};
  static constexpr std::array holders{Holder::company, Holder::cooperative, Holder::committee,
                                      Holder::lender};
  Party party;
  party.id = id_of(fields);
  party.kind = holders[fields.choice("kind", kinds)];
  party.name = fields.both("name");
  fields.finish();
  return party;
}

/// One of the keys must be there: there is no usual rent and no usual fee.
std::size_t only_one(Fields& fields, const std::vector<std::string>& keys) {
  std::vector<std::size_t> there;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (fields.has(keys[i])) {
      there.push_back(i);
    }
  }
  if (there.size() != 1) {
    fields.complain(
        there.empty() ? keys.front() : keys[there.back()],
        {fmt::format("expected exactly one of {}: what is agreed must be said, there is "
                     "no usual figure",
                     joined(keys)),
         fmt::format("应在 {} 中恰好填写一项:约定须写明,没有默认值", joined(keys, "、"))});
  }
  return there.empty() ? keys.size() : there.front();
}

void read_when_paid(Fields& fields, RoofLease& lease) {
  lease.paid = Paid(fields.choice("paid", words_of(Paid{})));
  if (lease.paid == Paid::monthly) {  // the month is the month, before or after
    lease.due = Due(fields.choice_or("due", words_of(Due{}), 0));
  } else {
    lease.due = Due(fields.choice("due", words_of(Due{})));
  }
}

RoofLease read_roof_lease(Fields& fields) {
  static const std::vector<std::string> keys{"rent_yuan_per_kwp", "rent_yuan_per_m2", "rent_yuan",
                                             "rent_percent_of_income"};
  RoofLease lease;
  lease.tenant = fields.text("tenant");
  lease.households = fields.texts("households");
  switch (only_one(fields, keys)) {
    case 0:
      lease.rent = RentPerKwp{money_of(fields, keys[0])};
      break;
    case 1:
      lease.rent = RentPerSquareMetre{money_of(fields, keys[1])};
      break;
    case 2:
      lease.rent = RentFixed{money_of(fields, keys[2])};
      break;
    case 3:
      lease.rent = RentOfIncome{decimal_of(fields, keys[3], percent_field)};
      return lease;
    default:
      break;
  }
  read_when_paid(fields, lease);
  return lease;
}

Loan read_loan(Fields& fields) {
  return {.lender = fields.text("lender"),
          .borrower = fields.text("borrower"),
          .instalment = money_of(fields, "instalment_yuan")};
}

Dividend read_dividend(Fields& fields) {
  Dividend dividend;
  dividend.party = fields.text("party");
  dividend.ppm = decimal_of(fields, "percent_of_surplus", percent_field);
  dividend.every = Paid(fields.choice("every", {"monthly", "quarterly"}));
  dividend.by = DividendBy(fields.choice("by", words_of(DividendBy{})));
  dividend.members = fields.texts("members");
  if (dividend.by == DividendBy::parts) {
    constexpr Range parts_range{0.0, 1e9};
    for (auto part : fields.numbers("parts", parts_range, dividend.members.size())) {
      dividend.parts.push_back(static_cast<std::int64_t>(part));
      if (static_cast<decltype(part)>(dividend.parts.back()) != part) {
        fields.complain("parts", {"expected whole parts", "份数应为整数"});
      }
    }
  }
  return dividend;
}

ServiceFee read_service_fee(Fields& fields) {
  ServiceFee fee;
  fee.payer = fields.text_or("payer", "");
  fee.payee = fields.text_or("payee", "");
  if (fields.has("each_of")) {
    fee.each_of = fields.texts("each_of");
  }
  const bool one_is_open = fee.payer.empty() != fee.payee.empty();
  const bool both_named = !fee.payer.empty() && !fee.payee.empty();
  if (fields.has("each_of") ? !one_is_open : !both_named) {
    fields.complain(fee.payer.empty() ? "payer" : "payee",
                    {"expected payer and payee, or one of them with each_of for the other",
                     "应写明付款方和收款方;或只写其一,另一方用 each_of 列出"});
  }
  if (only_one(fields, {"yuan_a_month", "yuan_per_kwh"}) == 0) {
    fee.fee = money_of(fields, "yuan_a_month");
  } else {
    const auto basis = FeeBasis(fields.choice("kwh", words_of(FeeBasis{})));
    fee.fee = FeePerKwh{.basis = basis, .price = price_of(fields, "yuan_per_kwh")};
  }
  return fee;
}

template <class Read>
void read_contracts(Fields& root, std::string_view key, Read read, Agreement& agreement) {
  for (Fields& fields : root.tables(key)) {
    Contract contract;
    contract.id = id_of(fields);
    contract.name = fields.both("name");
    contract.document = fields.text("document");
    contract.first = month_of(fields, "first_month");
    contract.last = month_if(fields, "last_month");
    contract.line = fields.line();
    if (contract.last && *contract.last < contract.first) {
      fields.complain("last_month", {"lies before first_month", "早于 first_month"});
    }
    contract.terms = read(fields);
    if (std::holds_alternative<Loan>(contract.terms) && !contract.last) {
      fields.complain("last_month", missing());
    }
    fields.finish();
    agreement.contracts.push_back(std::move(contract));
  }
}

void read_sharing(Fields& root, SharingAgreement& sharing) {
  std::optional<Fields> fields = root.table_if("sharing");
  if (!fields) {
    return;
  }
  sharing.line = fields->line();
  sharing.mode = SharingMode(fields->choice("mode", words_of(SharingMode{})));
  if (sharing.mode != SharingMode::off) {
    sharing.key = SharingKey(fields->choice("key", words_of(SharingKey{})));
    sharing.price = price_of(*fields, "price_yuan_per_kwh");
    sharing.document = fields->text("document");
    sharing.gate = bills_gate(sharing.mode) ? fields->text("gate") : fields->text_or("gate", "");
    if (sharing.key == SharingKey::prosumer_first) {
      sharing.members = fields->texts("first");
    }
    if (std::optional<Fields> weights = fields->table_if("percent")) {
      for (const std::string& member : weights->keys()) {
        sharing.members.push_back(member);
        sharing.weights.push_back(decimal_of(*weights, member, percent_field));
      }
      weights->finish();
    }
  }
  fields->finish();
}

}  // namespace

Result<Agreement> read_agreement(std::string_view bytes, const std::string& name) {
  TRY(const Node root, parse_toml(bytes, name));
  Errors errors;
  Fields fields(root, name, errors);
  Agreement agreement;
  agreement.file = name;
  agreement.first_month = month_of(fields, "first_month");
  agreement.whole_kwh =
      readings::WholeKwh(fields.choice("whole_kwh", {"exact", "truncated_readings"}));
  agreement.carbon_factor = fields.text_or("carbon_factor", "");
  agreement.certificates =
      CertificateOwner(fields.choice_or("certificates", words_of(CertificateOwner{}), 0));
  read_sharing(fields, agreement.sharing);
  for (Fields& party : fields.tables("party")) {
    agreement.parties.push_back(read_party(party));
  }
  agreement.parties.push_back(
      {std::string(grid_company), Holder::grid_company, {"grid company", "电网企业"}});
  read_contracts(fields, "roof_lease", read_roof_lease, agreement);
  read_contracts(fields, "loan", read_loan, agreement);
  read_contracts(fields, "dividend", read_dividend, agreement);
  read_contracts(fields, "service_fee", read_service_fee, agreement);
  fields.finish();
  check_agreement(agreement, errors);
  std::ranges::sort(agreement.parties, {}, &Party::id);
  std::ranges::sort(agreement.contracts, {}, &Contract::id);
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return agreement;
}

const Party* party_of(const Agreement& agreement, std::string_view id) {
  const auto place = std::ranges::lower_bound(agreement.parties, id, {}, &Party::id);
  return place != agreement.parties.end() && place->id == id ? &*place : nullptr;
}

const std::vector<std::string>& words_of(Paid /*unused*/) {
  static const std::vector<std::string> words{"monthly", "quarterly", "yearly"};
  return words;
}

const std::vector<std::string>& words_of(Due /*unused*/) {
  static const std::vector<std::string> words{"in_arrears", "in_advance"};
  return words;
}

const std::vector<std::string>& words_of(DividendBy /*unused*/) {
  static const std::vector<std::string> words{"capacity", "equally", "parts"};
  return words;
}

const std::vector<std::string>& words_of(FeeBasis /*unused*/) {
  static const std::vector<std::string> words{"made", "self_used", "sold", "bought"};
  return words;
}

const std::vector<std::string>& words_of(CertificateOwner /*unused*/) {
  static const std::vector<std::string> words{"plant_owner", "household"};
  return words;
}

}  // namespace xiaoyuan::settle
