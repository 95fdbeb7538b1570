// A village as its settlement office reads it: what is missing or contradicts is said all at once,
// and a month of three households is what paper and pencil make of it.
#include "store/memory.hpp"
#include "support/office_village.hpp"

namespace xiaoyuan::office::test {
namespace {

using xiaoyuan::test::Folder;
using xiaoyuan::test::replaced;

std::vector<std::string> said_of(const Folder& folder, Language language) {
  const auto read = read_village(village_files(folder), xiaoyuan::test::shipped_share());
  std::vector<std::string> all;
  if (!read) {
    for (const Error& error : read.error()) {
      all.push_back(message(error, language));
    }
  }
  return all;
}

void expect_said(const Folder& folder, const std::vector<std::string>& en,
                 const std::vector<std::string>& zh) {
  EXPECT_EQ(said_of(folder, Language::english), en);
  EXPECT_EQ(said_of(folder, Language::chinese), zh);
}

TEST(Village, WithoutAgreementAndMetersSaysBoth) {
  Folder folder = small_folder();
  folder.erase("settlement.toml");
  folder.erase("meters.csv");
  expect_said(
      folder,
      {"settlement.toml: the village has no settlement.toml, which says who pays whom for what; "
       "`xiaoyuan new` writes one with every key explained (docs/guide/settle-a-month.md)",
       "meters.csv: the village has no meters.csv, which says which meter counts what; to try it "
       "out, `xiaoyuan simulate` makes one (docs/guide/settle-a-month.md)"},
      {"settlement.toml: 村庄缺少 settlement.toml,其中应写明各方往来的约定;xiaoyuan new "
       "生成的示例村庄中有逐项注释的样本(docs/guide/settle-a-month.md)",
       "meters.csv: 村庄缺少 meters.csv,其中应写明各计量点所装电能表;试用时可由 xiaoyuan simulate "
       "生成(docs/guide/settle-a-month.md)"});
}

TEST(Village, WithACompanysRoofThatNoLeaseNamesSaysSo) {
  const Folder folder = replaced(small_folder(), "settlement.toml", R"(households = ["H3"])",
                                 R"(households = ["H1"])");
  expect_said(folder,
              {"settlement.toml: roof_lease: the roof of H3 belongs to another owner; a "
               "[[roof_lease]] has to say to whom, and what rent is paid"},
              {"settlement.toml: roof_lease: H3 的屋顶光伏属其他主体所有,请以 [[roof_lease]] "
               "写明承租方与租金"});
}

TEST(Village, WithAFactorThatNobodyKnowsNamesTheNearest) {
  const Folder folder =
      replaced(small_folder(), "settlement.toml", "mee-2022-beijing", "mee-2022-bejing");
  expect_said(folder,
              {"settlement.toml: carbon_factor: unknown name \"mee-2022-bejing\"; did you mean "
               "\"mee-2022-beijing\"?"},
              {"settlement.toml: carbon_factor: 未知的名称“mee-2022-bejing”;是否想写"
               "“mee-2022-beijing”?"});
}

TEST(Village, WithALeaseOfAHouseholdThatIsNotThereIsNotSettled) {
  const Village village = got(read_village(
      village_files(replaced(small_folder(), "settlement.toml", R"(households = ["H3"])",
                             R"(households = ["H3", "H4"])")),
      xiaoyuan::test::shipped_share()));
  const auto store = store::open_memory();
  got(take_file(*store, small_registers(), terms_by("registers", day_at(2026, 2, 2))));
  Office office = got(Office::open(*store, village));
  const auto refused = office.settle(month_of(2026, 1), day_at(2026, 2, 3));
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().size(), 1U);
  EXPECT_EQ(message(refused.error().front(), Language::english),
            "settlement.toml:11: lease.households: no household or party: unknown name \"H4\"; did "
            "you mean \"H1\"?");
  EXPECT_EQ(got(store->book_size()), 0U);
}

TEST(Village, SaysAllThatIsWrongAtOnce) {
  Folder folder =
      replaced(small_folder(), "settlement.toml", "mee-2022-beijing", "mee-2022-bejing");
  folder = replaced(folder, "settlement.toml", R"(households = ["H3"])", R"(households = ["H1"])");
  folder = replaced(folder, "meters.csv", "H2,imported", "H2,importd");
  EXPECT_EQ(said_of(folder, Language::english).size(), 3U);
}

TEST(Village, PinsTheFilesThatASettlementStandsOn) {
  std::vector<std::string> names;
  for (const Pin& pin : small_village().pins) {
    names.push_back(pin.file);
    EXPECT_EQ(pin.digest, sha256(small_folder().at(pin.file)));
  }
  EXPECT_EQ(names, (std::vector<std::string>{"households.csv", "meters.csv", "settlement.toml",
                                             "village.toml"}));
}

std::int64_t total_of(const settle::SettledMonth& month, const std::string& party) {
  for (const settle::SettledMember& member : month.members) {
    if (member.statement.party == party) {
      return member.statement.total().fen;
    }
  }
  for (const settle::Statement& each : month.parties) {
    if (each.party == party) {
      return each.total().fen;
    }
  }
  ADD_FAILURE() << "no statement of " << party;
  return 0;
}

/// Beijing's prices of 2026: bought 0.4883 yuan/kWh in the first tier, sold 0.3598.
TEST(Village, ComesToTheMoneyOfPaperAndPencil) {
  const auto store = store::open_memory();
  got(take_file(*store, small_registers(), terms_by("registers", day_at(2026, 2, 2))));
  Office office = got(Office::open(*store, small_village()));
  const MonthRun run = got(office.settle(month_of(2026, 1), day_at(2026, 2, 3)));
  // H1 buys 120.50 kWh: 58.84015; sells 80.25: 28.87395.
  EXPECT_EQ(total_of(run.month, "H1"), -5884 + 2887);
  // H2 buys 150.00 kWh: 73.245.
  EXPECT_EQ(total_of(run.month, "H2"), -7325);
  // H3 buys 200.00 kWh: 97.66; gets a twelfth of 10 kWp at 24 yuan: 20.00.
  EXPECT_EQ(total_of(run.month, "H3"), -9766 + 2000);
  // C1 sells 300.00 kWh: 107.94, and pays the rent.
  EXPECT_EQ(total_of(run.month, "C1"), 10794 - 2000);
  EXPECT_EQ(total_of(run.month, "grid"), 5884 + 7325 + 9766 - 2887 - 10794);
  const auto balances = balances_of(office.book());
  // Credit is what the others owe: the household owes its bill.
  EXPECT_EQ(balances.at("fen/H1"), -5884 + 2887);
  EXPECT_EQ(balances.at("fen/H2"), -7325);
  EXPECT_EQ(balances.at("fen/C1"), 8794);
}

}  // namespace
}  // namespace xiaoyuan::office::test
