// The doors of settlement, from the first file of readings to the sealed month, by everybody who
// has to do with it.
#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>

#include "desk/village_works.hpp"
#include "support/desk_village.hpp"
#include "support/doors.hpp"
#include "support/open_api.hpp"

namespace xiaoyuan::api {

namespace {

using SettledJson = nlohmann::json;
using enum http::Method;
using people::Role;

const std::string base = "/api/v1/villages/small";

class Settlement : public testing::Test {
 protected:
  Settlement() : made_(test::hand_world({})) {
    World& world = *made_.world;
    world.share = test::shipped_share();
    world.villages = std::move(small_.villages);
    made_.people->let_in("committee", {{.role = Role::committee, .village = "small"}});
    made_.people->let_in("villager",
                         {{.role = Role::villager, .village = "small", .holder = "H1"}});
    made_.people->let_in("company", {{.role = Role::company, .village = "small", .holder = "C1"}});
    made_.people->let_in("grid", {{.role = Role::grid_company, .village = "small"}});
    made_.people->let_in("town", {{.role = Role::town, .village = "*"}});
    made_.people->let_in("stranger", {{.role = Role::committee, .village = "elsewhere"}});
    made_.people->let_in("administrator", {{.role = Role::administrator, .village = "*"}});
    world.jobs =
        office::test::got(desk::Jobs::open(small_.folder.path / "jobs",
                                           {{"settle", desk::settle_work(*world.villages)},
                                            {"review", desk::review_work(*world.villages)}},
                                           {}, [](const desk::Job&) {}));
    door_ = std::make_unique<Door>(world, DoorSettings{.rate = {.per_s = 10000, .at_once = 10000},
                                                       .rows = settlement_routes()});
  }
  ~Settlement() override {
    door_->stop();
    made_.world->jobs->stop();
  }

  struct Said {
    int status = 0;
    std::string bytes;
    std::string etag;
    SettledJson json() const { return SettledJson::parse(bytes, nullptr, false); }
  };

  Said ask(const std::string& who, http::Method method, const std::string& path,
           const std::string& body = "") {
    std::vector<http::Header> headers;
    if (!who.empty()) {
      headers.push_back({"Authorization", "Bearer token-" + who});
    }
    const http::Response response =
        test::knock(*door_, test::asking(method, path, std::move(headers), body));
    return {response.status, test::body(response), std::string(test::header(response, "ETag"))};
  }
  Said read(const std::string& who, const std::string& path) { return ask(who, get, base + path); }
  Said write(const std::string& who, const std::string& path, const std::string& body = "") {
    return ask(who, post, base + path, body);
  }

  /// Waits for the job that an answer speaks of.
  desk::Job ended(const Said& accepted) {
    const std::string id = accepted.json()["id"].get<std::string>();
    for (int i = 0; i < 2000; ++i) {
      const auto job = made_.world->jobs->find(id);
      if (job && (job->state == desk::JobState::done || job->state == desk::JobState::failed)) {
        return *job;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << "the job never ended";
    return {};
  }

  void import_january() {
    const Said taken = write("committee", "/imports?mapping=registers&file=january.csv",
                             office::test::small_registers().bytes);
    EXPECT_EQ(taken.status, 200) << taken.bytes;
    EXPECT_CONFORMS("importReadings", taken.status, taken.bytes);
  }
  void settle_january() {
    import_january();
    const Said asked = write("committee", "/months/2026-01/runs");
    EXPECT_EQ(asked.status, 202) << asked.bytes;
    EXPECT_EQ(ended(asked).state, desk::JobState::done);
  }
  std::int64_t total_of(const std::string& party) {
    return read("committee", "/months/2026-01/statements?q=" + party)
        .json()["items"][0]["total_fen"]
        .get<std::int64_t>();
  }

  test::DeskVillage small_;
  test::HandWorld made_;
  std::unique_ptr<Door> door_;
};

TEST_F(Settlement, GoesFromReadingsToASealedMonth) {
  EXPECT_EQ(read("", "/months").status, 401) << "the village is not open";
  EXPECT_EQ(read("villager", "/months").json()["next_month"], "2026-01");
  settle_january();

  const Said month = read("town", "/months/2026-01");
  EXPECT_CONFORMS("settledMonth", month.status, month.bytes);
  EXPECT_EQ(month.json()["totals"]["energy"]["bought_mWh"], 470'500'000);
  const Said all = read("villager", "/months");
  EXPECT_CONFORMS("months", all.status, all.bytes);
  EXPECT_EQ(all.json()["next_month"], "2026-02");

  const Said own = read("villager", "/months/2026-01/statements/H1");
  EXPECT_CONFORMS("statement", own.status, own.bytes);
  EXPECT_FALSE(own.etag.empty());
  // 80.25 kWh at 0.3598 yuan, half up
  EXPECT_NE(own.bytes.find("\"amount_fen\":2887"), std::string::npos);

  const Said opened = write("villager", "/disputes", R"({"statement":"2026-01/H1",
      "line":"sold.feed-in","amount_fen":500,"reason":"上网电量偏少"})");
  ASSERT_EQ(opened.status, 201) << opened.bytes;
  EXPECT_CONFORMS("openDispute", opened.status, opened.bytes);
  const std::string id = opened.json()["id"].get<std::string>();
  EXPECT_EQ(write("villager", "/disputes", R"({"statement":"2026-01/H1","line":"sold.feed-in",
      "amount_fen":1,"reason":"再来一次"})")
                .status,
            409)
      << "the first is still open";
  EXPECT_EQ(write("villager", "/disputes", R"({"statement":"2026-01/H1","line":"bought.flat",
      "amount_fen":1,"reason":"abc\u202Edef"})")
                .status,
            400)
      << "a mark that turns what follows";
  EXPECT_EQ(read("villager", "/disputes").json()["items"].size(), 1U);
  EXPECT_EQ(read("company", "/disputes").json()["items"].size(), 0U);
  EXPECT_EQ(read("villager", "/months/2026-01/statements").json()["items"][0]["open_disputes"], 1);
  EXPECT_EQ(write("villager", "/disputes/" + id + "/resolution", R"({"outcome":"x"})").status, 403);
  const Said resolved = write("committee", "/disputes/" + id + "/resolution",
                              R"({"outcome":"更正","correction_fen":500,"with":"grid"})");
  EXPECT_CONFORMS("resolveDispute", resolved.status, resolved.bytes);
  EXPECT_EQ(resolved.json()["state"], "resolved");
  EXPECT_EQ(write("committee", "/disputes/" + id + "/resolution", R"({"outcome":"y"})").status,
            409);

  const Said sealed = write("committee", "/months/2026-01/seal");
  EXPECT_CONFORMS("sealMonth", sealed.status, sealed.bytes);
  EXPECT_EQ(sealed.json()["sealed"], "2026-01");
  EXPECT_EQ(read("villager", "/book/head").json(), sealed.json());
  EXPECT_TRUE(read("committee", "/months/2026-01").json()["sealed"].get<bool>());
}

TEST_F(Settlement, ShowsEachHisOwn) {
  settle_january();
  const auto parties = [&](const std::string& who) {
    const Said said = read(who, "/months/2026-01/statements");
    EXPECT_CONFORMS("statements", said.status, said.bytes);
    std::vector<std::string> all;
    const SettledJson list = said.json();
    for (const SettledJson& one : list["items"]) {
      all.push_back(one["party"].get<std::string>());
    }
    return joined(all, " ");
  };
  EXPECT_EQ(parties("committee"), "C1 H1 H2 H3 grid");
  EXPECT_EQ(parties("villager"), "H1");
  EXPECT_EQ(parties("company"), "C1");
  EXPECT_EQ(parties("grid"), "grid");
  for (const char* who : {"town", "administrator"}) {
    EXPECT_EQ(read(who, "/months/2026-01/statements").status, 403) << who;
  }
  const std::string other = "/months/2026-01/statements/H2";
  for (const char* what : {"", "/paper", "/proof", "/lines/bought.tier1"}) {
    for (const char* who : {"villager", "company", "grid", "stranger", "", "town"}) {
      const int status = read(who, other + what).status;
      EXPECT_TRUE(status == 401 || status == 403 || status == 404) << who << what << status;
    }
  }
  // a statement that is not there sounds the same as one that is another's
  const auto opening = [](const std::string& statement) {
    return R"({"statement":")" + statement +
           R"(","line":"bought.tier1","amount_fen":1,"reason":"x"})";
  };
  const Said others = write("villager", "/disputes", opening("2026-01/H2"));
  EXPECT_EQ(others.status, 404);
  EXPECT_EQ(others.bytes.size(),
            write("villager", "/disputes", opening("2026-01/H9")).bytes.size());
  EXPECT_EQ(others.bytes.find("H3"), std::string::npos);
}

TEST_F(Settlement, SearchesSortsAndTurnsPages) {
  settle_january();
  const std::string list = "/months/2026-01/statements";
  const SettledJson first = read("committee", list + "?sort=total&order=desc&limit=2").json();
  EXPECT_EQ(first["count"], 5);
  EXPECT_GE(first["items"][0]["total_fen"], first["items"][1]["total_fen"]);
  const SettledJson second =
      read("committee",
           list + "?sort=total&order=desc&limit=2&after=" + first["next"].get<std::string>())
          .json();
  EXPECT_GE(first["items"][1]["total_fen"], second["items"][0]["total_fen"]);
  EXPECT_EQ(read("committee", list + "?holder=household").json()["count"], 3);
  EXPECT_EQ(read("committee", list + "?q=王").json()["items"][0]["party"], "H2");
  const Said wrong = read("committee", list + "?sort=totl");
  EXPECT_EQ(wrong.status, 400);
  EXPECT_NE(wrong.bytes.find("total"), std::string::npos);
}

TEST_F(Settlement, ExplainsProvesAndPrints) {
  settle_january();
  const std::string own = "/months/2026-01/statements/H1";
  const Said line = read("villager", own + "/lines/sold.feed-in?lang=en");
  EXPECT_CONFORMS("statementLine", line.status, line.bytes);
  EXPECT_NE(line.json()["text"].get<std::string>().find("580.25"), std::string::npos);
  const Said no_line = read("villager", own + "/lines/sold.feedin?lang=en");
  EXPECT_EQ(no_line.status, 404);
  EXPECT_NE(no_line.bytes.find("sold.feed-in"), std::string::npos);

  const Said proof = read("villager", own + "/proof");
  EXPECT_CONFORMS("statementProof", proof.status, proof.bytes);
  const SettledJson body{{"proof", proof.json()["text"]},
                         {"heads", {read("town", "/book/head").json()["head"]}}};
  const Said checked = ask("villager", post, "/api/v1/proofs", body.dump());
  EXPECT_CONFORMS("checkProof", checked.status, checked.bytes);
  EXPECT_TRUE(checked.json()["valid"].get<bool>());
  EXPECT_EQ(checked.json()["kept"], "same");
  EXPECT_EQ(checked.json()["book"], "small");
  const Said by_stranger = ask("", post, "/api/v1/proofs", body.dump());
  EXPECT_TRUE(by_stranger.json()["valid"].get<bool>());
  EXPECT_TRUE(by_stranger.json()["book"].is_null());
  EXPECT_EQ(ask("", post, "/api/v1/proofs", R"({"proof":"xiaoyuan-proof/1:AAAA"})").status, 400);

  EXPECT_TRUE(read("villager", own + "/paper?format=csv").bytes.find("sold.feed-in") !=
              std::string::npos);
  EXPECT_TRUE(read("villager", own + "/paper?format=html").bytes.starts_with("<!"));
  EXPECT_TRUE(read("villager", own + "/paper?format=xlsx").bytes.starts_with("PK"));
  EXPECT_EQ(read("villager", own + "/paper?format=json").json()["party"], "H1");
  EXPECT_EQ(read("villager", own + "/paper?format=doc").status, 400);
  EXPECT_EQ(read("committee", "/months/2026-01/papers?format=json").json().size(), 5U);
  EXPECT_EQ(read("villager", "/months/2026-01/papers").status, 403);
}

TEST_F(Settlement, HoldsBillsBesideTheSheetsOfTheGridCompany) {
  settle_january();
  const std::string path = "/months/2026-01/reconciliation";
  EXPECT_EQ(read("grid", path).status, 404) << "our own table states nothing of its own";
  const std::string mapping = R"(kind = "registers"
zone = "Asia/Shanghai"
date_order = "ymd"
meter = "meter"
household = "household"

[[stated]]
column = "kwh"
from = "from"
to = "to"
channel = "imported"
unit = "kWh"
decimals = 2
)";
  EXPECT_EQ(ask("grid", put, base + "/mappings/notice", mapping).status, 200);
  const Said taken = write("grid", "/imports?mapping=notice&file=notice.csv",
                           "meter,household,from,to,kwh\n"
                           "100,H1,2026-01-01,2026-02-01,120.00\n"
                           "102,H2,2026-01-01,2026-02-01,150.00\n");
  EXPECT_EQ(taken.json()["stated"], 2) << taken.bytes;
  const Said ours = read("committee", path);
  EXPECT_CONFORMS("reconciliation", ours.status, ours.bytes);
  const SettledJson seen = ours.json();
  ASSERT_EQ(seen["shadows"].size(), 2U) << ours.bytes;
  // 1120.50 − 1000.00, stated without the half
  EXPECT_EQ(seen["shadows"][0]["our_energy_mWh"], 120'500'000);
  EXPECT_EQ(seen["shadows"][0]["findings"][0]["cause"], "whole_kwh");
  EXPECT_TRUE(seen["shadows"][1]["equal"].get<bool>());
  EXPECT_TRUE(seen["shadows"][1]["our_fen"].is_number());
  const SettledJson theirs = read("grid", path).json();
  EXPECT_TRUE(theirs["shadows"][1]["our_fen"].is_null()) << "its sheet states no money";
}

TEST_F(Settlement, TellsAMonthBesideItsPlan) {
  settle_january();
  EXPECT_EQ(read("committee", "/months/2026-01/review").status, 404);
  ended(write("committee", "/months/2026-01/review"));
  const Said review = read("committee", "/months/2026-01/review");
  EXPECT_CONFORMS("review", review.status, review.bytes);
  const Said bad = write("committee", "/months/2026-01/review", "household,month\nH9,2026-01\n");
  EXPECT_EQ(ended(bad).state, desk::JobState::failed);
}

TEST_F(Settlement, TakesAFileOnceAndTellsAllThatIsWrongWithIt) {
  import_january();
  const std::string path = "/imports?mapping=registers&file=january.csv";
  const Said again = write("grid", path, office::test::small_registers().bytes);
  EXPECT_FALSE(again.json()["before_unix_s"].is_null());
  const std::string bad =
      "meter,time,import_kwh,export_kwh,generation_kwh\n"
      "102,2026-02-01 00:00,2170.00,,\n102,never,1,,\n";
  const Said conflict = write("grid", path, bad);
  EXPECT_CONFORMS("importReadings", conflict.status, conflict.bytes);
  EXPECT_EQ(conflict.json()["conflicts"].size(), 1U);
  EXPECT_EQ(conflict.json()["refused"][0]["line"], 3);
  EXPECT_EQ(write("grid", "/imports?mapping=regsters", bad).status, 404);
  EXPECT_EQ(write("grid", "/imports", bad).status, 400);
  EXPECT_EQ(write("villager", path, bad).status, 403);
  const Said list = read("committee", "/imports");
  EXPECT_CONFORMS("imports", list.status, list.bytes);
  EXPECT_EQ(list.json()["items"].size(), 2U);
  EXPECT_EQ(list.json()["items"][1]["registers"], 14);
}

TEST_F(Settlement, KeepsMappingsThatRead) {
  const Said shipped = read("committee", "/mappings");
  EXPECT_CONFORMS("mappings", shipped.status, shipped.bytes);
  const auto text = shipped.json()["items"][0]["text"].get<std::string>();
  const Said kept = ask("committee", put, base + "/mappings/ours", text);
  EXPECT_CONFORMS("keepMapping", kept.status, kept.bytes);
  EXPECT_EQ(read("committee", "/mappings").json()["items"][0]["name"], "ours");
  EXPECT_EQ(ask("committee", put, base + "/mappings/bad", "kind = 1").status, 400);
  EXPECT_EQ(ask("committee", put, base + "/mappings/..", text).status, 400);
}

TEST_F(Settlement, ShowsTheBookPageByPage) {
  settle_january();
  SettledJson page = read("committee", "/book?limit=3").json();
  const auto size = page["size"].get<std::size_t>();
  std::size_t seen = 0;
  std::int64_t number = static_cast<std::int64_t>(size);
  while (true) {
    for (const SettledJson& entry : page["items"]) {
      EXPECT_EQ(entry["number"], --number);
      ++seen;
    }
    if (page["next"].is_null()) {
      break;
    }
    const Said next = read("committee", "/book?limit=3&after=" + page["next"].get<std::string>());
    EXPECT_CONFORMS("book", next.status, next.bytes);
    page = next.json();
  }
  EXPECT_EQ(seen, size);
}

TEST_F(Settlement, SaysWhatIsWrongWithADispute) {
  settle_january();
  const Said said = write("villager", "/disputes", R"({"statement":"2026-01/H1","lin":"x"})");
  EXPECT_EQ(said.status, 400);
  EXPECT_EQ(said.json()["errors"].size(), 4U) << said.bytes;
  EXPECT_EQ(write("villager", "/disputes", "[]").status, 400);
  const auto amount = [&](const std::string& fen) {
    return write("villager", "/disputes",
                 R"({"statement":"2026-01/H1","line":"sold.feed-in","reason":"x","amount_fen":)" +
                     fen + "}");
  };
  const Said nothing = amount("0");
  EXPECT_EQ(nothing.status, 400);
  EXPECT_EQ(nothing.json()["errors"][0]["field"], "amount_fen");
  EXPECT_GE(amount("999999999").status, 400);
  EXPECT_EQ(amount("1.5").status, 400);
  const Said early = write("committee", "/months/2025-12/runs");
  EXPECT_EQ(early.status, 400);
  EXPECT_EQ(early.json()["errors"][0]["field"], "month");
}

TEST_F(Settlement, WritersAndReadersAtOnceLoseNothing) {
  settle_january();
  std::atomic<int> opened{0};
  const auto dispute = [&](const std::string& who, const std::string& holder,
                           const std::string& line) {
    for (int i = 0; i < 4; ++i) {
      const Said said = write(who, "/disputes",
                              R"({"statement":"2026-01/)" + holder + R"(","line":")" + line +
                                  R"(","amount_fen":1,"reason":"x"})");
      opened += said.status == 201 ? 1 : 0;
      EXPECT_EQ(said.status, i == 0 ? 201 : 409) << said.bytes;  // one at a time of a line
    }
  };
  std::atomic<bool> done{false};
  std::thread reader([&] {
    while (!done) {
      EXPECT_EQ(read("villager", "/months/2026-01/statements/H1").status, 200);
    }
  });
  std::thread one([&] { dispute("villager", "H1", "sold.feed-in"); });
  std::thread other([&] { dispute("committee", "H2", "bought.tier1"); });
  one.join();
  other.join();
  done = true;
  reader.join();
  EXPECT_EQ(opened, 2);
  EXPECT_EQ(read("committee", "/disputes?state=open").json()["items"].size(), 2U);
  EXPECT_EQ(read("villager", "/disputes?state=open").json()["items"].size(), 1U);
}

}  // namespace

}  // namespace xiaoyuan::api
