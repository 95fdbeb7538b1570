#include "hosting/phase_search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace xiaoyuan::hosting {

namespace {

constexpr std::size_t lanes_of_trials = wires::Steps::most;
constexpr std::array<wires::Phases, 3> single_phases{wires::Phases::a, wires::Phases::b,
                                                     wires::Phases::c};
constexpr std::size_t looked_at_whole = 4;   ///< of those that do best in the hardest moment
constexpr int most_kicks = 4;                ///< in a row without a gain
constexpr std::size_t most_exchanges = 160;  ///< looked at, of all pairs

}  // namespace

PhaseSearch::PhaseSearch(const PhaseQuestion& question, PhaseArea area)
    : question_(&question), area_(std::move(area)), moments_(question.moments) {
  for (const std::size_t house : area_.watch.houses()) {
    if (std::ranges::find(single_phases, area_.village->houses[house].phases) !=
        single_phases.end()) {
      movable_.push_back(house);
    }
  }
}

Result<PhaseSearch> PhaseSearch::of(const VillageYear& village, const PhaseQuestion& question) {
  TRY(PhaseNetwork network, PhaseNetwork::of(village));
  AreaWatch watch(village, wires::feeders_of(village.network), question.transformer);
  return PhaseSearch(question, {&village, std::move(network), std::move(watch), question.added});
}

bool PhaseSearch::add_moment(std::size_t step) {
  if (std::ranges::find(moments_, step) != moments_.end()) {
    return false;
  }
  moments_.push_back(step);
  return true;
}

PhaseTrials PhaseSearch::trials() const { return {area_, moments_}; }

double PhaseSearch::borne_kw(const Assignment& phases) const {
  return trials().borne_kw(phases, question_->least_kw, question_->most_kw,
                           0.5 * question_->tolerance_kw);
}

std::vector<Assignment> PhaseSearch::moved(const Assignment& phases) const {
  std::vector<Assignment> next;
  for (const std::size_t house : movable_) {
    for (const wires::Phases phase : single_phases) {
      if (phase != phases[house]) {
        next.push_back(phases);
        next.back()[house] = phase;
      }
    }
  }
  return next;
}

/// Of all pairs on different phases; of many a part, by chance.
std::vector<Assignment> PhaseSearch::exchanged(const Assignment& phases, Random& random) const {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t i = 0; i < movable_.size(); ++i) {
    for (std::size_t j = i + 1; j < movable_.size(); ++j) {
      if (phases[movable_[i]] != phases[movable_[j]]) {
        pairs.emplace_back(movable_[i], movable_[j]);
      }
    }
  }
  const std::size_t count = std::min(pairs.size(), most_exchanges);
  std::vector<Assignment> next;
  for (std::size_t i = 0; i < count; ++i) {
    const double ahead = random.uniform() * static_cast<double>(pairs.size() - i);
    std::swap(pairs[i], pairs[i + static_cast<std::size_t>(ahead)]);
    next.push_back(phases);
    std::swap(next.back()[pairs[i].first], next.back()[pairs[i].second]);
  }
  return next;
}

std::size_t PhaseSearch::least_strained(PhaseTrials& trials, const std::vector<Assignment>& next,
                                        std::size_t moment, double kw, Strain& strain) const {
  std::vector<Strain> there;
  for (std::size_t first = 0; first < next.size(); first += lanes_of_trials) {
    const std::size_t count = std::min(lanes_of_trials, next.size() - first);
    const auto some = trials.strains_at(moment, {next.data() + first, count}, kw);
    there.insert(there.end(), some.begin(), some.end());
  }
  std::vector<std::size_t> order(next.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::size_t whole = std::min(looked_at_whole, order.size());
  std::ranges::partial_sort(
      order, order.begin() + static_cast<std::ptrdiff_t>(whole), [&](std::size_t a, std::size_t b) {
        return is_less(there[a], there[b]) || (!is_less(there[b], there[a]) && a < b);
      });
  std::size_t best = order.front();
  for (std::size_t i = 0; i < whole; ++i) {
    const Strain all = trials.strain(next[order[i]], kw);
    if (i == 0 || is_less(all, strain)) {
      strain = all;
      best = order[i];
    }
  }
  return best;
}

bool PhaseSearch::step_down(PhaseTrials& trials, const std::vector<Assignment>& next,
                            Assignment& phases, Strain& strain, double kw) const {
  if (next.empty()) {
    return false;
  }
  Strain found;
  const std::size_t best = least_strained(trials, next, strain.moment, kw, found);
  if (!is_less(found, strain)) {
    return false;
  }
  phases = next[best];
  strain = found;
  return true;
}

void PhaseSearch::descend(PhaseTrials& trials, Assignment& phases, Strain& strain, double kw,
                          Random& random) const {
  strain = trials.strain(phases, kw);
  while (trials.solved() < question_->most_solved &&
         (step_down(trials, moved(phases), phases, strain, kw) ||
          step_down(trials, exchanged(phases, random), phases, strain, kw))) {
  }
}

/// 0: the best so far; 1: houses by turns on a, b, c; others: by chance.
Assignment PhaseSearch::start(std::size_t number, const Assignment& best, Random& random) const {
  Assignment phases = best;
  for (std::size_t i = 0; number > 0 && i < movable_.size(); ++i) {
    const auto drawn = static_cast<std::size_t>(random.uniform() * 3.0);
    phases[movable_[i]] = single_phases[number == 1 ? i % 3 : drawn];
  }
  return phases;
}

Assignment PhaseSearch::searched(const Assignment& best, double kw, const Spread& spread) const {
  struct Found {
    Assignment phases;
    Strain strain;
  };
  std::vector<Found> found(question_->starts);
  spread(question_->starts, [&](std::size_t number) {
    Random random(question_->seed + number);
    PhaseTrials own = trials();
    Found& mine = found[number];
    mine.phases = start(number, best, random);
    descend(own, mine.phases, mine.strain, kw, random);
    for (int kicks = 0; kicks < most_kicks && own.solved() < question_->most_solved; ++kicks) {
      Found kicked = mine;
      for (int thrown = 0; thrown < 3; ++thrown) {
        const auto i =
            static_cast<std::size_t>(random.uniform() * static_cast<double>(movable_.size()));
        const auto drawn = static_cast<std::size_t>(random.uniform() * 3.0);
        kicked.phases[movable_[i]] = single_phases[drawn];
      }
      descend(own, kicked.phases, kicked.strain, kw, random);
      if (is_less(kicked.strain, mine.strain)) {
        mine = std::move(kicked);
        kicks = 0;
      }
    }
  });
  std::size_t least = 0;
  for (std::size_t number = 1; number < found.size(); ++number) {
    least = is_less(found[number].strain, found[least].strain) ? number : least;
  }
  return found[least].phases;
}

Assignment PhaseSearch::numbered(std::size_t number) const {
  Assignment phases;
  for (const House& house : area_.village->houses) {
    phases.push_back(house.phases);
  }
  for (const std::size_t house : movable_) {
    phases[house] = single_phases[number % 3];
    number /= 3;
  }
  return phases;
}

void PhaseSearch::enumerate(std::size_t count, Assignment& best, double& kw) const {
  PhaseTrials own = trials();
  const double above_kw = std::min(question_->most_kw, kw + question_->tolerance_kw);
  std::vector<std::size_t> left(count);
  std::iota(left.begin(), left.end(), std::size_t{0});
  for (std::size_t moment = 0; moment < moments_.size(); ++moment) {
    std::vector<std::size_t> bearing;
    for (std::size_t first = 0; first < left.size(); first += lanes_of_trials) {
      std::vector<Assignment> some;
      for (std::size_t i = first; i < std::min(left.size(), first + lanes_of_trials); ++i) {
        some.push_back(numbered(left[i]));
      }
      const std::vector<Strain> strains = own.strains_at(moment, some, above_kw);
      for (std::size_t i = 0; i < some.size(); ++i) {
        if (strains[i].most <= 1.0) {
          bearing.push_back(left[first + i]);
        }
      }
    }
    left = std::move(bearing);
  }
  for (const std::size_t number : left) {
    const Assignment phases = numbered(number);
    if (own.strain(phases, std::min(question_->most_kw, kw + question_->tolerance_kw)).most <=
        1.0) {
      const double borne = borne_kw(phases);
      if (borne > kw) {
        best = phases;
        kw = borne;
      }
    }
  }
}

Assignment PhaseSearch::trimmed(const Assignment& best, const Assignment& today, double kw) const {
  PhaseTrials own = trials();
  Assignment trimmed = best;
  std::array<std::size_t, 3> order{0, 1, 2};
  const auto moves_of = [&](const Assignment& phases) {
    std::size_t moves = 0;
    for (const std::size_t house : movable_) {
      moves += phases[house] != today[house] ? 1 : 0;
    }
    return moves;
  };
  do {  // other names of the three phases
    Assignment renamed = best;
    for (const std::size_t house : movable_) {
      renamed[house] = single_phases[order[static_cast<std::size_t>(best[house])]];
    }
    if (moves_of(renamed) < moves_of(trimmed) && own.strain(renamed, kw).most <= 1.0) {
      trimmed = renamed;
    }
  } while (std::ranges::next_permutation(order).found);
  Strain strain = own.strain(trimmed, kw);
  while (true) {
    std::vector<Assignment> next;
    for (const std::size_t house : movable_) {
      if (trimmed[house] != today[house]) {
        next.push_back(trimmed);
        next.back()[house] = today[house];
      }
    }
    if (next.empty()) {
      return trimmed;
    }
    const std::size_t least = least_strained(own, next, strain.moment, kw, strain);
    if (strain.most > 1.0) {
      return trimmed;
    }
    trimmed = next[least];
  }
}

Assignment PhaseSearch::one_more(const Assignment& phases, const Assignment& today,
                                 double kw) const {
  PhaseTrials own = trials();
  std::vector<Assignment> next;
  for (const std::size_t house : movable_) {
    for (const wires::Phases phase : single_phases) {
      if (phases[house] == today[house] && phase != today[house]) {
        next.push_back(phases);
        next.back()[house] = phase;
      }
    }
  }
  Strain strain = own.strain(phases, kw);
  return next.empty() ? phases : next[least_strained(own, next, strain.moment, kw, strain)];
}

}  // namespace xiaoyuan::hosting
