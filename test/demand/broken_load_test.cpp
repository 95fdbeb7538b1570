// Load files as people really send them: each is answered in the words below, or read.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "demand/load_file.hpp"

namespace xiaoyuan::demand {
namespace {

const Zone beijing = *Zone::find("Asia/Shanghai");
const Zone berlin = *Zone::find("Europe/Berlin");

/// The hours of a day in a zone: 23 where its clocks are put forward, 25 where they are put back.
TimeAxis day_of(const Zone& zone, const Date& date) {
  const Instant start = zone.instant(date, 0);
  const Instant end = zone.instant(Date{std::chrono::sys_days{date} + std::chrono::days{1}}, 0);
  return {start, std::chrono::hours{1}, static_cast<std::size_t>((end - start).count() / 3600)};
}

std::string both(const Errors& errors) {
  std::string all;
  for (const Error& error : errors) {
    all += message(error, Language::english) + "\n" + message(error, Language::chinese) + "\n";
  }
  return all;
}

std::string answer(std::string_view bytes, const TimeAxis& axis, const Zone& zone) {
  const auto file = read_load(bytes, "h.csv", axis, zone);
  if (!file) {
    return both(file.error());
  }
  std::string notes;
  for (const Text& note : file->notes) {
    notes += note.en + "\n" + note.zh + "\n";
  }
  return notes;
}

const TimeAxis july_first = day_of(beijing, std::chrono::year{2026} / 7 / 1);
const TimeAxis four_hours{july_first.start, std::chrono::hours{1}, 4};

std::string answer(std::string_view bytes) { return answer(bytes, four_hours, beijing); }

/// The plan's year 2026.
TimeAxis year_2026() {
  return {beijing.instant(std::chrono::year{2026} / 1 / 1, 0), std::chrono::hours{1}, 8760};
}

/// Hourly rows from the first day of a month on, for so many months.
std::string months_of_rows(int year, unsigned month, int months, bool with_time) {
  const std::chrono::year_month first{std::chrono::year{year}, std::chrono::month{month}};
  const Instant start = beijing.instant(first / 1, 0);
  const Instant end = beijing.instant((first + std::chrono::months{months}) / 1, 0);
  std::string csv = with_time ? "time,load_kw\n" : "load_kw\n";
  for (Instant at = start; at < end; at += std::chrono::hours{1}) {
    const Civil civil = beijing.civil(at);
    csv +=
        with_time ? fmt::format("{} {:02}:00,0.3\n", text_of(civil.date()), civil.hour()) : "0.3\n";
  }
  return csv;
}

TEST(BrokenLoad, TwentyThreeMonthsWithoutTimes) {
  EXPECT_EQ(answer(months_of_rows(2025, 1, 23, false), year_2026(), beijing),
            "h.csv:1: time: 16776 rows do not divide the plan's 8760 hours evenly; add a time "
            "column\n"
            "h.csv:1: time: 16776 行无法均分规划期的 8760 小时;请增加 time 列\n");
}

TEST(BrokenLoad, TwentyThreeMonthsThatEndTooSoon) {
  EXPECT_EQ(answer(months_of_rows(2025, 1, 23, true), year_2026(), beijing),
            "h.csv: time: covers 2025-01-01 00:00 to 2026-12-01 00:00, but the plan needs "
            "2026-01-01 00:00 to 2027-01-01 00:00\n"
            "h.csv: time: 覆盖 2025-01-01 00:00 至 2026-12-01 00:00,而规划需要 2026-01-01 00:00 至 "
            "2027-01-01 00:00\n");
  // The same months, a little later, hold the plan's year and are read.
  EXPECT_EQ(answer(months_of_rows(2025, 3, 23, true), year_2026(), beijing), "");
}

TEST(BrokenLoad, TwentyThreeMonthlyTotals) {
  std::string csv = "time,load_kwh\n";
  for (int month = 0; month < 23; ++month) {
    csv += fmt::format("{}-{:02}-01 00:00,200\n", 2025 + month / 12, month % 12 + 1);
  }
  EXPECT_EQ(answer(csv, year_2026(), beijing),
            "h.csv:4: time: expected 2025-03-04 00:00 (steps of 44640 minutes), found "
            "\"2025-03-01 00:00\"\n"
            "h.csv:4: time: 应为 2025-03-04 00:00(步长 44640 分钟),实为“2025-03-01 00:00”\n");
}

TEST(BrokenLoad, WattsForKilowattsAreReadButDoubted) {
  EXPECT_EQ(answer("load_kw\n200\n300\n400\n300\n"),
            "h.csv: load_kw comes to 2628000 kWh a year, much for one household; are the figures "
            "in W instead of kW?\n"
            "h.csv:load_kw 折合全年 2628000 kWh,对一户而言过大;数值单位是否为 W 而非 kW?\n");
  EXPECT_EQ(answer("load_kwh\n200\n300\n400\n300\n"),
            "h.csv: load_kwh comes to 2628000 kWh a year, much for one household; are the figures "
            "in Wh instead of kWh?\n"
            "h.csv:load_kwh 折合全年 2628000 kWh,对一户而言过大;数值单位是否为 Wh 而非 kWh?\n");
  EXPECT_EQ(answer("load_kw,pv_kw\n0.2,0\n0.3,20\n0.4,30\n0.3,0\n"), "");
}

TEST(BrokenLoad, GbkBytes) {
  // 时间,负荷 in GBK.
  EXPECT_EQ(answer("\xCA\xB1\xBC\xE4,\xB8\xBA\xBA\xC9\n2026-07-01 00:00,1\n"),
            "h.csv:1: is not UTF-8 (perhaps GBK or UTF-16); in Excel save it as \"CSV UTF-8\"\n"
            "h.csv:1: 不是 UTF-8 编码(可能是 GBK 或 UTF-16);请在 Excel 中另存为“CSV UTF-8”\n");
}

TEST(BrokenLoad, AByteOrderMarkAndCarriageReturnsAreRead) {
  EXPECT_EQ(answer("\xEF\xBB\xBFload_kw\r\n1\r\n2\r\n3\r\n4\r\n"), "");
  EXPECT_EQ(answer("\xEF\xBB\xBFload_kw\r\n1\r\n2\r\n3\r\nx\r\n"),
            "h.csv:5: load_kw: expected a number from 0 to 1000000, found \"x\"\n"
            "h.csv:5: load_kw: 应为 0 到 1000000 之间的数字,实为 \"x\"\n");
}

TEST(BrokenLoad, ThousandsAsExcelWritesThem) {
  EXPECT_EQ(answer("load_kw\n\"1,234.5\"\n2\n3\n4\n"),
            "h.csv:2: load_kw: found \"1,234.5\"; write \".\" before decimals and nothing between "
            "thousands\n"
            "h.csv:2: load_kw: 实为“1,234.5”;小数点请用“.”,千位之间不要加逗号\n");
  EXPECT_EQ(answer("load_kw\n\"1\"\n\"2\"\n\"3\"\n\"4\"\n"), "");
}

TEST(BrokenLoad, DecimalCommas) {
  EXPECT_EQ(answer("load_kw\n\"0,5\"\n2\n3\n4\n"),
            "h.csv:2: load_kw: found \"0,5\"; write \".\" before decimals and nothing between "
            "thousands\n"
            "h.csv:2: load_kw: 实为“0,5”;小数点请用“.”,千位之间不要加逗号\n");
  // Without quotes each comma begins a cell.
  EXPECT_EQ(answer("load_kw\n0,5\n2\n3\n4\n"),
            "h.csv:2: has 2 cells, but the header names 1 columns\n"
            "h.csv:2: 本行有 2 格,而表头只有 1 列\n");
  EXPECT_EQ(answer("time;load_kw\n2026-07-01 00:00;0,5\n"),
            "h.csv:1: the columns are separated by \";\"; use \",\"\n"
            "h.csv:1: 列以“;”分隔;应使用英文逗号“,”\n");
}

TEST(BrokenLoad, ATimeThatStandsTwice) {
  EXPECT_EQ(answer("time,load_kw\n2026-07-01 00:00,1\n2026-07-01 01:00,2\n2026-07-01 01:00,2\n"
                   "2026-07-01 02:00,3\n2026-07-01 03:00,4\n"),
            "h.csv:4: time: \"2026-07-01 01:00\" stands twice, here and in line 3\n"
            "h.csv:4: time: “2026-07-01 01:00”重复,第 3 行已有\n");
}

TEST(BrokenLoad, WordsWhereNothingWasMeasured) {
  EXPECT_EQ(answer("load_kw\nNaN\n2\n#N/A\n-\n"),
            "h.csv:2: load_kw: found \"NaN\"; leave the cell empty where nothing was measured\n"
            "h.csv:2: load_kw: 实为“NaN”;未测到数据的单元格请留空\n"
            "h.csv:4: load_kw: found \"#N/A\"; leave the cell empty where nothing was measured\n"
            "h.csv:4: load_kw: 实为“#N/A”;未测到数据的单元格请留空\n"
            "h.csv:5: load_kw: found \"-\"; leave the cell empty where nothing was measured\n"
            "h.csv:5: load_kw: 实为“-”;未测到数据的单元格请留空\n");
}

/// A day of rows 00:00 … 23:00, whatever the clocks did.
std::string plain_day(std::string_view date) {
  std::string csv = "time,load_kw\n";
  for (int hour = 0; hour < 24; ++hour) {
    csv += fmt::format("{} {:02}:00,1\n", date, hour);
  }
  return csv;
}

TEST(BrokenLoad, AnHourThatSpringLeftOut) {
  EXPECT_EQ(
      answer(plain_day("2026-03-29"), day_of(berlin, std::chrono::year{2026} / 3 / 29), berlin),
      "h.csv:4: time: \"2026-03-29 02:00\" does not exist in Europe/Berlin, where clocks "
      "were put forward; leave it out, or write times with their offset from UTC\n"
      "h.csv:4: time: Europe/Berlin 当时调快时钟,“2026-03-29 02:00”并不存在;请删去此行,"
      "或写明与 UTC 的时差\n");
}

TEST(BrokenLoad, AnHourThatAutumnRepeats) {
  EXPECT_EQ(
      answer(plain_day("2026-10-25"), day_of(berlin, std::chrono::year{2026} / 10 / 25), berlin),
      "h.csv:5: time: expected 2026-10-25 02:00 (steps of 60 minutes), found \"2026-10-25 "
      "03:00\"\n"
      "h.csv:5: time: 应为 2026-10-25 02:00(步长 60 分钟),实为“2026-10-25 03:00”\n");
}

TEST(BrokenLoad, TimesThatAreNoTimes) {
  for (const char* time :
       {"2026-07-01", "01.07.2026 00:00", "2026-07-01 00", "2026-07-01 24:30", "2026-02-30 00:00",
        "2026-7-1 00:00", "2026-07-01 00:5x", "2026-07-01 00:00:30", "2026-07-01 00:00+99:00"}) {
    EXPECT_EQ(
        answer(fmt::format("time,load_kw\n{},1\n2026-07-01 01:00,2\n", time)),
        "h.csv:2: time: expected times like 2011-07-01 00:30 that rise by a step that fits "
        "the hour\n"
        "h.csv:2: time: 应为形如 2011-07-01 00:30 的时间,逐行递增,步长须能整除一小时或为整小时"
        "\n")
        << time;
  }
}

}  // namespace
}  // namespace xiaoyuan::demand
