// The settlement office as its users run it: a village of one's own from readings to statements, a
// correction, a dispute, a backup, and what is refused, in the words that they read.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

namespace fs = std::filesystem;

struct OfficeAnswer {
  int code = 0;
  std::string text;  ///< standard output and error
};

/// One village of five households with three months of readings, for all tests.
class OfficeCommand : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    place_ = fs::temp_directory_path() / ("xiaoyuan-office-" + std::to_string(::getpid()));
    fs::create_directories(place_);
    ASSERT_EQ(run("new v").code, 0);
    const OfficeAnswer made = run("simulate v --out v --months 3");
    ASSERT_EQ(made.code, 0) << made.text;
    ASSERT_TRUE(says(made, "Next: xiaoyuan import v v/readings/registers.csv --mapping registers"));
    const OfficeAnswer taken =
        run("import v v/readings/registers.csv --mapping registers "
            "--known-since 2026-04-02");
    ASSERT_EQ(taken.code, 0) << taken.text;
    ASSERT_EQ(run("settle v --month 2026-02").code, 0);
  }
  static void TearDownTestSuite() { fs::remove_all(place_); }

  static OfficeAnswer run(const std::string& words) {
    const std::string command = "cd '" + place_.string() + "' && LC_ALL=C LANG=C '" +
                                XIAOYUAN_PROGRAM + "' " + words + " 2>&1";
    OfficeAnswer answer;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> buffer{};
    while (const std::size_t read = fread(buffer.data(), 1, buffer.size(), pipe)) {
      answer.text.append(buffer.data(), read);
    }
    const int status = pclose(pipe);
    answer.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return answer;
  }
  static bool says(const OfficeAnswer& answer, const std::string& part) {
    return answer.text.find(part) != std::string::npos;
  }
  static std::string head_of(const std::string& words) {
    const std::string text = run(words).text;
    const std::size_t at = text.find("Head: ");
    return at == std::string::npos ? "" : text.substr(at + 6, text.find('\n', at) - at - 6);
  }
  static std::string bytes(const std::string& name) {
    std::ifstream file(place_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  static inline fs::path place_;
};

TEST_F(OfficeCommand, ALateReadingAndACorrectionSettleWhatWasRefusedAndPostDifferences) {
  ASSERT_EQ(run("import v v/readings/registers.csv --mapping registers --book late.db "
                "--known-since 2026-04-02")
                .code,
            0);
  const OfficeAnswer first = run("settle v --month 2026-03 --book late.db");
  EXPECT_TRUE(says(first,
                   "H004 not settled: household H004, meter 990000000008: import, total, "
                   "2026-04-01 00:00: no reading"))
      << first.text;
  EXPECT_TRUE(says(first, "1 of 5 households are not settled")) << first.text;
  ASSERT_EQ(run("import v v/readings/corrections-2026-04.csv --mapping registers --correct "
                "--known-since 2026-04-20 --book late.db")
                .code,
            0);
  const OfficeAnswer second = run("settle v --month 2026-03 --book late.db");
  EXPECT_TRUE(says(second, "settled, revision 2, entries: 1)")) << second.text;
  EXPECT_FALSE(says(second, "not settled")) << second.text;
  const OfficeAnswer then = run("settle v --month 2026-02 --as-known-at 2026-04-03 --book late.db");
  const std::string figures = "made 2,390.1, sold 1,592.5, bought 2,998.2 kWh";
  EXPECT_TRUE(says(then, figures)) << then.text;
  EXPECT_TRUE(says(first, figures)) << first.text;
  EXPECT_TRUE(says(run("settle v --month 2026-03 --book late.db"), "unchanged since revision 2"));
}

TEST_F(OfficeCommand, WritesTheStatementsAndExplainsALine) {
  const OfficeAnswer written =
      run("statement v 2026-02 --format pdf,html,csv,xlsx --out papers --lang zh");
  ASSERT_EQ(written.code, 0) << written.text;
  EXPECT_TRUE(bytes("papers/statements.pdf").starts_with("%PDF"));
  EXPECT_TRUE(bytes("papers/VC.html").find("各户合计应付") != std::string::npos);
  EXPECT_TRUE(bytes("papers/statements.xlsx").starts_with("PK"));
  const OfficeAnswer why = run("explain v 2026-02/H003 contracts.company-roofs");
  // 18.75 kWp at 24 yuan a year, a twelfth
  EXPECT_TRUE(says(why, "amount: +37.50 yuan")) << why.text;
}

TEST_F(OfficeCommand, FreezesAndCorrectsADisputedAmountAndProvesTheBook) {
  const std::string before = head_of("book v");
  ASSERT_FALSE(before.empty());
  EXPECT_TRUE(says(run("dispute v 2026-02/H002 bought.tier1 --amount 3.20 --reason misread"),
                   "dispute/2026-02/H002/bought.tier1/1: 3.20 yuan frozen"));
  EXPECT_TRUE(says(run("book v"), "(3.20 disputed)"));
  EXPECT_EQ(run("resolve v dispute/2026-02/H002/bought.tier1/1 --correct 3.20 --with grid "
                "--reason again")
                .code,
            0);
  ASSERT_EQ(run("book v --out book.xyb").code, 0);
  const OfficeAnswer good = run("verify book.xyb --head " + before);
  EXPECT_EQ(good.code, 0);
  EXPECT_TRUE(says(good, "it goes on from the head that you keep")) << good.text;
  ASSERT_EQ(run("backup v kept.xya").code, 0);
  ASSERT_EQ(run("restore v kept.xya --book second.db").code, 0);
  EXPECT_EQ(head_of("book v --book second.db"), head_of("book v"));
}

TEST_F(OfficeCommand, RefusesInBothLanguagesAndSaysWhatToDo) {
  EXPECT_EQ(run("settle v --month 2025-12").text,
            "xiaoyuan: --month: 2025-12 lies before the first month of settlement.toml, 2026-01\n");
  EXPECT_EQ(run("settle v --month 2025-12 --lang zh").text,
            "xiaoyuan: --month: 2025-12 早于 settlement.toml 中的首个结算月 2026-01\n");
  EXPECT_EQ(run("import v v/readings/registers.csv --mapping register").text,
            "xiaoyuan: --mapping: unknown name \"register\"; did you mean \"registers\"?\n");
  EXPECT_EQ(run("import v v/readings/registers.csv --mapping register --lang zh").text,
            "xiaoyuan: --mapping: 未知的名称“register”;是否想写“registers”?\n");
  EXPECT_EQ(run("dispute v 2026-02/H001 bought.tier1").text,
            "xiaoyuan: --amount: is missing: the yuan that are doubted\n"
            "xiaoyuan: --reason: is missing: what is wrong with the line\n"
            "xiaoyuan: 2 errors; nothing was written\n");
  EXPECT_EQ(run("dispute v 2026-02/H001 bought.tier1 --amount 1 --lang zh").text,
            "xiaoyuan: --reason: 未填写:争议理由\n");
}

TEST_F(OfficeCommand, AMonthOfWhichNothingIsKnownIsNotSettled) {
  const OfficeAnswer none = run("settle v --month 2026-01 --book empty.db");
  EXPECT_NE(none.code, 0);
  EXPECT_TRUE(says(none,
                   "2026-01: no household can be settled; `xiaoyuan import` takes in what is "
                   "missing. The first: "))
      << none.text;
  EXPECT_TRUE(says(run("book v --book empty.db"), "0 entries"));
}

TEST_F(OfficeCommand, TheStoreOfAnotherVillageIsLeftAlone) {
  fs::copy(place_ / "v", place_ / "other", fs::copy_options::recursive);
  std::string text = bytes("other/village.toml");
  const std::size_t at = text.find("my-village");
  ASSERT_NE(at, std::string::npos);
  std::ofstream(place_ / "other/village.toml", std::ios::binary)
      << text.replace(at, std::string("my-village").size(), "xiaodong");
  const std::string head = head_of("book v");
  const OfficeAnswer mixed = run("settle other --month 2026-02 --book v/village.db");
  EXPECT_NE(mixed.code, 0);
  EXPECT_EQ(mixed.text,
            "xiaoyuan: --book: the store is that of the village \"my-village\", not of "
            "\"xiaodong\"; name another with --book\n");
  EXPECT_EQ(head_of("book v"), head);
}

TEST_F(OfficeCommand, NamesAllThatIsWrongInAnAgreementAtOnce) {
  fs::copy(place_ / "v", place_ / "broken", fs::copy_options::recursive);
  std::string text = bytes("broken/settlement.toml");
  for (const auto& [from, to] : {std::pair{"tenant = \"C1\"", "tenant = \"C2\""},
                                 std::pair{"paid = \"monthly\"", "paid = \"montly\""},
                                 std::pair{"whole_kwh = \"exact\"", "whole_kwh = \"\""}}) {
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, std::string(from).size(), to);
  }
  std::ofstream(place_ / "broken/settlement.toml", std::ios::binary) << text;
  const OfficeAnswer wrong = run("settle broken --month 2026-01");
  EXPECT_EQ(wrong.code, 2);
  EXPECT_TRUE(says(wrong, "C2")) << wrong.text;
  EXPECT_TRUE(says(wrong, "did you mean \"monthly\"?")) << wrong.text;
  EXPECT_TRUE(says(wrong, "whole_kwh")) << wrong.text;
  EXPECT_TRUE(says(wrong, "3 errors")) << wrong.text;
}

}  // namespace
