// Any bytes as the text of a proof; one that reads has one spelling.
#include "statement/proof_text.hpp"

#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const auto proof = statement::read_proof_text(fuzz::text(bytes, size), {"x", 1, "proof"});
  fuzz::expect_sense(proof);
  if (proof) {
    const std::string written = statement::proof_text(*proof);
    const auto again = statement::read_proof_text(written, {"x", 1, "proof"});
    expects(again && statement::proof_text(*again) == written);
  }
  return 0;
}
