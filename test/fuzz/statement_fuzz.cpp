// Any bytes as a statement; one that reads is written and read again.
#include "foreign.hpp"
#include "statement/json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  auto read = statement::read_json(fuzz::text(bytes, size), "x.json");
  fuzz::expect_sense(read);
  if (read) {
    const std::string written = statement::json(*read);
    const auto again = statement::read_json(written, "x.json");
    expects(again.has_value());
    expects(statement::json(*again) == written);
  }
  return 0;
}
