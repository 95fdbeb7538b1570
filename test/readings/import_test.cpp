// Foreign tables by their mappings: what is taken, what is refused and why, and that the same file
// twice, or files in another order, are the same readings.
#include "readings/import.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

#include "made.hpp"
#include "support/cases.hpp"

namespace xiaoyuan::readings {
namespace {

const Instant known = local(2026, 11, 2);

Mapping mapping(std::string_view toml) {
  auto made = read_mapping(toml, "map.toml");
  EXPECT_TRUE(made.has_value()) << (made ? "" : errors_text(made.error()));
  return made ? std::move(*made) : Mapping{};
}

const std::string generation_map = std::string(R"(
kind = "registers"
zone = "UTC+8"
header_row = 2
meter = "电能表编号"
household = "户号"
multiplier = "倍率"
)") + generation_values + R"([[amount]]
column = "电费"
name = "上网电费"
from = "上期日期"
to = "本期日期"
)";

const char* const generation_csv =
    "分布式光伏发电电量记录单\n"
    "户号,电能表编号,上期日期,上期示数,本期日期,本期示数,倍率,发电量,电费,备注\n"
    "h001,100,2026-10-01,5000.00,2026/11/1,5980.00,1,980,277.05,\n"
    "h002,101,2026-10-01,84500,2026-11-01,85000.5,40,20020,,看\n";

TEST(ImportRegisters, ASheetOfARowAMeterIsTwoFreezesAndWhatItStates) {
  const auto file = read_registers(generation_csv, "g.csv", mapping(generation_map), known);
  ASSERT_TRUE(file.has_value()) << errors_text(file.error());
  EXPECT_TRUE(file->report.refused.empty()) << errors_text(file->report.refused);
  ASSERT_EQ(file->readings.size(), 4U);
  EXPECT_EQ(file->readings[1].key,
            (RegisterKey{"100", Channel::generated, Rate::total, local(2026, 11, 1)}));
  EXPECT_EQ(file->readings[1].value, kwh(5980));
  EXPECT_EQ(file->readings[3].value, kwh(85000, 50));
  EXPECT_EQ(file->readings[3].recorded_at, known);
  ASSERT_EQ(file->statements.size(), 3U);
  EXPECT_EQ(file->statements[0].energy, kwh(980));
  EXPECT_EQ(file->statements[1].money, (Money{27705}));
  EXPECT_EQ(file->statements[1].household, "h001");
  EXPECT_EQ(file->multipliers[1], (StatedMultiplier{"101", 40, 4}));
  EXPECT_EQ(file->report.ignored_columns, std::vector<std::string>{"备注"});
  EXPECT_EQ(file->report.rows, 2U);
}

TEST(ImportRegisters, WrongCellsAreRefusedWithTheirLineAndTheRestIsTaken) {
  const auto file = read_registers(
      "x\n户号,电能表编号,上期日期,上期示数,本期日期,本期示数,倍率,发电量,电费\n"
      "h1,100,2026-10-01,5000.123,2026-11-01,5980.00,0,980,\n"
      "h2,,2026-10-01,1,2026-11-01,2,1,1,\n"
      "h3,102,2026-13-01,1,2026-11-01,\"1,002\",1,,\n"
      "h4,103,2026-10-01,-1,2026-11-01,99999999999,1,,\n"
      "h5,104,2026-10-01,,2026-11-01,12.500,1,,\n",
      "g.csv", mapping(generation_map), known);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(errors_text(file->report.refused),
            "g.csv:3: 倍率: expected a multiplier from 1 to 1000000, found 0\n"
            "g.csv:3: 上期示数: found \"5000.123\"; the mapping allows 2 decimals, and none is cut "
            "off\n"
            "g.csv:4: 电能表编号: is missing; it is required\n"
            "g.csv:5: 上期日期: expected a time like 2026-10-01 00:15, found \"2026-13-01\"\n"
            "g.csv:5: 本期示数: found \"1,002\"; write \".\" before decimals and nothing between "
            "thousands\n"
            "g.csv:6: 上期示数: found \"-1\"; a register shows 0 to 999,999,999 kWh\n"
            "g.csv:6: 本期示数: found \"99999999999\"; a register shows 0 to 999,999,999 kWh\n");
  EXPECT_EQ(file->readings.size(), 2U);  // 5980.00 and 12.500
  EXPECT_EQ(file->report.empty, 1U);
  EXPECT_NE(errors_text(file->report.refused, Language::chinese).find("不作截断"),
            std::string::npos);
}

TEST(ImportRegisters, AFileThatTheMappingDoesNotFitIsRefusedWhole) {
  const auto refusal = [](std::string_view bytes) {
    const auto file = read_registers(bytes, "g.csv", mapping(generation_map), known);
    return file ? "" : errors_text(file.error());
  };
  EXPECT_EQ(refusal(""), "g.csv: has no columns' names in line 2\n");
  EXPECT_EQ(refusal("x\n户号,电能表编号,上期日期,上期示数,本期日期,倍率,发电量,电费\n"),
            "g.csv:2: 本期示数: has no column \"本期示数\", which map.toml names; it has 户号, "
            "电能表编号, 上期日期, 上期示数, 本期日期, 倍率, 发电量, 电费\n");
  EXPECT_NE(refusal("x\n\xBB\xA7\xBA\xC5,1\n").find("perhaps GBK"), std::string::npos);
  EXPECT_NE(refusal("\xD0\xCF\x11\xE0zzz").find("old Excel workbook"), std::string::npos);
}

TEST(Mapping, EverythingWrongIsNamedAtOnce) {
  const auto made = read_mapping(R"(
kind = "registerz"
zone = "Asia/Shanghia"
meter_id = "1"
meter = "m"
colour = 3
[[value]]
column = "a"
channel = "export"
time = "t"
unit = "kW"
)",
                                 "map.toml");
  ASSERT_FALSE(made.has_value());
  const std::string all = errors_text(made.error());
  for (const char* part :
       {"did you mean \"registers\"?", "is no time zone", "one of the two",
        "map.toml:9: value[1].channel: expected one of imported, exported, "
        "generated; found \"export\"; did you mean \"exported\"?",
        "value[1].decimals: is missing", "a register holds energy", "colour: unknown name"}) {
    EXPECT_NE(all.find(part), std::string::npos) << part << "\n" << all;
  }
}

TEST(Mapping, ThoseThatAreShippedAreRead) {
  for (const char* name : {"generation", "export", "payment_notice", "intervals", "intervals_60",
                           "days_96", "registers", "registers_rates"}) {
    const std::string file = fmt::format("share/mappings/{}.toml", name);
    const auto made = read_mapping(test::project_bytes(file), file);
    EXPECT_TRUE(made.has_value()) << errors_text(made.error());
  }
}

const char* const long_map = R"(
kind = "intervals"
zone = "UTC+8"
meter = "meter"
time = "time"
time_is = "end"
step_minutes = 15
[[value]]
column = "import"
channel = "imported"
unit = "kWh"
decimals = 3
[[value]]
column = "pv_kw"
channel = "generated"
unit = "kW"
decimals = 3
)";

TEST(ImportIntervals, ARowATime) {
  const auto file = read_intervals(
      "meter,time,import,pv_kw\n"
      "7,2026-10-01 00:15,0.125,0\n"
      "7,2026-10-01 00:30,0.250,1.001\n"
      "7,2026-10-01 24:00,0.5,\n"
      "7,2026-10-01 00:30,0.250,1.002\n"  // PV contradicts, import repeats
      "7,2026-10-01 00:40,1,1\n"          // off the steps
      "7,2026-10-02 00:15,abc,3\n",
      "i.csv", mapping(long_map));
  ASSERT_TRUE(file.has_value()) << errors_text(file.error());
  ASSERT_EQ(file->days.size(), 3U);
  const Intervals& import = file->days[0];
  EXPECT_EQ(import.axis.start, local(2026, 10, 1));
  EXPECT_EQ(import.axis.size, 96U);
  EXPECT_EQ(import.at(0).mwh, 125'000);
  EXPECT_EQ(import.at(95).mwh, 500'000);
  EXPECT_EQ(missing_count(import), 93U);
  const Intervals& pv = file->days[1];
  EXPECT_EQ(pv.unit.mwh, 250);  // 0.001 kW over a quarter
  EXPECT_TRUE(pv.is_missing(1));
  EXPECT_EQ(file->days[2].at(0).mwh, 750'000);
  EXPECT_EQ(file->report.readings, 6U);
  EXPECT_EQ(file->report.repeated, 1U);
  EXPECT_EQ(file->report.empty, 1U);
  EXPECT_EQ(errors_text(file->report.refused),
            "i.csv:5: pv_kw: stands in the file with another value too; neither is taken\n"
            "i.csv:6: import: 2026-10-01 00:25 does not begin a step of 15 minutes\n"
            "i.csv:6: pv_kw: 2026-10-01 00:25 does not begin a step of 15 minutes\n"
            "i.csv:7: import: expected a number like 1234.56, found \"abc\"\n");
}

std::string wide_map(std::string_view zone) {
  return fmt::format(R"(
kind = "days"
zone = "{}"
meter = "表号"
date = "日期"
step_minutes = 60
[[value]]
first = "1"
channel = "exported"
unit = "kWh"
decimals = 2
only = {{ column = "类型", is = "反向有功" }}
[[value]]
first = "1"
channel = "imported"
unit = "kWh"
decimals = 2
only = {{ column = "类型", is = "正向有功" }}
)",
                     zone);
}

std::string wide_csv(int columns, const std::string& date, int filled) {
  std::string csv = "表号,日期,类型";
  for (int i = 1; i <= columns; ++i) {
    csv += fmt::format(",{}", i);
  }
  for (const char* kind : {"反向有功", "正向有功", "无功"}) {
    csv += fmt::format("\n7,{},{}", date, kind);
    for (int i = 1; i <= columns; ++i) {
      csv += i <= filled ? fmt::format(",{}.5", i) : ",";
    }
  }
  return csv + "\n";
}

TEST(ImportIntervals, BehindTransformersAreMultiplied) {
  const std::string head = R"(
kind = "intervals"
zone = "UTC+8"
meter = "meter"
time = "time"
time_is = "start"
step_minutes = 60
)";
  const std::string value = R"([[value]]
column = "kwh"
channel = "imported"
unit = "kWh"
decimals = 3
)";
  const std::string csv =
      "meter,time,kwh,ratio\n"
      "m1,2026-10-01 00:00,0.125,20\n"
      "m2,2026-10-01 00:00,0.5,1\n"
      "m3,2026-10-01 00:00,0.5,\n"
      "m4,2026-10-01 00:00,0.5,0\n"
      "m5,2026-10-01 00:00,999999,20\n";
  const auto by_row = read_mapping(head + "multiplier = \"ratio\"\n" + value, "map.toml");
  const auto file = read_intervals(csv, "x.csv", *by_row);
  ASSERT_TRUE(file.has_value());
  ASSERT_EQ(file->days.size(), 2U);
  EXPECT_EQ(total(file->days[0]).mwh, 2'500'000);
  EXPECT_EQ(total(file->days[1]).mwh, 500'000);
  EXPECT_EQ(errors_text(file->report.refused),
            "x.csv:4: ratio: is missing; it is required\n"
            "x.csv:5: ratio: expected a multiplier from 1 to 1000000, found 0\n"
            "x.csv:6: kwh: found \"999999\"; no household's step holds 1,000,000 kWh\n");
  const auto by_file = read_mapping(head + "multiplier_is = 40\n" + value, "map.toml");
  EXPECT_EQ(total(read_intervals(csv, "x.csv", *by_file)->days[0]).mwh, 5'000'000);
  const auto both =
      read_mapping(head + "multiplier = \"ratio\"\nmultiplier_is = 40\n" + value, "map.toml");
  EXPECT_EQ(errors_text(both.error()),
            "map.toml:9: multiplier_is: stands beside the column multiplier; write one of the "
            "two\n");
}

TEST(ImportIntervals, ARowADay) {
  const auto file =
      read_intervals(wide_csv(24, "20261001", 24), "w.csv", mapping(wide_map("UTC+8")));
  ASSERT_TRUE(file.has_value()) << errors_text(file.error());
  ASSERT_EQ(file->days.size(), 2U);
  EXPECT_EQ(file->days[0].channel, Channel::imported);
  EXPECT_EQ(file->days[1].channel, Channel::exported);
  EXPECT_EQ(file->days[1].at(23), kwh(24, 50));
  EXPECT_TRUE(file->report.refused.empty()) << errors_text(file->report.refused);
}

TEST(ImportIntervals, DaysOf23And25Hours) {
  const Mapping berlin = mapping(wide_map("Europe/Berlin"));
  const auto spring = read_intervals(wide_csv(24, "2026-03-29", 23), "w.csv", berlin);
  EXPECT_EQ(spring->days[0].axis.size, 23U);
  EXPECT_EQ(missing_count(spring->days[0]), 0U);
  const auto too_many = read_intervals(wide_csv(24, "2026-03-29", 24), "w.csv", berlin);
  EXPECT_TRUE(too_many->days.empty());
  EXPECT_EQ(message(too_many->report.refused[0], Language::english),
            "w.csv:2: 1: 2026-03-29 has 23 steps, but the row holds 24");
  const auto autumn = read_intervals(wide_csv(25, "2026-10-25", 25), "w.csv", berlin);
  EXPECT_EQ(autumn->days[0].axis.size, 25U);
  EXPECT_EQ(autumn->days[0].at(24), kwh(25, 50));
  EXPECT_FALSE(
      read_intervals(wide_csv(24, "2026-10-25", 24), "w.csv", berlin)->report.refused.empty());
}

TEST(ImportIntervals, TheHourThatComesTwiceIsReadInItsOrder) {
  std::string map = long_map;
  map.replace(map.find("UTC+8"), 5, "Europe/Berlin");
  map.replace(map.find("step_minutes = 15"), 17, "step_minutes = 60");
  map.replace(map.find("\"end\""), 5, "\"start\"");
  const auto file = read_intervals(
      "meter,time,import,pv_kw\n7,2026-10-25 01:00,1,\n7,2026-10-25 02:00,2,\n"
      "7,2026-10-25 02:00,3,\n7,2026-10-25 03:00,4,\n7,2026-03-29 02:00,5,\n"
      "7,2026-10-25T00:00Z,2,\n",
      "i.csv", mapping(map));
  const Intervals& day = file->days.at(0);
  EXPECT_EQ(day.axis.size, 25U);
  for (const int hour : {1, 2, 3, 4}) {
    EXPECT_EQ(day.at(static_cast<std::size_t>(hour)), kwh(hour));
  }
  EXPECT_EQ(file->report.repeated, 1U);
  EXPECT_NE(errors_text(file->report.refused).find("does not exist in Europe/Berlin"),
            std::string::npos);
}

// Sums: cases/homes/ausgrid/SOURCE.md; the file holds mean kW by half-hour.
TEST(ImportIntervals, ARealYearKeepsItsSums) {
  CASE_OR_SKIP(bytes, "homes/ausgrid/data_2011-2012.csv");
  const auto file = read_intervals("time" + bytes, "ausgrid.csv", mapping(R"(
kind = "intervals"
zone = "UTC+10"
numbers = "binary"
meter_id = "12"
time = "time"
time_is = "start"
step_minutes = 30
[[value]]
column = "GC"
channel = "imported"
unit = "kW"
decimals = 3
[[value]]
column = "GG"
channel = "generated"
unit = "kW"
decimals = 3
)"));
  ASSERT_TRUE(file.has_value()) << errors_text(file.error());
  std::int64_t load = 0;
  std::int64_t pv = 0;
  for (const Intervals& day : file->days) {
    (day.channel == Channel::imported ? load : pv) += total(day).mwh;
    EXPECT_EQ(missing_count(day), 0U);
  }
  EXPECT_EQ(file->days.size(), 2U * 366U);
  EXPECT_NEAR(static_cast<double>(load) / 1e6, 5938.4, 0.05);
  EXPECT_NEAR(static_cast<double>(pv) / 1e6, 1296.4, 0.05);
}

RC_GTEST_PROP(ImportTwice, TakesNothingTheSecondTime, ()) {
  // Files of overlapping months of one truth, in any order, some of them twice.
  const auto files = *rc::gen::inRange(1, 6);
  std::vector<std::string> csvs;
  const Mapping map = mapping(generation_map);
  for (int i = 0; i < files; ++i) {
    const auto month = *rc::gen::inRange(1, 9);
    const auto reads = [](int at) { return fmt::format("{}.{:02}", 1000 + 31 * at, at); };
    csvs.push_back(
        fmt::format("x\n户号,电能表编号,上期日期,上期示数,本期日期,本期示数,倍率,发电量,电费\n"
                    "h,100,2026-{:02}-01,{},2026-{:02}-01,{},1,,\n",
                    month, reads(month), month + 1, reads(month + 1)));
  }
  const auto import_all = [&](const std::vector<std::string>& in_order) {
    std::vector<RegisterReading> book;
    for (std::size_t i = 0; i < in_order.size(); ++i) {
      const auto file = read_registers(in_order[i], "g.csv", map, known);
      const auto sorted = sort_out(Registers(book), file->readings, Resend::refuse);
      RC_ASSERT(sorted.conflicts.empty());
      book.insert(book.end(), sorted.taken.begin(), sorted.taken.end());
    }
    const Registers registers(book);
    const auto versions = registers.versions();
    return std::vector<RegisterReading>(versions.begin(), versions.end());
  };
  const auto once = import_all(csvs);
  auto shuffled = csvs;
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(*rc::gen::arbitrary<unsigned>()));
  shuffled.insert(shuffled.end(), csvs.begin(), csvs.end());
  RC_ASSERT(import_all(shuffled) == once);
}

}  // namespace
}  // namespace xiaoyuan::readings
