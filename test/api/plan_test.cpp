// Planning through the door: what each may do, what comes back, and that it is what
// docs/openapi.yaml promises.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "support/doors.hpp"
#include "support/open_api.hpp"
#include "support/temporary_folder.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::api {

namespace {

using Json = nlohmann::ordered_json;
using enum http::Method;
using people::Role;

/// A real world around the example village, with people made by hand.
class Planning : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new test::TemporaryFolder;
    const std::filesystem::path village = folder_->path / "in" / "example";
    for (const auto& [name, bytes] : test::shipped_without_wires("example")) {
      std::filesystem::create_directories((village / name).parent_path());
      std::ofstream(village / name) << bytes;
    }
    auto opened = open_world({.folder = folder_->path / "data",
                              .share = std::filesystem::path(XIAOYUAN_SOURCE) / "share",
                              .villages = {village}});
    ASSERT_TRUE(opened.has_value()) << message(opened.error()[0], Language::english);
    world_ = opened->release();
    auto people = std::make_unique<test::HandPeople>();
    people->let_in("committee", {{.role = Role::committee, .village = "example"}});
    people->let_in("other", {{.role = Role::committee, .village = "elsewhere"}});
    people->let_in("li", {{.role = Role::villager, .village = "example", .holder = "H002"}});
    people->let_in("keeper", {{.role = Role::administrator, .village = "*"}});
    world_->people = std::move(people);
    door_ = new Door(*world_, {.workers = 1, .rate = {.per_s = 1e6, .at_once = 1e6}});
  }
  static void TearDownTestSuite() {
    door_->stop();
    world_->jobs->stop();
    delete door_;
    delete world_;
    delete folder_;
  }

  static http::Response ask(http::Method method, const std::string& path, const std::string& who,
                            const std::string& body = "", std::vector<http::Header> more = {}) {
    if (!who.empty()) {
      more.push_back({"Authorization", "Bearer token-" + who});
    }
    return test::knock(*door_, test::asking(method, "/api/v1" + path, more, body));
  }
  static Json json_of(const http::Response& response) {
    return Json::parse(test::body(response), nullptr, false);
  }
  static Json ended(const std::string& plan, const std::string& who) {
    for (int i = 0; i < 4000; ++i) {
      const Json card = json_of(ask(get, "/plans/" + plan, who))["card"];
      if (card["state"] != "waiting" && card["state"] != "running") {
        return card;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return {};
  }

  static test::TemporaryFolder* folder_;
  static World* world_;
  static Door* door_;
};

test::TemporaryFolder* Planning::folder_ = nullptr;
World* Planning::world_ = nullptr;
Door* Planning::door_ = nullptr;

constexpr const char* with_battery =
    R"({"household":"H001","changes":{"households":[{"household":"H001","columns":{"battery_kwh":8}}]}})";

TEST_F(Planning, TriesOneHouse) {
  const auto answer = ask(post, "/villages/example/trials", "committee", with_battery);
  ASSERT_EQ(answer.status, 200) << test::body(answer);
  EXPECT_CONFORMS("tryHousehold", 200, test::body(answer));
  EXPECT_TRUE(test::header(answer, "Server-Timing").starts_with("plan;dur="));
  EXPECT_EQ(json_of(answer)["difference"]["battery_kwh"], 8.0);
}

TEST_F(Planning, LetsAVillagerTryHisOwnHouseAlone) {
  EXPECT_EQ(ask(post, "/villages/example/trials", "li", R"({"household":"H002"})").status, 200);
  const auto refused = ask(post, "/villages/example/trials", "li", with_battery);
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(test::body(refused).find("Zhang"), std::string::npos);
  const auto studio = ask(get, "/villages/example/studio", "li");
  EXPECT_CONFORMS("getStudio", 200, test::body(studio));
  EXPECT_EQ(json_of(studio)["households"].size(), 1U);
  EXPECT_EQ(ask(get, "/villages/example/plans", "li").status, 403);
  EXPECT_EQ(ask(get, "/villages/example/files/households.csv", "li").status, 403);
}

TEST_F(Planning, ShowsTheStudio) {
  const auto studio = ask(get, "/villages/example/studio", "committee");
  ASSERT_EQ(studio.status, 200);
  EXPECT_CONFORMS("getStudio", 200, test::body(studio));
  EXPECT_EQ(json_of(studio)["households"].size(), 5U);
  const auto mark = std::string(test::header(studio, "ETag"));
  EXPECT_EQ(ask(get, "/villages/example/studio", "committee", "", {{"If-None-Match", mark}}).status,
            304);
}

TEST_F(Planning, TellsTheErrorsOfTheInput) {
  const auto answer = ask(post, "/villages/example/trials", "committee",
                          R"({"household":"H001","changes":{"households":[{"household":"H001",
                              "columns":{"roof1_tilt_deg":120}}]}})");
  EXPECT_EQ(answer.status, 400);
  EXPECT_CONFORMS("tryHousehold", 400, test::body(answer));
  EXPECT_EQ(json_of(answer)["errors"][0]["field"], "roof1_tilt_deg");
  for (const char* bad : {"", "[]", "{", R"({"household":7})", R"({"hous":"H001"})"}) {
    EXPECT_EQ(ask(post, "/villages/example/trials", "committee", bad).status, 400) << bad;
  }
}

TEST_F(Planning, MakesAPlanAndSharesIt) {
  const auto asked = ask(post, "/villages/example/plans", "committee",
                         R"({"name":"试","changes":{"everyone":{"battery_kwh":5}},"compares":true,
                             "draws":0,"language":"zh"})");
  ASSERT_EQ(asked.status, 202) << test::body(asked);
  EXPECT_CONFORMS("makePlan", 202, test::body(asked));
  const std::string plan = json_of(asked)["id"];
  const std::string job = json_of(asked)["job"];
  EXPECT_EQ(test::header(asked, "Location"), "/api/v1/jobs/" + job);
  EXPECT_EQ(ended(plan, "committee")["state"], "done");
  for (const auto& [operation, path] : {std::pair{"getPlan", "/plans/" + plan},
                                        {"getJob", "/jobs/" + job},
                                        {"listJobs", std::string("/jobs?limit=5")},
                                        {"listPlans", std::string("/villages/example/plans")},
                                        {"getStudio", std::string("/villages/example/studio")}}) {
    const auto answer = ask(get, path, "committee");
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_CONFORMS(operation, 200, test::body(answer));
  }
  EXPECT_EQ(json_of(ask(get, "/jobs/" + job, "keeper"))["result"]["plan"], plan);
  for (const char* who : {"other", "li"}) {
    EXPECT_NE(ask(get, "/plans/" + plan, who).status, 200) << who;
    EXPECT_EQ(ask(get, "/jobs/" + job, who).status, 404) << who;
    EXPECT_EQ(json_of(ask(get, "/jobs", who))["items"].size(), 0U) << who;
  }
  EXPECT_EQ(ask(get, "/plans/" + plan, "other").status, 404);
  EXPECT_EQ(ask(http::Method::remove, "/plans/" + plan, "other").status, 404);

  const auto link = ask(post, "/plans/" + plan + "/links", "committee", "{}");
  ASSERT_EQ(link.status, 201) << test::body(link);
  EXPECT_CONFORMS("sharePlan", 201, test::body(link));
  const std::string secret = json_of(link)["secret"];
  const auto shown = ask(get, "/links/" + secret, "");
  EXPECT_EQ(shown.status, 200);
  EXPECT_CONFORMS("getLink", 200, test::body(shown));
  EXPECT_EQ(ask(get, "/links/" + secret + "/files/results.json", "").status, 200);
  for (const char* file : {"households.csv", "village.toml", "plan.json", "..%2Fplan.json"}) {
    EXPECT_NE(ask(get, "/links/" + secret + "/files/" + file, "").status, 200) << file;
  }
  EXPECT_EQ(ask(get, "/links/" + std::string(64, '0'), "").status, 404);
  EXPECT_EQ(ask(get, "/plans/" + plan, "").status, 401);

  const auto report = ask(get, "/links/" + secret + "/files/report.html?show=true", "");
  EXPECT_NE(test::header(report, "Content-Security-Policy").find("sandbox allow-scripts"),
            std::string::npos);
  EXPECT_EQ(test::header(report, "Content-Security-Policy").find("allow-same-origin"),
            std::string::npos);
  EXPECT_EQ(test::header(report, "Content-Disposition"), "");
  const auto saved = ask(get, "/plans/" + plan + "/files/report.html", "committee");
  EXPECT_TRUE(test::header(saved, "Content-Disposition").starts_with("attachment"));

  const std::string id = json_of(link)["id"];
  EXPECT_EQ(ask(http::Method::remove, "/plans/" + plan + "/links/" + id, "committee").status, 204);
  EXPECT_EQ(ask(get, "/links/" + secret, "").status, 404);
  EXPECT_EQ(ask(http::Method::remove, "/plans/" + plan, "committee").status, 204);
  EXPECT_EQ(ask(get, "/plans/" + plan, "committee").status, 404);
}

TEST_F(Planning, EditsAFileThatWasRead) {
  const std::string path = "/villages/example/files/village.toml";
  const auto list = ask(get, "/villages/example/files", "committee");
  EXPECT_CONFORMS("listFiles", 200, test::body(list));
  const auto read = ask(get, path, "committee");
  ASSERT_EQ(read.status, 200);
  const std::string mark(test::header(read, "ETag"));
  std::string text = test::body(read);
  EXPECT_EQ(ask(put, path, "committee", text).status, 428);
  EXPECT_EQ(ask(put, path, "committee", text, {{"If-Match", "\"x\""}}).status, 412);
  std::string broken = text;
  broken.replace(broken.find("39.90"), 5, "399.0");
  const auto refused = ask(put, path, "committee", broken, {{"If-Match", mark}});
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(json_of(refused)["errors"][0]["file"], "village.toml");
  text.replace(text.find("My village"), 10, "Our village");
  const auto kept = ask(put, path, "committee", text, {{"If-Match", mark}});
  ASSERT_EQ(kept.status, 200) << test::body(kept);
  EXPECT_CONFORMS("putFile", 200, test::body(kept));
  EXPECT_EQ(json_of(kept)["versions"], 1);
  EXPECT_EQ(json_of(ask(get, "/villages/example/studio", "committee"))["name"]["en"],
            "Our village");
  EXPECT_NE(test::body(ask(get, path + "?version=1", "committee")).find("My village"),
            std::string::npos);
  EXPECT_EQ(ask(get, path + "?version=7", "committee").status, 404);
  EXPECT_EQ(ask(get, "/villages/example/files/..?folder=loads", "committee").status / 100, 4);
  EXPECT_EQ(ask(get, "/villages/example/files/store.db", "committee").status, 404);
}

TEST_F(Planning, MakesAVillageOfAForm) {
  const Json form = Json::parse(R"({"name":{"en":"New","zh":"新村"},"latitude_deg":39.9,
      "longitude_deg":116.66,"region":"beijing","grid_region":"north",
      "tariff_import":"beijing-residential","tariff_export":"beijing-feed-in",
      "connected":"2024-05-01","first_day":"2026-01-01","households":3,"roof_kwp":6,
      "load_kwh":2400,"transformer_kva":200})");
  const std::string body = Json{{"folder", "new-village"}, {"form", form}}.dump();
  EXPECT_CONFORMS("getWizard", 200, test::body(ask(get, "/wizard", "keeper")));
  const auto tried = ask(post, "/villages?try=true", "keeper", body);
  ASSERT_EQ(tried.status, 200) << test::body(tried);
  EXPECT_CONFORMS("makeVillage", 200, test::body(tried));
  EXPECT_EQ(world_->villages->find("new-village"), nullptr);
  EXPECT_EQ(ask(post, "/villages", "committee", body).status, 403);
  const auto made_one = ask(post, "/villages", "keeper", body);
  ASSERT_EQ(made_one.status, 201) << test::body(made_one);
  EXPECT_CONFORMS("makeVillage", 201, test::body(made_one));
  ASSERT_NE(world_->villages->find("new-village"), nullptr);
  EXPECT_EQ(ask(post, "/villages", "keeper", body).status / 100, 4);
  EXPECT_EQ(ask(post, "/villages/new-village/trials", "keeper", R"({"household":"H001"})").status,
            200);
}

}  // namespace

}  // namespace xiaoyuan::api
