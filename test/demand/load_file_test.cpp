// Measured loads: any step and unit, holes filled and counted, and every way to be wrong.
#include "demand/load_file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/cases.hpp"

namespace xiaoyuan::demand {
namespace {

const Zone beijing_zone = *Zone::find("UTC+8");

/// Four hours from midnight of 1 July 2026 in Beijing.
TimeAxis four_hours_from_midnight() {
  return {beijing_zone.instant(std::chrono::year{2026} / 7 / 1, 0), std::chrono::hours{1}, 4};
}

Result<LoadFile> read(std::string_view bytes) {
  return read_load(bytes, "loads/h.csv", four_hours_from_midnight(), beijing_zone);
}

std::vector<double> load_of(std::string_view bytes) {
  const auto file = read(bytes);
  EXPECT_TRUE(file.has_value()) << message(file.error()[0], Language::english);
  return file ? file->load.values : std::vector<double>{};
}

std::string load_errors(std::string_view bytes, Language language = Language::english) {
  const auto file = read(bytes);
  std::string all;
  if (!file) {
    for (const Error& error : file.error()) {
      all += message(error, language) + "\n";
    }
  }
  return all;
}

const std::vector<double> wanted{1.0, 2.0, 3.0, 4.0};

TEST(LoadFile, AnyStepThatCoversThePlanEvenly) {
  EXPECT_EQ(load_of("load_kw\n1\n2\n3\n4\n"), wanted);
  EXPECT_EQ(load_of("load_kw\n0\n2\n1\n3\n2\n4\n3\n5\n"), wanted);
  EXPECT_EQ(load_of("load_kw\n1.5\n3.5\n"), (std::vector{1.5, 1.5, 3.5, 3.5}));
  EXPECT_EQ(load_of("load_kwh\n1\n2\n3\n4\n"), wanted);
  EXPECT_EQ(load_of("load_kwh\n0\n1\n0.5\n1.5\n1\n2\n1.5\n2.5\n"), wanted);
}

TEST(LoadFile, TimesAreLocalOrCarryAnOffset) {
  EXPECT_EQ(load_of("time,load_kw\n2026-07-01 00:00,1\n2026-07-01 01:00,2\n2026-07-01 02:00,3\n"
                    "2026-07-01T03:00:00,4\n"),
            wanted);
  EXPECT_EQ(load_of("time,load_kw\n2026-06-30T16:00Z,1\n2026-06-30 17:00:00Z,2\n"
                    "2026-06-30 18:00+00:00,3\n2026-07-01 03:00+08:00,4\n"),
            wanted);
  // As Excel writes times back.
  EXPECT_EQ(load_of("time,load_kw\n2026/7/1 0:00,1\n2026/7/1 1:00,2\n2026/7/1 2:00,3\n"
                    "2026/07/01 3:00:00,4\n"),
            wanted);
  // A file that begins before and ends after the plan; 24:00 is the end of a day.
  EXPECT_EQ(load_of("time,load_kw\n2026-06-30 22:00,9\n2026-06-30 24:00,1.5\n2026-07-01 02:00,3.5\n"
                    "2026-07-01 04:00,9\n"),
            (std::vector{1.5, 1.5, 3.5, 3.5}));
}

TEST(LoadFile, GenerationComesWithItWhereItWasMeasured) {
  const auto file = read("load_kw,pv_kwh\n1,0\n2,0.5\n3,1\n4,0\n");
  ASSERT_TRUE(file.has_value());
  ASSERT_TRUE(file->has_pv());
  EXPECT_EQ(file->pv.values, (std::vector{0.0, 0.5, 1.0, 0.0}));
  EXPECT_EQ(file->pv.axis, four_hours_from_midnight());
  EXPECT_FALSE(read("load_kw\n1\n2\n3\n4\n")->has_pv());
}

TEST(LoadFile, ShortHolesAreFilledOnALineAndCounted) {
  const auto file = read("load_kw,pv_kw\n1,0\n,0\n,0\n4,0\n");
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->load.values, wanted);
  ASSERT_EQ(file->notes.size(), 1U);
  EXPECT_EQ(file->notes[0].en, "loads/h.csv: 2 empty cells of load_kw were filled on a line");
  EXPECT_EQ(file->notes[0].zh, "loads/h.csv:load_kw 的 2 个空单元格按线性插值补齐");
  EXPECT_TRUE(read("load_kw\n1\n2\n3\n4\n")->notes.empty());
}

struct Wrong {
  const char* bytes;
  const char* en;
  const char* zh;
};

const Wrong wrong_files[] = {
    {"", "loads/h.csv: is empty; its first line must name the columns\n",
     "loads/h.csv: 为空;第一行必须是列名\n"},
    {"load_kw\n", "loads/h.csv: has no rows\n", "loads/h.csv: 没有数据行\n"},
    {"load\n1\n",
     "loads/h.csv:1: load: unknown name \"load\"; known here: time, load_kw, load_kwh, pv_kw, "
     "pv_kwh\n",
     "loads/h.csv:1: load: 未知的名称“load”;此处可用:time、load_kw、load_kwh、pv_kw、pv_kwh\n"},
    {"pv_kw\n1\n2\n3\n4\n", "loads/h.csv:1: load_kw: is missing; it is required\n",
     "loads/h.csv:1: load_kw: 缺失;此项必填\n"},
    {"load_kw,load_kwh\n1,1\n2,2\n",
     "loads/h.csv:1: load_kwh: give load_kw or load_kwh, not both\n",
     "loads/h.csv:1: load_kwh: load_kw 与 load_kwh 只填一项\n"},
    {"load_kw\n1\n-2\nx\n4\n",
     "loads/h.csv:3: load_kw: expected a number from 0 to 1000000, found \"-2\"\n"
     "loads/h.csv:4: load_kw: expected a number from 0 to 1000000, found \"x\"\n",
     "loads/h.csv:3: load_kw: 应为 0 到 1000000 之间的数字,实为 \"-2\"\n"
     "loads/h.csv:4: load_kw: 应为 0 到 1000000 之间的数字,实为 \"x\"\n"},
    {"load_kw\n1\n2\n3\n4\n5\n6\n7\n",
     "loads/h.csv:1: time: 7 rows do not divide the plan's 4 hours evenly; add a time column\n",
     "loads/h.csv:1: time: 7 行无法均分规划期的 4 小时;请增加 time 列\n"},
    {"time,load_kw\n2026-07-01 00:00,1\n2026-07-01 00:00,2\n",
     "loads/h.csv:3: time: \"2026-07-01 00:00\" stands twice, here and in line 2\n",
     "loads/h.csv:3: time: “2026-07-01 00:00”重复,第 2 行已有\n"},
    {"time,load_kw\n2026-07-01 00:00,1\n2026-07-01 00:07,2\n",
     "loads/h.csv:2: time: expected times like 2011-07-01 00:30 that rise by a step that fits the "
     "hour\n",
     "loads/h.csv:2: time: 应为形如 2011-07-01 00:30 "
     "的时间,逐行递增,步长须能整除一小时或为整小时\n"},
    {"time,load_kw\n2026-07-01 00:00,1\n2026-07-01 01:00,2\n2026-07-01 03:00,3\n2026-07-01 "
     "04:00,4\n",
     "loads/h.csv:4: time: expected 2026-07-01 02:00 (steps of 60 minutes), found \"2026-07-01 "
     "03:00\"\n",
     "loads/h.csv:4: time: 应为 2026-07-01 02:00(步长 60 分钟),实为“2026-07-01 03:00”\n"},
    {"time,load_kw\n2026-07-01 01:00,1\n2026-07-01 02:00,2\n",
     "loads/h.csv: time: covers 2026-07-01 01:00 to 2026-07-01 03:00, but the plan needs "
     "2026-07-01 00:00 to 2026-07-01 04:00\n",
     "loads/h.csv: time: 覆盖 2026-07-01 01:00 至 2026-07-01 03:00,而规划需要 "
     "2026-07-01 00:00 至 2026-07-01 04:00\n"},
    {"load_kw,pv_kw\n1,1\n2,\n3,\n4,\n5,\n6,\n7,\n8,1\n",
     "loads/h.csv:3: pv_kw: 6 cells in a row are empty; at most 2 between two values can be "
     "filled\n",
     "loads/h.csv:3: pv_kw: 连续 6 个单元格为空;两个数值之间最多可补 2 个\n"},
    {"load_kw,pv_kw\n,1\n2,1\n3,1\n4,1\n",
     "loads/h.csv:2: load_kw: 1 cells in a row are empty; at most 2 between two values can be "
     "filled\n",
     "loads/h.csv:2: load_kw: 连续 1 个单元格为空;两个数值之间最多可补 2 个\n"},
};

TEST(LoadFile, WhatIsWrongIsNamedInBothLanguages) {
  for (const Wrong& wrong : wrong_files) {
    EXPECT_EQ(load_errors(wrong.bytes), wrong.en);
    EXPECT_EQ(load_errors(wrong.bytes, Language::chinese), wrong.zh);
  }
}

/// The case's column names turned into ours, and its times kept where they are wanted.
std::string ausgrid_csv(const std::string& bytes, bool with_time) {
  const test::Columns columns(bytes);
  std::string csv = with_time ? "time,load_kw,pv_kw\n" : "load_kw,pv_kw\n";
  for (std::size_t i = 0; i < columns.cells[0].size(); ++i) {
    csv += fmt::format("{}{}{},{}\n", with_time ? columns.cells[0][i] : "", with_time ? "," : "",
                       columns.text("GC")[i], columns.text("GG")[i]);
  }
  return csv;
}

TEST(LoadFile, ARealLeapYearOfHalfHoursKeepsItsEnergy) {
  CASE_OR_SKIP(bytes, "homes/ausgrid/data_2011-2012.csv");
  const Zone sydney = *Zone::find("UTC+10");
  const Instant start = sydney.instant(std::chrono::year{2011} / 7 / 1, 0);
  for (const bool with_time : {true, false}) {
    const std::string csv = ausgrid_csv(bytes, with_time);
    for (const int minutes : {60, 30, 15}) {
      const TimeAxis axis{start, std::chrono::minutes{minutes},
                          static_cast<std::size_t>(8784 * 60 / minutes)};
      const auto file = read_load(csv, "home.csv", axis, sydney);
      ASSERT_TRUE(file.has_value()) << message(file.error()[0], Language::english);
      EXPECT_NEAR(total(file->load).value, 5938.369, 1e-6);  // 11876.738 / 2
      EXPECT_NEAR(total(file->pv).value, 1296.404, 1e-6);    // 2592.808 / 2
      EXPECT_TRUE(file->notes.empty());
    }
  }
}

}  // namespace
}  // namespace xiaoyuan::demand
