#include <algorithm>

#include "hosting/remedies_makers.hpp"
#include "hosting/remedies_network.hpp"
#include "hosting/remedies_words.hpp"

namespace xiaoyuan::hosting {

namespace {

constexpr double share_of_the_best = 0.5;  ///< what brings less than half of the most is no answer

struct WorkPrice {
  std::optional<double> yuan;
  std::string missing;
};

WorkPrice price_of(const LineWork& work, const wires::Network& network,
                   const std::map<std::string, double>& yuan_per_m) {
  double yuan = 0.0;
  for (std::size_t i = 0; i < work.lines.size(); ++i) {
    const std::string type = bought_as(work.types[i].name);
    const auto found = yuan_per_m.find(type);
    if (found == yuan_per_m.end()) {
      return {std::nullopt, "network.costs.line_yuan_per_m." + type};
    }
    yuan += found->second * 1000.0 * network.lines[work.lines[i]].length_km;
  }
  return {yuan, ""};
}

AreaChange change_of(const LineWork& work) {
  return {[work](VillageYear& village) { do_work(work, village.network); }};
}

/// Of those that bring at least half of the most, the one that costs (or is long) least a kW.
Result<std::optional<std::size_t>> chosen_work(const RemedyCase& area,
                                               const std::vector<LineWork>& works) {
  std::vector<Result<double>> kw(works.size());
  (*area.spread)(works.size(),
                 [&](std::size_t i) { kw[i] = area.room->at_most_kw(change_of(works[i])); });
  const double today_kw = area.room->today().kw;
  double most_kw = 0.0;
  bool is_priced = true;
  std::vector<WorkPrice> prices;
  for (std::size_t i = 0; i < works.size(); ++i) {
    TRY(const double here_kw, std::move(kw[i]));
    kw[i] = here_kw - today_kw;
    most_kw = std::max(most_kw, *kw[i]);
    prices.push_back(price_of(works[i], area.room->village().network, area.costs->line_yuan_per_m));
    is_priced = is_priced && prices.back().yuan.has_value();
  }
  std::optional<std::size_t> best;
  double least = 0.0;
  for (std::size_t i = 0; i < works.size() && most_kw >= least_more_kw; ++i) {
    const double effort = (is_priced ? *prices[i].yuan : works[i].length_m) / *kw[i];
    if (*kw[i] >= share_of_the_best * most_kw && (!best || effort < least)) {
      best = i;
      least = effort;
    }
  }
  return best;
}

MaybeRemedy best_work(const RemedyCase& area, const std::vector<LineWork>& works,
                      const std::string& key, const Text& name) {
  TRY(const auto chosen, chosen_work(area, works));
  if (!chosen) {
    return nothing(area, key, name);
  }
  const LineWork& work = works[*chosen];
  TRY(const Capacity capacity, area.room->capacity(change_of(work), *area.spread));
  if (!brings_something(area, capacity.kw)) {
    return nothing(area, key, name);
  }
  const wires::Network& network = area.room->village().network;
  MadeRemedy made{remedy_of(area, key, capacity), change_of(work)};
  made.remedy.name = name;
  made.remedy.detail = work_detail(network, work);
  made.remedy.lines = work.lines;
  const WorkPrice price = price_of(work, network, area.costs->line_yuan_per_m);
  put_price(made.remedy, price.yuan, 1.0, price.missing);
  return made;
}

std::vector<std::size_t> binding_way(const AreaRoom& room) {
  const wires::Feeders feeders = wires::feeders_of(room.village().network);
  const auto bus = binding_bus(room, feeders);
  return bus ? way_to(feeders, *bus) : std::vector<std::size_t>{};
}

}  // namespace

MaybeRemedy stronger_conductor(const RemedyCase& area) {
  const auto works = stronger_lines(area.room->village().network, binding_way(*area.room),
                                    area.options->library.lines);
  return best_work(area, works, "conductor", conductor_name());
}

MaybeRemedy second_line(const RemedyCase& area) {
  const auto works = second_lines(area.room->village().network, binding_way(*area.room));
  return best_work(area, works, "parallel_line", second_line_name());
}

}  // namespace xiaoyuan::hosting
