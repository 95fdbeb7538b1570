// The transformers of a village as their readings and its plan show them: grades by DL/T 2041, and
// the worst flows that were seen.
//
// From readings the typical moment is the hour of most generation between 10 and 14 h on a working
// day of spring or autumn, as the plan's is; an hour counts where every channel behind the
// transformer is known in it. What flows in: load = generated + imported − exported.
#pragma once
#include <vector>

#include "desk/energy_shelf.hpp"

namespace xiaoyuan::desk {

enum class GradeBasis : std::uint8_t { plan, readings };
const std::vector<std::string>& words_of(GradeBasis);
enum class GradeEdition : std::uint8_t { edition_2025, edition_2019 };
/// "DL/T 2041-2025"
const std::vector<std::string>& words_of(GradeEdition);

struct HostingGrade {
  GradeBasis basis = GradeBasis::plan;
  GradeEdition edition = GradeEdition::edition_2025;
  hosting::Grade grade = hosting::Grade::green;
  std::optional<double> allowed_kw{};  ///< S_d of the 2025 edition
  double room_kw = 0.0;
  std::optional<double> room_after_registered_kw{};
  double load_kw = 0.0;  ///< at the typical moment
  double pv_kw = 0.0;
  double connected_kw = 0.0;
};

/// The mean of an hour.
struct SeenFlow {
  double kw = 0.0;
  double share_of_rating = 0.0;
  Instant at;
};

struct TransformerRow {
  std::size_t homes = 0;
  std::size_t homes_with_pv = 0;
  double capacity_kwp = 0.0;
  double reverse_limit_kw = 0.0;
  std::vector<HostingGrade> grades{};
  std::optional<SeenFlow> worst_reverse{};
  std::optional<SeenFlow> worst_import{};
  std::size_t hours_seen = 0;
  std::size_t impossible_steps = 0;  ///< left out: below zero, or more than the point lets through
};

/// In the order of the village's transformers.
std::vector<TransformerRow> transformer_rows(const VillageFigures& figures,
                                             const PlannedYear& planned);

}  // namespace xiaoyuan::desk
