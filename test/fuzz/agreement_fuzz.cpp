// Any bytes as settlement.toml: read or refused with reasons; what is read keeps its promises.
#include "settle/agreement.hpp"

#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const auto agreement = settle::read_agreement(fuzz::text(bytes, size), "settlement.toml");
  fuzz::expect_sense(agreement);
  if (agreement) {
    expects(settle::party_of(*agreement, settle::grid_company) != nullptr);
    for (const settle::Contract& contract : agreement->contracts) {
      expects(!contract.last || contract.first <= *contract.last);
    }
  }
  return 0;
}
