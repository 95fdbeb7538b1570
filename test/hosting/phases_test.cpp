#include "hosting/phases.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "hosting/capacity_village.hpp"
#include "hosting/remedies_room.hpp"
#include "hosting/shipped_wires.hpp"
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
  question.least_kw = room.today().kw < 0.0 ? room.least_kw() : 0.0;
  question.most_kw = room.end_kw();
  question.capacity_of = [&room](const std::vector<Move>& moves) {
    return room.capacity({[&](VillageYear& village) { move_houses(village, moves); }}, in_turn);
  };
  question.broken_steps = [&room](const std::vector<Move>& moves, double kw) {
    return room.broken_steps({[&](VillageYear& village) { move_houses(village, moves); }}, kw,
                             in_turn);
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
double best_of_all_kw(const AreaRoom& room) {
  const std::vector<std::size_t> houses = single_houses(room.village());
  std::size_t count = 1;
  for (std::size_t i = 0; i < houses.size(); ++i) {
    count *= 3;
  }
  double best_kw = room.least_kw();
  for (std::size_t number = 0; number < count; ++number) {
    const auto assign = [&](VillageYear& village) {
      std::size_t rest = number;
      for (const std::size_t house : houses) {
        village.houses[house].phases = wires::Phases(rest % 3);
        rest /= 3;
      }
    };
    best_kw = std::max(best_kw, room.capacity({assign}, in_turn)->kw);
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
    const double best_kw = best_of_all_kw(*room);
    RC_ASSERT(answer->capacity.kw > best_kw - 0.3);
    RC_ASSERT(answer->capacity.kw < best_kw + 0.3);
    RC_ASSERT(answer->is_proved);
  });
}

/// The most that one of so many assignments drawn by chance bears over the year; those that do
/// not bear `kw` in some moment are passed over.
double best_drawn_kw(const AreaRoom& room, double kw, std::size_t count) {
  const VillageYear& village = room.village();
  const PhaseArea area{&village, *PhaseNetwork::of(village),
                       AreaWatch(village, wires::feeders_of(village.network), room.transformer()),
                       [&room](double more_kw) { return room.added(more_kw); }};
  PhaseTrials trials(area, room.moments());
  Random random(11);
  std::vector<Assignment> left(count);
  for (Assignment& phases : left) {
    for (const House& house : village.houses) {
      const bool is_moved = room.is_own(house) && house.phases != wires::Phases::abc;
      const auto drawn = static_cast<int>(random.uniform() * 3.0);
      phases.push_back(is_moved ? wires::Phases(drawn) : house.phases);
    }
  }
  for (std::size_t moment = 0; moment < room.moments().size(); ++moment) {
    std::vector<Assignment> bearing;
    for (std::size_t first = 0; first < left.size(); first += 8) {
      const std::span<const Assignment> some{left.data() + first,
                                             std::min<std::size_t>(8, left.size() - first)};
      const std::vector<Strain> strains = trials.strains_at(moment, some, kw);
      for (std::size_t i = 0; i < some.size(); ++i) {
        if (strains[i].most <= 1.0) {
          bearing.push_back(some[i]);
        }
      }
    }
    left = std::move(bearing);
  }
  double best_kw = room.least_kw();
  for (const Assignment& phases : left) {
    const auto assign = [&](VillageYear& changed) {
      for (std::size_t h = 0; h < phases.size(); ++h) {
        changed.houses[h].phases = phases[h];
      }
    };
    best_kw = std::max(best_kw, room.capacity({assign}, in_turn)->kw);
  }
  return best_kw;
}

TEST(Phases, OfTheShippedVillagesBeatTheirOwnAndAThousandDrawn) {
  std::size_t better = 0;
  for (const char* name : {"xinggezhuang", "xiaodonggezhuang", "qiantuan"}) {
    const VillageYear village = test::shipped_year(name, 24);
    for (std::size_t t = 0; t < village.network.transformers.size(); ++t) {
      const auto room = AreaRoom::of(village, t, {}, in_turn);
      ASSERT_TRUE(room);
      const auto answer = best_phases(village, question_of(*room));
      ASSERT_TRUE(answer);
      EXPECT_GE(answer->capacity.kw, room->today().kw) << name << t;
      EXPECT_LT(best_drawn_kw(*room, answer->capacity.kw, 1000), answer->capacity.kw + 0.2)
          << name << t;
      better += answer->capacity.kw > room->today().kw + 1.0 ? 1 : 0;
    }
  }
  EXPECT_GE(better, 5U);  // of nine areas
}

}  // namespace
}  // namespace xiaoyuan::hosting
