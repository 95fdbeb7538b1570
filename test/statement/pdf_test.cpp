// Statements as PDF, read back by poppler's programs and by a scanner of QR codes.
#include "statement/pdf.hpp"

#include <gtest/gtest.h>

#include "statement/proof_text.hpp"
#include "statement/words.hpp"
#include "support/statement_example.hpp"
#include "written.hpp"

namespace xiaoyuan::statement::test {
namespace {

std::string text_of_pdf(const std::string& bytes) {
  const Folder folder;
  return output_of("pdftotext -layout " + folder.file("s.pdf", bytes) + " -");
}

class Pdf : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_installed("pdftotext")) {
      GTEST_SKIP() << "poppler-utils is not installed";
    }
  }
};

TEST_F(Pdf, SaysAHouseholdsMonthInChinese) {
  const Sheet sheet = household_example();
  const auto bytes = pdf(sheet, style_of(Language::chinese));
  ASSERT_TRUE(bytes);
  const std::string text = squeezed(text_of_pdf(*bytes));
  for (const std::string& word :
       {std::string("小东各庄村"), std::string("李秀英"), std::string("2026年10月"),
        std::string("发电"), std::string("812.4"), std::string("301.65"), std::string("510.75"),
        std::string("0.3598"), std::string("+183.77"), std::string("居民用电第一档〔估〕"),
        std::string("与上月相比"), std::string("日照减少"), std::string("冻结14.65元"),
        std::string("已办结"), std::string("示例数据"), std::string("xiaoyuanverify"),
        signed_yuan(sheet.statement.total())}) {
    EXPECT_NE(text.find(word), std::string::npos) << word << "\n" << text;
  }
}

TEST_F(Pdf, SaysTheSameInEnglish) {
  const auto bytes = pdf(household_example(), style_of(Language::english));
  ASSERT_TRUE(bytes);
  const std::string text = squeezed(text_of_pdf(*bytes));
  for (const char* word : {"LiXiuying", "October2026", "Surplussold", "+183.77", "[est.]",
                           "Comparedwithlastmonth", "Disputes"}) {
    EXPECT_NE(text.find(word), std::string::npos) << word;
  }
}

TEST_F(Pdf, EmbedsItsFontsAndFitsTwoPages) {
  const Folder folder;
  const auto bytes = pdf(household_example(), style_of(Language::chinese));
  ASSERT_TRUE(bytes);
  const std::string file = folder.file("s.pdf", *bytes);
  const std::string fonts = output_of("pdffonts " + file + " | tail -n +3");
  EXPECT_NE(fonts.find("NotoSansCJK"), std::string::npos) << fonts;
  EXPECT_EQ(fonts.find(" no  yes yes"), std::string::npos) << fonts;
  const std::string info = output_of("pdfinfo " + file);
  EXPECT_NE(info.find("Pages:           2"), std::string::npos) << info;
  EXPECT_NE(info.find("A4"), std::string::npos) << info;
}

TEST_F(Pdf, HasTheSameBytesAgainAndNoClockInThem) {
  const Sheet sheet = household_example();
  const auto once = pdf(sheet, style_of(Language::chinese));
  const auto again = pdf(sheet, style_of(Language::chinese));
  ASSERT_TRUE(once && again);
  EXPECT_EQ(*once, *again);
  EXPECT_NE(once->find("/CreationDate (20261101000000Z)"), std::string::npos);
}

TEST_F(Pdf, CarriesAProofThatAScannerReads) {
  if (!is_installed("zbarimg") || !is_installed("pdftoppm")) {
    GTEST_SKIP() << "zbar-tools is not installed";
  }
  const Sheet sheet = household_example();
  const auto bytes = pdf(sheet, style_of(Language::chinese));
  ASSERT_TRUE(bytes);
  const Folder folder;
  output_of("pdftoppm -r 200 -gray " + folder.file("s.pdf", *bytes) + " " + folder.path() + "/p");
  const std::string scanned =
      output_of("zbarimg --quiet --raw -Sdisable -Sqrcode.enable " + folder.path() + "/p*.pgm");
  const auto proof = read_proof_text(scanned, {"scanned", 0, ""});
  ASSERT_TRUE(proof) << scanned;
  EXPECT_EQ(proof->key, sheet.statement.proof->key);
  EXPECT_EQ(proof->head, sheet.statement.proof->head);
  EXPECT_TRUE(ledger::proves(proof->proof, proof->entry_hash, proof->head));
}

TEST_F(Pdf, RepeatsTheHeadOfALongTable) {
  const auto bytes = pdf(committee_example(80), style_of(Language::chinese));
  ASSERT_TRUE(bytes);
  const std::string text = text_of_pdf(*bytes);
  std::size_t heads = 0;
  for (std::size_t at = text.find("合同往来"); at != std::string::npos;
       at = text.find("合同往来", at + 1)) {
    ++heads;
  }
  EXPECT_GE(heads, 2U);
  EXPECT_NE(text.find("第80户"), std::string::npos);
  EXPECT_NE(squeezed(text).find("第2页"), std::string::npos);
}

TEST_F(Pdf, HoldsTheGridCompanysFiguresBesideOurs) {
  const auto bytes = pdf(grid_company_example(), style_of(Language::chinese));
  ASSERT_TRUE(bytes);
  const std::string text = squeezed(text_of_pdf(*bytes));
  EXPECT_NE(text.find("一致76项,不一致2项,对方缺2项"), std::string::npos) << text;
  EXPECT_NE(text.find("电量不一致"), std::string::npos);
  EXPECT_NE(text.find("尾差一分"), std::string::npos);
  EXPECT_NE(text.find("对方缺项"), std::string::npos);
}

TEST_F(Pdf, PutsManyStatementsIntoOneFile) {
  std::vector<Sheet> sheets;
  for (int number = 1; number <= 5; ++number) {
    sheets.push_back(numbered_household(number));
  }
  const auto bytes = pdf(sheets, style_of(Language::chinese));
  ASSERT_TRUE(bytes);
  const std::string text = text_of_pdf(*bytes);
  for (const char* name : {"第1户", "第5户"}) {
    EXPECT_NE(text.find(name), std::string::npos) << name;
  }
  EXPECT_FALSE(pdf(std::span<const Sheet>(), style_of(Language::chinese)));
}

}  // namespace
}  // namespace xiaoyuan::statement::test
