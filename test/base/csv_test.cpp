// Tables: quotes, line ends, byte-order marks, and the line that every message names.
#include "base/csv.hpp"

#include <gtest/gtest.h>

namespace xiaoyuan {
namespace {

std::vector<std::vector<std::string>> cells_of(std::string_view bytes) {
  const auto table = parse_csv(bytes, "t.csv");
  std::vector<std::vector<std::string>> all;
  if (!table) {
    return {{message(table.error()[0], Language::english)}};
  }
  for (const CsvRow& row : table->rows) {
    all.emplace_back(row.cells.begin(), row.cells.end());
  }
  return all;
}

using Rows = std::vector<std::vector<std::string>>;

TEST(Csv, QuotesHoldCommasQuotesAndLines) {
  EXPECT_EQ(cells_of("a,\"b,c\",\"say \"\"hi\"\"\"\n\"two\nlines\",,\n"),
            (Rows{{"a", "b,c", "say \"hi\""}, {"two\nlines", "", ""}}));
}

TEST(Csv, LineEndsAndAByteOrderMarkDoNotMatter) {
  const Rows wanted{{"id", "name"}, {"1", "张家"}};
  EXPECT_EQ(cells_of("id,name\n1,张家\n"), wanted);
  EXPECT_EQ(cells_of("id,name\r\n1,张家\r\n"), wanted);
  EXPECT_EQ(cells_of("\xEF\xBB\xBFid,name\r\n1,张家"), wanted);
  EXPECT_EQ(cells_of("\xEF\xBB\xBF\"id\",name\n1,张家"), wanted);
}

TEST(Csv, RowsRememberTheirLineAndEmptyOnesAreLeftOut) {
  const auto table = parse_csv("id\r\n\r\n1\r\n , \r\n,,\r\n\"2\r\n3\"\r\n4\r\n", "t.csv");
  ASSERT_TRUE(table.has_value());
  ASSERT_EQ(table->rows.size(), 4U);
  EXPECT_EQ(table->rows[0].line, 1);
  EXPECT_EQ(table->rows[1].line, 3);
  EXPECT_EQ(table->rows[2].line, 7);  // the line where the row ends
  EXPECT_EQ(table->rows[3].line, 8);
}

TEST(Csv, NothingIsATableWithoutRows) {
  EXPECT_TRUE(cells_of("").empty());
  EXPECT_TRUE(cells_of("\r\n\n , \n").empty());
}

TEST(Csv, BrokenQuotesNameTheirLine) {
  const std::string what = "a quoted cell is not closed, or text follows its closing quote";
  EXPECT_EQ(cells_of("a\nb\n\"c,d\n"), (Rows{{"t.csv:3: " + what}}));
  EXPECT_EQ(cells_of("a\n\"b\"x,c\nd\n"), (Rows{{"t.csv:2: " + what}}));
  EXPECT_EQ(cells_of("a\n\"b"), (Rows{{"t.csv:2: " + what}}));
}

std::vector<std::string> complaints_of(std::string_view bytes) {
  const auto table = parse_csv(bytes, "t.csv");
  Errors errors;
  CsvColumns columns(*table, "t.csv", {"id", "kwh", "day", "mode"}, errors);
  for (std::size_t i = 1; i < table->rows.size(); ++i) {
    columns.text(table->rows[i], "id");
    columns.number(table->rows[i], "kwh", {0.0, 10.0});
    columns.date_if(table->rows[i], "day");
    columns.choice_or(table->rows[i], "mode", {"none", "all"}, 0);
  }
  std::vector<std::string> all;
  for (const Error& error : errors) {
    all.push_back(message(error, Language::english));
  }
  return all;
}

TEST(CsvColumns, EveryWrongCellIsNamed) {
  EXPECT_EQ(
      complaints_of("id,kwh,day,mode\na,5,2026-01-01,all\n,eleven,2026-02-30,al\nb,11,,\nc\n"),
      (std::vector<std::string>{
          "t.csv:3: id: is missing; it is required",
          "t.csv:3: kwh: expected a number from 0 to 10, found \"eleven\"",
          "t.csv:3: day: expected a date like 2026-07-01, found \"2026-02-30\"",
          "t.csv:3: mode: expected one of none, all; found \"al\"; did you mean \"all\"?",
          "t.csv:4: kwh: expected a number from 0 to 10, found \"11\"",
          "t.csv:5: kwh: is missing; it is required"}));
}

TEST(CsvColumns, UnknownAndRepeatedColumnsAreNamed) {
  EXPECT_EQ(complaints_of("id,kwh,kw,id, \na,1,1,1,\n"),
            (std::vector<std::string>{"t.csv:1: kw: unknown name \"kw\"; did you mean \"kwh\"?",
                                      "t.csv:1: id: this column stands twice"}));
  EXPECT_EQ(complaints_of(""),
            (std::vector<std::string>{"t.csv: is empty; its first line must name the columns"}));
}

}  // namespace
}  // namespace xiaoyuan
