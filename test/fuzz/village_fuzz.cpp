// Any bytes as a village: village.toml, a line "~~~", households.csv.
#include <fstream>
#include <iterator>
#include <string>

#include "foreign.hpp"
#include "model/village.hpp"

namespace {

xiaoyuan::model::Assumptions shipped() {
  std::ifstream file(XIAOYUAN_SOURCE "/share/assumptions.toml", std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  return *xiaoyuan::model::read_assumptions(bytes, "assumptions.toml");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  static const model::Assumptions assumptions = shipped();
  constexpr std::string_view separator = "\n~~~\n";
  const std::string_view both = fuzz::text(bytes, size);
  const std::size_t cut = both.find(separator);
  const auto households = cut == std::string_view::npos ? "" : both.substr(cut + separator.size());
  const auto village =
      model::read_village({.toml = both.substr(0, cut), .households = households}, assumptions);
  fuzz::expect_sense(village);
  if (village) {
    const auto& axis = village->axis;
    expects(axis.size > 8000 && axis.size < 36000 && village->zone.civil(axis).size() == axis.size);
    for (const model::Household& home : village->households) {
      expects(home.transformer < village->transformers.size() && home.capacity_kwp() >= 0.0);
    }
  }
  return 0;
}
