// Any bytes as the shipped assumptions.
#include "foreign.hpp"
#include "model/assumption.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  fuzz::expect_sense(model::read_assumptions(fuzz::text(bytes, size), "x.toml"));
  return 0;
}
