// Any bytes as the three files of a village's network, parted by lines of "----", and as libraries
// of wires and of transformers.
#include "wires/village_wires.hpp"

#include "wires_sense.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  std::string_view text = fuzz::text(bytes, size);
  static const wires::WireLibrary library{
      .lines = {{"JKLYJ-70", wires::Laying::row, 70.0, 0.443, 0.00403, 0.0},
                {"YJLV-4x25", wires::Laying::bundle, 25.0, 1.20, 0.00403, 0.9}},
      .transformers = {{"S13-200", "S13", 200.0, 4.0, 2.73, 0.24, 0.4}}};
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
  const auto types = wires::read_transformer_types(parts[0], "transformers.toml");
  fuzz::expect_sense(types);
  if (types && !types->empty()) {
    for (const double rating_kva : {1.0, 137.0, 1e5}) {
      const auto type = wires::type_for(*types, types->front().series, rating_kva);
      expects(type.rating_kva == rating_kva && type.load_loss_kw > 0.0 &&
              type.no_load_loss_kw >= 0.0 && type.short_circuit_percent > 0.0);
    }
  }
  return 0;
}
