// What is reckoned from a village's view and store once and kept until they change: sums of its
// intervals by day and hour, its registers, its planned year. Any thread may ask; whoever asks
// first reckons, others of the same village wait for him.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "desk/energy_live.hpp"
#include "desk/village_desk.hpp"
#include "plan/carbon_year.hpp"

namespace xiaoyuan::desk {

/// Of one view; nothing in it changes.
struct VillageFigures {
  std::shared_ptr<const VillageView> view;
  std::shared_ptr<const VillageDays> days;  ///< of no household where the village does not settle
  std::shared_ptr<const readings::Registers> registers;
  std::optional<Instant> last_data{};  ///< of the newest reading
  std::optional<LiveValues> live{};

  /// Indices of all households, or of one; `chosen` lives as long as what is asked of it.
  EnergyPlace place_of(std::span<const std::size_t> chosen) const {
    return {*view->office, *days, *registers, chosen};
  }
  std::vector<std::size_t> all_households() const;
};

/// The first year of the plan, energy and carbon alone.
struct PlannedYear {
  std::shared_ptr<const plan::Inputs> inputs;
  std::vector<plan::TransformerYear> transformers;
  plan::CarbonYear carbon;
};

class EnergyShelf {
 public:
  /// Errors: stored days that are damaged; those of the store.
  Result<std::shared_ptr<const VillageFigures>> figures(const VillageDesk& village);
  /// Errors: those of the plan; a village whose files do not read.
  Result<std::shared_ptr<const PlannedYear>> planned(const VillageDesk& village);

 private:
  struct Place {
    std::mutex reckoning;
    std::shared_ptr<const VillageFigures> figures{};
    std::uint64_t readings = 0;  ///< that the store had been sent when the days were read
    std::shared_ptr<const PlannedYear> planned{};
  };
  std::shared_ptr<Place> place_of(const std::string& village);

  std::mutex guard_;
  std::map<std::string, std::shared_ptr<Place>> places_;
};

}  // namespace xiaoyuan::desk
