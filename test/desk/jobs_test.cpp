// Long work in the background: what is asked is done once, cancelled when asked to, and outlives
// the server, however that ended.
#include "desk/jobs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <thread>

#include "support/temporary_folder.hpp"

namespace xiaoyuan::desk {
namespace {

using namespace std::chrono_literals;

const Instant noon{std::chrono::seconds{1795600000}};

NewJob asked(std::string kind, std::string account = "a1") {
  return {.kind = std::move(kind), .village = "v", .account = std::move(account), .request = "{}"};
}

/// Waits until a job has ended, ten seconds at most.
Job ended(const Jobs& jobs, const std::string& id) {
  for (int i = 0; i < 2000; ++i) {
    const auto job = jobs.find(id);
    if (job && job->ended_at) {
      return *job;
    }
    std::this_thread::sleep_for(5ms);
  }
  ADD_FAILURE() << id << " does not end";
  return {};
}

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path) << text;
}

/// Work that runs until it is told to stop, having begun a file.
struct Endless {
  std::atomic<int> begun{0};

  Work work() {
    return [this](const Bench& bench) -> Result<std::string> {
      write_file(bench.folder / "half.json", "half");
      ++begun;
      while (bench.on_progress({"turning", "运转"}, 1, 2)) {
        std::this_thread::sleep_for(1ms);
      }
      return fail(Fault::interrupted, {"stopped", "已停止"});
    };
  }
  void wait_for(int count) const {
    for (int i = 0; i < 5000 && begun < count; ++i) {
      std::this_thread::sleep_for(1ms);
    }
    ASSERT_GE(begun, count);
  }
};

Work quick(std::string result = "{\"done\":1}") {
  return [result](const Bench& bench) -> Result<std::string> {
    write_file(bench.folder / "result.txt", bench.job.request);
    return result;
  };
}

std::unique_ptr<Jobs> opened(const std::filesystem::path& folder,
                             std::vector<std::pair<std::string, Work>> works,
                             const JobLimits& limits = {}, Jobs::On on = {}) {
  auto jobs = Jobs::open(folder, std::move(works), limits, std::move(on));
  EXPECT_TRUE(jobs.has_value());
  return std::move(*jobs);
}

TEST(Jobs, DoWhatIsAskedAndKeepItsFiles) {
  const test::TemporaryFolder folder;
  const auto jobs = opened(folder.path, {{"plan", quick()}});
  const auto job = jobs->ask(asked("plan"), noon);
  ASSERT_TRUE(job.has_value());
  EXPECT_EQ(job->id, "j1");
  EXPECT_EQ(job->asked_at, noon);
  const Job done = ended(*jobs, "j1");
  EXPECT_EQ(done.state, JobState::done);
  EXPECT_EQ(done.result, "{\"done\":1}");
  EXPECT_EQ(done.files, std::vector<std::string>{"result.txt"});
  EXPECT_EQ(jobs->file("j1", "result.txt").value_or(""), "{}");
}

TEST(Jobs, GiveNoOtherFileThanTheirOwn) {
  const test::TemporaryFolder folder;
  const auto jobs = opened(folder.path, {{"plan", quick()}});
  ASSERT_TRUE(jobs->ask(asked("plan"), noon));
  ended(*jobs, "j1");
  for (const char* name : {"job.json", "../j1/job.json", "/etc/passwd", "..", "", "result.txt/"}) {
    EXPECT_FALSE(jobs->file("j1", name)) << name;
  }
  EXPECT_FALSE(jobs->file("../x", "result.txt"));
  EXPECT_FALSE(jobs->find("j01"));
}

TEST(Jobs, RunOneAfterAnotherAndTellHowManyStandBefore) {
  const test::TemporaryFolder folder;
  Endless endless;
  const auto jobs = opened(folder.path, {{"endless", endless.work()}, {"plan", quick()}});
  ASSERT_TRUE(jobs->ask(asked("endless"), noon));
  endless.wait_for(1);
  ASSERT_TRUE(jobs->ask(asked("plan"), noon));
  ASSERT_TRUE(jobs->ask(asked("plan"), noon));
  EXPECT_EQ(jobs->find("j3")->waiting_before, 2U);
  EXPECT_EQ(jobs->all().front().id, "j3");
  ASSERT_TRUE(jobs->cancel("j1"));
  EXPECT_EQ(ended(*jobs, "j1").state, JobState::cancelled);
  EXPECT_EQ(ended(*jobs, "j3").state, JobState::done);
}

TEST(Jobs, CancelledWhileWaitingNeverBegin) {
  const test::TemporaryFolder folder;
  Endless endless;
  const auto jobs = opened(folder.path, {{"endless", endless.work()}});
  ASSERT_TRUE(jobs->ask(asked("endless"), noon));
  endless.wait_for(1);
  ASSERT_TRUE(jobs->ask(asked("endless"), noon));
  const auto cancelled = jobs->cancel("j2");
  ASSERT_TRUE(cancelled.has_value());
  EXPECT_EQ(cancelled->state, JobState::cancelled);
  ASSERT_TRUE(jobs->cancel("j1"));
  ended(*jobs, "j1");
  EXPECT_EQ(endless.begun, 1);
  EXPECT_FALSE(jobs->find("j2")->began_at.has_value());
  EXPECT_EQ(jobs->cancel("j1")->state, JobState::cancelled);
  EXPECT_FALSE(jobs->cancel("j9"));
}

TEST(Jobs, BeginAgainAfterAnOrderlyEnd) {
  const test::TemporaryFolder folder;
  Endless endless;
  {
    const auto jobs = opened(folder.path, {{"endless", endless.work()}});
    ASSERT_TRUE(jobs->ask(asked("endless"), noon));
    endless.wait_for(1);
    ASSERT_TRUE(jobs->ask(asked("endless"), noon));
    jobs->stop();
    EXPECT_EQ(jobs->find("j1")->state, JobState::waiting);
  }
  const auto jobs = opened(folder.path, {{"endless", quick()}});
  EXPECT_EQ(ended(*jobs, "j1").files, std::vector<std::string>{"result.txt"});
  EXPECT_EQ(ended(*jobs, "j2").state, JobState::done);
}

TEST(Jobs, BeginAgainAfterAKill) {
  const test::TemporaryFolder folder;
  const test::TemporaryFolder later;
  Endless endless;
  {
    const auto jobs = opened(folder.path / "jobs", {{"endless", endless.work()}});
    ASSERT_TRUE(jobs->ask(asked("endless"), noon));
    endless.wait_for(1);
    // What lies on the disk at this moment is what a kill would leave.
    std::filesystem::copy(folder.path / "jobs", later.path / "jobs",
                          std::filesystem::copy_options::recursive);
  }
  write_file(later.path / "jobs" / "j1" / ".partial-1-1", "torn");
  std::filesystem::create_directories(later.path / "jobs" / "j7");
  write_file(later.path / "jobs" / "j7" / "job.json", "{\"id\": \"j");
  const auto jobs = opened(later.path / "jobs", {{"endless", quick()}});
  const Job done = ended(*jobs, "j1");
  EXPECT_EQ(done.state, JobState::done);
  EXPECT_EQ(done.files, std::vector<std::string>{"result.txt"});
  EXPECT_EQ(done.request, "{}");
  EXPECT_FALSE(jobs->find("j7"));
}

TEST(Jobs, KeepTheErrorsOfWorkThatFailed) {
  const test::TemporaryFolder folder;
  const Work failing = [](const Bench&) -> Result<std::string> {
    return fail(Fault::bad_input, {"is wrong", "有误"}, {"village.toml", 12, "site"});
  };
  const Work throwing = [](const Bench&) -> Result<std::string> {
    throw std::runtime_error("out of luck");
  };
  {
    const auto jobs = opened(folder.path, {{"bad", failing}, {"thrown", throwing}});
    ASSERT_TRUE(jobs->ask(asked("bad"), noon));
    ASSERT_TRUE(jobs->ask(asked("thrown"), noon));
    ended(*jobs, "j2");
  }
  const auto jobs = opened(folder.path, {});
  const auto failed = jobs->find("j1");
  ASSERT_TRUE(failed.has_value());
  EXPECT_EQ(failed->state, JobState::failed);
  ASSERT_EQ(failed->errors.size(), 1U);
  EXPECT_EQ(message(failed->errors[0], Language::english), "village.toml:12: site: is wrong");
  EXPECT_EQ(failed->errors[0].what.zh, "有误");
  EXPECT_EQ(jobs->find("j2")->state, JobState::failed);
  EXPECT_NE(jobs->find("j2")->errors[0].what.en.find("out of luck"), std::string::npos);
}

TEST(Jobs, RefuseTooManyThatWait) {
  const test::TemporaryFolder folder;
  Endless endless;
  const auto jobs = opened(folder.path, {{"endless", endless.work()}},
                           {.at_once = 1, .waiting = 3, .waiting_of_account = 2, .kept = 10});
  ASSERT_TRUE(jobs->ask(asked("endless", "a1"), noon));
  endless.wait_for(1);
  ASSERT_TRUE(jobs->ask(asked("endless", "a1"), noon));
  EXPECT_FALSE(jobs->ask(asked("endless", "a1"), noon));
  ASSERT_TRUE(jobs->ask(asked("endless", "a2"), noon));
  ASSERT_TRUE(jobs->ask(asked("endless", "a2"), noon));
  const auto refused = jobs->ask(asked("endless", "a3"), noon);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().front().fault, Fault::impossible);
}

TEST(Jobs, ForgetTheOldestAndUseNoIdTwice) {
  const test::TemporaryFolder folder;
  const JobLimits limits{.at_once = 1, .waiting = 10, .waiting_of_account = 10, .kept = 2};
  {
    const auto jobs = opened(folder.path, {{"plan", quick()}}, limits);
    for (const char* id : {"j1", "j2", "j3"}) {
      ASSERT_TRUE(jobs->ask(asked("plan"), noon));
      ended(*jobs, id);
    }
    EXPECT_FALSE(jobs->find("j1"));
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path / "j1"));
  std::filesystem::remove_all(folder.path / "j3");
  const auto jobs = opened(folder.path, {{"plan", quick()}}, limits);
  EXPECT_EQ(jobs->ask(asked("plan"), noon)->id, "j4");
}

TEST(Jobs, TellProgressSeldomAndEveryNewPart) {
  const test::TemporaryFolder folder;
  std::mutex guard;
  std::vector<Job> told;
  const Work counting = [](const Bench& bench) -> Result<std::string> {
    for (std::size_t i = 0; i < 50000; ++i) {
      bench.on_progress({"counting", "计数"}, i, 50000);
    }
    bench.on_progress({"writing", "写出"}, 0, 1);
    return "null";
  };
  const auto jobs = opened(folder.path, {{"count", counting}}, {}, [&](const Job& job) {
    const std::scoped_lock lock(guard);
    told.push_back(job);
  });
  ASSERT_TRUE(jobs->ask(asked("count"), noon));
  ended(*jobs, "j1");
  jobs->stop();
  EXPECT_LT(told.size(), 30U);
  const auto has = [&](const std::string& part, JobState state) {
    return std::ranges::any_of(
        told, [&](const Job& job) { return job.part.en == part && job.state == state; });
  };
  EXPECT_TRUE(has("", JobState::waiting));
  EXPECT_TRUE(has("counting", JobState::running));
  EXPECT_TRUE(has("writing", JobState::running));
  EXPECT_EQ(told.back().state, JobState::done);
}

}  // namespace
}  // namespace xiaoyuan::desk
