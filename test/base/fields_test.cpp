// Fields of TOML: every kind of wrong value with file, line and field, in both languages.
#include "base/fields.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace xiaoyuan {
namespace {

using Read = std::function<void(Fields&)>;

/// The messages of reading a text, a line each.
std::string complaints_of(const std::string& toml, const Read& read,
                          Language language = Language::english) {
  Errors errors;
  auto root = parse_toml(toml, "v.toml");
  if (gather(root, errors)) {
    Fields fields(*root, "v.toml", errors);
    read(fields);
    fields.finish();
  }
  std::string all;
  for (const Error& error : errors) {
    EXPECT_EQ(error.fault, Fault::bad_input);
    EXPECT_NE(error.what.en, error.what.zh);
    all += message(error, language) + "\n";
  }
  return all;
}

struct Wrong {
  const char* toml;
  Read read;
  const char* en;
  const char* zh;
};

const Wrong wrong_values[] = {
    {"a = 1\nk = \"x\"\n", [](Fields& f) { f.number("a"), f.number("k"); },
     "v.toml:2: k: expected a number, found \"x\"\n", "v.toml:2: k: 应为数字,实为 \"x\"\n"},
    {"\nk = 400", [](Fields& f) { f.number("k", {-90.0, 90.0}); },
     "v.toml:2: k: expected a number from -90 to 90, found 400\n",
     "v.toml:2: k: 应为 -90 到 90 之间的数字,实为 400\n"},
    {"k = -1", [](Fields& f) { f.number_or("k", 2.0, not_negative); },
     "v.toml:1: k: expected a number not below 0, found -1\n",
     "v.toml:1: k: 应为不小于 0 的数字,实为 -1\n"},
    {"k = 0", [](Fields& f) { f.number("k", positive); },
     "v.toml:1: k: expected a number above 0, found 0\n",
     "v.toml:1: k: 应为大于 0 的数字,实为 0\n"},
    {"", [](Fields& f) { f.number("k"); }, "v.toml:1: k: is missing; it is required\n",
     "v.toml:1: k: 缺失;此项必填\n"},
    {"k = 1", [](Fields& f) { f.text("k"); }, "v.toml:1: k: expected a text in quotes, found 1\n",
     "v.toml:1: k: 应为引号中的文字,实为 1\n"},
    {"k = \"\"", [](Fields& f) { f.text("k"); }, "v.toml:1: k: is missing; it is required\n",
     "v.toml:1: k: 缺失;此项必填\n"},
    {"k = [\"a\", true]", [](Fields& f) { f.texts("k"); },
     "v.toml:1: k: expected a text in quotes, found true\n",
     "v.toml:1: k: 应为引号中的文字,实为 true\n"},
    {"k = { en = \"a\" }", [](Fields& f) { f.both("k"); },
     "v.toml:1: k.zh: is missing; it is required\n", "v.toml:1: k.zh: 缺失;此项必填\n"},
    {"k = \"yes\"", [](Fields& f) { f.truth_or("k", false); },
     "v.toml:1: k: expected true or false, found \"yes\"\n",
     "v.toml:1: k: 应为 true 或 false,实为 \"yes\"\n"},
    {"k = \"2026-01-01\"", [](Fields& f) { f.date("k"); },
     "v.toml:1: k: expected a date like 2026-07-01, found \"2026-01-01\"\n",
     "v.toml:1: k: 应为形如 2026-07-01 的日期,实为 \"2026-01-01\"\n"},
    {"k = \"med\"", [](Fields& f) { f.choice("k", {"high", "low"}); },
     "v.toml:1: k: expected one of high, low; found \"med\"\n",
     "v.toml:1: k: 应为以下之一:high、low;实为“med”\n"},
    {"k = 1", [](Fields& f) { f.table("k"); }, "v.toml:1: k: expected a table, found 1\n",
     "v.toml:1: k: 应为表(table),实为 1\n"},
    {"k = { a = 1 }", [](Fields& f) { f.numbers("k", any_number); },
     "v.toml:1: k: expected a list [ … ], found {…}\n", "v.toml:1: k: 应为列表 [ … ],实为 {…}\n"},
    {"k = [1, 2]", [](Fields& f) { f.numbers("k", any_number, 12); },
     "v.toml:1: k: expected 12 numbers, found 2\n", "v.toml:1: k: 应有 12 个数字,实有 2 个\n"},
    {"k = [1, \"2\"]", [](Fields& f) { f.numbers("k", any_number); },
     "v.toml:1: k: expected a number, found \"2\"\n", "v.toml:1: k: 应为数字,实为 \"2\"\n"},
    {"k = [2026-01-01]", [](Fields& f) { f.tables("k"); },
     "v.toml:1: k: expected a table, found 2026-01-01\n",
     "v.toml:1: k: 应为表(table),实为 2026-01-01\n"},
    {"time = 07:30:00", [](Fields& f) { f.has("time"); },
     "v.toml:1: time: expected a text, a number, true, false or a date like 2026-07-01\n",
     "v.toml:1: time: 应为文字、数字、true、false 或形如 2026-07-01 的日期\n"},
    {"[a]\nb = [1, nan]", [](Fields& f) { f.has("a"); },
     "v.toml:2: a.b[2]: expected a text, a number, true, false or a date like 2026-07-01\n",
     "v.toml:2: a.b[2]: 应为文字、数字、true、false 或形如 2026-07-01 的日期\n"},
    {"[site]\nlatitude_dge = 1\n",
     [](Fields& f) {
       Fields site = f.table("site");
       site.number_if("latitude_deg"), site.finish();
     },
     "v.toml:2: site.latitude_dge: unknown name \"latitude_dge\"; did you mean \"latitude_deg\"?\n",
     "v.toml:2: site.latitude_dge: 未知的名称“latitude_dge”;是否想写“latitude_deg”?\n"},
    {"quite_other = 1\n", [](Fields& f) { f.number_or("a", 1.0), f.number_or("b", 1.0); },
     "v.toml:1: quite_other: unknown name \"quite_other\"; known here: a, b\n",
     "v.toml:1: quite_other: 未知的名称“quite_other”;此处可用:a、b\n"},
};

TEST(Fields, EveryWrongValueIsNamedInBothLanguages) {
  for (const Wrong& wrong : wrong_values) {
    EXPECT_EQ(complaints_of(wrong.toml, wrong.read), wrong.en);
    EXPECT_EQ(complaints_of(wrong.toml, wrong.read, Language::chinese), wrong.zh);
  }
}

TEST(Fields, AllErrorsComeAtOnceAndReadingGoesOn) {
  const auto found = complaints_of(
      "a = \"x\"\nb = 3\n[[roof]]\nkwp = 1\n[[roof]]\nkwp = -1\ntilt = 1\n", [](Fields& fields) {
        EXPECT_EQ(fields.number("a", {5.0, 6.0}), 5.0);  // harmless: within the range
        EXPECT_EQ(fields.text("b"), "");
        std::vector<double> kwp;
        for (Fields& roof : fields.tables("roof")) {
          kwp.push_back(roof.number("kwp", not_negative));
          roof.finish();
        }
        EXPECT_EQ(kwp, (std::vector{1.0, 0.0}));
      });
  EXPECT_EQ(found,
            "v.toml:1: a: expected a number, found \"x\"\n"
            "v.toml:2: b: expected a text in quotes, found 3\n"
            "v.toml:6: roof[2].kwp: expected a number not below 0, found -1\n"
            "v.toml:7: roof[2].tilt: unknown name \"tilt\"; known here: kwp\n");
}

TEST(Fields, GoodValuesAreRead) {
  EXPECT_EQ(
      complaints_of("\xEF\xBB\xBF"
                    "n = 3\nt = \"x\"\nday = 2028-02-29\nok = true\nname = { en = \"a\", zh = "
                    "\"甲\" }\nlist = [1, 2.5]\nkind = \"b\"\n",
                    [](Fields& fields) {
                      EXPECT_EQ(fields.number("n"), 3.0);
                      EXPECT_EQ(fields.text_or("t", "-"), "x");
                      EXPECT_EQ(text_of(fields.date("day")), "2028-02-29");
                      EXPECT_TRUE(fields.truth_or("ok", false));
                      EXPECT_EQ(fields.both("name"), (Text{"a", "甲"}));
                      EXPECT_EQ(fields.numbers("list", any_number), (std::vector{1.0, 2.5}));
                      EXPECT_EQ(fields.choice("kind", {"a", "b"}), 1U);
                      EXPECT_FALSE(fields.table_if("none").has_value());
                      EXPECT_FALSE(fields.date_if("no_day").has_value());
                    }),
      "");
}

TEST(Document, WhatIsNotTomlNamesItsLine) {
  const auto found = parse_toml("a = 1\nb = \n", "v.toml");
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error()[0].where.file, "v.toml");
  EXPECT_EQ(found.error()[0].where.line, 2);
  EXPECT_TRUE(found.error()[0].what.en.starts_with("not TOML: "));
  EXPECT_FALSE(parse_toml("a = 1\na = 2\n", "v.toml").has_value());
}

TEST(Document, WhatTheLibraryTakesForImpossibleIsRefusedToo) {
  const auto found = parse_toml("[[ = \"x\"", "v.toml");
  ASSERT_FALSE(found.has_value());
  EXPECT_TRUE(found.error()[0].what.en.starts_with("not TOML"));
}

TEST(Document, NamesOfEndlessDepthAreRefused) {
  std::string name = "a";
  for (int i = 0; i < 100000; ++i) {
    name += ".a";
  }
  for (const std::string& text : {name + " = 1", "[" + name + "]"}) {
    const auto found = parse_toml(text, "v.toml");
    ASSERT_FALSE(found.has_value());
    EXPECT_EQ(message(found.error()[0], Language::english),
              "v.toml: a name holds more than 64 dots");
  }
  EXPECT_TRUE(
      parse_toml("# ............................................................"
                 "............................................................\na.b.c = 1",
                 "v.toml"));
}

}  // namespace
}  // namespace xiaoyuan
