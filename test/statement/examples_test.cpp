// Writes every example in every form into the folder that XIAOYUAN_STATEMENTS names, for the eye.
#include <gtest/gtest.h>

#include <fstream>

#include "statement/csv.hpp"
#include "statement/html.hpp"
#include "statement/json.hpp"
#include "statement/pdf.hpp"
#include "statement/proof_text.hpp"
#include "statement/terminal.hpp"
#include "statement/workbook.hpp"
#include "support/statement_example.hpp"

namespace xiaoyuan::statement::test {
namespace {

TEST(Examples, AreWrittenForTheEye) {
  const char* folder = std::getenv("XIAOYUAN_STATEMENTS");
  if (!folder) {
    GTEST_SKIP() << "XIAOYUAN_STATEMENTS names no folder";
  }
  const std::vector<std::pair<std::string, Sheet>> sheets{{"household", household_example()},
                                                          {"plain", plain_household_example()},
                                                          {"committee", committee_example()},
                                                          {"company", company_example()},
                                                          {"grid", grid_company_example()}};
  const auto write = [&](const std::string& name, const std::string& bytes) {
    std::ofstream(std::string(folder) + "/" + name, std::ios::binary) << bytes;
  };
  for (const Language language : {Language::chinese, Language::english}) {
    const std::string suffix = language == Language::chinese ? "zh" : "en";
    for (const auto& [name, sheet] : sheets) {
      const auto file = pdf(sheet, style_of(language));
      ASSERT_TRUE(file);
      write(name + "." + suffix + ".pdf", *file);
      write(name + "." + suffix + ".html", html(sheet, style_of(language)));
      write(name + "." + suffix + ".txt", terminal(sheet, style_of(language)));
      write(name + ".csv", csv(std::span<const Sheet>(&sheet, 1)));
      write(name + ".json", json(sheet.statement));
      const auto book = workbook(std::span<const Sheet>(&sheet, 1), style_of(language));
      ASSERT_TRUE(book);
      write(name + "." + suffix + ".xlsx", *book);
    }
  }
}

}  // namespace
}  // namespace xiaoyuan::statement::test
