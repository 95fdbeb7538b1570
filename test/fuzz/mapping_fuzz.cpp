// Any bytes as a mapping file.
#include "readings/mapping.hpp"

#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const auto mapping = readings::read_mapping(fuzz::text(bytes, size), "map.toml");
  fuzz::expect_sense(mapping);
  if (mapping) {
    expects(mapping->header_row >= 1 && mapping->meter.empty() != mapping->meter_id.empty());
    for (const readings::MappedValue& value : mapping->values) {
      expects(readings::mwh_of_digit(value.unit, value.decimals, mapping->step).has_value());
    }
  }
  return 0;
}
