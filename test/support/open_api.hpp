// docs/openapi.yaml as tests hold it against the server: its operations, and whether an answer is
// what it promises.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace xiaoyuan::test {

struct Operation {
  std::string id;
  std::string method;  ///< "GET"
  std::string path;    ///< "/villages/{village}"
  std::string rights;
  std::vector<std::string> path_parameters;
  std::vector<std::string> statuses;  ///< "200", "default"
};

/// In the order of the document.
const std::vector<Operation>& open_api_operations();

/// What is wrong with the document itself: $refs that lead nowhere, operations without what every
/// one has, examples that are not what their schema says. Empty when all is well.
std::vector<std::string> open_api_faults();

/// What an answer breaks of the document; "" when nothing. `body` is JSON where the document says
/// that it is.
std::string open_api_breach(std::string_view operation, int status, std::string_view body);

}  // namespace xiaoyuan::test

/// Holds the answer of an operation against docs/openapi.yaml.
#define EXPECT_CONFORMS(operation, status, body) \
  EXPECT_EQ(xiaoyuan::test::open_api_breach(operation, status, body), "")
