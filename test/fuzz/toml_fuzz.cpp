// Any bytes as a TOML file.
#include "base/document.hpp"
#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  fuzz::expect_sense(parse_toml(fuzz::text(bytes, size), "x.toml"));
  return 0;
}
