// What a statement shows at a glance: four figures, where the energy came from and went, its lines
// by section.
//
//   In = Out: made + bought + from neighbours = used at home + sold + to neighbours
#pragma once
#include <array>
#include <optional>
#include <vector>

#include "statement/sheet.hpp"

namespace xiaoyuan::statement {

struct Figure {
  Text label;
  std::string value;
  Text unit;
};

/// Made, of it used, sold, and the month's money; a dash where nothing measures it.
std::array<Figure, 4> figures_of(const Sheet& sheet);

enum class FlowKind { made, bought, shared_in, used, sold, shared_out, open };

struct Flow {
  FlowKind kind = FlowKind::made;
  MeteredEnergy energy;
};
Text name_of(FlowKind kind);

struct Balance {
  std::vector<Flow> in;
  std::vector<Flow> out;
  MeteredEnergy total;  ///< the longer side
};

/// Nothing where not enough is measured. A side that is short is filled by a flow `open`: it is
/// shown, not hidden.
std::optional<Balance> balance_of(const settle::MonthEnergy& energy);

struct SectionLines {
  settle::Section section = settle::Section::energy;
  std::vector<const settle::StatementLine*> lines;
  std::optional<Money> sum;  ///< of those that have an amount
};

/// In the order of the sections; within one as the statement has them. The pointers live as long as
/// the statement.
std::vector<SectionLines> sections_of(const settle::Statement& statement);

/// The grades that need a footnote, each once.
std::vector<readings::Grade> grades_of(const settle::Statement& statement);

/// "Earned this month" or "To pay this month"; of all households where it is about them.
Text total_label(const Sheet& sheet);

}  // namespace xiaoyuan::statement
