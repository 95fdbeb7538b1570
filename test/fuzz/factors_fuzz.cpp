// Any bytes as a file of emission factors.
#include "carbon/factor.hpp"
#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  fuzz::expect_sense(carbon::read_factors(fuzz::text(bytes, size), "x.toml"));
  return 0;
}
