// xiaoyuan bill as its users run it: a bill with its reasons, what is missing, what is wrong.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

namespace {

struct BillAnswer {
  int code = 0;
  std::string text;  ///< standard output and error
};

BillAnswer bill(const std::string& words) {
  const std::string command =
      std::string("LC_ALL=C LANG=C '") + XIAOYUAN_PROGRAM + "' bill " + words + " 2>&1";
  BillAnswer answer;
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  while (const std::size_t read = fread(buffer.data(), 1, buffer.size(), pipe)) {
    answer.text.append(buffer.data(), read);
  }
  const int status = pclose(pipe);
  answer.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return answer;
}

bool says(const BillAnswer& answer, const std::string& part) {
  return answer.text.find(part) != std::string::npos;
}

TEST(BillCommand, PrintsEveryLineWithItsRuleAndDocument) {
  const BillAnswer paper = bill("beijing-residential --month 2026-10 --kwh 200 --before-kwh 2800");
  EXPECT_EQ(paper.code, 0);
  EXPECT_TRUE(says(paper, "-103.66")) << paper.text;
  EXPECT_TRUE(says(paper, "80 kWh of it lie in the tier up to 2880 kWh")) << paper.text;
  EXPECT_TRUE(says(paper, "beijing-residential from 2026-01-01 · Beijing DRC")) << paper.text;
}

TEST(BillCommand, GivesTheSameToAProgram) {
  const BillAnswer paper = bill(
      "zhejiang-residential-tou --month 2026-05 --rate peak=150,valley=100.5 "
      "--before-kwh 0 --json");
  const auto json = nlohmann::json::parse(paper.text);
  EXPECT_EQ(json["schema"], "xiaoyuan.bill/1");
  EXPECT_EQ(json["mwh"], 250'500'000);
  EXPECT_EQ(json["total_fen"], -(8520 + 2894));  // 150 × 0.568, 100.5 × 0.288 = 28.944
}

TEST(BillCommand, NamesAllThatIsWrongAtOnce) {
  const BillAnswer paper =
      bill("beijing-residential --month 2026-13 --kwh x --rate top=1 --connected then");
  EXPECT_EQ(paper.code, 2);
  EXPECT_TRUE(says(paper, "--month: expected a month like 2026-10, found \"2026-13\""));
  EXPECT_TRUE(says(paper, "--kwh: expected a number"));
  EXPECT_TRUE(says(paper, "--rate: expected one of critical_peak, peak"));
  EXPECT_TRUE(says(paper, "--connected")) << paper.text;
}

TEST(BillCommand, SaysWhatATariffStillAsksFor) {
  const BillAnswer paper = bill("zhejiang-residential-tou --month 2026-05 --kwh 3");
  EXPECT_EQ(paper.code, 2);
  EXPECT_TRUE(says(paper, "--before-kwh: is missing")) << paper.text;
  EXPECT_TRUE(says(paper, "peak=…,valley=…")) << paper.text;
  EXPECT_TRUE(says(bill("beijing-residental --month 2026-05 --kwh 3"),
                   "did you mean \"beijing-residential\""));
}

}  // namespace
