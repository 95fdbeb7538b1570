// Reads a mechanism file and puts the village's figures into it.
#include <algorithm>

#include "base/fields.hpp"
#include "tariff/mechanism.hpp"

namespace xiaoyuan::tariff {

namespace {

const RequiredInput price_input{"mechanism_price_yuan_per_kwh",
                                InputKind::number,
                                {"the mechanism price of this PV: bid result or the province's "
                                 "document",
                                 "该项目的机制电价:竞价结果或本省文件"}};
const RequiredInput ratio_input{"mechanism_ratio",
                                InputKind::number,
                                {"the part of the energy sold that the mechanism covers, 0 to 1",
                                 "机制电量占上网电量的比例,0 至 1"}};
const RequiredInput market_input{"market_price_yuan_per_kwh",
                                 InputKind::months,
                                 {"what the market pays for the energy sold, one figure or one for "
                                  "each month",
                                  "上网电量的市场交易电价,一个数字或逐月十二个"}};
const RequiredInput reference_input{"reference_price_yuan_per_kwh",
                                    InputKind::months,
                                    {"the mean market price of the same kind of plant, one figure "
                                     "or one for each month",
                                     "同类项目市场交易均价,一个数字或逐月十二个"}};
const RequiredInput day_input{
    "mechanism_valid_from",
    InputKind::date,
    {"the first day that the mechanism price is settled", "机制电价开始结算的首日"}};
const RequiredInput cap_input{
    "mechanism_cap_kwh",
    InputKind::number,
    {"the most energy of a year that the mechanism covers", "年度机制电量上限"}};

PriceByMonth by_month(const std::vector<double>& prices) {
  PriceByMonth all{};
  for (std::size_t month = 0; month < months_a_year; ++month) {
    all[month] = Price::of(prices[prices.size() == 1 ? 0 : month]);
  }
  return all;
}

/// A list of twelve prices of the file, or the required input in their place.
PriceByMonth read_months(Fields& fields, std::string_view key, const RequiredInput& input,
                         std::vector<RequiredInput>& required) {
  if (!fields.has(key)) {
    required.push_back(input);
    return {};
  }
  return by_month(fields.numbers(key, price_range, months_a_year));
}

void read_volume(Fields& fields, Mechanism& mechanism) {
  const auto ratio = fields.number_if("ratio", fraction);
  mechanism.yearly_cap_kwh = fields.number_if("yearly_cap_kwh", cap_range);
  mechanism.ratio = ratio.value_or(1.0);
  if (!fields.has("ratio") && !mechanism.yearly_cap_kwh) {
    mechanism.required.push_back(ratio_input);
  }
}

void read_validity(Fields& fields, Mechanism& mechanism) {
  if (fields.has("valid_from")) {
    mechanism.valid_from = fields.date("valid_from");
  } else {
    mechanism.required.push_back(day_input);
  }
  mechanism.valid_to = fields.date_if("valid_to");
  mechanism.connected_from = fields.date_if("connected_from");
  mechanism.connected_before = fields.date_if("connected_before");
  if (mechanism.valid_to && fields.has("valid_from") &&
      *mechanism.valid_to < mechanism.valid_from) {
    fields.complain("valid_to", {"lies before valid_from", "早于 valid_from"});
  }
  if (fields.has("term_years")) {
    mechanism.term_years = fields.whole_or("term_years", 1, {1.0, 50.0});
  }
  mechanism.document = fields.text("document");
  mechanism.source = fields.text("source");
  mechanism.confidence = fields.confidence();
}

/// A key that the file knows may be given too; then it stands before the file's figure.
bool is_given(const Given& given, const RequiredInput& input, const Mechanism& mechanism) {
  return given.values.contains(input.key) ||
         std::ranges::find(mechanism.required, input.key, &RequiredInput::key) !=
             mechanism.required.end();
}

}  // namespace

Result<Mechanism> read_mechanism(std::string_view bytes, const std::string& name) {
  TRY(const Node root, parse_toml(bytes, name));
  Errors errors;
  Fields fields(root, name, errors);
  Mechanism mechanism;
  mechanism.id = fields.text("id");
  mechanism.name = fields.both("name");
  mechanism.region = fields.text("region");
  mechanism.projects = Projects(fields.choice("projects", {"existing", "incremental"}));
  if (fields.has("note")) {
    mechanism.note = fields.both("note");
  }
  if (fields.has("price_yuan_per_kwh")) {
    mechanism.price = Price::of(fields.number("price_yuan_per_kwh", price_range));
  } else {
    mechanism.required.push_back(price_input);
  }
  read_volume(fields, mechanism);
  mechanism.market = read_months(fields, "market_yuan_per_kwh", market_input, mechanism.required);
  mechanism.reference =
      read_months(fields, "reference_yuan_per_kwh", reference_input, mechanism.required);
  read_validity(fields, mechanism);
  fields.finish();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return mechanism;
}

Result<Mechanism> with_inputs(Mechanism mechanism, const Given& given, const Where& where,
                              Missing missing) {
  InputReader reader(mechanism.id, given, where, missing);
  std::vector<RequiredInput> waiting;
  const auto take = [&](const RequiredInput& input, auto read, auto put) {
    if (!is_given(given, input, mechanism)) {
      return;
    }
    if (const auto value = (reader.*read)(input)) {
      put(*value);
    } else {
      waiting.push_back(input);
    }
  };
  take(price_input, &InputReader::number,
       [&](double value) { mechanism.price = Price::of(value); });
  take(ratio_input, &InputReader::number, [&](double value) { mechanism.ratio = value; });
  take(cap_input, &InputReader::number, [&](double value) { mechanism.yearly_cap_kwh = value; });
  take(market_input, &InputReader::months,
       [&](const std::vector<double>& values) { mechanism.market = by_month(values); });
  take(reference_input, &InputReader::months,
       [&](const std::vector<double>& values) { mechanism.reference = by_month(values); });
  take(day_input, &InputReader::date, [&](const Date& value) { mechanism.valid_from = value; });
  const std::string taken = reader.taken();
  if (Errors errors = reader.finish(); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  if (!taken.empty()) {
    mechanism.source += "; " + taken;
  }
  mechanism.required = std::move(waiting);
  return mechanism;
}

std::vector<std::string> input_keys(const Mechanism&) {
  std::vector<std::string> keys;
  for (const RequiredInput* input :
       {&price_input, &ratio_input, &cap_input, &market_input, &reference_input, &day_input}) {
    keys.push_back(input->key);
  }
  return keys;
}

}  // namespace xiaoyuan::tariff
