// Any bytes as the three files of a village's network, parted by lines of "----", and as a library
// of wires.
#include "wires/village_wires.hpp"

#include "wires_sense.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  std::string_view text = fuzz::text(bytes, size);
  static const std::vector<wires::WireType> library{
      {"JKLYJ-70", wires::Laying::row, 70.0, 0.443, 0.00403, 0.0},
      {"YJLV-4x25", wires::Laying::bundle, 25.0, 1.20, 0.00403, 0.9}};
  std::vector<std::string> parts;
  for (int i = 0; i < 3; ++i) {
    const std::size_t end = std::min(text.find("----\n"), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 5, text.size()));
  }
  const Files files{[&](const std::string& name) -> Result<std::string> {
                      return parts[name == "network.toml" ? 0 : name == "lines.csv" ? 2 : 1];
                    },
                    {}};
  fuzz::expect_sense_of_network(
      wires::read_village_wires(files, {{"h01", wires::Phases::a, 2}}, library));
  fuzz::expect_sense(wires::read_wire_types(parts[0], "wires.toml"));
  return 0;
}
