// The program itself, killed in the middle and gone on with; and the same job by the ranks of MPI.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

std::string all_bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Starts a program with its output thrown away.
pid_t start(const Words& words) {
  const pid_t child = ::fork();
  if (child == 0) {
    // Leaks inside the MPI library are not ours to mend.
    ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    std::vector<char*> arguments;
    for (const std::string& word : words) {
      arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    ::execv(arguments.front(), arguments.data());
    ::_exit(127);
  }
  return child;
}

int end_of(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int run(const Words& words) { return end_of(start(words)); }

class Program : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::temp_directory_path() /
            ("xiaoyuan-killed-" + std::to_string(::getpid()) + "-" + test->name());
    ASSERT_EQ(run({XIAOYUAN_PROGRAM, "district", "--make", "300", in(), "--seed", "3"}), 0);
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string in() const { return (root_ / "in").string(); }
  std::string out(const std::string& name) const { return (root_ / name).string(); }
  std::string result(const std::string& name) const {
    return all_bytes_of(root_ / name / "households.csv") +
           all_bytes_of(root_ / name / "totals.json");
  }
  std::size_t chunks(const std::string& name) const {
    std::size_t count = 0;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(root_ / name / "chunks", ignored)) {
      count += entry.path().extension() == ".csv" ? 1 : 0;
    }
    return count;
  }
  /// Waits until the job has recorded some chunks.
  void wait_for_chunks(const std::string& name, std::size_t count) const {
    for (int i = 0; i < 60000 && chunks(name) < count; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
  std::string whole() const {
    EXPECT_EQ(run({XIAOYUAN_PROGRAM, "district", in(), "--out", out("whole"), "--threads", "1"}),
              0);
    EXPECT_GT(result("whole").size(), 1000U);
    return result("whole");
  }
  fs::path root_;
};

TEST_F(Program, GoesOnAfterAKillAndGivesTheSameBytes) {
  Words words{XIAOYUAN_PROGRAM, "district", in(), "--out", out("out"), "--chunk", "5"};
  const pid_t job = start(words);
  wait_for_chunks("out", 5);
  ::kill(job, SIGKILL);
  EXPECT_EQ(end_of(job), -1);
  EXPECT_GE(chunks("out"), 5U);
  EXPECT_FALSE(fs::exists(root_ / "out/households.csv"));
  EXPECT_EQ(run(words), 1);  // not without --resume
  words.push_back("--resume");
  EXPECT_EQ(run(words), 0);
  EXPECT_EQ(result("out"), whole());
}

TEST_F(Program, StopsCleanlyOnCtrlC) {
  Words words{XIAOYUAN_PROGRAM, "district", in(), "--out", out("out"), "--chunk", "5"};
  const pid_t job = start(words);
  wait_for_chunks("out", 3);
  ::kill(job, SIGINT);
  EXPECT_EQ(end_of(job), 130);
  words.push_back("--resume");
  EXPECT_EQ(run(words), 0);
  EXPECT_EQ(result("out"), whole());
}

TEST_F(Program, DispatchAnswersWithTheExitCodesOfTheProgram) {
  std::ofstream(root_ / "good.csv") << "load_kw,pv_kw,buy,sell\n1,0,0.5,0.3\n2,4,0.6,0.3\n";
  std::ofstream(root_ / "bad.csv") << "load_kw,pv_kw,buy,sell\n1,0,0.5,0.3\n-2,4,,0.3\n";
  const auto dispatch = [&](const char* file, const char* battery_kw) {
    return run({XIAOYUAN_PROGRAM, "dispatch", out(file), "--battery-kwh", "5", "--battery-kw",
                battery_kw, "--out", out("schedule.csv")});
  };
  EXPECT_EQ(dispatch("bad.csv", "2"), 2);
  EXPECT_EQ(dispatch("none.csv", "2"), 2);
  EXPECT_EQ(dispatch("good.csv", "-2"), 2);
  EXPECT_FALSE(fs::exists(root_ / "schedule.csv"));
  EXPECT_EQ(dispatch("good.csv", "2"), 0);
  EXPECT_TRUE(all_bytes_of(root_ / "schedule.csv").starts_with("step,load_kw"));
}

#ifdef XIAOYUAN_MPIRUN

Words ranks(int count, const Words& words) {
  Words all{XIAOYUAN_MPIRUN,       "--allow-run-as-root", "--oversubscribe", "-n",
            std::to_string(count), XIAOYUAN_MPI_PROGRAM};
  all.insert(all.end(), words.begin(), words.end());
  return all;
}

TEST_F(Program, GivesTheSameBytesOnOneTwoAndFourRanks) {
  const std::string one = whole();
  for (const int count : {1, 2, 4}) {
    const std::string name = "ranks" + std::to_string(count);
    EXPECT_EQ(run(ranks(count, {in(), "--out", out(name), "--chunk", "20"})), 0);
    EXPECT_EQ(result(name), one) << count;
  }
}

TEST_F(Program, GoesOnAfterARankDied) {
  const Words words{in(), "--out", out("out"), "--chunk", "5"};
  const pid_t job = start(ranks(2, words));
  wait_for_chunks("out", 5);
  pid_t rank = 0;
  std::ifstream("/proc/" + std::to_string(job) + "/task/" + std::to_string(job) + "/children") >>
      rank;
  ASSERT_GT(rank, 0);
  ::kill(rank, SIGKILL);
  EXPECT_NE(end_of(job), 0);
  EXPECT_FALSE(fs::exists(root_ / "out/households.csv"));
  EXPECT_GE(chunks("out"), 5U);
  Words resumed = words;
  resumed.push_back("--resume");
  EXPECT_EQ(run(ranks(4, resumed)), 0);
  EXPECT_EQ(result("out"), whole());
}

TEST_F(Program, EndsAllRanksWhereTheInputIsWrong) {
  fs::remove(root_ / "in/shapes/roofs.csv");
  EXPECT_NE(run(ranks(2, {in(), "--out", out("out")})), 0);
  EXPECT_FALSE(fs::exists(root_ / "out"));
}

#else

TEST(Ranks, GiveTheSameBytesAsOneProcess) {
  GTEST_SKIP() << "built without MPI (libopenmpi-dev, openmpi-bin)";
}

#endif

}  // namespace
