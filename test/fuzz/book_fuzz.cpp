// Any bytes as an exported book, as an entry, as a proof and as a head.
#include <algorithm>

#include "foreign.hpp"
#include "ledger/codec.hpp"
#include "ledger/log.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const std::string_view text = fuzz::text(bytes, size);
  const auto command = ledger::read_command(text, "x");
  fuzz::expect_sense(command);
  if (command) {
    expects(ledger::bytes_of(*command) == text);
    ledger::Book book;
    fuzz::expect_sense(book.apply(*command));
  }
  const auto entries = ledger::read_exported(text, "x");
  fuzz::expect_sense(entries);
  if (entries) {
    expects(ledger::exported(*entries) == text);
    // As far as it goes: what the book takes keeps its laws.
    ledger::Book book;
    for (const ledger::Entry& entry : *entries) {
      fuzz::expect_sense(ledger::replay(book, entry));
      expects(book.balances().is_conserved());
    }
    fuzz::expect_sense(ledger::verified(*entries, {}));
  }
  const auto inclusion = ledger::read_inclusion(text, "x");
  fuzz::expect_sense(inclusion);
  if (inclusion) {
    expects(ledger::bytes_of(*inclusion) == text);
    expects(!ledger::proves(*inclusion, sha256(text), {inclusion->size, sha256("no root")}));
  }
  const auto consistency = ledger::read_consistency(text, "x");
  fuzz::expect_sense(consistency);
  if (consistency) {
    const ledger::Head older{consistency->older, sha256("older")};
    expects(ledger::bytes_of(*consistency) == text);
    expects(!ledger::proves(*consistency, older, {consistency->newer, sha256("newer")}));
  }
  const auto head = ledger::read_head(text, {"x", 1, "head"});
  fuzz::expect_sense(head);
  expects(!head || ledger::text_of(*head) == text);
  return 0;
}
