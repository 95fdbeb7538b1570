// A district's job: the same bytes on any number of threads, in any chunks, resumed or not; its
// figures against the dispatch of each household alone; what wrong files are told.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "district/chunk_record.hpp"
#include "district/example.hpp"
#include "district/job.hpp"
#include "store/folder.hpp"
#include "support/cases.hpp"

namespace {

using namespace xiaoyuan;
namespace fs = std::filesystem;
using district::JobTerms;
using district::Resume;

constexpr std::size_t days = 12;
constexpr int homes = 60;

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void put(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

class Job : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::temp_directory_path() /
            ("xiaoyuan-district-" + std::to_string(::getpid()) + "-" + test->name());
    std::vector<double> buy;
    std::vector<double> sell;
    for (std::size_t t = 0; t < 24 * days; ++t) {
      const std::size_t hour = t % 24;
      buy.push_back(hour < 7 ? 0.41 : hour < 17 ? 0.56 : hour < 22 ? 0.91 : 0.56);
      sell.push_back(hour < 17 ? 0.2 : 0.3);
    }
    for (const auto& [name, bytes] : district::example_district({.households = homes,
                                                                 .seed = 7,
                                                                 .buy = buy,
                                                                 .sell = sell,
                                                                 .price_source = "a test"})) {
      put(root_ / "in" / name, bytes);
    }
  }
  void TearDown() override { fs::remove_all(root_); }

  JobTerms terms(const std::string& out) const {
    return {.district = root_ / "in",
            .out = root_ / out,
            .chunk_lines = 7,
            .threads = 1,
            .program = "test",
            .on_progress = {},
            .stopped = {}};
  }
  /// Both files of the result.
  std::string result(const std::string& out) const {
    return bytes_of(root_ / out / "households.csv") + bytes_of(root_ / out / "totals.json");
  }
  std::string whole() const {
    EXPECT_TRUE(run_job(terms("whole"), district::alone()));
    return result("whole");
  }
  void replace(const std::string& name, const std::string& from, const std::string& to) const {
    std::string text = bytes_of(root_ / "in" / name);
    ASSERT_NE(text.find(from), std::string::npos);
    put(root_ / "in" / name, text.replace(text.find(from), from.size(), to));
  }
  std::string errors_of(const JobTerms& of) const {
    const auto report = run_job(of, district::alone());
    std::string all;
    if (!report) {
      for (const Error& error : report.error()) {
        all += message(error, Language::english) + "\n";
      }
    }
    return all;
  }
  /// A job that is stopped after some households; what it finished stays.
  void stop_after(int households, const std::string& out) const {
    JobTerms stopping = terms(out);
    std::atomic<int> left{households};
    stopping.stopped = [&] { return left-- <= 0; };
    const auto report = run_job(stopping, district::alone());
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().front().fault, Fault::interrupted);
    EXPECT_FALSE(fs::exists(root_ / out / "households.csv"));
  }
  fs::path root_;
};

TEST_F(Job, GivesTheSameBytesOnOneAndTwoThreadsAndInAnyChunks) {
  const std::string one = whole();
  JobTerms two = terms("two");
  two.threads = 2;
  ASSERT_TRUE(run_job(two, district::alone()));
  EXPECT_EQ(result("two"), one);
  JobTerms large = terms("large");
  large.chunk_lines = 1000;
  ASSERT_TRUE(run_job(large, district::alone()));
  EXPECT_EQ(result("large"), one);
  EXPECT_FALSE(fs::exists(root_ / "whole/chunks"));
}

TEST_F(Job, GoesOnWhereItWasStoppedAndGivesTheSameBytes) {
  stop_after(34, "out");
  EXPECT_NE(errors_of(terms("out")).find("go on with --resume"), std::string::npos);
  JobTerms resumed = terms("out");
  resumed.resume = Resume::go_on;
  resumed.chunk_lines = 0;  // as before
  const auto report = run_job(resumed, district::alone());
  ASSERT_TRUE(report);
  EXPECT_EQ(report->chunks, 9U);
  EXPECT_EQ(report->chunks_found, 4U);
  EXPECT_EQ(result("out"), whole());
}

TEST_F(Job, SolvesAgainWhatWasCutShortOrDamaged) {
  stop_after(34, "out");
  const fs::path first = root_ / "out/chunks/00000000.csv";
  const fs::path second = root_ / "out/chunks/00000001.csv";
  put(first, bytes_of(first).substr(0, 300));
  std::string bytes = bytes_of(second);
  bytes[bytes.size() / 2] ^= 1;
  put(second, bytes);
  JobTerms resumed = terms("out");
  resumed.resume = Resume::go_on;
  const auto report = run_job(resumed, district::alone());
  ASSERT_TRUE(report);
  EXPECT_EQ(report->chunks_found, 2U);
  EXPECT_EQ(result("out"), whole());
}

TEST_F(Job, MixesNoRecordsOfOtherFilesOrChunks) {
  stop_after(34, "out");
  JobTerms resumed = terms("out");
  resumed.resume = Resume::go_on;
  resumed.chunk_lines = 8;
  EXPECT_NE(errors_of(resumed).find("chunks of 7 lines"), std::string::npos);
  resumed.chunk_lines = 0;
  replace("district.csv", "H0000001,", "H1000001,");
  EXPECT_NE(errors_of(resumed).find("is another one"), std::string::npos);
}

TEST_F(Job, GivesEachHouseholdWhatItsOwnDispatchGives) {
  whole();
  const auto district = district::read_district(store::folder(root_ / "in"));
  ASSERT_TRUE(district);
  const std::string table = bytes_of(root_ / "in/district.csv");
  const std::size_t head = table.find('\n');
  const auto rows = district::read_households(
      {std::string_view(table).substr(0, head), std::string_view(table).substr(head + 1), 2},
      *district);
  ASSERT_TRUE(rows);
  const test::Columns lines(bytes_of(root_ / "whole/households.csv"));
  const auto cost = lines.numbers("cost_yuan");
  const auto imported = lines.numbers("import_kwh");
  const auto exported = lines.numbers("export_kwh");
  ASSERT_EQ(cost.size(), static_cast<std::size_t>(homes));
  for (std::size_t i = 0; i < cost.size(); ++i) {
    const district::Household& home = (*rows)[i];
    district::DispatchTable alone;
    alone.buy = district->buy;
    alone.sell = district->sell;
    for (std::size_t t = 0; t < district->steps(); ++t) {
      alone.load_kw.push_back(home.load_kwh * district->loads.values[home.load_shape][t]);
      alone.pv_kw.push_back(home.pv_kwp * district->roofs.values[home.roof][t]);
    }
    district::DispatchTerms own;
    own.store = {.capacity_kwh = home.battery_kwh, .power_kw = home.battery_kw};
    const auto answer = district::dispatch(alone, own);
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->is_certified());
    EXPECT_NEAR(cost[i], answer->result.cost_yuan, 1e-6);
    EXPECT_NEAR(imported[i], answer->sums.import_kwh, 1e-3);
    EXPECT_NEAR(exported[i], answer->sums.export_kwh, 1e-3);
  }
}

TEST_F(Job, AddsUpExactlyToWhatItsRowsSay) {
  whole();
  const test::Columns lines(bytes_of(root_ / "whole/households.csv"));
  const std::string totals = bytes_of(root_ / "whole/totals.json");
  const auto sum = [&](const char* name, double scale) {
    std::int64_t all = 0;
    for (const double value : lines.numbers(name)) {
      all += std::llround(value * scale);
    }
    return all;
  };
  const auto holds = [&](const char* key, std::int64_t value, int digits) {
    const std::string wanted =
        "\"" + std::string(key) + "\": " + district::decimal(value, digits) + ",";
    EXPECT_NE(totals.find(wanted), std::string::npos) << wanted << "\n" << totals;
  };
  holds("cost_yuan", sum("cost_yuan", 1e6), 6);
  holds("import_kwh", sum("import_kwh", 1e3), 3);
  holds("export_kwh", sum("export_kwh", 1e3), 3);
  // Energy is conserved over the district, to the rounding of its rows.
  const double in = static_cast<double>(sum("pv_kwh", 1e3) + sum("import_kwh", 1e3));
  const double out = static_cast<double>(sum("load_kwh", 1e3) + sum("export_kwh", 1e3) +
                                         sum("battery_loss_kwh", 1e3) + sum("curtailed_kwh", 1e3));
  EXPECT_NEAR(in, out, 3.0 * homes);
  EXPECT_GT(sum("battery_loss_kwh", 1e3), 1000);
}

TEST_F(Job, LeavesAHouseholdWithoutAScheduleInItsRowAndGoesOn) {
  const std::string table = bytes_of(root_ / "in/district.csv");
  put(root_ / "in/district.csv",
      "id,load_shape,load_kwh,roof,pv_kwp,battery_kwh,battery_kw,import_limit_kw,export_limit_kw\n"
      "plain,L01,300,,,,,,\n"
      "limited,L01,300,flat,30,5,2.5,20,1\n"
      "starved,L01,30000,flat,1,5,2.5,1,\n");
  const auto report = run_job(terms("out"), district::alone());
  ASSERT_TRUE(report);
  EXPECT_EQ(report->totals.households, 3);
  EXPECT_EQ(report->totals.impossible, 1);
  EXPECT_EQ(report->totals.exact, 2);
  const test::Columns lines(bytes_of(root_ / "out/households.csv"));
  EXPECT_EQ(lines.text("proof"), (std::vector<std::string>{"exact", "exact", "impossible"}));
  EXPECT_NE(lines.text("note")[2].find("raise the import limit"), std::string::npos);
  EXPECT_GT(lines.numbers("curtailed_kwh")[1], 1.0);
  EXPECT_EQ(lines.numbers("pv_kwh")[0], 0.0);
  EXPECT_NEAR(lines.numbers("import_kwh")[0], 300.0, 1e-3);
}

TEST_F(Job, NamesEveryWrongRowOfTheTableBeforeAnyWork) {
  replace("district.csv", "H0000002,", "H0000001,");
  replace("district.csv", "H0000011,", "H0000011,Lx1,1,flat,1,1,1\n,");
  replace("district.csv", "H0000051,", "\"H0000051\",L01,-5,flats,x,3,\nH0000051b,");
  const std::string errors = errors_of(terms("out"));
  for (const char* part :
       {"district.csv:3: id: this id stands in line 2 too", "district.csv:12: load_shape: unknown",
        "district.csv:13: id: is missing", "district.csv:53: load_kwh: expected",
        "district.csv:53: roof: unknown name \"flats\"; did you mean \"flat\"",
        "district.csv:53: pv_kwp: expected", "district.csv:53: battery_kw: is missing"}) {
    EXPECT_NE(errors.find(part), std::string::npos) << part << "\n" << errors;
  }
  EXPECT_FALSE(fs::exists(root_ / "out"));
}

TEST_F(Job, NamesWhatIsWrongInTheSharedFiles) {
  replace("district.toml", "efficiency = 0.95", "efficiency = 1.95");
  replace("shapes/prices.csv", "buy,sell", "buy,sel");
  fs::remove(root_ / "in/shapes/roofs.csv");
  const std::string errors = errors_of(terms("out"));
  for (const char* part : {"district.toml:7: battery.efficiency", "did you mean \"sell\"",
                           "shapes/roofs.csv: there is no such file"}) {
    EXPECT_NE(errors.find(part), std::string::npos) << part << "\n" << errors;
  }
}

TEST(Decimal, KeepsEveryDigit) {
  EXPECT_EQ(district::decimal(-1234, 3), "-1.234");
  EXPECT_EQ(district::decimal(-7, 6), "-0.000007");
  EXPECT_EQ(district::decimal(1000000, 6), "1.000000");
}

}  // namespace
