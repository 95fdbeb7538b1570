// Any bytes as an input of power-grid-model; one that reads is looked at as a whole, and a sound
// one of modest size is solved.
#include "wires/power_grid_model.hpp"

#include "wires_sense.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  xiaoyuan::fuzz::expect_sense_of_network(
      xiaoyuan::wires::read_power_grid_model(xiaoyuan::fuzz::text(bytes, size), "x.json"));
  return 0;
}
