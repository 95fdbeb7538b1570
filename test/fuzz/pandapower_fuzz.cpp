// Any bytes as a network of pandapower; one that reads is looked at as a whole, and a sound one of
// modest size is solved.
#include "wires/pandapower.hpp"

#include "wires_sense.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  xiaoyuan::fuzz::expect_sense_of_network(
      xiaoyuan::wires::read_pandapower(xiaoyuan::fuzz::text(bytes, size), "x.json"));
  return 0;
}
