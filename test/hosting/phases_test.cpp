#include "hosting/phases.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <chrono>

#include "hosting/capacity_village.hpp"
#include "hosting/remedies_room.hpp"
#include "support/coupled_draw.hpp"

namespace xiaoyuan::hosting {
namespace {

using test::drawn_village;

PhaseQuestion question_of(const AreaRoom& room) {
  PhaseQuestion question;
  question.transformer = room.transformer();
  question.today = room.today();
  question.moments = room.moments();
  question.added = [&room](double kw) { return room.added(kw); };
  question.most_kw = room.end_kw();
  question.capacity_of = [&room](const std::vector<Move>& moves) {
    return room.capacity({[&](VillageYear& village) { move_houses(village, moves); }}, in_turn);
  };
  return question;
}

std::vector<std::size_t> single_houses(const VillageYear& village) {
  std::vector<std::size_t> houses;
  for (std::size_t h = 0; h < village.houses.size(); ++h) {
    if (village.houses[h].phases != wires::Phases::abc) {
      houses.push_back(h);
    }
  }
  return houses;
}

/// Every assignment, each by its capacity over the whole year.
double best_of_all_kw(VillageYear village) {
  const std::vector<std::size_t> houses = single_houses(village);
  std::size_t count = 1;
  for (std::size_t i = 0; i < houses.size(); ++i) {
    count *= 3;
  }
  double best_kw = 0.0;
  for (std::size_t number = 0; number < count; ++number) {
    std::size_t rest = number;
    for (const std::size_t house : houses) {
      village.houses[house].phases = wires::Phases(rest % 3);
      rest /= 3;
    }
    best_kw = std::max(best_kw, area_capacity(village, 0)->kw);
  }
  return best_kw;
}

TEST(Phases, OfFewHousesAreTheBestOfAllThereAre) {
  rc::check([] {
    const VillageYear village = drawn_village({.seed = *rc::gen::arbitrary<unsigned>(),
                                               .houses = *rc::gen::inRange<std::size_t>(1, 6),
                                               .rating_kva = *rc::gen::element(30.0, 100.0),
                                               .line_rating_a = *rc::gen::element(40.0, 150.0)});
    const auto room = AreaRoom::of(village, 0, {}, in_turn);
    RC_ASSERT(room.has_value());
    const auto answer = best_phases(village, question_of(*room));
    RC_ASSERT(answer.has_value());
    const double best_kw = best_of_all_kw(village);
    RC_LOG() << answer->capacity.kw << " best " << best_kw << " today " << room->today().kw << " moves " << answer->moves.size() << " stop " << int(room->today().stop) << '\n';
    RC_ASSERT(answer->capacity.kw > best_kw - 0.3);
    RC_ASSERT(answer->capacity.kw < best_kw + 0.3);
    RC_ASSERT(answer->is_proved);
  });
}

TEST(Phases, Speed) {
  for (std::size_t houses : {20, 60}) {
    const VillageYear village = drawn_village({.seed = 3, .houses = houses, .steps = 8760, .rating_kva = 400.0, .line_rating_a = 250.0});
    auto t0 = std::chrono::steady_clock::now();
    const auto room = AreaRoom::of(village, 0, {}, in_turn);
    auto t1 = std::chrono::steady_clock::now();
    const auto answer = best_phases(village, question_of(*room));
    auto t2 = std::chrono::steady_clock::now();
    printf("%zu houses: moments %zu today %.2f room %.3f s; best %.2f moves %zu few %zu, %.3f s\n", houses, room->moments().size(), room->today().kw,
           std::chrono::duration<double>(t1 - t0).count(), answer->capacity.kw, answer->moves.size(), answer->few.size(), std::chrono::duration<double>(t2 - t1).count());
    for (auto& f : answer->few) printf("  %zu: %.2f\n", f.moves.size(), f.capacity_kw);
  }
}

}  // namespace
}  // namespace xiaoyuan::hosting
