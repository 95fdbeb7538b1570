// docs/openapi.yaml and the server's rows say the same, both ways.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "api/router.hpp"
#include "base/text.hpp"
#include "support/open_api.hpp"

namespace xiaoyuan::api {

namespace {

std::set<std::string> documented() {
  std::set<std::string> all;
  for (const test::Operation& operation : test::open_api_operations()) {
    all.insert(operation.method + " " + operation.path + " " + operation.rights);
  }
  return all;
}

std::set<std::string> served() {
  std::set<std::string> all;
  for (const Route& route : routes()) {
    all.insert(std::string(word_of(route.method)) + " " + std::string(route.pattern) + " " +
               std::string(route.rights));
  }
  return all;
}

std::vector<std::string> missing_from(const std::set<std::string>& there,
                                      const std::set<std::string>& wanted) {
  std::vector<std::string> missing;
  std::ranges::set_difference(wanted, there, std::back_inserter(missing));
  return missing;
}

TEST(Contract, EveryRowIsWrittenDownWithItsRights) {
  EXPECT_EQ(joined(missing_from(documented(), served()), "\n"), "");
}

TEST(Contract, EveryPathThatIsWrittenDownIsServed) {
  EXPECT_EQ(joined(missing_from(served(), documented()), "\n"), "");
}

TEST(Contract, NoRowStandsTwice) {
  std::set<std::string> seen;
  for (const Route& route : routes()) {
    EXPECT_TRUE(seen.insert(std::string(word_of(route.method)) + std::string(route.pattern)).second)
        << route.pattern;
  }
}

TEST(Contract, TheDocumentHoldsTogether) { EXPECT_EQ(joined(test::open_api_faults(), "\n"), ""); }

TEST(Contract, SeesAnAnswerThatIsNotAsPromised) {
  EXPECT_EQ(test::open_api_breach("readRights", 200, R"({"callers":[],"routes":[]})"), "");
  EXPECT_NE(test::open_api_breach("readRights", 200, R"({"callers":[]})"), "");
  EXPECT_NE(test::open_api_breach("readRights", 200, R"({"callers":[],"routes":[],"more":1})"), "");
  EXPECT_NE(test::open_api_breach("readRights", 200,
                                  R"({"callers":[],"routes":[{"method":"GET","path":"/x",
                                      "rights":"yyyyyyyx"}]})"),
            "");
  EXPECT_NE(test::open_api_breach("readRights", 201, "{}"), "");
  EXPECT_NE(test::open_api_breach("readRights", 404, R"({"title":"x"})"), "");
  EXPECT_EQ(test::open_api_breach("readRights", 404,
                                  R"({"type":"about:blank","title":"x","status":404})"),
            "");
}

}  // namespace

}  // namespace xiaoyuan::api
