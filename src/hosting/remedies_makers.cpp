#include "hosting/remedies_makers.hpp"

#include <algorithm>
#include <cmath>

#include "base/expected.hpp"
#include "hosting/remedies_words.hpp"

namespace xiaoyuan::hosting {

Remedy remedy_of(const RemedyCase& area, std::string key, const Capacity& capacity) {
  Remedy remedy;
  remedy.transformer = area.room->transformer();
  remedy.key = std::move(key);
  remedy.more_kw = std::max(0.0, capacity.kw - area.room->today().kw);
  remedy.capacity_kw = std::max(capacity.kw, area.room->today().kw);
  remedy.is_bounded = capacity.is_bounded;
  remedy.binding = capacity.binding;
  return remedy;
}

void put_price(Remedy& remedy, const std::optional<double>& yuan_each, double count,
               std::string input) {
  if (!yuan_each) {
    remedy.missing = std::move(input);
    return;
  }
  remedy.cost_yuan = *yuan_each * count;
  if (remedy.more_kw >= least_more_kw) {
    remedy.yuan_per_kw = *remedy.cost_yuan / remedy.more_kw;
  }
}

bool brings_something(const RemedyCase& area, double kw) {
  return kw >= area.room->today().kw + least_more_kw;
}

MadeRemedy nothing(const RemedyCase& area, std::string key, Text name) {
  MadeRemedy made{remedy_of(area, std::move(key), area.room->today()), {}};
  made.remedy.name = std::move(name);
  made.remedy.detail = brings_nothing(*area.room);
  return made;
}

namespace {

PhaseQuestion phase_question(const RemedyCase& area) {
  const AreaRoom& room = *area.room;
  PhaseQuestion question;
  question.transformer = room.transformer();
  question.today = room.today();
  question.moments = room.moments();
  question.added = [&room](double kw) { return room.added(kw); };
  question.least_kw = room.today().kw < 0.0 ? room.least_kw() : 0.0;
  question.most_kw = room.end_kw();
  question.tolerance_kw = room.options().tolerance_kw;
  question.capacity_of = [&area](const std::vector<Move>& moves) {
    return area.room->capacity({[&moves](VillageYear& village) { move_houses(village, moves); }},
                               *area.spread);
  };
  question.broken_steps = [&area](const std::vector<Move>& moves, double kw) {
    return area.room->broken_steps(
        {[&moves](VillageYear& village) { move_houses(village, moves); }}, kw, *area.spread);
  };
  question.seed = area.options->seed;
  return question;
}

/// With a price the number of moves that costs least a kW; without one, enough of the gain.
std::vector<Move> offered(const PhaseAnswer& answer, double today_kw, bool is_priced) {
  if (answer.few.empty()) {
    return answer.moves;
  }
  const auto kw_a_move = [&](const FewMoves& few) {
    const double more_kw = few.capacity_kw - today_kw;
    return more_kw < least_more_kw ? 0.0 : more_kw / static_cast<double>(few.moves.size());
  };
  const FewMoves& best =
      is_priced ? *std::ranges::max_element(answer.few, {}, kw_a_move) : answer.few.back();
  return best.moves;
}

}  // namespace

MaybeRemedy other_phases(const RemedyCase& area) {
  const PhaseQuestion question = phase_question(area);
  TRY(const PhaseAnswer answer, best_phases(area.room->village(), question, *area.spread));
  if (!brings_something(area, answer.capacity.kw)) {
    MadeRemedy made = nothing(area, "phases", phases_name());
    if (answer.is_proved && area.room->options().rules.empty()) {
      made.remedy.proof = phases_proof(answer);
    }
    return made;
  }
  const auto& price = area.costs->phase_change_yuan;
  std::vector<Move> moves = offered(answer, area.room->today().kw, price.has_value());
  TRY(Capacity capacity, question.capacity_of(moves));
  if (!brings_something(area, capacity.kw)) {
    moves = answer.moves;
    capacity = answer.capacity;
  }
  MadeRemedy made{remedy_of(area, "phases", capacity),
                  {[moves](VillageYear& village) { move_houses(village, moves); }}};
  made.remedy.moves = moves;
  made.remedy.name = phases_name();
  made.remedy.detail = phases_detail(*area.room, answer, moves.size());
  if (answer.is_proved && area.room->options().rules.empty()) {
    made.remedy.proof = phases_proof(answer);
  }
  put_price(made.remedy, price, static_cast<double>(moves.size()),
            "network.costs.phase_change_yuan");
  return made;
}

MaybeRemedy other_tap(const RemedyCase& area) {
  const std::size_t t = area.room->transformer();
  const wires::Transformer& transformer = area.room->its_transformer();
  const auto at = [t](double percent) {
    return AreaChange{[t, percent](VillageYear& village) {
      village.network.transformers[t].tap_percent = percent;
    }};
  };
  double best_kw = 0.0;
  double best_percent = transformer.tap_percent;
  for (const double percent : area.options->taps_percent) {
    if (percent != transformer.tap_percent) {
      TRY(const double kw, area.room->at_most_kw(at(percent)));
      if (kw > best_kw) {
        best_kw = kw;
        best_percent = percent;
      }
    }
  }
  if (!brings_something(area, best_kw)) {
    return nothing(area, "tap", tap_name());
  }
  TRY(const Capacity capacity, area.room->capacity(at(best_percent), *area.spread));
  if (!brings_something(area, capacity.kw)) {
    return nothing(area, "tap", tap_name());
  }
  MadeRemedy made{remedy_of(area, "tap", capacity), at(best_percent)};
  made.remedy.name = tap_name();
  made.remedy.detail = tap_detail(transformer, best_percent);
  put_price(made.remedy, area.costs->tap_yuan, 1.0, "network.costs.tap_yuan");
  return made;
}

MaybeRemedy larger_transformer(const RemedyCase& area) {
  const std::size_t t = area.room->transformer();
  const double present_kva = area.room->its_transformer().rating_kva;
  const auto& ratings = area.options->ratings_kva;
  const auto next = std::ranges::find_if(ratings, [&](double kva) { return kva > present_kva; });
  if (next == ratings.end()) {
    return std::nullopt;
  }
  const double kva = *next;
  const auto& library = area.options->library.transformers;
  wires::Transformer larger = area.room->its_transformer();
  const FiguresFrom from = enlarge(larger, kva, library);
  const AreaChange change{[t, larger](VillageYear& village) {
    const double tap_percent = village.network.transformers[t].tap_percent;
    village.network.transformers[t] = larger;
    village.network.transformers[t].tap_percent = tap_percent;
  }};
  TRY(const double most_kw, area.room->at_most_kw(change));
  if (!brings_something(area, most_kw)) {
    return nothing(area, "transformer", transformer_name());
  }
  TRY(const Capacity capacity, area.room->capacity(change, *area.spread));
  if (!brings_something(area, capacity.kw)) {
    return nothing(area, "transformer", transformer_name());
  }
  MadeRemedy made{remedy_of(area, "transformer", capacity), change};
  made.remedy.name = transformer_name();
  made.remedy.detail = transformer_detail(area.room->its_transformer(), larger, from);
  const auto price = area.costs->transformer_yuan.find(text_of(kva));
  put_price(
      made.remedy,
      price == area.costs->transformer_yuan.end() ? std::nullopt : std::optional(price->second),
      1.0, "network.costs.transformer_yuan." + text_of(kva));
  return made;
}

MaybeRemedy together(const RemedyCase& area, const std::vector<MadeRemedy>& made) {
  std::vector<const MadeRemedy*> two;
  for (const MadeRemedy& one : made) {
    const bool is_second = !two.empty();
    const bool both_lines =
        is_second && !one.remedy.lines.empty() && !two.front()->remedy.lines.empty();
    const bool both_rules = is_second && one.change.rules && two.front()->change.rules;
    if (one.remedy.more_kw >= least_more_kw && one.change.apply && two.size() < 2 && !both_lines &&
        !both_rules) {
      two.push_back(&one);
    }
  }
  if (two.size() < 2) {
    return std::nullopt;
  }
  const MadeRemedy first = *two[0];
  const MadeRemedy second = *two[1];
  AreaChange change{[first, second](VillageYear& village) {
    first.change.apply(village);
    second.change.apply(village);
  }};
  change.rules = first.change.rules ? first.change.rules : second.change.rules;
  TRY(const Capacity capacity, area.room->capacity(change, *area.spread));
  MadeRemedy both{remedy_of(area, "together", capacity), change};
  if (both.remedy.more_kw < std::max(first.remedy.more_kw, second.remedy.more_kw) + least_more_kw) {
    return std::nullopt;
  }
  both.remedy.name = together_name(first.remedy, second.remedy);
  both.remedy.detail = together_detail(first.remedy, second.remedy);
  both.remedy.moves = first.remedy.moves.empty() ? second.remedy.moves : first.remedy.moves;
  both.remedy.lines = first.remedy.lines.empty() ? second.remedy.lines : first.remedy.lines;
  const bool is_priced = first.remedy.cost_yuan && second.remedy.cost_yuan;
  put_price(
      both.remedy,
      is_priced ? std::optional(*first.remedy.cost_yuan + *second.remedy.cost_yuan) : std::nullopt,
      1.0, first.remedy.cost_yuan ? second.remedy.missing : first.remedy.missing);
  return both;
}

}  // namespace xiaoyuan::hosting
