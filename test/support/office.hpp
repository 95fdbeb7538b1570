// A settlement office that makes mistakes, drawn from a seed: it sends the same twice, sends other
// content under an old key, sends late and in the wrong order, confirms what is not there, reverses
// twice, seals, disputes, and counts certificates.
#pragma once
#include <deque>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "ledger/command.hpp"

namespace xiaoyuan::ledger::test {

class Office {
 public:
  explicit Office(std::uint64_t seed);
  Command next();

 private:
  std::uint64_t below(std::uint64_t n);
  bool chance(int percent) { return below(100) < static_cast<std::uint64_t>(percent); }
  Heading heading(const std::string& word);
  AccountId account();
  std::int64_t amount();
  std::vector<Transfer> transfers(std::uint64_t most);
  const std::string& any(const std::vector<std::string>& keys);
  Stretch stretch();
  Command fresh();
  Command money();
  Command trail();
  Command green();
  Command freeze();
  Command changed(Command command);

  Random random_;
  int month_ = 2026 * 12;
  std::uint64_t count_ = 0;
  std::uint32_t accounts_ = 0;
  std::uint32_t pools_ = 0;
  std::vector<Command> sent_;
  std::deque<Command> delayed_;
  std::vector<std::string> postings_, pendings_, disputes_;
  std::vector<std::vector<Transfer>> posted_;  // beside postings_
  std::vector<AccountId> plain_, frozen_;
  std::vector<Unit> units_;
};

}  // namespace xiaoyuan::ledger::test
