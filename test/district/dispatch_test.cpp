// The dispatch of one CSV table: the reference optima, and what a wrong table is told.
#include <gtest/gtest.h>

#include "district/dispatch_print.hpp"
#include "support/cases.hpp"

namespace {

using namespace xiaoyuan;
using district::DispatchTerms;

DispatchTerms reference_terms(double step_minutes) {
  DispatchTerms terms;
  terms.step_minutes = step_minutes;
  terms.store = {.capacity_kwh = 15.0, .power_kw = 5.0};
  return terms;
}

/// A sunny noon and a dear evening, four steps.
const char* const small_table =
    "time,load_kw,pv_kw,buy,sell\n"
    "06:00,1,0,0.5,0.3\n"
    "12:00,1,6,0.5,0.3\n"
    "18:00,3,0,0.9,0.3\n"
    "23:00,1,0,0.5,0.3\n";

std::string errors_of(const std::string& table) {
  const auto read = district::read_dispatch_table(table, "x.csv");
  std::string all;
  if (!read) {
    for (const Error& error : read.error()) {
      all += message(error, Language::english) + "\n";
    }
  }
  return all;
}

TEST(DispatchTable, GivesTheReferenceOptimumHourly) {
  CASE_OR_SKIP(bytes, "household/household_8760.csv");
  const auto table = district::read_dispatch_table(bytes, "household_8760.csv");
  ASSERT_TRUE(table);
  const auto answer = district::dispatch(*table, reference_terms(60));
  ASSERT_TRUE(answer);
  EXPECT_NEAR(answer->result.cost_yuan, -738.96769708, 1e-6);
  EXPECT_TRUE(answer->is_certified());
}

TEST(DispatchTable, GivesTheReferenceOptimumInQuarters) {
  CASE_OR_SKIP(bytes, "household/household_35040.csv");
  const auto table = district::read_dispatch_table(bytes, "household_35040.csv");
  ASSERT_TRUE(table);
  const auto answer = district::dispatch(*table, reference_terms(15));
  ASSERT_TRUE(answer);
  EXPECT_NEAR(answer->result.cost_yuan, -731.49502696, 1e-6);
  EXPECT_TRUE(answer->is_certified());
}

TEST(DispatchTable, BalancesEnergyInEveryRowOfTheSchedule) {
  const auto table = district::read_dispatch_table(small_table, "x.csv");
  ASSERT_TRUE(table);
  const auto answer = district::dispatch(*table, reference_terms(60));
  ASSERT_TRUE(answer);
  const auto spec = district::spec_of(reference_terms(60).store);
  const test::Columns rows(district::schedule_csv(*table, spec, *answer));
  ASSERT_EQ(rows.names.at(1), "time");
  EXPECT_EQ(rows.text("time"), (std::vector<std::string>{"06:00", "12:00", "18:00", "23:00"}));
  for (std::size_t t = 0; t < table->size(); ++t) {
    const auto at = [&](const char* name) { return rows.numbers(name)[t]; };
    EXPECT_NEAR(at("pv_kw") + at("import_kw"),
                at("load_kw") + at("export_kw") + at("curtailed_kw") + at("battery_kw"), 3e-6);
  }
  const district::FlowSums& sums = answer->sums;
  EXPECT_NEAR(6.0 + sums.import_kwh, 6.0 + sums.export_kwh + sums.curtailed_kwh + sums.loss_kwh,
              1e-9);
  EXPECT_GT(sums.loss_kwh, 0.1);  // the store was used
}

TEST(DispatchTable, NamesEveryWrongCellAtOnce) {
  const std::string errors =
      errors_of("load_kw,pv_kw,buy,sell\n1,0,0.5,0.3\n-1,nan,,0.3\n1,0,half,inf\n");
  for (const char* part : {"x.csv:3: load_kw: expected a number from 0", "found \"-1\"",
                           "x.csv:3: pv_kw: expected", "found \"nan\"", "x.csv:3: buy: is missing",
                           "x.csv:4: buy: expected", "x.csv:4: sell: expected"}) {
    EXPECT_NE(errors.find(part), std::string::npos) << part << "\n" << errors;
  }
}

TEST(DispatchTable, NamesTheColumnThatWasMeant) {
  const std::string errors = errors_of("load_kw,pv_kv,buy\n1,0,0.5\n");
  EXPECT_NE(errors.find("did you mean \"pv_kw\""), std::string::npos) << errors;
  EXPECT_NE(errors.find("x.csv:1: sell: this column is missing"), std::string::npos) << errors;
  EXPECT_NE(errors_of("load_kw,pv_kw,buy,sell\n").find("has no rows"), std::string::npos);
  EXPECT_NE(errors_of("").find("is empty"), std::string::npos);
}

TEST(DispatchTable, CountsTheErrorsThatItDoesNotPrint) {
  std::string table = "load_kw,pv_kw,buy,sell\n";
  for (int i = 0; i < 30; ++i) {
    table += "-1,0,0.5,0.3\n";
  }
  EXPECT_NE(errors_of(table).find("and 10 more errors"), std::string::npos);
}

TEST(DispatchTerms, RefusesAStoreThatCannotBe) {
  const auto table = district::read_dispatch_table(small_table, "x.csv");
  ASSERT_TRUE(table);
  DispatchTerms terms = reference_terms(60);
  terms.store.efficiency = 1.2;
  terms.store.least_charge = 0.95;
  terms.start_kwh = 3.0;
  terms.tier_limits_kwh = {100.0};
  const auto answer = district::dispatch(*table, terms);
  ASSERT_FALSE(answer);
  std::vector<std::string> options;
  for (const Error& error : answer.error()) {
    options.push_back(error.where.file);
  }
  EXPECT_EQ(options, (std::vector<std::string>{"--efficiency", "--soc-min", "--start-kwh",
                                               "--tier-additions"}));
}

TEST(DispatchTerms, SaysWhatWouldDoWhereTheLoadCannotBeMet) {
  const auto table = district::read_dispatch_table(small_table, "x.csv");
  ASSERT_TRUE(table);
  DispatchTerms terms = reference_terms(60);
  terms.store.power_kw = 0.5;
  terms.import_limit_kw = 1.0;
  const auto answer = district::dispatch(*table, terms);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().front().fault, Fault::impossible);
  EXPECT_NE(answer.error().front().what.en.find("raise the import limit to 2.500 kWh"),
            std::string::npos)
      << answer.error().front().what.en;
}

/// Heat from a tank and a load that may wait, five steps.
const char* const stores_table =
    "load_kw,pv_kw,buy,sell,heat_kw,cop,shift_kw,shift_window\n"
    "0.3,0,0.3,0.2,1,2.5,0,\n"
    "1,0,0.5,0.2,4,2.4,1,day\n"
    "1,6,0.5,0.2,1,3.2,0,day\n"
    "3,0,0.9,0.2,3,2.8,1.5,\n"
    "1,0,0.3,0.2,1,2.6,0,\n";

DispatchTerms terms_with_stores() {
  DispatchTerms terms;
  terms.store = {.capacity_kwh = 10.0, .power_kw = 5.0};
  terms.tank = {.capacity_kwh = 6.0, .heater_kw = 3.0, .loss_per_hour = 0.01, .start_kwh = {}};
  terms.shift.power_kw = 2.0;
  return terms;
}

TEST(DispatchStores, BalanceEnergyInEveryRowAndKeepTheirNeeds) {
  const auto table = district::read_dispatch_table(stores_table, "x.csv");
  ASSERT_TRUE(table);
  const auto answer = district::dispatch(*table, terms_with_stores());
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->is_certified());
  EXPECT_LT(answer->result.gap(), 1e-6);
  const auto spec = district::spec_of(terms_with_stores().store);
  const test::Columns rows(district::schedule_csv(*table, spec, *answer));
  const auto column = [&](const char* name) { return rows.numbers(name); };
  double before = column("heat_stored_kwh").back();  // the year is a circle
  for (std::size_t t = 0; t < table->size(); ++t) {
    const auto at = [&](const char* name) { return column(name)[t]; };
    EXPECT_NEAR(at("pv_kw") + at("import_kw"),
                at("load_kw") + at("export_kw") + at("curtailed_kw") + at("battery_kw") +
                    at("heater_kw") + at("shifted_kw"),
                4e-6);
    EXPECT_NEAR(at("heat_stored_kwh"),
                0.99 * before + table->cop[t] * at("heater_kw") - table->heat_kw[t], 1e-5);
    before = at("heat_stored_kwh");
  }
  EXPECT_NEAR(column("shifted_kw")[1] + column("shifted_kw")[2], 1.0, 2e-6);
  EXPECT_NEAR(column("shifted_kw")[2], 1.0, 2e-6);  // where the sun shines
  EXPECT_NEAR(column("shifted_kw")[3], 1.5, 2e-6);  // a row without a name stands alone
  EXPECT_NE(district::answer_json(*answer).find("\"kind\": \"tank\""), std::string::npos);
}

/// What is printed as the cost unplanned is heat made as it is used and the load as it was.
TEST(DispatchStores, CountTheCostUnplannedByHand) {
  const auto table = district::read_dispatch_table(
      "load_kw,pv_kw,buy,sell,heat_kw,shift_kw\n1,0,0.5,0.3,2,0.5\n1,4,0.5,0.3,1,0\n", "x.csv");
  ASSERT_TRUE(table);
  DispatchTerms terms;
  terms.tank = {.capacity_kwh = 5.0, .heater_kw = 3.0, .start_kwh = {}};
  terms.shift = {.power_kw = 1.0, .hours = 2.0};
  const auto answer = district::dispatch(*table, terms);
  ASSERT_TRUE(answer);
  EXPECT_NEAR(answer->result.without_yuan, 0.5 * 3.5 - 0.3 * 2.0, 1e-9);
  // All heat and the load under the sun: 3.5 kWh, of which 3 are its surplus.
  EXPECT_NEAR(answer->result.cost_yuan, 0.5 * 1.0 + 0.5 * 0.5, 1e-6);
}

TEST(DispatchStores, NameWhatIsMissingOnEitherSide) {
  const auto fields = [](const std::string& csv, const DispatchTerms& terms) {
    std::vector<std::string> all;
    const auto table = district::read_dispatch_table(csv, "x.csv");
    EXPECT_TRUE(table);
    const auto answer = district::dispatch(*table, terms);
    EXPECT_FALSE(answer);
    for (const Error& error : answer ? Errors{} : answer.error()) {
      all.push_back(error.where.file);
    }
    return all;
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(fields(stores_table, reference_terms(60)),
            (Names{"--tank-kwh", "--heater-kw", "--shift-kw"}));
  EXPECT_EQ(fields(small_table, terms_with_stores()), (Names{"--tank-kwh", "--shift-kw"}));
  DispatchTerms terms = terms_with_stores();
  terms.shift = {.power_kw = 1.2, .hours = 5.0};
  terms.tank.loss_per_hour = 0.9;
  EXPECT_EQ(fields(stores_table, terms),
            (Names{"--tank-loss-per-hour", "--shift-hours", "--shift-kw"}));
  EXPECT_NE(errors_of("load_kw,pv_kw,buy,sell,cop\n1,0,0.5,0.3,3\n").find("without the column"),
            std::string::npos);
  EXPECT_NE(errors_of("load_kw,pv_kw,buy,sell,heat_kw,cop\n1,0,0.5,0.3,-1,0\n")
                .find("x.csv:2: cop: expected"),
            std::string::npos);
}

TEST(DispatchStores, SayWhichHeaterWouldDo) {
  const auto table = district::read_dispatch_table(stores_table, "x.csv");
  ASSERT_TRUE(table);
  DispatchTerms terms = terms_with_stores();
  terms.tank.heater_kw = 0.5;
  const auto answer = district::dispatch(*table, terms);
  ASSERT_FALSE(answer);
  const Error& error = answer.error().front();
  EXPECT_EQ(error.fault, Fault::impossible);
  EXPECT_EQ(error.where.file, "--heater-kw, --tank-kwh");
  const auto at = error.what.en.find("raise the heater to ");
  ASSERT_NE(at, std::string::npos) << error.what.en;
  terms.tank.heater_kw = std::stod(error.what.en.substr(at + 20));
  EXPECT_TRUE(district::dispatch(*table, terms));
  *terms.tank.heater_kw -= 0.002;
  EXPECT_FALSE(district::dispatch(*table, terms));
}

}  // namespace
