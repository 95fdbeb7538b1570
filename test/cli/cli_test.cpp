// The program as its users run it: words in, files and exit codes out.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

struct Said {
  int code = 0;
  std::string text;  ///< standard output and error
};

class Cli : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("xiaoyuan-cli-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// Runs the program in the test's folder.
  Said run(const std::string& words, const std::string& before = "") const {
    const std::string command = "cd '" + folder_.string() + "' && LC_ALL=C LANG=C " + before +
                                " '" + XIAOYUAN_PROGRAM + "' " + words + " 2>&1";
    Said said;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> buffer{};
    while (const std::size_t read = fread(buffer.data(), 1, buffer.size(), pipe)) {
      said.text.append(buffer.data(), read);
    }
    const int status = pclose(pipe);
    said.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return said;
  }
  std::string bytes(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void replace(const std::string& name, const std::string& from, const std::string& to) const {
    std::string text = bytes(name);
    ASSERT_NE(text.find(from), std::string::npos);
    text.replace(text.find(from), from.size(), to);
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  fs::path folder_;
};

TEST_F(Cli, MakesChecksAndPlansANewVillage) {
  EXPECT_EQ(run("new mine").code, 0);
  const Said checked = run("check mine");
  EXPECT_EQ(checked.code, 0) << checked.text;
  EXPECT_NE(checked.text.find("5 households, nothing wrong"), std::string::npos);
  const Said planned = run("plan mine --out out --hourly H002 --years 2");
  EXPECT_EQ(planned.code, 0) << planned.text;
  EXPECT_NE(planned.text.find("Report: out/report.html"), std::string::npos);
  const auto results = nlohmann::json::parse(bytes("out/results.json"));
  EXPECT_EQ(results["schema"], "xiaoyuan.plan/2");
  EXPECT_EQ(results["households"].size(), 5U);
  EXPECT_NE(bytes("out/report.html").find("\"schema\": \"xiaoyuan.plan/2\""), std::string::npos);
  EXPECT_EQ(bytes("out/report.html").find("__RESULTS__"), std::string::npos);
  EXPECT_TRUE(fs::exists(folder_ / "out/hourly/H002.csv"));
  EXPECT_FALSE(fs::exists(folder_ / "out/hourly/H001.csv"));
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(folder_ / "out")) {
    files += entry.path().filename().string().starts_with('.') ? 100 : 1;
  }
  EXPECT_EQ(files, 4U);
}

/// Every name that stands in a JSON value.
void collect_names(const nlohmann::json& value, std::set<std::string>& names) {
  if (value.is_object()) {
    for (const auto& [name, item] : value.items()) {
      names.insert(name);
      collect_names(item, names);
    }
  } else if (value.is_array()) {
    for (const auto& item : value) {
      collect_names(item, names);
    }
  }
}

TEST_F(Cli, WritesNoFigureThatTheDocumentOfResultsDoesNotName) {
  std::ifstream page(fs::path(XIAOYUAN_SOURCE) / "docs/results.md");
  const std::string document(std::istreambuf_iterator<char>(page), {});
  EXPECT_EQ(run("new mine").code, 0);
  std::ofstream(folder_ / "mine/village.toml", std::ios::app)
      << "[[scenario]]\nid = \"a\"\nname = { en = \"A\", zh = \"甲\" }\n"
      << "[sizing]\nhouseholds = [\"H001\", \"H003\"]\nmost_kwh = 5\nfront_points = 2\n";
  replace("mine/village.toml", "rating_kva = 200",
          "rating_kva = 200\ncurtailment = \"pro_rata\"\nexport_limit_kw = 12");
  EXPECT_EQ(run("plan mine --out out --years 2").code, 0);
  std::set<std::string> names;
  collect_names(nlohmann::json::parse(bytes("out/results.json")), names);
  EXPECT_GT(names.size(), 150U);
  for (const std::string& name : names) {
    if (name != "en" && name != "zh") {
      EXPECT_NE(document.find('"' + name + '"'), std::string::npos) << name;
    }
  }
}

// 10 kW fed in on phase A behind 0.30 ohm: V·(V − 230.94 V) = 10 kW · 0.30 ohm, so V = 243.27 V.
TEST_F(Cli, SolvesTheOneMomentOfANetworksFile) {
  std::ofstream(folder_ / "street.json")
      << R"({"version":"1.0","type":"input","is_batch":false,"attributes":{},"data":{
"node":[{"id":1,"u_rated":400},{"id":2,"u_rated":400}],
"line":[{"id":3,"from_node":1,"to_node":2,"from_status":1,"to_status":1,"r1":0.3,"x1":0,"c1":0,
"tan1":0,"r0":0.3,"x0":0,"c0":0,"tan0":0,"i_n":50}],
"source":[{"id":4,"node":1,"status":1,"u_ref":1.0,"sk":1e12}],
"asym_load":[{"id":5,"node":2,"status":1,"type":0,"p_specified":[-10000,0,0],"q_specified":[0,0,0]}]}})";
  const Said solved = run("flow street.json --csv volts.csv");
  EXPECT_EQ(solved.code, 0) << solved.text;
  EXPECT_NE(solved.text.find("A   243.27"), std::string::npos) << solved.text;
  EXPECT_NE(solved.text.find("Losses of the lines: 0.5069 kW"), std::string::npos) << solved.text;
  EXPECT_NE(bytes("volts.csv").find("\n2,230.940108,243.27"), std::string::npos);
  EXPECT_EQ(run("flow nowhere.json").code, 2);
}

TEST_F(Cli, AnswersInTheLanguageAskedFor) {
  EXPECT_NE(run("--help").text.find("Plans a village's roofs"), std::string::npos);
  EXPECT_NE(run("--help --lang zh").text.find("规划一个村庄"), std::string::npos);
  EXPECT_NE(run("--help", "LANG=zh_CN.UTF-8 LC_ALL=zh_CN.UTF-8").text.find("规划一个村庄"),
            std::string::npos);
  EXPECT_NE(run("plan nowhere --out out --lang zh").text.find("没有此文件"), std::string::npos);
}

TEST_F(Cli, LeavesNothingBehindWhenTheVillageIsWrong) {
  ASSERT_EQ(run("new mine").code, 0);
  replace("mine/village.toml", "latitude_deg = 39.90", "latitude_deg = 399");
  replace("mine/households.csv", ",10,,20,180", ",10,,120,180");
  const Said said = run("plan mine --out out");
  EXPECT_EQ(said.code, 2);
  EXPECT_NE(said.text.find("village.toml:16: site.latitude_deg"), std::string::npos);
  EXPECT_NE(said.text.find("households.csv:2: roof1_tilt_deg"), std::string::npos);
  EXPECT_NE(said.text.find("2 errors; nothing was written"), std::string::npos);
  EXPECT_FALSE(fs::exists(folder_ / "out"));
}

TEST_F(Cli, LeavesNothingBehindWhenALoadFileIsWrong) {
  ASSERT_EQ(run("new mine").code, 0);
  replace("mine/loads/h005.csv", "load_kw", "load_kilowatt");
  const Said said = run("plan mine --out out");
  EXPECT_EQ(said.code, 2);
  EXPECT_NE(said.text.find("loads/h005.csv:1: load_kilowatt: unknown name"), std::string::npos)
      << said.text;
  EXPECT_FALSE(fs::exists(folder_ / "out"));
}

TEST_F(Cli, RefusesWordsItDoesNotKnow) {
  EXPECT_EQ(run("paln mine").code, 2);
  EXPECT_NE(run("paln mine").text.find("did you mean \"plan\""), std::string::npos);
  EXPECT_EQ(run("plan").code, 2);
  ASSERT_EQ(run("new mine").code, 0);
  EXPECT_EQ(run("new mine").code, 1);  // not over an existing village
  const Said hourly = run("plan mine --out out --hourly H0002");
  EXPECT_EQ(hourly.code, 2);
  EXPECT_NE(hourly.text.find("did you mean \"H002\""), std::string::npos);
}

TEST_F(Cli, StopsCleanlyOnCtrlC) {
  ASSERT_EQ(run("new mine").code, 0);
  std::ofstream rows(folder_ / "mine/households.csv");
  rows << "id,load_kwh,heat_pump_kwh\n";
  for (int i = 0; i < 20000; ++i) {
    rows << 'H' << i << ",2000,5000\n";
  }
  rows.close();
  const Said said = run("plan mine --out out", "timeout --preserve-status --signal=INT 1");
  EXPECT_EQ(said.code, 130) << said.text;
  EXPECT_NE(said.text.find("nothing was written"), std::string::npos);
  EXPECT_FALSE(fs::exists(folder_ / "out/results.json"));
  EXPECT_TRUE(!fs::exists(folder_ / "out") || fs::is_empty(folder_ / "out"));
}

/// Two days of a household, with PV and a dear evening.
std::string two_days() {
  std::string csv = "load_kw,pv_kw_per_kwp,buy,sell\n";
  for (int hour = 0; hour < 48; ++hour) {
    const bool is_day = hour % 24 > 7 && hour % 24 < 17;
    const bool is_evening = hour % 24 > 17 && hour % 24 < 22;
    csv += std::string(is_evening ? "2" : "0.5") + (is_day ? ",0.6" : ",0") +
           (is_evening ? ",1.2" : ",0.4") + ",0.2\n";
  }
  return csv;
}

const std::string size_words =
    " --roof-kwp 6 --pv-yuan-per-kwp 2970 --battery-yuan-per-kwh 900 --life 25 --battery-life 12"
    " --rate 0.05 --efficiency 0.95 --c-rate 0.5 --step-minutes 60";

TEST_F(Cli, SizesAHousehold) {
  std::ofstream(folder_ / "home.csv") << two_days();
  const Said said = run("size home.csv --json --out plan/schedule.csv" + size_words);
  ASSERT_EQ(said.code, 0) << said.text;
  const auto result = nlohmann::json::parse(said.text);
  EXPECT_GT(result["pv"][0]["size"].get<double>(), 1.0);
  EXPECT_GT(result["battery_kwh"]["size"].get<double>(), 1.0);
  EXPECT_LE(result["gap"].get<double>(), 1e-4);
  EXPECT_TRUE(bytes("plan/schedule.csv").starts_with("load_kw,pv_kw,battery_kw,stored_kwh"));
  const Said front = run("size home.csv --pareto 4 --json" + size_words);
  ASSERT_EQ(front.code, 0) << front.text;
  EXPECT_EQ(nlohmann::json::parse(front.text).size(), 4U);
  const Said chinese = run("size home.csv --lang zh --catalogue 5,10:5:8000" + size_words);
  EXPECT_EQ(chinese.code, 0) << chinese.text;
  EXPECT_NE(chinese.text.find("自给率"), std::string::npos);
}

TEST_F(Cli, RefusesASizingThatMakesNoSense) {
  std::ofstream(folder_ / "home.csv") << two_days();
  replace("home.csv", "sell\n0.5", "sel\nx");
  const Said said = run("size home.csv" + size_words);
  EXPECT_EQ(said.code, 2);
  EXPECT_NE(said.text.find("home.csv:1: sel"), std::string::npos) << said.text;
  EXPECT_NE(said.text.find("home.csv:2: load_kw"), std::string::npos) << said.text;
  std::ofstream(folder_ / "home.csv") << two_days();
  EXPECT_EQ(run("size home.csv --mode carbon" + size_words).code, 2);
  EXPECT_EQ(run("size home.csv --catalogue 5:x" + size_words).code, 2);
  EXPECT_EQ(run("size none.csv" + size_words).code, 2);
  replace("home.csv", ",0.4,0.2", ",0.4,0.9");
  const Said dear = run("size home.csv" + size_words);  // the grid pays more than it asks
  EXPECT_EQ(dear.code, 0) << dear.text;
  EXPECT_NE(dear.text.find("Proof: bounded"), std::string::npos) << dear.text;
  const Said aimed = run("size home.csv --mode self-sufficiency" + size_words);
  EXPECT_EQ(aimed.code, 2);
  EXPECT_NE(aimed.text.find("step 0"), std::string::npos) << aimed.text;
}

}  // namespace
