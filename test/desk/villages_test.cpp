// All villages of a server, and the long works of settlement.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "desk/village_desk.hpp"
#include "desk/village_works.hpp"
#include "support/desk_village.hpp"

namespace xiaoyuan::desk {

namespace {

using office::test::got;
using test::DeskVillage;

using NewFiles = std::vector<std::pair<std::string, std::string>>;

NewFiles plain_files() {
  NewFiles files;
  for (const auto& [name, bytes] : office::test::small_folder()) {
    files.emplace_back(name, bytes);
  }
  return files;
}

TEST(Villages, AreAddedWholeOrNotAtAll) {
  const DeskVillage small;
  const std::filesystem::path folder = small.folder.path / "villages";
  NewFiles files = plain_files();
  EXPECT_TRUE(small.villages->add("second", files));
  EXPECT_TRUE(small.villages->find("second")->view()->office);
  EXPECT_EQ(small.villages->all().size(), 2U);

  files.front().second += "\nnonsense";
  EXPECT_FALSE(small.villages->add("third", files));
  EXPECT_FALSE(std::filesystem::exists(folder / "third"));
}

TEST(Villages, RefuseNamesThatAreTakenOrLeadElsewhere) {
  const DeskVillage small;
  for (const char* name : {"small", "", "..", "a/b", "Großdorf", "-x", ".hidden", "a b"}) {
    EXPECT_FALSE(small.villages->add(name, plain_files())) << name;
  }
  for (const char* name : {"../out.txt", "/etc/passwd", "a//b", ".hidden", "village.db", "a\\b"}) {
    NewFiles files = plain_files();
    files.emplace_back(name, "x");
    EXPECT_FALSE(small.villages->add("other", files)) << name;
  }
  EXPECT_EQ(small.villages->all().size(), 1U);
}

class Works : public testing::Test {
 protected:
  Result<std::string> run(const Work& work, const std::string& request,
                          const std::string& village = "small") {
    const Job job{.id = "j1",
                  .kind = "settle",
                  .village = village,
                  .account = "a1",
                  .request = request,
                  .asked_at = {}};
    const auto on_progress = [this](const Text&, std::size_t, std::size_t) {
      ++told;
      return goes_on;
    };
    return work({.job = job, .folder = {}, .on_progress = on_progress});
  }

  DeskVillage small;
  int told = 0;
  bool goes_on = true;
};

TEST_F(Works, SettleUpToAMonthAndTellWhoCouldNot) {
  small.tell(1);
  const std::string request = json(SettleRequest{.month = "2026-01"});
  const auto result = nlohmann::json::parse(got(run(settle_work(*small.villages), request)));
  EXPECT_EQ(result["months"][0]["effect"], "settled");
  EXPECT_EQ(result["months"][0]["households"], 3);
  EXPECT_TRUE(result["months"][0]["refused"].empty());
  EXPECT_EQ(result["head"], text_of(*small.desk()->view()->head));
  const auto again = nlohmann::json::parse(got(run(settle_work(*small.villages), request)));
  EXPECT_EQ(again["months"][0]["effect"], "unchanged");
  EXPECT_EQ(small.desk()->view()->months.front().runs.size(), 1U);
}

TEST_F(Works, SayWhatIsWrongWithARequest) {
  const Work settle = settle_work(*small.villages);
  EXPECT_EQ(run(settle, "{}").error().front().fault, Fault::bad_input);
  EXPECT_EQ(run(settle, json(SettleRequest{.month = "2025-12"})).error().front().where.file,
            "month");
  EXPECT_EQ(run(settle, json(SettleRequest{.month = "2026-01"}), "smal").error().front().fault,
            Fault::not_found);
  // nothing was imported: no household can be settled
  EXPECT_EQ(run(settle, json(SettleRequest{.month = "2026-01"})).error().front().fault,
            Fault::impossible);
}

TEST_F(Works, ReviewAMonthAndStopWhenTold) {
  small.tell(3);
  const std::string request = json(ReviewRequest{.month = "2026-01"});
  const auto review = nlohmann::json::parse(got(run(review_work(*small.villages), request)));
  std::int64_t parts = 0;
  for (const auto& part : review["village"]["parts"]) {
    parts += part["money_fen"].get<std::int64_t>();
  }
  EXPECT_EQ(review["village"]["difference_fen"], parts);
  EXPECT_GT(told, 0);
  goes_on = false;
  EXPECT_EQ(run(review_work(*small.villages), request).error().front().fault, Fault::interrupted);
}

}  // namespace

}  // namespace xiaoyuan::desk
