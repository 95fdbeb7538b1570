// The remedies one by one, each for one area.
#pragma once
#include "hosting/remedies.hpp"
#include "hosting/remedies_room.hpp"

namespace xiaoyuan::hosting {

struct RemedyCase {
  const AreaRoom* room = nullptr;
  const RemedyCosts* costs = nullptr;
  const RemedyOptions* options = nullptr;
  const Spread* spread = nullptr;
};

struct MadeRemedy {
  Remedy remedy;
  AreaChange change;
};
/// None: there is nothing of the kind to be done here.
using MaybeRemedy = Result<std::optional<MadeRemedy>>;

MaybeRemedy other_phases(const RemedyCase& area);
MaybeRemedy as_set(const RemedyCase& area, const InverterSetting& setting);
MaybeRemedy other_tap(const RemedyCase& area);
MaybeRemedy stronger_conductor(const RemedyCase& area);
MaybeRemedy second_line(const RemedyCase& area);
MaybeRemedy larger_transformer(const RemedyCase& area);
/// Batteries and export caps; none where options say nothing of energy. They join no others.
Result<std::vector<Remedy>> with_energy(const RemedyCase& area);
/// The two that are ranked first, in one.
MaybeRemedy together(const RemedyCase& area, const std::vector<MadeRemedy>& made);

/// With what a capacity says put in.
Remedy remedy_of(const RemedyCase& area, std::string key, const Capacity& capacity);
/// Sets the cost, or the input that is missing.
void put_price(Remedy& remedy, const std::optional<double>& yuan_each, double count,
               std::string input);

/// Inverters of the area with `pv_kw` added, by house.
double inverters(const AreaRoom& room, const std::vector<double>& pv_kw);
bool brings_something(const RemedyCase& area, double capacity_kw);
MadeRemedy nothing(const RemedyCase& area, std::string key, Text name);

}  // namespace xiaoyuan::hosting
