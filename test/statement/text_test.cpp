// Statements as pages, tables, terminal text, JSON and proofs.
#include <gtest/gtest.h>

#include "statement/csv.hpp"
#include "statement/explain.hpp"
#include "statement/figures.hpp"
#include "statement/html.hpp"
#include "statement/json.hpp"
#include "statement/proof_text.hpp"
#include "statement/reconciliation.hpp"
#include "statement/terminal.hpp"
#include "statement/words.hpp"
#include "statement/workbook.hpp"
#include "support/statement_example.hpp"
#include "written.hpp"

namespace xiaoyuan::statement::test {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Words, WriteNumbersExactly) {
  EXPECT_EQ(yuan_text({123'456'789}), "1,234,567.89");
  EXPECT_EQ(signed_yuan({-5}), "-0.05");
  EXPECT_EQ(yuan_text({-100'000}), "-1,000.00");
  EXPECT_EQ(kwh_text({1'234'500'000}), "1,234.50");
  EXPECT_EQ(kwh_text({125}), "0.000125");
  EXPECT_EQ(short_kwh({1'250'000}), "1.3");
  EXPECT_EQ(price_text({48'830'000}), "0.4883");
  EXPECT_EQ(price_text({-1'234'567}), "-0.01234567");
  EXPECT_EQ(yuan_text({std::numeric_limits<std::int64_t>::min()}), "-92,233,720,368,547,758.08");
  EXPECT_EQ(month_text(ledger::Period::of(2026, 10)).zh, "2026年10月");
}

TEST(Balance, HasEqualSidesAndShowsWhatIsMissing) {
  const auto closed = balance_of(household_example().statement.energy);
  ASSERT_TRUE(closed);
  EXPECT_EQ(closed->total.mwh, 998'400'000);
  EXPECT_EQ(closed->in.size(), 2U);
  EXPECT_EQ(closed->out.size(), 2U);
  settle::MonthEnergy energy = household_example().statement.energy;
  energy.sold = MeteredEnergy{500'750'000};
  const auto open = balance_of(energy);
  ASSERT_TRUE(open);
  EXPECT_EQ(open->out.back().kind, FlowKind::open);
  EXPECT_EQ(open->out.back().energy.mwh, 10'000'000);
}

TEST(Members, ACommitteesPageIsAboutAllHouseholdsAndACompanysHidesTheirBills) {
  Sheet committee = committee_example(3);
  committee.statement.lines.clear();
  const Money all = sum_of(committee.members).total;
  ASSERT_NE(all.fen, 0);
  EXPECT_EQ(total_of(committee), all);
  EXPECT_TRUE(has(terminal(committee, style_of(Language::english)), signed_yuan(all)));
  const Sheet company = company_example();
  ASSERT_FALSE(company.members.empty());
  const std::string page = html(company, style_of(Language::english));
  EXPECT_FALSE(has(page, "<td>" + signed_yuan(company.members.front().total) + "</td>"));
}

TEST(Reconciliation, FindsEveryDifferenceAndItsKind) {
  const Sheet sheet = grid_company_example();
  const Reconciliation all = reconciliation_of(sheet.statement);
  EXPECT_EQ(all.same, 76U);
  EXPECT_EQ(all.different, 2U);
  EXPECT_EQ(all.missing, 2U);
  // 12 kWh at 0.3598 is 4.32 yuan less that they pay; one fen less that they receive.
  EXPECT_EQ((all.theirs - all.ours).fen, 432 - 1);
}

TEST(Json, IsReadBackToTheSameBytes) {
  for (const Sheet& sheet : {household_example(), plain_household_example(), committee_example(3),
                             company_example(), grid_company_example()}) {
    const std::string bytes = json(sheet.statement);
    const auto read = read_json(bytes, "s.json");
    ASSERT_TRUE(read) << message(read.error().front(), Language::english);
    EXPECT_EQ(json(*read), bytes);
  }
}

TEST(Json, NamesEveryFieldThatIsWrong) {
  std::string bytes = json(household_example().statement);
  const auto swap = [&](const std::string& from, const std::string& to) {
    const std::size_t at = bytes.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    bytes.replace(at, from.size(), to);
  };
  swap("\"holder\":\"household\"", "\"holder\":\"houshold\"");
  swap("\"month\":\"2026-10\"", "\"month\":\"2026-13\"");
  swap("\"amount_fen\":-9082", "\"amount_fen\":-90.82");
  swap("\"revision\":2", "\"revisoin\":2");
  const auto read = read_json(bytes, "s.json");
  ASSERT_FALSE(read);
  std::string all;
  for (const Error& error : read.error()) {
    all += message(error, Language::english) + "\n";
  }
  for (const char* part : {"holder", "month", "lines[2].amount_fen", "revision", "revisoin"}) {
    EXPECT_TRUE(has(all, part)) << part << "\n" << all;
  }
  EXPECT_FALSE(read_json("[1", "s.json"));
  EXPECT_FALSE(read_json("[]", "s.json"));
}

TEST(Proof, ReadsBackWithLineBreaksAndRefusesChange) {
  const settle::EntryProof proof = *household_example().statement.proof;
  std::string text = proof_text(proof);
  EXPECT_LT(text.size(), 1100U);
  std::string broken = text;
  broken.insert(300, "\n  ");
  const auto read = read_proof_text(broken + "\n", {"p", 0, ""});
  ASSERT_TRUE(read);
  EXPECT_EQ(proof_text(*read), text);
  EXPECT_TRUE(ledger::proves(read->proof, read->entry_hash, read->head));
  text[500] = text[500] == 'A' ? 'B' : 'A';
  const auto other = read_proof_text(text, {"p", 0, ""});
  EXPECT_TRUE(!other || !ledger::proves(other->proof, other->entry_hash, other->head));
  EXPECT_FALSE(read_proof_text("xiaoyuan-proof/1:", {"p", 0, ""}));
  EXPECT_FALSE(read_proof_text("xiaoyuan-proof/1:!", {"p", 0, ""}));
}

TEST(Html, EscapesWhatComesFromDataAndAsksNothingOfTheNetwork) {
  Sheet sheet = household_example();
  sheet.statement.name = {"<script>alert(1)</script>", "<script>alert(1)</script>"};
  sheet.statement.lines.front().label = {"\"><img src=x onerror=alert(1)>", "<b>'&"};
  sheet.statement.lines.front().document = "<script>";
  sheet.statement.party = "<H>";
  const std::string page = html(sheet, style_of(Language::chinese));
  EXPECT_FALSE(has(page, "<script")) << page;
  EXPECT_FALSE(has(page, "<img"));
  EXPECT_FALSE(has(page, "http://"));
  EXPECT_FALSE(has(page, "https://"));
  EXPECT_TRUE(has(page, "&lt;b&gt;&#39;&amp;"));
}

TEST(Html, OpensEachLineToItsRegistersRuleAndDocument) {
  const std::string page = html(household_example(), style_of(Language::chinese));
  for (const char* part : {"D-91377", "2026-10-17 10:00", "99,998.00", "未校核", "京发改",
                           "beijing-feed-in from 2021-08-01", "xiaoyuan-proof/1:"}) {
    EXPECT_TRUE(has(page, part)) << part;
  }
}

TEST(Csv, IsExactAndHarmless) {
  Sheet sheet = household_example();
  sheet.statement.name = {"=cmd(), \"x\"", "=1"};
  const std::string table = csv(std::span<const Sheet>(&sheet, 1));
  EXPECT_TRUE(table.starts_with("\xEF\xBB\xBFstatement,"));
  EXPECT_TRUE(has(table, "\"'=cmd(), \"\"x\"\"\",\"'=1\""));
  EXPECT_TRUE(has(table, ",510.75,0.3598,183.77,"));
  EXPECT_TRUE(has(table, "D-88102:99921..99998*1; D-91377:0..109*1"));
}

TEST(Workbook, HasASheetForEachViewAndTheSameBytesAgain) {
  const std::vector<Sheet> sheets{household_example(), grid_company_example()};
  const auto once = workbook(sheets, style_of(Language::chinese));
  const auto again = workbook(sheets, style_of(Language::chinese));
  ASSERT_TRUE(once && again);
  EXPECT_EQ(*once, *again);
  EXPECT_TRUE(once->starts_with("PK"));
  if (is_installed("unzip")) {
    const Folder folder;
    const std::string names =
        output_of("unzip -p " + folder.file("s.xlsx", *once) + " xl/workbook.xml");
    for (const char* name : {"汇总", "明细", "示数来源", "与上月相比", "对账"}) {
      EXPECT_TRUE(has(names, name)) << name;
    }
  }
}

TEST(Explain, TellsTheChainFromRegistersToFen) {
  const settle::Statement statement = household_example().statement;
  const auto text = explain(statement, "bought.tier-1", style_of(Language::english));
  ASSERT_TRUE(text);
  for (const char* part :
       {"-90.82 yuan = -(186.00 kWh × 0.4883)", "meter D-88102",
        "(99,998.00 − 99,921.00) × 1 = 77.00", "meter D-91377", "109.00 kWh", "estimated",
        "similar days", "beijing-residential from 2021-01-01", "2026-10/H001/bought.tier-1"}) {
    EXPECT_TRUE(has(*text, part)) << part << "\n" << *text;
  }
  const auto unknown = explain(statement, "bought.tier-2", style_of(Language::english));
  ASSERT_FALSE(unknown);
  EXPECT_TRUE(has(message(unknown.error().front(), Language::english), "\"bought.tier-1\" meant"));
}

TEST(Terminal, SaysTotalAndMarks) {
  const std::string text = terminal(household_example(), style_of(Language::chinese));
  for (const char* part : {"李秀英 (H001)", "+183.77", "〔估〕", "合计", "与上月相比", "冻结"}) {
    EXPECT_TRUE(has(text, part)) << part << "\n" << text;
  }
}

}  // namespace
}  // namespace xiaoyuan::statement::test
