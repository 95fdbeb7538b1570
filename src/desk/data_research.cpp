// The rows of research data: consented households alone, under pseudonyms, never fewer than five.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "desk/data_pseudonyms.hpp"
#include "desk/data_sets.hpp"

namespace xiaoyuan::desk {

namespace {

/// The class of a plant: "5-10" from 5 up to 10 kWp; "0" without one.
std::string capacity_class(const model::Household& home) {
  constexpr int class_kwp = 5;
  const double kwp = home.capacity_kwp();
  if (kwp <= 0.0) {
    return "0";
  }
  const int lower = static_cast<int>(kwp) / class_kwp * class_kwp;
  return fmt::format("{}-{}", lower, lower + class_kwp);
}

/// The classes that are not told: those with too few households, and with them the smallest others
/// until those without a class are enough too; one who stands there alone would be told by that.
std::set<std::string> hidden_classes(const std::map<std::string, std::size_t>& of_class) {
  std::vector<std::pair<std::size_t, std::string>> rising;
  for (const auto& [name, homes] : of_class) {
    rising.emplace_back(homes, name);
  }
  std::ranges::sort(rising);
  std::set<std::string> hidden;
  std::size_t homes_hidden = 0;
  for (const auto& [homes, name] : rising) {
    if (homes >= least_households && (homes_hidden == 0 || homes_hidden >= least_households)) {
      break;
    }
    hidden.insert(name);
    homes_hidden += homes;
  }
  return hidden;
}

struct ResearchedHome {
  std::size_t index = 0;
  std::string id;
  std::string pseudonym;
  std::string capacity_class;  ///< "" where too few share it
};

/// In the order of their pseudonyms, which tells nothing of their own.
Result<std::vector<ResearchedHome>> researched_homes(const VillageFigures& figures,
                                                     const std::string& key) {
  const VillageView& view = *figures.view;
  const auto& homes = view.plan->village.households;
  std::vector<ResearchedHome> all;
  std::map<std::string, std::size_t> of_class;
  for (std::size_t i = 0; i < homes.size(); ++i) {
    if (std::ranges::binary_search(view.consented, homes[i].id)) {
      all.push_back({i, homes[i].id, pseudonym(key, homes[i].id), capacity_class(homes[i])});
      ++of_class[all.back().capacity_class];
    }
  }
  if (all.size() < least_households) {
    return fail(
        Fault::not_found,
        {fmt::format("fewer than {} households of this village consented: their data would "
                     "tell who they are",
                     least_households),
         fmt::format("本村授权住户不足 {} 户,数据可能识别到个人,不予发布", least_households)},
        {"", 0, "village"});
  }
  const auto hidden = hidden_classes(of_class);
  for (ResearchedHome& home : all) {
    if (hidden.contains(home.capacity_class)) {
      home.capacity_class.clear();
    }
  }
  std::ranges::sort(all, {}, &ResearchedHome::pseudonym);
  return all;
}

std::vector<Cell> begun_row(const ResearchedHome& home, const std::string& when) {
  return {home.pseudonym, home.capacity_class.empty() ? Cell() : Cell(home.capacity_class), when};
}

void put_researched(std::vector<Cell>& row, const Energy& energy) {
  for (const auto& part :
       {energy.made, energy.self_used, energy.sold, energy.bought, energy.used}) {
    row.push_back(part ? Cell(part->mwh) : Cell());
  }
}

}  // namespace

Result<DataTable> research_months(const VillageFigures& figures, const ResearchTerms& terms) {
  TRY(const auto homes, researched_homes(figures, terms.key));
  DataTable table{.columns = terms_of(DataSet::research_months).columns, .rows = {}};
  for (const ResearchedHome& home : homes) {
    for (const HouseholdMonth& month : months_of(*figures.view, home.id)) {
      if (year_of(month.month) != terms.year) {
        continue;
      }
      std::vector<Cell> row = begun_row(home, month.month);
      put_researched(row, month.energy);
      row.push_back(month.estimated);
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

Result<DataTable> research_days(const VillageFigures& figures, const ResearchTerms& terms) {
  TRY(const auto homes, researched_homes(figures, terms.key));
  DataTable table{.columns = terms_of(DataSet::research_days).columns, .rows = {}};
  if (!figures.view->office) {
    return table;
  }
  const std::chrono::year year(terms.year);
  const EnergyWanted wanted{.from = year / std::chrono::January / 1,
                            .to = (year + std::chrono::years(1)) / std::chrono::January / 1,
                            .step = EnergyStepLength::day};
  for (const ResearchedHome& home : homes) {
    const std::array<std::size_t, 1> one{home.index};
    for (const EnergyStep& step : series_of_days(figures.place_of(one), wanted).steps) {
      if (step.heard == 0) {
        continue;
      }
      const Zone& zone = figures.view->office->zone();
      std::vector<Cell> row = begun_row(home, text_of(zone.civil(step.start).date()));
      put_researched(row, step.energy);
      row.push_back(
          readings::words_of(readings::Quality{})[static_cast<std::size_t>(step.quality)]);
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

}  // namespace xiaoyuan::desk
