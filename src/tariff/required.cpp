#include "tariff/required.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/fields.hpp"

namespace xiaoyuan::tariff {

namespace {

const std::vector<std::string>& input_kinds() {
  static const std::vector<std::string> names{"number", "season", "days", "date", "months"};
  return names;
}

Text example_of(InputKind kind) {
  switch (kind) {
    case InputKind::number:
      return {"0.65", "0.65"};
    case InputKind::season:
      return {"\"11,12,1,2,3\" (months) or \"11-15/03-15\" (days)",
              "\"11,12,1,2,3\"(月份)或 \"11-15/03-15\"(起止日)"};
    case InputKind::days:
      return {"\"2026-10-01,2026-10-02\"", "\"2026-10-01,2026-10-02\""};
    case InputKind::date:
      return {"\"2026-01-01\"", "\"2026-01-01\""};
    case InputKind::months:
      break;
  }
  return {"0.31, or twelve numbers from January on", "0.31,或自一月起的十二个数字"};
}

Text expected_form(InputKind kind, std::string_view found) {
  const Text example = example_of(kind);
  return {fmt::format("expected {}, found \"{}\"", example.en, found),
          fmt::format("应为 {},实为“{}”", example.zh, found)};
}

/// Prices and shares are bounded by what they are, other figures by what a village can use.
Range range_of(std::string_view key) {
  if (key.ends_with("_yuan_per_kwh")) {
    return price_range;
  }
  return key.ends_with("ratio") ? fraction : cap_range;
}

std::optional<int> month_of(std::string_view text) {
  const auto number = parse_number(text);
  if (!number || *number < 1 || *number > static_cast<double>(months_a_year) ||
      *number != static_cast<double>(static_cast<int>(*number))) {
    return std::nullopt;
  }
  return static_cast<int>(*number);
}

std::optional<InputReader::Span> span_of_text(const std::string& text) {
  InputReader::Span span;
  const auto ends = parts_of(text, '/');
  if (ends.size() == 2) {
    Date from;
    Date to;
    if (!parse_date(fmt::format("2000-{}", ends[0]), from) ||
        !parse_date(fmt::format("2000-{}", ends[1]), to)) {
      return std::nullopt;
    }
    span.from = {from.month(), from.day()};
    span.to = {to.month(), to.day()};
    return span;
  }
  for (const std::string_view part : parts_of(text, ',')) {
    const auto month = month_of(part);
    if (!month) {
      return std::nullopt;
    }
    span.months.push_back(*month);
  }
  return span;
}

}  // namespace

std::vector<RequiredInput> read_required(Fields& fields) {
  std::vector<RequiredInput> all;
  for (Fields& table : fields.tables("required")) {
    RequiredInput input;
    input.key = table.text("key");
    input.kind = InputKind(table.choice_or("kind", input_kinds(), 0));
    input.meaning = table.both("name");
    table.finish();
    all.push_back(std::move(input));
  }
  return all;
}

Text needs(const std::string& id, const RequiredInput& input) {
  const Text example = example_of(input.kind);
  return {fmt::format("\"{}\" needs {} ({}), which no document at hand gives; write "
                      "[tariff.inputs] {} = {} and [tariff] inputs_source",
                      id, input.key, input.meaning.en, input.key, example.en),
          fmt::format("“{}”需要 {}({}),现有文件中未找到;请在 [tariff.inputs] 中填写 {} = {},并在 "
                      "[tariff] 中填写 inputs_source",
                      id, input.key, input.meaning.zh, input.key, example.zh)};
}

InputReader::InputReader(std::string id, const Given& given, Where where, Missing missing)
    : id_(std::move(id)), given_(given), where_(std::move(where)), missing_(missing) {}

const std::string* InputReader::text(const RequiredInput& input) {
  const auto found = given_.values.find(input.key);
  if (found != given_.values.end()) {
    taken_.push_back(fmt::format("{} = {}", input.key, found->second));
    return &found->second;
  }
  if (missing_ == Missing::fails) {
    complain(input.key, needs(id_, input));
  }
  return nullptr;
}

std::optional<double> InputReader::number(const RequiredInput& input) {
  const std::string* found = text(input);
  if (!found) {
    return std::nullopt;
  }
  const Range range = range_of(input.key);
  const auto value = parse_number(*found);
  if (!value || !range.holds(*value)) {
    complain(input.key, number_expected(range, *found));
    return std::nullopt;
  }
  return value;
}

std::optional<std::vector<double>> InputReader::numbers(const std::string& key) {
  const auto found = given_.values.find(key);
  if (found == given_.values.end()) {
    return std::nullopt;
  }
  taken_.push_back(fmt::format("{} = {}", key, found->second));
  const Range range = range_of(key);
  std::vector<double> all;
  for (const std::string_view part : parts_of(found->second, ',')) {
    const auto value = parse_number(part);
    if (!value || !range.holds(*value)) {
      complain(key, number_expected(range, part));
      return std::nullopt;
    }
    all.push_back(*value);
  }
  return all;
}

std::optional<Date> InputReader::date(const RequiredInput& input) {
  const std::string* found = text(input);
  Date date;
  if (found && !parse_date(*found, date)) {
    complain(input.key, date_expected(*found));
    return std::nullopt;
  }
  return found ? std::optional(date) : std::nullopt;
}

std::optional<std::vector<Date>> InputReader::days(const RequiredInput& input) {
  const std::string* found = text(input);
  if (!found) {
    return std::nullopt;
  }
  std::vector<Date> all;
  for (const std::string_view part : parts_of(*found, ',')) {
    if (!parse_date(part, all.emplace_back())) {
      complain(input.key, date_expected(part));
      return std::nullopt;
    }
  }
  return all;
}

std::optional<InputReader::Span> InputReader::season(const RequiredInput& input) {
  const std::string* found = text(input);
  if (!found) {
    return std::nullopt;
  }
  auto span = span_of_text(*found);
  if (!span) {
    complain(input.key, expected_form(input.kind, *found));
  }
  return span;
}

std::optional<std::vector<double>> InputReader::months(const RequiredInput& input) {
  if (!text(input)) {
    return std::nullopt;
  }
  taken_.pop_back();  // numbers() notes it
  auto all = numbers(input.key);
  if (all && all->size() == 1) {
    all->resize(months_a_year, all->front());
  }
  if (all && all->size() != months_a_year) {
    complain(input.key, expected_form(input.kind, given_.values.at(input.key)));
    return std::nullopt;
  }
  return all;
}

void InputReader::complain(const std::string& key, Text what) {
  errors_.push_back(
      {Fault::bad_input, std::move(what), {where_.file, where_.line, "tariff.inputs." + key}});
}

std::string InputReader::taken() const {
  return taken_.empty() ? "" : fmt::format("{} ({})", joined(taken_), given_.source);
}

Errors InputReader::finish() {
  if (!taken_.empty() && trimmed(given_.source).empty()) {
    errors_.push_back({Fault::bad_input,
                       {"is missing; say whence the figures of [tariff.inputs] are",
                        "缺失;请注明 [tariff.inputs] 中各数值的来源"},
                       {where_.file, where_.line, "tariff.inputs_source"}});
  }
  return std::move(errors_);
}

Errors unknown_inputs(const Given& given, const std::vector<std::string>& known,
                      const Where& where) {
  Errors errors;
  for (const auto& [key, value] : given.values) {
    if (std::ranges::find(known, key) != known.end()) {
      continue;
    }
    Text what = known.empty()
                    ? Text{"is not needed: nothing waits for an input", "无需填写:没有待填的数值"}
                    : unknown_name(key, known);
    errors.push_back(
        {Fault::bad_input, std::move(what), {where.file, where.line, "tariff.inputs." + key}});
  }
  return errors;
}

}  // namespace xiaoyuan::tariff
