// Open data: pseudonyms, suppression, and cells that no spreadsheet reckons with.
#include "desk/data_pseudonyms.hpp"
#include "desk/data_sets.hpp"
#include "desk/village_settings.hpp"
#include "support/office_village.hpp"
#include "support/seven_homes.hpp"

namespace xiaoyuan::desk {
namespace {

using office::test::got;
using xiaoyuan::test::seven_homes;
using xiaoyuan::test::SevenHomes;

const Instant now = office::test::day_at(2026, 2, 10);

TEST(Hmac, IsThatOfRfc4231) {
  EXPECT_EQ(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(hmac_sha256(std::string(131, '\xaa'),
                            "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Pseudonyms, StayWithinAReleaseAndChangeInTheNext) {
  const auto homes = seven_homes();
  const std::string key = got(release_key(*homes->desk(), 2026, now));
  EXPECT_EQ(key.size(), 32U);
  EXPECT_EQ(got(release_key(*homes->desk(), 2026, now)), key);
  const std::string next = got(release_key(*homes->desk(), 2027, now));
  EXPECT_NE(pseudonym(key, "H1"), pseudonym(next, "H1"));
  EXPECT_NE(pseudonym(key, "H1"), pseudonym(key, "H2"));
}

void consent(const SevenHomes& homes, std::initializer_list<const char*> households) {
  for (const char* household : households) {
    ASSERT_TRUE(set_consent(*homes.desk(), household, Consent::given, now));
  }
}

TEST(ResearchData, OfFewerThanFiveHouseholdsIsNotGivenOut) {
  const auto homes = seven_homes();
  consent(*homes, {"H1", "H4", "H5", "H6"});
  EnergyShelf shelf;
  const ResearchTerms terms{.year = 2026, .key = "key"};
  EXPECT_FALSE(research_months(*got(shelf.figures(*homes->desk())), terms));
  consent(*homes, {"H2"});
  EXPECT_TRUE(research_months(*got(shelf.figures(*homes->desk())), terms));
  ASSERT_TRUE(set_consent(*homes->desk(), "H1", Consent::withdrawn, now));
  EXPECT_FALSE(research_days(*got(shelf.figures(*homes->desk())), terms));
}

TEST(ResearchData, SaysNoNameNoIdNoMeterAndBlanksRareClasses) {
  const auto homes = seven_homes();
  consent(*homes, {"H1", "H2", "H4", "H5", "H6", "H7"});
  EnergyShelf shelf;
  const auto figures = got(shelf.figures(*homes->desk()));
  const ResearchTerms terms{.year = 2026, .key = got(release_key(*homes->desk(), 2026, now))};
  const DataTable months = got(research_months(*figures, terms));
  const DataTable days = got(research_days(*figures, terms));
  EXPECT_EQ(months.rows.size(), 6U);
  // H2 has its hour missing, but the rest of its days.
  EXPECT_EQ(days.rows.size(), 6U * 31U - 1U);
  for (const std::string& text : {csv(months), csv(days)}) {
    for (const char* told : {"H1", "H2", "王家", "seven"}) {
      EXPECT_EQ(text.find(told), std::string::npos) << told;
    }
  }
  std::size_t blank = 0;
  std::map<std::string, std::int64_t> made_by_month;
  for (const auto& row : months.rows) {
    blank += std::holds_alternative<std::monostate>(row[1]) ? 1 : 0;
    if (const auto* made = std::get_if<std::int64_t>(&row[3])) {
      made_by_month[std::get<std::string>(row[0])] = *made;
    }
  }
  // H2 alone has no plant: were its class alone blank, that would tell who it is.
  EXPECT_EQ(blank, 6U);
  std::map<std::string, std::int64_t> made_by_days;
  for (const auto& row : days.rows) {
    if (const auto* made = std::get_if<std::int64_t>(&row[3])) {
      made_by_days[std::get<std::string>(row[0])] += *made;
    }
  }
  EXPECT_EQ(made_by_days, made_by_month);
}

TEST(Csv, IsHarmlessToSpreadsheets) {
  const DataTable table{
      .columns = {{"name", ColumnType::text, "", {}}, {"value_kwh", ColumnType::number, "kWh", {}}},
      .rows = {{"=1+1", -2.5},
               {"+x", std::int64_t{-3}},
               {"-x", {}},
               {"@SUM(A1)", true},
               {"\tx", 1.0},
               {"a,\"b\"\n", 0.1}}};
  EXPECT_EQ(csv(table),
            "\xEF\xBB\xBFname,value_kwh\r\n\"'=1+1\",-2.5\r\n\"'+x\",-3\r\n\"'-x\",\r\n"
            "\"'@SUM(A1)\",true\r\n\"'\tx\",1\r\n\"a,\"\"b\"\"\n\",0.1\r\n");
}

TEST(DataSets, SayEveryColumnInBothLanguagesAndFillIt) {
  const auto homes = seven_homes();
  const std::array<std::shared_ptr<const VillageView>, 1> views{homes->desk()->view()};
  const DataTable months = village_months(views);
  ASSERT_EQ(months.rows.size(), 1U);
  EXPECT_EQ(months.rows[0].size(), months.columns.size());
  for (std::size_t i = 0; i < data_set_count; ++i) {
    for (const Column& column : terms_of(static_cast<DataSet>(i)).columns) {
      EXPECT_FALSE(column.meaning.en.empty() || column.meaning.zh.empty()) << column.name;
    }
  }
  const DataTable tariffs = got(tariff_table(xiaoyuan::test::shipped_share()));
  bool has_beijing = false;
  for (const auto& row : tariffs.rows) {
    ASSERT_EQ(row.size(), tariffs.columns.size());
    // Beijing's first tier is 0.4883 yuan/kWh (china.md §2.1).
    has_beijing = has_beijing ||
                  (row[0] == Cell(std::string("beijing-residential")) &&
                   row[11] == Cell(std::int64_t{1}) && row[12] == Cell(std::int64_t{48'830'000}));
  }
  EXPECT_TRUE(has_beijing);
}

}  // namespace
}  // namespace xiaoyuan::desk
