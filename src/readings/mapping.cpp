#include "readings/mapping.hpp"

#include <fmt/format.h>

#include "base/fields.hpp"

namespace xiaoyuan::readings {

namespace {

const std::vector<std::string> kind_words{"registers", "intervals", "days"};
const std::vector<std::string> unit_words{"Wh", "kWh", "MWh", "W", "kW"};
const std::vector<std::string> number_words{"decimal", "binary"};
const std::vector<std::string> time_words{"start", "end"};
constexpr int most_header_row = 1000;

bool is_power(ReadingUnit unit) {
  return unit == ReadingUnit::watt || unit == ReadingUnit::kilowatt;
}

struct MappingReader {
  Fields& root;
  Errors& errors;
  Mapping mapping;

  void read();
  void read_step();
  void read_value(Fields& fields);
  void read_statement(Fields& fields, bool is_money);
  void read_unit(Fields& fields, ReadingUnit& unit, int& decimals);
  void check_meter();
};

void MappingReader::read_step() {
  if (mapping.kind == TableKind::registers) {
    return;
  }
  mapping.time = root.text(mapping.kind == TableKind::days ? "date" : "time");
  if (mapping.kind == TableKind::intervals) {
    mapping.time_is = TimeIs(root.choice("time_is", time_words));
  }
  if (!root.has("step_minutes")) {
    root.complain("step_minutes", missing());
  }
  const int minutes = root.whole_or("step_minutes", 60, {1.0, 60.0});
  if (60 % minutes != 0) {
    root.complain("step_minutes", {fmt::format("{} minutes do not divide the hour", minutes),
                                   fmt::format("步长 {} 分钟不能整除一小时", minutes)});
  }
  mapping.step = std::chrono::minutes{minutes};
  if (root.has("multiplier") && root.has("multiplier_is")) {
    root.complain("multiplier_is", {"stands beside the column multiplier; write one of the two",
                                    "与倍率列 multiplier 同时出现,二者取一"});
  }
  mapping.multiplier_is =
      root.whole_or("multiplier_is", 1, {1.0, static_cast<double>(most_multiplier)});
}

void MappingReader::read_unit(Fields& fields, ReadingUnit& unit, int& decimals) {
  unit = ReadingUnit(fields.choice("unit", unit_words));
  if (!fields.has("decimals")) {
    fields.complain("decimals", missing());
  }
  decimals = fields.whole_or("decimals", 0, {0.0, 9.0});
  if (is_power(unit) && mapping.kind == TableKind::registers) {
    fields.complain(
        "unit", {"a register holds energy: Wh, kWh or MWh", "示数是电量,单位应为 Wh、kWh 或 MWh"});
  } else if (!mwh_of_digit(unit, decimals, mapping.step)) {
    fields.complain("decimals",
                    {fmt::format("{} decimals of {} are finer than the book's mWh", decimals,
                                 unit_words[static_cast<std::size_t>(unit)]),
                     fmt::format("{} 的 {} 位小数小于账本的最小单位 mWh",
                                 unit_words[static_cast<std::size_t>(unit)], decimals)});
  }
}

void MappingReader::read_value(Fields& fields) {
  MappedValue value;
  value.column = fields.text(mapping.kind == TableKind::days ? "first" : "column");
  value.channel = Channel(fields.choice("channel", words_of(Channel{})));
  if (mapping.kind == TableKind::registers) {
    value.time = fields.text("time");
    value.rate = Rate(fields.choice_or("rate", words_of(Rate{}), 0));
  }
  read_unit(fields, value.unit, value.decimals);
  if (auto only = fields.table_if("only")) {
    value.only = OnlyWhere{only->text("column"), only->text("is")};
    only->finish();
  }
  fields.finish();
  mapping.values.push_back(std::move(value));
}

void MappingReader::read_statement(Fields& fields, bool is_money) {
  MappedStatement statement;
  statement.column = fields.text("column");
  statement.from = fields.text("from");
  statement.to = fields.text("to");
  if (is_money) {
    statement.name = fields.text("name");
    statement.decimals = 2;
  } else {
    statement.channel = Channel(fields.choice("channel", words_of(Channel{})));
    read_unit(fields, statement.unit, statement.decimals);
  }
  fields.finish();
  mapping.statements.push_back(std::move(statement));
}

void MappingReader::check_meter() {
  mapping.meter = root.text_or("meter", "");
  mapping.meter_id = root.text_or("meter_id", "");
  if (mapping.meter.empty() == mapping.meter_id.empty()) {
    root.complain("meter", {"name the column of the meter's number, or give meter_id for a file of "
                            "one meter: one of the two",
                            "请指明电能表编号所在列 meter,或对单表文件填写 meter_id,二者取一"});
  }
}

void MappingReader::read() {
  mapping.kind = TableKind(root.choice("kind", kind_words));
  mapping.sheet = root.text_or("sheet", "");
  mapping.header_row = root.whole_or("header_row", 1, {1.0, most_header_row});
  auto zone = Zone::find(root.text("zone"));
  if (zone) {
    mapping.zone = std::move(*zone);
  } else if (root.has("zone")) {
    root.complain("zone", zone.error().front().what);
  }
  mapping.order = DateOrder(root.choice_or("date_order", words_of(DateOrder{}), 0));
  mapping.numbers = NumberForm(root.choice_or("numbers", number_words, 0));
  root.text_or("document", "");  // where the sheet's form is known from, for people
  check_meter();
  mapping.household = root.text_or("household", "");
  mapping.multiplier = root.text_or("multiplier", "");
  read_step();
  for (Fields& fields : root.tables("value")) {
    read_value(fields);
  }
  if (mapping.kind == TableKind::registers) {
    for (Fields& fields : root.tables("stated")) {
      read_statement(fields, false);
    }
    for (Fields& fields : root.tables("amount")) {
      read_statement(fields, true);
    }
  }
  if (mapping.values.empty() && mapping.statements.empty()) {
    root.complain("value", missing());
  }
  root.finish();
}

}  // namespace

std::optional<std::int64_t> mwh_of_digit(ReadingUnit unit, int decimals,
                                         std::chrono::seconds step) {
  std::int64_t mwh = 1000;
  if (unit == ReadingUnit::kwh || unit == ReadingUnit::kilowatt) {
    mwh = 1'000'000;
  } else if (unit == ReadingUnit::mega_wh) {
    mwh = 1'000'000'000;
  }
  std::int64_t divisor = 1;
  for (int i = 0; i < decimals; ++i) {
    divisor *= 10;
  }
  if (is_power(unit)) {
    mwh *= step.count();
    divisor *= 3600;
  }
  return mwh > 0 && mwh % divisor == 0 ? std::optional(mwh / divisor) : std::nullopt;
}

Result<Mapping> read_mapping(std::string_view bytes, const std::string& name) {
  TRY(const Node table, parse_toml(bytes, name));
  Errors errors;
  Fields root(table, name, errors);
  MappingReader reader{root, errors, {}};
  reader.mapping.file = name;
  reader.read();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return std::move(reader.mapping);
}

}  // namespace xiaoyuan::readings
