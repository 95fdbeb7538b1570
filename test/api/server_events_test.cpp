// Who may follow what, through the door.
#include <gtest/gtest.h>

#include "api/events.hpp"
#include "support/doors.hpp"

namespace xiaoyuan::api {

namespace {

using enum http::Method;

class Events : public testing::Test {
 protected:
  Events() {
    made_.people->let_in("wang",
                         {{.role = people::Role::villager, .village = "ours", .holder = "H1"}});
    made_.people->let_in("committee", {{.role = people::Role::committee, .village = "ours"}});
    made_.people->let_in("keeper", {{.role = people::Role::administrator, .village = "*"}});
    made_.add_job({.id = "j1",
                   .kind = "plan",
                   .village = "ours",
                   .account = "wang",
                   .request = {},
                   .asked_at = {}});
    made_.add_job({.id = "j2",
                   .kind = "plan",
                   .village = "",
                   .account = "keeper",
                   .request = {},
                   .asked_at = {}});
    made_.add_job({.id = "j4",
                   .kind = "review",
                   .village = "ours",
                   .account = "wang",
                   .request = {},
                   .asked_at = {}});
    made_.add_job({.id = "j5",
                   .kind = "plan",
                   .village = "theirs",
                   .account = "wang",
                   .request = {},
                   .asked_at = {}});
  }
  int follow(const std::string& topics, const std::string& name) {
    std::vector<http::Header> headers;
    if (!name.empty()) {
      headers.push_back({"Authorization", "Bearer token-" + name});
    }
    http::Response answer =
        test::knock(door_, test::asking(get, "/api/v1/events?" + topics, headers));
    EXPECT_EQ(answer.events != nullptr, answer.status == 200);
    kept_.push_back(answer.events);
    return answer.status;
  }

  test::HandWorld made_ = test::hand_world({"open", "ours", "theirs"}, {"open"});
  Door door_{*made_.world, {}};
  std::vector<std::shared_ptr<http::EventStream>> kept_;
};

TEST_F(Events, AreFollowedByWhoMaySeeTheirVillage) {
  EXPECT_EQ(follow("topic=village/ours", "wang"), 200);
  EXPECT_EQ(follow("topic=village/open", "wang"), 200);
  EXPECT_EQ(follow("topic=village/open", ""), 200);
  EXPECT_EQ(follow("topic=village/ours", ""), 404);
  EXPECT_EQ(follow("topic=village/theirs", "wang"), 404);
  EXPECT_EQ(follow("topic=village/ours&topic=village/theirs", "wang"), 404);
  EXPECT_EQ(follow("topic=village/nowhere", "keeper"), 404);
}

TEST_F(Events, OfAJobAreItsAskersItsCommitteesAndTheKeepers) {
  EXPECT_EQ(follow("topic=job/j1", "wang"), 200);
  EXPECT_EQ(follow("topic=job/j1", "committee"), 200);
  EXPECT_EQ(follow("topic=job/j1", "keeper"), 200);
  EXPECT_EQ(follow("topic=job/j1", ""), 404);
  EXPECT_EQ(follow("topic=job/j2", "wang"), 404);
  EXPECT_EQ(follow("topic=job/j2", "committee"), 404);
  EXPECT_EQ(follow("topic=job/j3", "keeper"), 404);
}

TEST_F(Events, OfAJobBeginWithHowItStands) {
  EXPECT_EQ(follow("topic=village/ours&topic=job/j1", "wang"), 200);
  const std::vector<http::Bytes> events = kept_.back()->take();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_TRUE(events.front()->contains(R"("id":"j1")")) << *events.front();
}

TEST_F(Events, OfAReviewWhichTellsOfBillsAreTheCommitteesAlone) {
  EXPECT_EQ(follow("topic=job/j4", "committee"), 200);
  EXPECT_EQ(follow("topic=job/j4", "keeper"), 404);
  EXPECT_EQ(follow("topic=job/j4", "wang"), 404) << "whoever asked, of the committee once";
  EXPECT_EQ(follow("topic=job/j5", "wang"), 404) << "asked while he had a grant there";
}

TEST_F(Events, NeedTopics) {
  EXPECT_EQ(follow("", "keeper"), 400);
  std::string many;
  for (int i = 0; i < 21; ++i) {
    many += "&topic=village/ours";
  }
  EXPECT_EQ(follow(many, "keeper"), 400);
  EXPECT_EQ(follow("topic=everything", "keeper"), 404);
}

TEST_F(Events, CountTheirFollowers) {
  EXPECT_EQ(follow("topic=village/ours&topic=job/j1", "wang"), 200);
  EXPECT_EQ(made_.world->topics.subscribers(), 1U);
}

}  // namespace

}  // namespace xiaoyuan::api
