// Any bytes as the request for a new village: read or refused with reasons.
#include "desk/wizard.hpp"
#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const auto village = desk::read_new_village(fuzz::text(bytes, size));
  fuzz::expect_sense(village);
  if (village) {
    expects(!village->form || village->files.empty());
    expects(village->folder.find_first_of("/.\\") == std::string::npos);
  }
  return 0;
}
