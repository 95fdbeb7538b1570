// The doors of villages, town and open data, as each caller finds them: what they answer is what
// docs/openapi.yaml promises, and nobody learns of a household what is not his.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "support/doors.hpp"
#include "support/office_village.hpp"
#include "support/open_api.hpp"
#include "support/seven_homes.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::api {

namespace {

using enum http::Method;
using nlohmann::json;
using people::Role;
using test::asking;
using test::body;
using test::knock;

/// A server with the village of seven households, and everybody who may come.
class VillageDoors : public testing::Test {
 protected:
  VillageDoors() : hand_(test::hand_world({})), homes_(test::seven_homes()) {
    hand_.world->villages = std::move(homes_->villages);
    hand_.world->share = test::shipped_share();
    hand_.world->folder = homes_->folder.path;
    for (const auto& [name, role, holder] :
         {std::tuple{"zhang", Role::villager, "H1"}, std::tuple{"wang", Role::villager, "H2"},
          std::tuple{"committee", Role::committee, ""}, std::tuple{"company", Role::company, "C1"},
          std::tuple{"grid", Role::grid_company, ""}, std::tuple{"town", Role::town, ""},
          std::tuple{"researcher", Role::researcher, ""},
          std::tuple{"administrator", Role::administrator, ""}}) {
      hand_.people->let_in(name, {{.role = role, .village = "seven", .holder = holder}});
    }
    door_ = std::make_unique<Door>(*hand_.world, DoorSettings{.rate = {.at_once = 1e6}});
  }

  http::Response as(const std::string& who, http::Method method, const std::string& path,
                    std::string text = {}) {
    std::vector<http::Header> headers;
    if (!who.empty()) {
      headers.push_back({"Authorization", "Bearer token-" + who});
    }
    return knock(*door_, asking(method, "/api/v1" + path, std::move(headers), std::move(text)));
  }
  json read(const std::string& who, const std::string& path, const std::string& operation) {
    const http::Response response = as(who, get, path);
    EXPECT_EQ(response.status, 200) << path << body(response);
    EXPECT_CONFORMS(operation, response.status, body(response));
    return json::parse(body(response), nullptr, false);
  }

  test::HandWorld hand_;
  std::unique_ptr<test::SevenHomes> homes_;
  std::unique_ptr<Door> door_;
};

const std::string january_days = "?from=2026-01-01&to=2026-02-01";

TEST_F(VillageDoors, AnswerWhatTheDocumentPromises) {
  const json card = read("committee", "/villages", "listVillages")["items"][0];
  EXPECT_EQ(card["homes"], 7);
  EXPECT_EQ(card["last_month"]["from"], "2026-01");
  const json village = read("committee", "/villages/seven", "getVillage");
  EXPECT_EQ(village["card"], card);
  EXPECT_EQ(village["months"].size(), 1U);
  EXPECT_EQ(read("committee", "/villages/seven/households?sort=-made", "listHouseholds")["count"],
            7);
  const json household = read("committee", "/villages/seven/households/H1", "getHousehold");
  EXPECT_EQ(household["months"].size(), 1U);
  EXPECT_EQ(household["plant_owner"], "H1");
  const std::string energy = "/villages/seven/households/H2/energy" + january_days;
  const json days = read("wang", energy + "&step=day", "getHouseholdEnergy");
  EXPECT_EQ(days["bought_mWh"].size(), 31U);
  EXPECT_EQ(days["missing_steps"], 1);
  EXPECT_EQ(days["bought_mWh"][9], nullptr);
  read("wang", energy + "&step=hour", "getHouseholdEnergy");
  read("town", "/villages/seven/energy" + january_days + "&step=month", "getVillageEnergy");
  const json transformers = read("wang", "/villages/seven/transformers", "listTransformers");
  EXPECT_EQ(transformers["items"][0]["grades"].size(), 2U);
  EXPECT_EQ(read("wang", "/villages/seven/map", "getMap")["houses"].size(), 7U);
  EXPECT_NE(read("town", "/villages/seven/carbon", "getCarbon")["settled"], nullptr);
  EXPECT_EQ(read("town", "/villages/seven/live", "getLive")["heard"], 7);
  const json town = read("town", "/town?year=2026", "getTown");
  EXPECT_EQ(town["villages"].size(), 1U);
  EXPECT_EQ(town["published"][0]["tonnes"], 1130);
  EXPECT_FALSE(read("", "/factors", "listFactors")["factors"].empty());
  EXPECT_EQ(read("", "/data", "listData")["items"].size(), 5U);
  read("", "/data/dictionary", "getDataDictionary");
  EXPECT_EQ(read("town", "/data/village-months?format=json", "getData")["rows"].size(), 1U);
  EXPECT_TRUE(read("", "/data/village-months?format=json", "getData")["rows"].empty());
}

TEST_F(VillageDoors, ClaimsFitTheFacts) {
  const http::Response response =
      as("", post, "/claims", R"({"tonnes": 1130, "kwp_per_home": 10})");
  EXPECT_CONFORMS("explainClaim", response.status, body(response));
  bool has_north = false;
  const json answer = json::parse(body(response));
  for (const json& row : answer["by_factor"]) {
    if (row["id"] == "mee-2023-north") {  // china.md §4.5: 1.776 GWh, 1,500 kWp
      has_north = true;
      EXPECT_NEAR(row["kwh"].get<double>(), 1.776e6, 1e3);
      EXPECT_NEAR(row["kwp"].get<double>(), 1500.0, 1.0);
      EXPECT_NEAR(row["homes"].get<double>(), 150.0, 0.1);
    }
  }
  EXPECT_TRUE(has_north);
  for (const char* bad : {"", "[]", "{}", R"({"tonnes": "1"})", R"({"tonnes": 1, "ton": 2})"}) {
    const http::Response refused = as("", post, "/claims", bad);
    EXPECT_EQ(refused.status, 400) << bad;
    EXPECT_CONFORMS("explainClaim", refused.status, body(refused));
  }
}

/// Every path of ours that names no household.
std::vector<std::string> paths_of_all() {
  const std::string village = "/villages/seven";
  return {"/villages",
          village,
          village + "/households",
          village + "/households?search=H",
          village + "/households?sort=-earned",
          village + "/energy" + january_days,
          village + "/energy" + january_days + "&step=hour",
          village + "/transformers",
          village + "/map",
          village + "/carbon",
          village + "/live",
          village + "/points?month=2026-01",
          village + "/points?month=2026-01&format=csv",
          "/town",
          "/town/export",
          "/data",
          "/data/village-months",
          "/data/village-months?format=json",
          "/data/research-months?village=seven",
          "/data/research-days?village=seven"};
}

const std::string some_points = R"(version = "1"
decided_on = 2026-01-01
document = "d"
[[rule]]
id = "used"
name = { en = "used", zh = "用电" }
what = "used"
points_per_kwh = 1
most_points = 0
)";

TEST_F(VillageDoors, TellAVillagerNothingOfOthers) {
  std::ofstream(homes_->folder.path / "villages/seven/points.toml") << some_points;
  for (const std::string& path : paths_of_all()) {
    const std::string text = body(as("wang", get, path));
    for (const char* others :
         {"H1", "H3", "H4", "H7", "张家", "赵家", "\"770010\"", "\"770030\""}) {
      EXPECT_EQ(text.find(others), std::string::npos) << path << " tells of " << others;
    }
  }
  for (const char* other : {"H1", "H3", "H9"}) {
    const std::string path = std::string("/villages/seven/households/") + other;
    EXPECT_GE(as("wang", get, path).status, 403);
    EXPECT_GE(as("wang", get, path + "/energy" + january_days).status, 403);
    EXPECT_GE(as("wang", put, path + "/consent", R"({"consented": true})").status, 403);
  }
  const json own = read("wang", "/villages/seven/points?month=2026-01", "getPoints");
  EXPECT_EQ(own["totals"].size(), 1U);
  EXPECT_EQ(read("wang", "/villages/seven/households", "listHouseholds")["count"], 1);
}

TEST_F(VillageDoors, ShowEachRoleItsFiguresAlone) {
  const auto row = [&](const std::string& who, const std::string& id) {
    const json rows = read(who, "/villages/seven/households?search=" + id, "listHouseholds");
    return rows["items"].empty() ? json() : rows["items"][0];
  };
  EXPECT_TRUE(row("committee", "H3")["last_month"]["total_fen"].is_number());
  const json grid = row("grid", "H1")["last_month"];
  EXPECT_TRUE(grid["energy"]["bought_mWh"].is_number());
  EXPECT_TRUE(grid["earned_fen"].is_null() && grid["total_fen"].is_null());
  const json company = row("company", "H3")["last_month"];
  EXPECT_TRUE(company["energy"]["made_mWh"].is_number());
  EXPECT_TRUE(company["energy"]["bought_mWh"].is_null() && company["total_fen"].is_null());
  EXPECT_TRUE(row("company", "H1").is_null());
  EXPECT_TRUE(row("administrator", "H1")["last_month"].is_null());
  EXPECT_EQ(as("town", get, "/villages/seven/households").status, 403);
  EXPECT_EQ(as("researcher", get, "/villages/seven/households").status, 403);
  EXPECT_EQ(as("", get, "/villages/seven").status, 401);
  // An order by money tells of money: the grid company gets the list by id.
  const json listed = read("grid", "/villages/seven/households?sort=-total", "listHouseholds");
  EXPECT_EQ(listed["items"][0]["id"], "H1");
}

TEST_F(VillageDoors, OpenToEverybodyOnlyByTheCommittee) {
  EXPECT_EQ(as("wang", patch, "/villages/seven", R"({"is_open": true})").status, 403);
  EXPECT_EQ(as("committee", patch, "/villages/seven", R"({"is_open": 1})").status, 400);
  const http::Response opened = as("committee", patch, "/villages/seven", R"({"is_open": true})");
  EXPECT_CONFORMS("changeVillage", opened.status, body(opened));
  EXPECT_EQ(opened.status, 200);
  EXPECT_EQ(read("", "/villages", "listVillages")["items"].size(), 1U);
  const json map = read("", "/villages/seven/map", "getMap");
  for (const json& house : map["houses"]) {
    EXPECT_TRUE(house["id"].is_null() && house["name"].is_null() &&
                house["capacity_kwp"].is_null());
  }
  EXPECT_EQ(as("", get, "/villages/seven/households").status, 401);
}

TEST_F(VillageDoors, GiveResearchersConsentedPseudonymsAlone) {
  const std::string months = "/data/research-months?village=seven&format=json";
  EXPECT_EQ(as("researcher", get, months).status, 404);  // fewer than five
  EXPECT_EQ(as("committee", put, "/villages/seven/households/H1/consent", R"({"consented": true})")
                .status,
            400);  // without the written consent
  for (const char* id : {"H1", "H2", "H4", "H5", "H6"}) {
    const std::string path = std::string("/villages/seven/households/") + id + "/consent";
    const http::Response done =
        as("committee", put, path, R"({"consented": true, "document": "consent 1"})");
    EXPECT_EQ(done.status, 200) << body(done);
    EXPECT_CONFORMS("setConsent", done.status, body(done));
  }
  const json first = read("researcher", months, "getResearchMonths");
  EXPECT_EQ(first["rows"].size(), 5U);
  EXPECT_EQ(read("researcher", months, "getResearchMonths"), first);
  const json days =
      read("researcher", "/data/research-days?village=seven&format=json", "getResearchDays");
  EXPECT_EQ(days["rows"].size(), 5U * 31U - 1U);
  EXPECT_EQ(as("researcher", get, "/data/research-months?village=other").status, 404);
  EXPECT_EQ(as("committee", get, months).status, 403);
}

TEST_F(VillageDoors, WithoutARuleTableGiveNoPoints) {
  const http::Response refused = as("committee", get, "/villages/seven/points?month=2026-01");
  EXPECT_EQ(refused.status, 404);
  EXPECT_NE(body(refused).find("points.toml"), std::string::npos);
  EXPECT_EQ(as("committee", get, "/villages/seven/points?month=2026-02").status, 404);
  EXPECT_EQ(as("committee", get, "/villages/seven/points?month=x").status, 400);
}

TEST_F(VillageDoors, ExportTheTownAsTableAndWorkbook) {
  const std::string table = body(as("town", get, "/town/export?format=csv&year=2026"));
  EXPECT_NE(table.find("mee-2022-beijing"), std::string::npos);
  EXPECT_EQ(body(as("town", get, "/town/export?format=xlsx")).substr(0, 2), "PK");
  EXPECT_EQ(as("town", get, "/town/export?format=pdf").status, 400);
}

TEST_F(VillageDoors, TellWhatIsWrongWithAQuestion) {
  const std::string energy = "/villages/seven/households/H2/energy";
  for (const char* query :
       {"", "?from=2026-01-01", "?from=x&to=2026-01-02", "?from=2026-01-02&to=2026-01-01",
        "?from=2026-01-01&to=2026-01-02&step=week",
        "?from=2026-01-01&to=2026-01-02&step=quarter"}) {
    const http::Response refused = as("wang", get, energy + query);
    EXPECT_EQ(refused.status, 400) << query;
    EXPECT_CONFORMS("getHouseholdEnergy", refused.status, body(refused));
  }
  EXPECT_EQ(as("committee", get, "/villages/seven/households?sort=weight").status, 400);
  EXPECT_EQ(as("committee", get, "/villages/seven/households/H9").status, 404);
  EXPECT_EQ(as("town", get, "/town?year=26").status, 400);
  EXPECT_EQ(as("", get, "/data/../secret").status, 404);
}

}  // namespace

}  // namespace xiaoyuan::api
