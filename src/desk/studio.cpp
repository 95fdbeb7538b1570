#include "desk/studio.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <list>
#include <mutex>

#include "base/csv.hpp"
#include "base/expected.hpp"
#include "model/households.hpp"
#include "model/scenario.hpp"

namespace xiaoyuan::desk {

namespace {

constexpr std::size_t most_prepared = 12;  // a year in steps of 15 min takes some 10 MB

/// Two changes of the same keys are prepared once.
std::string key_of(const VillageView& view, const Changes& changes) {
  std::string key = view.name + '\n' + view.version;
  for (const KeysAndValues* keys : {&changes.set, &changes.everyone, &changes.transformers}) {
    key += '\n';
    for (const auto& [name, value] : *keys) {
      key += fmt::format("{}={}\x1f", name, value);
    }
  }
  return key;
}

/// The sun's way over the year is the same where neither place, axis nor weather change.
bool keeps_sky(const Changes& changes) {
  return std::ranges::none_of(changes.set, [](const auto& key) {
    return std::ranges::any_of(std::array{"site", "plan", "weather"}, [&](std::string_view table) {
      return key.first.starts_with(table);
    });
  });
}

/// Weather, sun and prices of the year stay where only assumptions, the way of running batteries,
/// households and transformers change: no other reader asks for these.
bool keeps_year(const Changes& changes) {
  return std::ranges::all_of(changes.set, [](const auto& key) {
    return key.first.starts_with("assumptions.") || key.first == "plan.battery_dispatch";
  });
}

/// The year as it is, with the village read anew.
Result<plan::Inputs> with_village(const plan::Inputs& base, const ChangedVillage& changed,
                                  const Files& share) {
  TRY(const std::string bytes, share.read("assumptions.toml"));
  TRY(const model::Assumptions shipped, model::read_assumptions(bytes, "share/assumptions.toml"));
  TRY(model::Village village,
      model::read_village(
          {.toml = changed.toml, .households = changed.households, .scenario = changed.scenario},
          shipped));
  plan::Inputs inputs = base;
  inputs.warnings = village.warnings;
  inputs.village = std::move(village);
  inputs.wires.reset();
  return inputs;
}

/// No power flow is asked for one house: it need not read or assume wires.
Files without_wires(const Files& files) {
  return {[files](const std::string& name) -> Result<std::string> {
            TRY(std::string bytes, files.read(name));
            const bool has_own = bytes.find("[network") != std::string::npos;
            if (name == "village.toml" && !has_own) {
              bytes += "\n[network]\nsource = \"none\"\n";
            }
            return bytes;
          },
          files.list};
}

std::string row_cell(const CsvTable& table, const CsvRow& row, std::string_view column) {
  const auto& header = table.rows.front().cells;
  for (std::size_t i = 0; i < header.size() && i < row.cells.size(); ++i) {
    if (trimmed(header[i]) == column) {
      return std::string(trimmed(row.cells[i]));
    }
  }
  return "";
}

std::size_t line_start(std::string_view text, int line) {
  std::size_t at = 0;
  for (int i = 1; i < line && at != std::string_view::npos; ++i) {
    at = text.find('\n', at);
    at = at == std::string_view::npos ? at : at + 1;
  }
  return at;
}

/// The header and one row, each at its line, so that messages name the file's own.
Result<std::string> one_row(std::string_view households, const std::string& id) {
  TRY(const CsvTable table, parse_csv(households, "households.csv"));
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    const CsvRow& row = table.rows[i];
    if (row_cell(table, row, "id") != id) {
      continue;
    }
    // A row of several lines is one whose last line the reader names: it begins after the row
    // before it.
    const int first = table.rows[i - 1].line + 1;
    const std::size_t begin = line_start(households, first);
    const std::size_t end = line_start(households, row.line + 1);
    const std::size_t header_end = line_start(households, table.rows.front().line + 1);
    std::string text(households.substr(0, std::min(header_end, households.size())));
    text.append(static_cast<std::size_t>(first - table.rows.front().line - 1), '\n');
    return text + std::string(households.substr(begin, end - begin));
  }
  return std::string(households);
}

/// Cells of this household alone: those of others change nothing of it.
std::vector<RowChange> rows_for(const Changes& changes, const std::string& id) {
  std::vector<RowChange> rows;
  for (const RowChange& row : changes.rows) {
    if (row.household == id || row.household == "*") {
      rows.push_back({id, row.cells});
    }
  }
  return rows;
}

/// The scenario's edits on a village of one household.
void apply_edits(model::Scenario scenario, const std::string& id, model::Village& village) {
  auto& only = scenario.households.only;
  if (!only.empty() && std::ranges::find(only, id) == only.end()) {
    return;
  }
  only.clear();
  Errors none;
  model::apply(scenario, village, none);
}

std::vector<Text> notes_of(const plan::Inputs& inputs, const model::Household& home,
                           const plan::HouseholdPlan& plan) {
  std::vector<Text> notes = plan.notes;
  const model::Transformer& transformer = inputs.village.transformers[home.transformer];
  if (transformer.curtailment != model::Curtailment::none) {
    notes.push_back(
        {fmt::format("Reckoned alone: the households of transformer {} are run "
                     "together only in a whole plan.",
                     transformer.id),
         fmt::format("按单户测算;台区 {} 的多户协调仅在整村规划中计算。", transformer.id)});
  }
  const bool has_mechanism = !inputs.village.tariff.mechanism.name.empty();
  for (const std::size_t used : inputs.selling.versions_used) {
    const auto& before = inputs.selling.tariff.versions[used].connected_before;
    if (!has_mechanism && home.makes_energy() && before &&
        (!home.connected || *home.connected >= *before)) {
      notes.push_back({fmt::format("The feed-in price {} is for PV connected before {}; a whole "
                                   "plan asks for another one.",
                                   inputs.selling.tariff.id, text_of(*before)),
                       fmt::format("上网电价 {} 仅适用于 {} 之前并网的光伏;整村规划将要求更换。",
                                   inputs.selling.tariff.id, text_of(*before))});
    }
  }
  return notes;
}

}  // namespace

/// A village ready for trials.
struct Studio::Prepared {
  std::shared_ptr<const plan::Inputs> inputs;
  plan::Shared shared;
  model::Village bare;     ///< without households
  std::string scenario{};  ///< that is planned; "" for the village as it stands

  Prepared(std::shared_ptr<const plan::Inputs> read, plan::Shared made, std::string planned)
      : inputs(std::move(read)),
        shared(std::move(made)),
        bare(inputs->village),
        scenario(std::move(planned)) {
    bare.households.clear();
    bare.warnings.clear();
  }

  Result<model::Household> home_of(const std::string& id, std::string_view households) const;
  Result<plan::HouseholdYear> plan(const model::Household& home) const {
    optimum::Optimiser optimiser;
    return plan::plan_household(shared, home, optimiser, plan::Depth::money);
  }
};

Result<model::Household> Studio::Prepared::home_of(const std::string& id,
                                                   std::string_view households) const {
  TRY(const std::string text, one_row(households, id));
  model::Village village = bare;
  Errors errors;
  model::read_households(text, "households.csv", village, errors);
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  const auto& scenarios = inputs->village.scenarios;
  if (const auto planned = std::ranges::find(scenarios, scenario, &model::Scenario::id);
      !scenario.empty() && planned != scenarios.end()) {
    apply_edits(*planned, id, village);
  }
  const auto found = std::ranges::find(village.households, id, &model::Household::id);
  if (found == village.households.end()) {
    return fail(Fault::conflict, {"the village's files have just changed", "村庄文件刚被修改"},
                {"households.csv", 0, id});
  }
  return std::move(*found);
}

struct Studio::Kept {
  std::mutex guard;
  std::list<std::pair<std::string, std::shared_ptr<Prepared>>> list;  ///< the last used first
};

Studio::Studio() : kept_(std::make_unique<Kept>()) {}
Studio::~Studio() = default;

std::shared_ptr<Studio::Prepared> Studio::known(const std::string& key) {
  const std::scoped_lock lock(kept_->guard);
  auto& list = kept_->list;
  const auto found = std::ranges::find_if(list, [&](const auto& one) { return one.first == key; });
  if (found == list.end()) {
    return nullptr;
  }
  list.splice(list.begin(), list, found);
  return list.front().second;
}

void Studio::keep(const std::string& key, const std::shared_ptr<Prepared>& prepared) {
  const std::scoped_lock lock(kept_->guard);
  auto& list = kept_->list;
  std::erase_if(list, [&](const auto& one) { return one.first == key; });
  list.emplace_front(key, prepared);
  if (list.size() > most_prepared) {
    list.pop_back();
  }
}

std::shared_ptr<Studio::Prepared> Studio::base_of(const VillageView& view) {
  const std::string key = key_of(view, {});
  if (auto found = known(key)) {
    return found;
  }
  auto made = std::make_shared<Prepared>(view.plan, plan::share(*view.plan), "");
  keep(key, made);
  return made;
}

Result<std::shared_ptr<Studio::Prepared>> Studio::prepared(const VillageView& view,
                                                           const Files& share,
                                                           const Changes& changes) {
  if (!changes.need_scenario()) {
    return base_of(view);
  }
  const std::string key = key_of(view, changes);
  if (auto found = known(key)) {
    return found;
  }
  Changes keys = changes;
  keys.rows.clear();  // each household brings its own
  TRY(const ChangedVillage changed, lay_changes(view.plan->folder, keys, "-"));
  auto read = keeps_year(changes)
                  ? with_village(*view.plan, changed, share)
                  : plan::read_inputs(without_wires(changed.files), share, changed.scenario);
  if (!read) {
    return std::unexpected(changed.told(std::move(read.error())));
  }
  auto inputs = std::make_shared<const plan::Inputs>(std::move(*read));
  plan::Shared shared = keeps_sky(changes) ? plan::Shared{*inputs, base_of(view)->shared.sky,
                                                          base_of(view)->shared.months}
                                           : plan::share(*inputs);
  auto made = std::make_shared<Prepared>(inputs, std::move(shared), changed.scenario);
  keep(key, made);
  return made;
}

Result<Trial> Studio::run(const VillageView& view, const Files& share, const TrialAsked& asked) {
  if (!view.plan) {
    return std::unexpected(view.errors);
  }
  const auto& homes = view.plan->village.households;
  const auto found = std::ranges::find(homes, asked.household, &model::Household::id);
  if (found == homes.end()) {
    std::vector<std::string> known_ids;
    std::ranges::transform(homes, std::back_inserter(known_ids), &model::Household::id);
    return fail(Fault::bad_input, unknown_name(asked.household, known_ids), {"", 0, "household"});
  }
  const auto base = base_of(view);
  TRY(const plan::HouseholdYear before, base->plan(*found));
  TRY(const auto changed, prepared(view, share, asked.changes));
  TRY(std::string households, view.plan->folder.read("households.csv"));
  if (const auto rows = rows_for(asked.changes, asked.household); !rows.empty()) {
    TRY(households, with_cells(households, rows));
  }
  TRY(const model::Household home, changed->home_of(asked.household, households));
  TRY(const plan::HouseholdYear after, changed->plan(home));
  plan::VillageSums sums(*changed->inputs);
  sums.add(home, after);
  return Trial{.before = {base->inputs, *found, before.plan},
               .after = {changed->inputs, home, after.plan},
               .typical_days = sums.typical_days(),
               .notes = notes_of(*changed->inputs, home, after.plan)};
}

}  // namespace xiaoyuan::desk
