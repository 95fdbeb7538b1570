// households.xlsx: opened as the archive it is, and held against the plan.
#include "report/workbook.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>

#include "report/workbook_tables.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::report {
namespace {

struct Planned {
  plan::Inputs inputs;
  plan::Study study;
};

const Planned& example() {
  static const Planned planned = [] {
    auto inputs =
        plan::read_inputs(test::files_of(test::shipped_folder("example")), test::shipped_share());
    EXPECT_TRUE(inputs.has_value());
    auto study = plan::study(*inputs);
    EXPECT_TRUE(study.has_value());
    return Planned{std::move(*inputs), std::move(*study)};
  }();
  return planned;
}

std::string workbook(Language language) {
  const auto bytes = households_workbook(example().inputs, example().study, language);
  EXPECT_TRUE(bytes.has_value()) << message(bytes.error()[0], Language::english);
  return bytes.value_or("");
}

/// A member of the archive, as unzip gives it.
std::string member(const std::string& bytes, const std::string& name) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("xiaoyuan-workbook-" + std::to_string(::getpid()) + ".xlsx");
  std::ofstream(path, std::ios::binary) << bytes;
  std::string text;
  FILE* pipe = popen(("unzip -p '" + path.string() + "' '" + name + "'").c_str(), "r");
  std::array<char, 4096> buffer{};
  while (const std::size_t read = fread(buffer.data(), 1, buffer.size(), pipe)) {
    text.append(buffer.data(), read);
  }
  EXPECT_EQ(pclose(pipe), 0) << name;
  std::filesystem::remove(path);
  return text;
}

/// The numbers of a sheet by cell ("C7"); formulas apart.
struct Sheet {
  std::map<std::string, double> values;
  std::map<std::string, std::string> formulas;
  explicit Sheet(const std::string& xml) {
    static const std::regex cell(
        R"re(<c r="([A-Z]+\d+)"(?: s="\d+")?>(?:<f>([^<]*)</f>)?<v>([^<]*)</v></c>)re");
    for (std::sregex_iterator at(xml.begin(), xml.end(), cell); at != std::sregex_iterator();
         ++at) {
      values[(*at)[1]] = std::stod((*at)[3]);
      if ((*at)[2].matched) {
        formulas[(*at)[1]] = (*at)[2];
      }
    }
  }
};

class Workbook : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::system("unzip -v >/dev/null 2>&1") != 0) {
      GTEST_SKIP() << "no unzip here";
    }
  }
};

TEST_F(Workbook, HasFiveSheetsInTheChosenLanguage) {
  const std::string english = member(workbook(Language::english), "xl/workbook.xml");
  const std::string chinese = member(workbook(Language::chinese), "xl/workbook.xml");
  for (const char* name : {"Households", "Months", "Bill lines", "Money by year", "Sources"}) {
    EXPECT_NE(english.find("name=\"" + std::string(name) + "\""), std::string::npos) << name;
  }
  for (const char* name : {"住户", "逐月", "电费明细", "逐年现金流", "数据来源"}) {
    EXPECT_NE(chinese.find("name=\"" + std::string(name) + "\""), std::string::npos) << name;
  }
  const std::string words = member(workbook(Language::chinese), "xl/sharedStrings.xml");
  EXPECT_NE(words.find(">发电量 (千瓦时)<"), std::string::npos);
  EXPECT_NE(words.find(">自发自用余电上网<"), std::string::npos);
}

TEST_F(Workbook, HoldsEveryHouseholdsFiguresAndTotalsThatAreTheirSums) {
  const plan::Study& study = example().study;
  const std::string xml = member(workbook(Language::english), "xl/worksheets/sheet1.xml");
  const Sheet sheet(xml);
  const std::size_t homes = study.households.size();
  double generation = 0.0;
  for (std::size_t i = 0; i < homes; ++i) {
    const plan::HouseholdPlan& home = study.households[i];
    const std::string row = std::to_string(i + 2);
    EXPECT_NEAR(sheet.values.at("J" + row), home.sums.pv_kwh, 1e-9 * home.sums.pv_kwh);
    EXPECT_NEAR(sheet.values.at("Q" + row), home.bill_without_pv.yuan(), 1e-9);
    EXPECT_NEAR(sheet.values.at("U" + row), home.benefit_yuan(), 1e-9);
    if (home.sums.pv_kwh > 0.0) {
      EXPECT_EQ(sheet.formulas.at("O" + row), "K" + row + "/J" + row);
      EXPECT_NEAR(sheet.values.at("O" + row), home.sums.self_used_kwh() / home.sums.pv_kwh, 1e-12);
    }
    generation += home.sums.pv_kwh;
  }
  const std::string total = std::to_string(homes + 2);
  EXPECT_EQ(sheet.formulas.at("J" + total), "SUBTOTAL(109,J2:J" + std::to_string(homes + 1) + ")");
  EXPECT_NEAR(sheet.values.at("J" + total), generation, 1e-6);
  EXPECT_NEAR(sheet.values.at("J" + total), study.energy.pv_kwh, 1e-6);
  EXPECT_NEAR(sheet.values.at("F" + total), example().inputs.village.capacity_kwp(), 1e-9);
  EXPECT_NE(xml.find("<autoFilter ref=\"A1:"), std::string::npos);
  EXPECT_NE(xml.find("state=\"frozen\""), std::string::npos);
}

TEST_F(Workbook, EveryTotalOnEverySheetIsTheSumOfItsColumn) {
  const std::string bytes = workbook(Language::chinese);
  std::size_t totals = 0;
  for (const char* name : {"1", "2", "3", "4"}) {
    const Sheet sheet(member(bytes, "xl/worksheets/sheet" + std::string(name) + ".xml"));
    static const std::regex range(R"re(SUBTOTAL\(109,([A-Z]+)2:[A-Z]+(\d+)\))re");
    for (const auto& [cell, formula] : sheet.formulas) {
      std::smatch part;
      if (!std::regex_match(formula, part, range)) {
        continue;
      }
      double sum = 0.0;
      for (int row = 2; row <= std::stoi(part[2]); ++row) {
        const auto found = sheet.values.find(part[1].str() + std::to_string(row));
        sum += found == sheet.values.end() ? 0.0 : found->second;
      }
      EXPECT_NEAR(sheet.values.at(cell), sum, 1e-6 + 1e-12 * std::abs(sum)) << name << cell;
      ++totals;
    }
  }
  EXPECT_EQ(totals, 17U + 9U + 2U + 5U);
}

TEST_F(Workbook, MonthsAndBillLinesAddUpToTheYear) {
  const plan::Study& study = example().study;
  const std::string bytes = workbook(Language::english);
  const Sheet months(member(bytes, "xl/worksheets/sheet2.xml"));
  const std::string last = std::to_string(study.months.size() + 2);
  EXPECT_NEAR(months.values.at("D" + last), study.energy.pv_kwh, 1e-6);
  double to_pay = 0.0;
  double to_receive = 0.0;
  std::size_t lines = 0;
  for (const plan::HouseholdPlan& home : study.households) {
    to_pay += home.bill_with_pv.yuan();
    to_receive += home.export_income.yuan();
    lines += home.buying_lines.size() + home.selling_lines.size();
  }
  const Sheet bills(member(bytes, "xl/worksheets/sheet3.xml"));
  EXPECT_NEAR(bills.values.at("G" + std::to_string(lines + 2)), to_pay, 1e-6);
  EXPECT_NEAR(bills.values.at("H" + std::to_string(lines + 2)), to_receive, 1e-6);
  EXPECT_NEAR(months.values.at("I" + last), to_pay, 1e-6);
  EXPECT_NEAR(months.values.at("J" + last), to_receive, 1e-6);
}

TEST_F(Workbook, RunningTotalOfMoneyIsAFormulaThatEndsAtTheSum) {
  const plan::Finance& finance = example().study.finance;
  const Sheet sheet(member(workbook(Language::english), "xl/worksheets/sheet4.xml"));
  double running = 0.0;
  for (std::size_t year = 0; year < finance.years.size(); ++year) {
    const std::string row = std::to_string(year + 2);
    // What Excel will reckon from the columns is what stands beside the formula.
    const double net = sheet.values.at("C" + row) - sheet.values.at("B" + row) -
                       sheet.values.at("D" + row) - sheet.values.at("E" + row);
    EXPECT_EQ(sheet.formulas.at("F" + row), "C" + row + "-B" + row + "-D" + row + "-E" + row);
    EXPECT_NEAR(sheet.values.at("F" + row), net, 1e-6) << year;
    running += net;
    EXPECT_NEAR(sheet.values.at("G" + row), running, 1e-6) << year;
  }
  EXPECT_EQ(sheet.formulas.at("G3"), "G2+F3");
}

TEST_F(Workbook, HasASheetOfSizesWhereTheyWereAskedFor) {
  auto folder = test::shipped_folder("example");
  folder["village.toml"] +=
      "\n[sizing]\nhouseholds = [\"H001\", \"H003\"]\nmost_kwh = 5\nfront_points = 0\n";
  auto inputs = plan::read_inputs(test::files_of(folder), test::shipped_share());
  ASSERT_TRUE(inputs.has_value());
  plan::Study study = example().study;
  const auto sizing = plan::sized(*inputs, {});
  ASSERT_TRUE(sizing.has_value());
  study.sizing = *sizing;
  const auto tables = workbook_tables(*inputs, study, Language::chinese);
  const auto found =
      std::ranges::find(tables, "容量优化", [](const Table& table) { return table.name.zh; });
  ASSERT_NE(found, tables.end());
  const Table& sizes = *found;
  ASSERT_EQ(sizes.rows.size(), 2U);
  const plan::HouseholdSizing& home = study.sizing->households[0];
  EXPECT_EQ(std::get<double>(sizes.rows[0][2]), home.proved.sizes.kwp());
  EXPECT_EQ(std::get<double>(sizes.rows[0][8]), home.saved_yuan_per_year);
  EXPECT_NE(std::get<std::string>(sizes.rows[1].back()).find("屋顶已出租"), std::string::npos);
}

TEST_F(Workbook, NamesTheVersionsAndAssumptions) {
  const std::string words = member(workbook(Language::english), "xl/sharedStrings.xml");
  EXPECT_NE(words.find(example().inputs.factor().id), std::string::npos);
  EXPECT_NE(words.find("pv.soiling"), std::string::npos);
  EXPECT_NE(words.find("Household data are illustrative"), std::string::npos);
}

TEST_F(Workbook, HasTheSameBytesWheneverItIsMade) {
  const std::string first = workbook(Language::english);
  ::sleep(1);
  EXPECT_TRUE(first == workbook(Language::english));
  EXPECT_NE(member(first, "docProps/core.xml")
                .find(text_of(example().inputs.times.front().date()) + "T00:00:00Z"),
            std::string::npos);
}

TEST(WorkbookTables, HaveACellForEveryColumn) {
  for (const Language language : {Language::english, Language::chinese}) {
    for (const Table& table : workbook_tables(example().inputs, example().study, language)) {
      EXPECT_FALSE(table.rows.empty()) << table.name.en;
      for (const auto& row : table.rows) {
        EXPECT_EQ(row.size(), table.columns.size()) << table.name.en;
      }
    }
  }
}

TEST(WorkbookTables, AddressesAreThoseOfSpreadsheets) {
  EXPECT_EQ(address(0, 0), "A1");
  EXPECT_EQ(address(6, 25), "Z7");
  EXPECT_EQ(address(6, 26), "AA7");
  EXPECT_EQ(address(1048575, 701), "ZZ1048576");
  EXPECT_EQ(address(0, 702), "AAA1");
}

}  // namespace
}  // namespace xiaoyuan::report
