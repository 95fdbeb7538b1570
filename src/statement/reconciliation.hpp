// Our figures beside the grid company's: which lines agree, which differ and by how much, and which
// stand on one paper only.
#pragma once
#include <string>
#include <vector>

#include "statement/sheet.hpp"

namespace xiaoyuan::statement {

enum class Match { same, different, theirs_missing };

struct Compared {
  const settle::StatementLine* line = nullptr;
  Match match = Match::same;
  std::optional<MeteredEnergy> energy_difference;  ///< theirs less ours
  std::optional<Money> money_difference;           ///< theirs less ours
  Text reason;  ///< what the difference looks like: energy, price, a fen of rounding
};

struct Reconciliation {
  std::vector<Compared> lines;
  Money ours;    ///< of the lines that both have
  Money theirs;  ///< of the same lines
  std::size_t same = 0;
  std::size_t different = 0;
  std::size_t missing = 0;
};

/// Of the lines with an amount. The pointers live as long as the statement.
Reconciliation reconciliation_of(const settle::Statement& statement);

}  // namespace xiaoyuan::statement
