// Any bytes as a household's series for a sizing.
#include "optimum/sizing_table.hpp"

#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const auto text = fuzz::text(bytes, size);
  for (const double minutes : {0.0, 15.0}) {
    const auto table = optimum::read_sizing_table(text, "x.csv", {minutes, 10.0});
    fuzz::expect_sense(table);
    if (table) {
      expects(table->buy.size() == table->load_kwh.size() && table->step_hours > 0.0);
      for (const auto& shape : table->kwh_per_kwp) {
        expects(shape.size() == table->load_kwh.size());
      }
    }
  }
  return 0;
}
