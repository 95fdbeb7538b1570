#include "hosting/phases.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.hpp"
#include "hosting/phase_search.hpp"

namespace xiaoyuan::hosting {

namespace {

constexpr double enough_of_the_gain = 0.95;
constexpr std::size_t most_years = 8;  ///< times that the year may add moments
constexpr std::size_t moments_a_year = 6;

double a_little_above(double kw, const PhaseQuestion& question) {
  return kw + 0.02 * std::abs(kw) + question.tolerance_kw;
}

Assignment present(const VillageYear& village) {
  Assignment phases;
  for (const House& house : village.houses) {
    phases.push_back(house.phases);
  }
  return phases;
}

std::vector<Move> moves_between(const Assignment& from, const Assignment& to) {
  std::vector<Move> moves;
  for (std::size_t h = 0; h < from.size(); ++h) {
    if (from[h] != to[h]) {
      moves.push_back({h, from[h], to[h]});
    }
  }
  return moves;
}

/// The number of assignments of so many houses, or nothing where there are more than `most`.
std::optional<std::size_t> assignments(std::size_t houses, std::size_t most) {
  std::size_t count = 1;
  for (std::size_t i = 0; i < houses; ++i) {
    count *= 3;
    if (count > most) {
      return std::nullopt;
    }
  }
  return count;
}

/// What the moments say: the best assignment, the kW it bears, and how many were looked at.
struct OnMoments {
  Assignment phases;
  double kw = 0.0;
  std::size_t looked_at = 0;
};

OnMoments best_on_moments(PhaseSearch& search, const OnMoments& before, const Spread& spread) {
  OnMoments best = before;
  best.kw = search.borne_kw(best.phases);
  const double most_kw = search.question().most_kw;
  for (int round = 0; round < 6 && best.kw < most_kw; ++round) {
    const double kw = std::min(most_kw, a_little_above(best.kw, search.question()));
    const Assignment found = search.searched(best.phases, kw, spread);
    const double found_kw = search.borne_kw(found);
    const double gain_kw = found_kw - best.kw;
    if (gain_kw > 0.0) {
      best.phases = found;
      best.kw = found_kw;
    }
    if (gain_kw <= search.question().tolerance_kw) {
      break;
    }
  }
  if (const auto count = assignments(search.movable().size(), search.question().most_enumerated)) {
    search.enumerate(*count, best.phases, best.kw);
    best.looked_at = *count;
  }
  return best;
}

/// From today's assignment the best move, then the best second one, …, until enough is gained; the
/// last is what is left of the best assignment when moves that are not needed are taken back.
std::vector<FewMoves> by_number(PhaseSearch& search, const Assignment& today,
                                const OnMoments& best) {
  constexpr std::size_t most_listed = 12;
  const double today_kw = search.borne_kw(today);
  const double enough_kw = today_kw + enough_of_the_gain * (best.kw - today_kw);
  const Assignment trimmed = search.trimmed(best.phases, today, enough_kw);
  const std::vector<Move> last = moves_between(today, trimmed);
  std::vector<FewMoves> few;
  Assignment phases = today;
  double kw = today_kw;
  while (few.size() + 1 < last.size() && few.size() < most_listed && kw < enough_kw) {
    phases = search.one_more(phases, today, a_little_above(kw, search.question()));
    kw = search.borne_kw(phases);
    few.push_back({moves_between(today, phases), kw});
  }
  if (!last.empty() && kw < enough_kw) {
    few.push_back({last, search.borne_kw(trimmed)});
  }
  return few;
}

}  // namespace

void move_houses(VillageYear& village, const std::vector<Move>& moves) {
  for (const Move& move : moves) {
    village.houses[move.house].phases = move.to;
  }
}

Result<PhaseAnswer> best_phases(const VillageYear& village, const PhaseQuestion& question,
                                const Spread& spread) {
  TRY(PhaseSearch search, PhaseSearch::of(village, question));
  const Assignment today = present(village);
  PhaseAnswer answer;
  answer.capacity = question.today;
  if (search.movable().empty()) {
    answer.is_proved = true;
    return answer;
  }
  OnMoments best{today, 0.0, 0};
  for (std::size_t year = 0; year < most_years; ++year) {
    best = best_on_moments(search, best, spread);
    best.phases = search.trimmed(best.phases, today, best.kw);
    answer.moves = moves_between(today, best.phases);
    TRY(const std::vector<std::size_t> broken,
        question.broken_steps(answer.moves, best.kw - question.tolerance_kw));
    bool is_new = false;
    for (std::size_t i = 0; i < std::min(broken.size(), moments_a_year); ++i) {
      is_new = search.add_moment(broken[i]) || is_new;
    }
    if (!is_new) {
      break;
    }
  }
  TRY(answer.capacity,
      answer.moves.empty() ? Result<Capacity>(question.today) : question.capacity_of(answer.moves));
  answer.is_proved =
      best.looked_at > 0 && answer.capacity.kw >= best.kw - 2.0 * question.tolerance_kw;
  answer.looked_at = best.looked_at;
  if (answer.capacity.kw > question.today.kw) {
    answer.few = by_number(search, today, best);
  } else {
    answer.moves.clear();
    answer.capacity = question.today;
  }
  return answer;
}

}  // namespace xiaoyuan::hosting
