// Plans of a server: the same as the command line makes, changed in the words of the files, shared
// by links that tell nothing.
#include "desk/plans.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "desk/plans_changes.hpp"
#include "desk/plans_course.hpp"
#include "support/temporary_folder.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::desk {
namespace {

using Json = nlohmann::ordered_json;

const Instant plan_noon{std::chrono::seconds{1795600000}};

/// A village in memory, as its desk would show it.
class StillDesk final : public VillageDesk {
 public:
  explicit StillDesk(test::Folder folder) {
    const Files files = test::files_of(std::move(folder));
    auto view = std::make_shared<VillageView>();
    view->name = "example";
    view->version = "1";
    auto read = plan::read_inputs(files, test::shipped_share());
    if (gather(read, view->errors)) {
      view->plan = std::make_shared<const plan::Inputs>(std::move(*read));
    }
    view_ = std::move(view);
  }
  const std::string& name() const override { return view_->name; }
  std::shared_ptr<const VillageView> view() const override { return view_; }
  Result<void> work(const std::function<Result<void>(Table&)>&) override { return {}; }
  Result<void> look(const std::function<Result<void>(Table&)>&) const override { return {}; }
  Result<void> refresh() override { return {}; }
  Result<void> catch_up() override { return {}; }

 private:
  std::shared_ptr<const VillageView> view_;
};

class OneVillage final : public Villages {
 public:
  explicit OneVillage(test::Folder folder)
      : desk_(std::make_shared<StillDesk>(std::move(folder))) {}
  std::vector<std::shared_ptr<VillageDesk>> all() const override { return {desk_}; }
  std::shared_ptr<VillageDesk> find(std::string_view name) const override {
    return name == "example" ? desk_ : nullptr;
  }
  Result<std::shared_ptr<VillageDesk>> add(
      const std::string&, const std::vector<std::pair<std::string, std::string>>&) override {
    return desk_;
  }
  Result<void> refresh() override { return {}; }
  Result<void> catch_up() override { return {}; }

 private:
  std::shared_ptr<VillageDesk> desk_;
};

PlanAsked asked_plan(std::string changes = "") {
  return {.village = "example", .account = "a1", .name = "试算", .changes = std::move(changes)};
}

/// A server's plans and jobs, around one village.
struct Office {
  test::TemporaryFolder folder;
  OneVillage villages;
  std::unique_ptr<Plans> plans = std::move(*Plans::open(folder.path / "plans"));
  std::unique_ptr<Jobs> jobs =
      std::move(*Jobs::open(folder.path / "jobs",
                            {{"plan", plan_work({.plans = *plans,
                                                 .villages = villages,
                                                 .share = test::shipped_share(),
                                                 .threads = 1})}},
                            {}, {}));

  explicit Office(test::Folder village = test::shipped_without_wires("example"))
      : villages(std::move(village)) {}

  Job made(const PlanRecord& plan) const {
    for (int i = 0; i < 6000; ++i) {
      const auto job = jobs->find(plan.job);
      if (job && job->ended_at) {
        return *job;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return {};
  }
  PlanRecord plan(const PlanAsked& what) {
    const auto record = ask_for_plan(*plans, *jobs, what, plan_noon);
    EXPECT_TRUE(record.has_value());
    const Job job = made(*record);
    EXPECT_EQ(job.state, JobState::done)
        << (job.errors.empty() ? "" : message(job.errors[0], Language::english));
    return *plans->find(record->id);
  }
};

TEST(Plans, AreWhatTheCommandLineMakes) {
  Office office;
  PlanAsked what = asked_plan();
  what.language = Language::chinese;
  const PlanRecord plan = office.plan(what);
  std::map<std::string, std::string> files;
  auto course = Course::read(test::files_of(test::shipped_without_wires("example")),
                             test::shipped_share(), {.threads = 1, .language = Language::chinese});
  ASSERT_TRUE(course.has_value());
  ASSERT_TRUE(
      course->run({.on_progress = [](const CoursePart&, std::size_t, std::size_t) { return true; },
                   .take = [&](const std::string& name, std::string_view bytes) -> Result<void> {
                     files[name] = bytes;
                     return {};
                   }}));
  for (const auto& [name, bytes] : files) {
    EXPECT_EQ(office.plans->file(plan.id, name).value_or(""), bytes) << name;
  }
  EXPECT_EQ(plan.files, (std::vector<std::string>{"results.json", "households.xlsx", "report.html",
                                                  "village.toml", "households.csv"}));
  EXPECT_EQ(Json::parse(plan.figures)["name"]["zh"], "试算");
  EXPECT_EQ(plan.village_name.en, "My village");
}

TEST(Plans, HoldChangesBesideTheVillageAsItStands) {
  Office office;
  const PlanRecord plan = office.plan(asked_plan(
      R"({"households":[{"household":"H001","columns":{"battery_kwh":8,"roof1_kwp":12}}],)"
      R"("set":{"assumptions.money.pv_yuan_per_kwp":2000}})"));
  const Json figures = Json::parse(plan.figures);
  EXPECT_EQ(figures["battery_kwh"], 18.0);
  const Json scenarios = Json::parse(plan.scenarios);
  ASSERT_EQ(scenarios.size(), 2U);
  EXPECT_EQ(scenarios[0]["npv_yuan"], figures["npv_yuan"]);
  EXPECT_EQ(scenarios[1]["id"], "unchanged");
  EXPECT_EQ(scenarios[1]["battery_kwh"], 10.0);
  EXPECT_GT(figures["capacity_kwp"], scenarios[1]["capacity_kwp"]);
  // What was planned can be planned again from its files.
  test::Folder again = test::shipped_without_wires("example");
  again["village.toml"] = *office.plans->file(plan.id, "village.toml");
  again["households.csv"] = *office.plans->file(plan.id, "households.csv");
  const auto inputs = plan::read_inputs(test::files_of(again), test::shipped_share(), "as-changed");
  ASSERT_TRUE(inputs.has_value());
  EXPECT_EQ(inputs->village.households[0].battery.energy_kwh, 8.0);
  EXPECT_EQ(inputs->village.assumptions.value("money.pv_yuan_per_kwp"), 2000.0);
}

TEST(Plans, FailWithTheErrorsOfTheCommandLine) {
  const test::Folder broken = test::replaced(test::shipped_without_wires("example"),
                                             "households.csv", ",10,,20,180", ",10,,120,180");
  Office office(broken);
  const auto record = ask_for_plan(*office.plans, *office.jobs, asked_plan(), plan_noon);
  ASSERT_TRUE(record.has_value());
  const Job job = office.made(*record);
  EXPECT_EQ(job.state, JobState::failed);
  const auto inputs = plan::read_inputs(test::files_of(broken), test::shipped_share());
  ASSERT_FALSE(inputs.has_value());
  ASSERT_EQ(job.errors.size(), inputs.error().size());
  EXPECT_EQ(message(job.errors[0], Language::chinese),
            message(inputs.error()[0], Language::chinese));
  EXPECT_FALSE(office.plans->find(record->id)->is_done());
}

TEST(Plans, NameTheChangeThatIsWrong) {
  Office office;
  const auto record =
      ask_for_plan(*office.plans, *office.jobs,
                   asked_plan(R"({"set":{"assumptions.money.discount_rat":0.06}})"), plan_noon);
  ASSERT_TRUE(record.has_value());
  const Job job = office.made(*record);
  ASSERT_FALSE(job.errors.empty());
  EXPECT_EQ(job.errors[0].where.file, "changes");
  EXPECT_NE(job.errors[0].what.en.find("discount_rate"), std::string::npos);
}

TEST(Plans, RefuseWhatIsNoPlan) {
  const test::TemporaryFolder folder;
  const auto plans = std::move(*Plans::open(folder.path));
  EXPECT_FALSE(plans->add(asked_plan("[1]"), plan_noon));
  EXPECT_FALSE(plans->add(asked_plan(R"({"sett":{}})"), plan_noon));
  PlanAsked nameless = asked_plan();
  nameless.name = " ";
  EXPECT_FALSE(plans->add(nameless, plan_noon));
  EXPECT_FALSE(plans->find("p1"));
}

TEST(Plans, GiveNoOtherFileThanTheirOwn) {
  const test::TemporaryFolder folder;
  const auto plans = std::move(*Plans::open(folder.path / "plans"));
  ASSERT_TRUE(plans->add(asked_plan(), plan_noon));
  std::ofstream(folder.path / "plans" / "p1" / "results.json") << "{}";
  ASSERT_TRUE(plans->finish("p1", {.village_name = {"a", "甲"},
                                   .figures = "{}",
                                   .scenarios = "[]",
                                   .files = {"results.json"}}));
  EXPECT_EQ(plans->file("p1", "results.json").value_or(""), "{}");
  for (const char* name : {"plan.json", "../p1/results.json", "../last-number", "/etc/passwd"}) {
    EXPECT_FALSE(plans->file("p1", name)) << name;
  }
  EXPECT_FALSE(plans->file("..", "results.json"));
}

std::unique_ptr<Plans> with_done_plan(const std::filesystem::path& folder) {
  auto plans = std::move(*Plans::open(folder));
  EXPECT_TRUE(plans->add(asked_plan(), plan_noon).has_value());
  EXPECT_TRUE(
      plans
          ->finish("p1",
                   {.village_name = {"a", "甲"}, .figures = "{}", .scenarios = "[]", .files = {}})
          .has_value());
  return plans;
}

TEST(PlanLinks, OpenOnePlanUntilTheyEnd) {
  const test::TemporaryFolder folder;
  auto plans = with_done_plan(folder.path);
  const auto forever = plans->share("p1", std::nullopt, plan_noon);
  const auto hour = plans->share("p1", plan_noon + std::chrono::hours(1), plan_noon);
  ASSERT_TRUE(forever && hour);
  EXPECT_EQ(forever->secret.size(), 64U);
  EXPECT_NE(forever->secret, hour->secret);
  plans = std::move(*Plans::open(folder.path));  // another server's day
  ASSERT_TRUE(plans->find_shared(forever->secret, plan_noon));
  EXPECT_EQ(plans->find_shared(hour->secret, plan_noon)->link.id, "l2");
  EXPECT_FALSE(plans->find_shared(hour->secret, plan_noon + std::chrono::hours(1)));
  ASSERT_TRUE(plans->revoke("p1", "l1"));
  EXPECT_FALSE(plans->find_shared(forever->secret, plan_noon));
  EXPECT_FALSE(plans->revoke("p1", "l1"));
  ASSERT_TRUE(plans->remove("p1"));
  EXPECT_FALSE(plans->find_shared(hour->secret, plan_noon));
}

TEST(PlanLinks, KeepNoSecret) {
  const test::TemporaryFolder folder;
  const auto plans = with_done_plan(folder.path);
  const auto link = plans->share("p1", std::nullopt, plan_noon);
  ASSERT_TRUE(link.has_value());
  std::ifstream kept(folder.path / "p1" / "plan.json");
  const std::string record(std::istreambuf_iterator<char>(kept), {});
  EXPECT_EQ(record.find(link->secret), std::string::npos);
  EXPECT_NE(record.find(hex(link->link.secret)), std::string::npos);
  for (const std::string& wrong : {std::string(), link->secret.substr(1), hex(link->link.secret)}) {
    EXPECT_FALSE(plans->find_shared(wrong, plan_noon));
  }
}

TEST(PlanLinks, AreOfPlansThatAreDone) {
  const test::TemporaryFolder folder;
  const auto plans = std::move(*Plans::open(folder.path));
  ASSERT_TRUE(plans->add(asked_plan(), plan_noon));
  EXPECT_FALSE(plans->share("p1", std::nullopt, plan_noon));
  EXPECT_FALSE(plans->share("p9", std::nullopt, plan_noon));
  const auto done = with_done_plan(folder.path / "done");
  EXPECT_FALSE(done->share("p1", plan_noon, plan_noon));
}

TEST(Changes, ExchangeCellsAndKeepEveryLine) {
  const std::string csv = "id,name,load_kwh\n\nH1,\"Zhang, the \"\"old\"\"\",100\nH2,Li,200\n";
  const auto changed =
      with_cells(csv, {{"H2", {{"load_kwh", "300"}, {"note", "a,b"}}}, {"*", {{"phase", "A"}}}});
  ASSERT_TRUE(changed.has_value());
  EXPECT_EQ(*changed,
            "id,name,load_kwh,note,phase\n\nH1,\"Zhang, the \"\"old\"\"\",100,,A\n"
            "H2,Li,300,\"a,b\",A\n");
}

TEST(Changes, NameTheHouseholdAndTheColumnThatAreNot) {
  const auto changed = with_cells("id\nH1\n", {{"H2", {{"batery_kwh", "1"}}}});
  ASSERT_FALSE(changed.has_value());
  EXPECT_EQ(changed.error().size(), 2U);
  EXPECT_FALSE(with_cells("id\nH1\n", {{"*", {{"id", "H2"}}}}));
}

TEST(Changes, StayValuesWhateverTheyHold) {
  const auto changes = read_changes(
      R"({"set":{"tariff.import":"x\"\n[village]\nid=\"y","plan.first_day":"2026-01-01",)"
      R"("assumptions.a":3,"pv.soiling":[0.1,1]}})");
  ASSERT_TRUE(changes.has_value());
  EXPECT_EQ(changes->set[0].second, "\"x\\\"\\u000A[village]\\u000Aid=\\\"y\"");
  EXPECT_EQ(changes->set[1].second, "2026-01-01");
  EXPECT_EQ(changes->set[2].second, "3");
  EXPECT_EQ(changes->set[3].second, "[0.1, 1]");
  for (const char* bad :
       {R"({"set":{"a\n[b]":1}})", R"({"set":{"a b":1}})", R"({"set":{"a":null}})", R"({"set":[]})",
        R"({"households":{}})", R"({"households":[{"columns":{}}]})", "{"}) {
    EXPECT_FALSE(read_changes(bad)) << bad;
  }
  EXPECT_TRUE(read_changes("")->are_none());
  EXPECT_TRUE(read_changes("null")->are_none());
}

}  // namespace
}  // namespace xiaoyuan::desk
