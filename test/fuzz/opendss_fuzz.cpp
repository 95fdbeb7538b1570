// Any bytes as OpenDSS text; files that it names hold the same bytes again.
#include "wires/opendss.hpp"

#include "wires_sense.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const std::string text(fuzz::text(bytes, size));
  int reads = 0;
  const Files files{[&](const std::string& name) -> Result<std::string> {
                      if (++reads > 20) {
                        return fail(Fault::not_found, {"no file", "没有文件"}, {name, 0, ""});
                      }
                      return text;
                    },
                    {}};
  auto circuit = wires::read_opendss(files, "x.dss");
  fuzz::expect_sense(circuit);
  if (circuit) {
    expects(circuit->shape_of_connection.size() == circuit->network.connections.size());
    fuzz::expect_sense_of_network(std::move(circuit->network));
  }
  return 0;
}
