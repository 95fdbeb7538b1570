// The cells of foreign tables: decimals without floating point, times in all their ways of writing,
// workbooks, and meters.csv.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "made.hpp"
#include "readings/decimal.hpp"
#include "readings/import.hpp"
#include "readings/points.hpp"
#include "readings/sheet.hpp"
#include "readings/stamp.hpp"

namespace xiaoyuan::readings {
namespace {

TEST(Decimal, DigitsAreKeptExactly) {
  EXPECT_EQ(parse_decimal("1234.56", 2), 123456);
  EXPECT_EQ(parse_decimal("1234.5", 2), 123450);
  EXPECT_EQ(parse_decimal("-0.07", 2), -7);
  EXPECT_EQ(parse_decimal("+12", 0), 12);
  EXPECT_EQ(parse_decimal(".5", 3), 500);
  EXPECT_EQ(parse_decimal("5.", 3), 5000);
  EXPECT_EQ(parse_decimal("1.2300", 2), 123);
  EXPECT_EQ(parse_decimal("000000000000000000001.00", 2), 100);
  EXPECT_EQ(parse_decimal("999999999999.999", 3), 999999999999999);
  EXPECT_EQ(parse_decimal("1.234", 2), std::unexpected(DecimalFault::too_many_decimals));
  EXPECT_EQ(parse_decimal("9999999999999999", 0), std::unexpected(DecimalFault::too_large));
  EXPECT_EQ(parse_decimal("9999999999999", 6), std::unexpected(DecimalFault::too_large));
  for (const char* none : {"", "-", ".", "1e3", "1,000", "0x1", "1.2.3", "1 2", "nan", "--1"}) {
    EXPECT_EQ(parse_decimal(none, 2), std::unexpected(DecimalFault::no_number)) << none;
  }
}

RC_GTEST_PROP(Decimals, ReadWhatWasWritten, ()) {
  const auto value = *rc::gen::inRange<std::int64_t>(-999'999'999'999'999, 1'000'000'000'000'000);
  const auto decimals = *rc::gen::inRange(0, 7);
  std::int64_t one = 1;
  for (int i = 0; i < decimals; ++i) {
    one *= 10;
  }
  const std::string text =
      fmt::format("{}{}{}", value < 0 ? "-" : "", std::llabs(value) / one,
                  decimals > 0 ? fmt::format(".{:0{}}", std::llabs(value) % one, decimals) : "");
  RC_ASSERT(parse_decimal(text, decimals).value_or(value + 1) == value);
  RC_ASSERT(parse_decimal(as_shown(text), decimals).value_or(value + 1) == value);
  // What a workbook makes of it: the double nearest to it, in 17 digits.
  const std::string stored = fmt::format("{:.17g}", std::strtod(text.c_str(), nullptr));
  RC_ASSERT(parse_decimal(as_shown(stored), decimals).value_or(value + 1) == value);
}

TEST(Decimal, WorkbooksShowFifteenDigits) {
  EXPECT_EQ(as_shown("1234.5599999999999"), "1234.56");
  EXPECT_EQ(as_shown("1.23456E3"), "1234.56");
  EXPECT_EQ(as_shown("5.0000000000000003E-2"), "0.05");
  EXPECT_EQ(as_shown("9.9999999999999995E2"), "1000");
  EXPECT_EQ(as_shown("-0"), "0");
  EXPECT_EQ(as_shown("45931.010416666664"), "45931.0104166667");
  EXPECT_EQ(as_shown("1E999"), "1E999");
  EXPECT_EQ(as_shown("h001"), "h001");
}

std::string stamp_text(std::string_view text, DateOrder order = {},
                       std::optional<int> day_zero = {}) {
  const auto stamp = parse_stamp(text, {order, day_zero});
  return stamp ? fmt::format("{} {}{}", text_of(stamp->date), stamp->second,
                             stamp->offset_s ? fmt::format(" {:+}", *stamp->offset_s) : "")
               : "";
}

TEST(Stamp, AllWaysOfWriting) {
  for (const char* text :
       {"2026-10-01 00:15", "2026/10/1 0:15", "2026-10-01T00:15:00", "20261001001500",
        "20261001 0015", "202610010015", "2026年10月1日 0时15分", "2026年10月01日0:15:00",
        "2026.10.1 00:15:00.000", " 2026-10-01  00:15 "}) {
    EXPECT_EQ(stamp_text(text),
              text == std::string_view(" 2026-10-01  00:15 ") ? "" : "2026-10-01 900")
        << text;
  }
  EXPECT_EQ(stamp_text("2026-10-01"), "2026-10-01 0");
  EXPECT_EQ(stamp_text("2026-10-01 24:00"), "2026-10-01 86400");
  EXPECT_EQ(stamp_text("2026-10-01T00:15+08:00"), "2026-10-01 900 +28800");
  EXPECT_EQ(stamp_text("2026-10-01 00:15Z"), "2026-10-01 900 +0");
  EXPECT_EQ(stamp_text("03/04/2026", DateOrder::day_month_year), "2026-04-03 0");
  EXPECT_EQ(stamp_text("03/04/2026", DateOrder::month_day_year), "2026-03-04 0");
  EXPECT_EQ(stamp_text("46296.010416666664", {}, -25569), "2026-10-01 900");
  EXPECT_EQ(stamp_text("46296", {}, -25569), "2026-10-01 0");
  EXPECT_EQ(stamp_text("46296", {}), "");
  for (const char* none :
       {"", "2026-02-30", "2026-10-01 24:15", "2026-10-01 12:60", "2026-1", "2026-10-01 12",
        "2026-10-01 12:00 pm", "2026-10-01 12:00+8:", "99999999", "2026-10-01 -1:00"}) {
    EXPECT_EQ(stamp_text(none), "") << none;
  }
}

/// A workbook with two sheets, the second one as a grid company's might be: a title, then the
/// table.
std::string workbook() {
  const std::string path =
      ::testing::TempDir() + fmt::format("xiaoyuan-readings-{}.xlsx", static_cast<int>(::getpid()));
  lxw_workbook* book = workbook_new(path.c_str());
  workbook_add_worksheet(book, "封面");
  lxw_worksheet* sheet = workbook_add_worksheet(book, "01 分布式光伏发电电量记录单");
  worksheet_write_string(sheet, 0, 0, "分布式光伏发电电量记录单", nullptr);
  int column = 0;
  for (const char* name :
       {"户号", "电能表编号", "上期日期", "上期示数", "本期日期", "本期示数", "倍率", "发电量"}) {
    worksheet_write_string(sheet, 2, static_cast<lxw_col_t>(column++), name, nullptr);
  }
  worksheet_write_string(sheet, 3, 0, "h001", nullptr);
  worksheet_write_number(sheet, 3, 1, 1101234567.0, nullptr);
  worksheet_write_number(sheet, 3, 2, 46296.0, nullptr);  // 2026-10-01
  worksheet_write_number(sheet, 3, 3, 1234.56, nullptr);
  worksheet_write_string(sheet, 3, 4, "2026-11-01", nullptr);
  worksheet_write_number(sheet, 3, 5, 1334.5600000000002, nullptr);
  worksheet_write_number(sheet, 3, 6, 1.0, nullptr);
  worksheet_write_formula_num(sheet, 3, 7, "=(F4-D4)*G4", nullptr, 100.0);
  workbook_close(book);
  std::stringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  std::remove(path.c_str());
  return bytes.str();
}

const std::string workbook_map = std::string(R"(
kind = "registers"
zone = "UTC+8"
sheet = "01"
header_row = 3
meter = "电能表编号"
)") + generation_values;

TEST(Workbook, ASheetIsReadAsItIsShown) {
  const auto map = read_mapping(workbook_map, "map.toml");
  ASSERT_TRUE(map.has_value()) << errors_text(map.error());
  const auto file = read_registers(workbook(), "bill.xlsx", *map, local(2026, 11, 2));
  ASSERT_TRUE(file.has_value()) << errors_text(file.error());
  EXPECT_TRUE(file->report.refused.empty()) << errors_text(file->report.refused);
  ASSERT_EQ(file->readings.size(), 2U);
  EXPECT_EQ(file->readings[0].key,
            (RegisterKey{"1101234567", Channel::generated, Rate::total, local(2026, 10, 1)}));
  EXPECT_EQ(file->readings[0].value, kwh(1234, 56));
  EXPECT_EQ(file->readings[1].value, kwh(1334, 56));
  EXPECT_EQ(file->readings[1].key.at, local(2026, 11, 1));
  EXPECT_EQ(file->statements.at(0).energy, kwh(100));
}

TEST(Workbook, WhatIsNotThereOrBrokenIsNamed) {
  const auto none = read_sheet(workbook(), "bill.xlsx", "02 上网", 1);
  ASSERT_FALSE(none.has_value());
  EXPECT_NE(errors_text(none.error()).find("expected one of 封面, 01 分布式光伏发电电量记录单"),
            std::string::npos);
  const std::string whole = workbook();
  for (std::size_t size = 4; size < whole.size(); size += 97) {
    EXPECT_FALSE(read_sheet(whole.substr(0, size), "b.xlsx", "", 1).has_value()) << size;
  }
  EXPECT_FALSE(read_sheet(whole, "b.xlsx", "封面", 1).has_value());  // an empty sheet has no header
}

/// The first sheet has its cells so many elements deep.
std::string deep_workbook(int depth) {
  const std::string path =
      ::testing::TempDir() + fmt::format("xiaoyuan-deep-{}.xlsx", static_cast<int>(::getpid()));
  std::ofstream(path, std::ios::binary) << workbook();
  std::string sheet = "<worksheet>";
  for (int i = 0; i < depth; ++i) {
    sheet += "<a>";
  }
  sheet += R"(<sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData>)";
  for (int i = 0; i < depth; ++i) {
    sheet += "</a>";
  }
  sheet += "</worksheet>";
  zip_t* archive = zip_open(path.c_str(), 0, nullptr);
  zip_file_add(archive, "xl/worksheets/sheet1.xml",
               zip_source_buffer(archive, sheet.data(), sheet.size(), 0), ZIP_FL_OVERWRITE);
  zip_close(archive);
  std::stringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  std::remove(path.c_str());
  return bytes.str();
}

TEST(Workbook, ElementsWithoutEndAreRefused) {
  EXPECT_TRUE(read_sheet(deep_workbook(10), "b.xlsx", "封面", 1).has_value());
  EXPECT_FALSE(read_sheet(deep_workbook(100), "b.xlsx", "封面", 1).has_value());
}

TEST(Points, ServicesOfAPointInTheOrderOfTime) {
  const auto points = read_points(
      "household,channel,meter,whole_digits,decimals,multiplier,from,to,most_w\n"
      "h1,imported,m2,,,,2026-10-13 14:30,,12000\n"
      "h1,imported,m1,6,2,1,2025-01-01,2026-10-13 14:30,12000\n"
      "h1,exported,m2,6,2,1,2026-10-13 14:30,,\n",
      "meters.csv", beijing());
  ASSERT_TRUE(points.has_value()) << errors_text(points.error());
  ASSERT_EQ(points->size(), 2U);
  EXPECT_EQ((*points)[0].services[0].meter, "m1");
  EXPECT_EQ((*points)[0].services[0].to, local(2026, 10, 13, 870));
  EXPECT_EQ((*points)[0].services[1].form, RegisterForm{});
  EXPECT_EQ((*points)[0].most_w, 12000);
  EXPECT_EQ((*points)[1].channel, Channel::exported);
}

TEST(Points, WhatIsWrongIsNamedAtOnce) {
  const auto refusal = [](std::string_view rows) {
    const auto points = read_points(
        "household,channel,meter,whole_digits,multiplier,from,to,most_w\n" + std::string(rows),
        "meters.csv", beijing());
    return points ? "" : errors_text(points.error());
  };
  EXPECT_EQ(refusal("h1,import,m1,12,0.5,2026-13-01,,x\n"),
            "meters.csv:2: channel: expected one of imported, exported, generated; found "
            "\"import\"; did you mean \"imported\"?\n"
            "meters.csv:2: most_w: expected a whole number from 1 to 1000000000, found \"x\"\n"
            "meters.csv:2: whole_digits: expected a whole number from 1 to 9, found \"12\"\n"
            "meters.csv:2: multiplier: expected a whole number from 1 to 1000000, found \"0.5\"\n"
            "meters.csv:2: from: expected a date like 2026-07-01, found \"2026-13-01\"\n");
  EXPECT_EQ(refusal("h1,imported,m1,,,2026-01-01,2026-03-01,\nh1,imported,m2,,,2026-02-01,,\n"),
            "meters.csv:3: from: overlaps the service of line 2\n");
  EXPECT_EQ(refusal("h1,imported,m1,,,2026-01-01,,\nh2,imported,m1,,,2026-02-01,,\n"),
            "meters.csv:3: from: overlaps the service of line 2\n");
}

}  // namespace
}  // namespace xiaoyuan::readings
