#include "desk/energy.hpp"

namespace xiaoyuan::desk {

namespace {

void add_part(std::optional<MeteredEnergy>& sum, const std::optional<MeteredEnergy>& part) {
  if (part) {
    sum = sum.value_or(MeteredEnergy{}) + *part;
  }
}

}  // namespace

Energy energy_of(const settle::MonthEnergy& month) {
  Energy energy{.made = month.made,
                .self_used = month.self_used,
                .sold = month.sold,
                .bought = month.bought,
                .used = {}};
  if (month.bought && (month.self_used || !month.made)) {
    energy.used = *month.bought + month.self_used.value_or(MeteredEnergy{}) +
                  month.shared_in.value_or(MeteredEnergy{});
  }
  return energy;
}

Energy energy_of(const Metered& metered, const Channels& channels) {
  Energy energy;
  energy.made = channels.generated ? metered.generated : metered.exported;
  energy.sold = channels.exported ? metered.exported : metered.generated;
  energy.bought = metered.imported;
  if (energy.made && energy.sold) {
    energy.self_used = *energy.made - *energy.sold;
  }
  const bool has_plant = channels.generated || channels.exported;
  if (energy.bought && (energy.self_used || !has_plant)) {
    energy.used = *energy.bought + energy.self_used.value_or(MeteredEnergy{});
  }
  return energy;
}

void add(Energy& sum, const Energy& part) {
  add_part(sum.made, part.made);
  add_part(sum.self_used, part.self_used);
  add_part(sum.sold, part.sold);
  add_part(sum.bought, part.bought);
  add_part(sum.used, part.used);
}

}  // namespace xiaoyuan::desk
