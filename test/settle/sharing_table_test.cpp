// The table of a community: both forms, both units, every error named, and what is answered.
#include "settle/sharing_table.hpp"

#include <gtest/gtest.h>

#include "settle/sharing_print.hpp"

namespace xiaoyuan::settle {
namespace {

using Wh = std::vector<std::int64_t>;

const char* const wide =
    "time,A_import_wh,B_import_wh,C_import_wh,C_export_wh\n"
    "2026-10-01 12:00,333,501,777,0\n"
    "2026-10-01 12:15,0,501,0,1000\n"
    "2026-10-02 12:00,333,501,0,700\n";

std::string complaints(std::string_view bytes, BeyondMwh beyond = BeyondMwh::refuse,
                       Language language = Language::english) {
  const auto file = read_sharing_table(bytes, "s.csv", beyond);
  std::string all;
  if (!file) {
    for (const Error& error : file.error()) {
      all += message(error, language) + "\n";
    }
  }
  return all;
}

TEST(SharingTable, AWideTableHasARowAnInterval) {
  const auto file = read_sharing_table(wide, "s.csv");
  ASSERT_TRUE(file.has_value()) << complaints(wide);
  EXPECT_EQ(file->table.members, (std::vector<std::string>{"A", "B", "C"}));
  EXPECT_EQ(file->table.imported_wh, (Wh{333, 501, 777, 0, 501, 0, 333, 501, 0}));
  EXPECT_EQ(file->table.exported_wh, (Wh{0, 0, 0, 0, 0, 1000, 0, 0, 700}));
  EXPECT_EQ(file->table.days, (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(file->table.intervals[1] - file->table.intervals[0], 900);
  EXPECT_EQ(file->mwh_per_count, 1000);
  EXPECT_EQ(producers_of(file->table), (std::vector<std::uint8_t>{0, 0, 1}));
}

TEST(SharingTable, ALongTableSaysTheSame) {
  const auto file = read_sharing_table(
      "member,export_kwh,import_kwh,time\nA,0,0.333,2026-10-01 12:00\nA,0,0,2026-10-01 12:15\n"
      "A,0,.3330,2026-10-02 12:00\nB,0,0.501,2026-10-01 12:00\nB,0,0.501,2026-10-01 12:15\n"
      "B,0,0.501,2026-10-02 12:00\nC,0,0.777,2026-10-01 12:00\nC,1,0,2026-10-01 12:15\n"
      "C,0.7,0,2026-10-02 12:00\n",
      "s.csv");
  ASSERT_TRUE(file.has_value());
  const auto same = read_sharing_table(wide, "s.csv");
  EXPECT_EQ(file->table.imported_wh, same->table.imported_wh);
  EXPECT_EQ(file->table.exported_wh, same->table.exported_wh);
  EXPECT_EQ(file->table.intervals, same->table.intervals);
}

TEST(SharingTable, FinerNumbersAreSharedInMilliwattHours) {
  const auto file = read_sharing_table(
      "time,A_import_kwh,B_export_wh\n12:00,0.2375,0.125\n12:15,1E-3,300\n", "s.csv");
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->mwh_per_count, 1);
  EXPECT_EQ(file->table.imported_wh, (Wh{237'500, 0, 1000, 0}));
  EXPECT_EQ(file->table.exported_wh, (Wh{0, 125, 0, 300'000}));
  EXPECT_EQ(file->days, 0U);  // 12:00 is no date
  const char* const too_fine = "time,A_import_kwh\n1,0.12345649\n2,0.1234565\n3,2\n";
  EXPECT_EQ(complaints(too_fine),
            "s.csv:2: A_import_kwh: found \"0.12345649\"; up to 6 decimals can be kept exactly: "
            "round them, or ask for it with --round\n"
            "s.csv:3: A_import_kwh: found \"0.1234565\"; up to 6 decimals can be kept exactly: "
            "round them, or ask for it with --round\n");
  const auto rounded = read_sharing_table(too_fine, "s.csv", BeyondMwh::round_half_up);
  ASSERT_TRUE(rounded.has_value());
  EXPECT_EQ(rounded->table.imported_wh, (Wh{123'456, 123'457, 2'000'000}));
  EXPECT_EQ(rounded->rounded, 2U);
}

TEST(SharingTable, EveryWrongCellIsNamedAtOnce) {
  EXPECT_EQ(complaints("time,A_import_wh,A_export_wh\n2026-10-01 12:00,-1,\n"
                       "2026-10-01 12:00,\"1,5\",x\n12:30,1,2\n2026-10-01 11:00,1,1\n"),
            "s.csv:2: A_import_wh: found -1; energy is 0 or more: import and export have a column "
            "each\n"
            "s.csv:2: A_export_wh: is empty; write 0 where nothing flowed\n"
            "s.csv:3: A_import_wh: found \"1,5\"; write \".\" before decimals and nothing between "
            "thousands\n"
            "s.csv:3: A_export_wh: expected a number like 1234.56, found \"x\"\n"
            "s.csv:3: time: \"2026-10-01 12:00\" stands in line 2 already; where the clock was put "
            "back write the offset too, like +02:00\n"
            "s.csv:4: time: expected a time like 2026-10-01 00:15, found \"12:30\"\n");
  EXPECT_EQ(complaints("time,A_import_wh\n2026-10-01 12:00,1\n2026-10-01 11:00,1\n"),
            "s.csv:3: time: \"2026-10-01 11:00\" is not after the time before it\n");
  EXPECT_EQ(complaints("time,A_import_wh,A_import_kwh,B\n1,1,1,1\n"),
            "s.csv:1: A_import_kwh: stands for the same as the column A_import_wh\n"
            "s.csv:1: B: expected time, or a member's name with _import_kwh, _import_wh, "
            "_export_kwh or _export_wh behind it\n");
  EXPECT_EQ(complaints("time,member,import_wh\n1,A,5\n1,A,6\n2,B,7\n"),
            "s.csv:3: member: this member has a row of this time already\n"
            "s.csv: member: B has no row of 1; write 0 where nothing flowed\n"
            "s.csv: member: A has no row of 2; write 0 where nothing flowed\n");
  EXPECT_EQ(complaints("A_import_wh\n1\n"), "s.csv:1: time: this column is missing\n");
  EXPECT_EQ(complaints("time,A_import_wh\n"), "s.csv: has no rows\n");
  EXPECT_NE(complaints("time;A_import_wh\n").find("separated by \";\""), std::string::npos);
  EXPECT_NE(complaints("time,A_import_kwh\n1,99999999\n").find("more than 70 GWh"),
            std::string::npos);
}

TEST(SharingTable, ManyErrorsAreCounted) {
  std::string csv = "time,A_import_wh\n";
  for (int i = 0; i < 30; ++i) {
    csv += std::to_string(i) + ",x\n";
  }
  const std::string all = complaints(csv);
  EXPECT_NE(all.find("s.csv: 10 errors beside these\n"), std::string::npos) << all;
  EXPECT_NE(complaints(csv, BeyondMwh::refuse, Language::chinese).find("此外还有 10 处错误"),
            std::string::npos);
}

// Where the clock goes back an hour stands twice, told apart by its offset.
TEST(SharingTable, AnOffsetTellsTheHoursOfAnAutumnNightApart) {
  const auto file = read_sharing_table(
      "time,A_import_wh\n2026-10-25 02:00+02:00,1\n2026-10-25 02:00+01:00,2\n", "s.csv");
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->table.intervals[1] - file->table.intervals[0], 3600);
}

std::string weight_complaint(const Result<SharingWeights>& weights) {
  return weights ? "" : message(weights.error()[0], Language::english);
}

TEST(SharingTable, WeightsArePerCentOrParts) {
  const std::vector<std::string> members{"A", "B", "C"};
  const auto per_cent = weights_from("50%, 30%, 12.5%", members);
  ASSERT_TRUE(per_cent.has_value());
  EXPECT_EQ(per_cent->weights, (Wh{20, 12, 5}));
  EXPECT_EQ(per_cent->whole, 40);
  const auto parts = weights_from("C=0.333333,A=0.666667", members);
  EXPECT_EQ(parts->weights, (Wh{666667, 0, 333333}));
  EXPECT_EQ(parts->whole, 0);
  EXPECT_EQ(weight_complaint(weights_from("50%,30%,20.5%", members)),
            "--weights: the shares add up to 100.5 %, more than 100 %");
  EXPECT_EQ(weight_complaint(weights_from("50%,30", members)),
            "--weights: expected 3 weights in the order of the members (A, B, C), found 2");
  EXPECT_EQ(weight_complaint(weights_from("50%,30,20%", members)),
            "--weights: B: some weights are per cent and some are parts; write all the one way");
  EXPECT_EQ(weight_complaint(weights_from("0,0,0", members)), "--weights: all weights are 0");
  EXPECT_NE(weight_complaint(weights_from("Aa=1", members)).find("Aa"), std::string::npos);
  EXPECT_NE(weight_complaint(weights_from("1,-2,3", members)).find("\"-2\""), std::string::npos);
}

TEST(SharingTable, WeightsMayStandInAFile) {
  const auto file = read_sharing_table(wide, "s.csv");
  const auto by_member = read_weights("member,weight\nB,30%\nA,50%\nC,20%\n", "w.csv", *file);
  ASSERT_TRUE(by_member.has_value());
  EXPECT_EQ(by_member->weights, (Wh{5, 3, 2}));
  EXPECT_EQ(by_member->whole, 10);
  const auto by_time =
      read_weights("time,A,C\n2026-10-01 12:00,1,1\n2026-10-01 12:15,0,4\n2026-10-02 12:00,2,1\n",
                   "w.csv", *file);
  ASSERT_TRUE(by_time.has_value());
  EXPECT_EQ(by_time->weights, (Wh{1, 0, 1, 0, 0, 4, 2, 0, 1}));
  EXPECT_EQ(weight_complaint(read_weights("time,A\n2026-10-01 12:00,1\n", "w.csv", *file)),
            "w.csv: time: expected the intervals of the energy in their order: \"2026-10-01 "
            "12:15\", found \"\"");
  EXPECT_EQ(weight_complaint(read_weights("member,weight\nA,1\nA,2\n", "w.csv", *file)),
            "w.csv:3: member: stands in line 2 already");
}

TEST(SharingTable, TheAnswerIsExactAndSumsUp) {
  const auto file = read_sharing_table(
      "time,A_import_wh,B_import_wh,\"C, D_import_wh\",E_export_wh\n1,333,501,777,1000\n", "s.csv");
  ASSERT_TRUE(file.has_value());
  const SharingRule rule{.key = SharingKey::dynamic, .weights = {}, .whole = 0, .first = {}};
  const auto month = share(file->table, rule);
  EXPECT_EQ(sharing_csv(*file, *month),
            "time,member,import_wh,received_wh,from_grid_wh,export_wh,sold_wh,to_grid_wh\n"
            "1,A,333,207,126,0,0,0\n"
            "1,B,501,311,190,0,0,0\n"
            "1,\"C, D\",777,482,295,0,0,0\n"
            "1,E,0,0,0,1000,1000,0\n");
  const std::string text = sharing_text(*file, *month, rule, Language::english);
  EXPECT_NE(text.find("in proportion to import: 4 members, 1 intervals, without dates, one day, in "
                      "whole Wh\n"),
            std::string::npos)
      << text;
  EXPECT_NE(
      text.find("sum               1.611          1.000          0.611          1.000          "
                "1.000          0.000\n"),
      std::string::npos)
      << text;
  EXPECT_NE(sharing_text(*file, *month, rule, Language::chinese).find("合计"), std::string::npos);
  const auto fine = read_sharing_table("time,A_import_wh,B_export_wh\n1,0.5,0.25\n", "s.csv");
  EXPECT_NE(sharing_csv(*fine, *share(fine->table, rule)).find("1,A,0.5,0.25,0.25,0,0,0\n"),
            std::string::npos);
}

}  // namespace
}  // namespace xiaoyuan::settle
