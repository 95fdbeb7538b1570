#include "sim/village_year.hpp"

#include <fmt/format.h>

#include "plan/in_order.hpp"
#include "readings/archive.hpp"
#include "sim/tables.hpp"

namespace xiaoyuan::sim {

namespace {

/// A month's intervals reach the office some hours after its end.
constexpr std::chrono::hours collected_after{2};

std::string archive_of(const VillageYear& village) {
  readings::ArchiveWriter writer;
  std::string bytes;
  for (const readings::Intervals& month : village.raw.months) {
    writer.add(readings::seal(month), {.source = "simulated collection system",
                                       .recorded_at = month.axis.end() + collected_after});
    bytes += writer.take();
  }
  return bytes + writer.finish();
}

}  // namespace

Result<VillageYear> village_year(const plan::Inputs& planned, const YearWanted& wanted,
                                 const plan::Workers& workers) {
  TRY(ActualYear year, actual_year(planned, wanted));
  VillageYear village{.year = std::move(year), .homes = {}, .meters = {}, .raw = {}};
  const std::vector<Event> events = drawn_events(village.year);
  const plan::Shared shared_plan = plan::share(planned);
  const plan::Shared shared_year = plan::share(village.year.inputs);
  const BothYears both{shared_plan, shared_year, village.year, events};
  const std::size_t count = planned.village.households.size();
  plan::Crew crew(workers.threads);
  auto made = plan::in_order<HomeYear>(
      count, crew,
      [&](std::size_t i, optimum::Optimiser& optimiser) { return home_year(both, i, optimiser); },
      [&](std::size_t, HomeYear&& home) { village.homes.push_back(std::move(home)); },
      [&](std::size_t done) { return !workers.on_progress || workers.on_progress(done, count); });
  if (!made) {
    return std::unexpected(std::move(made.error()));
  }
  village.meters = meters_of(village.year, events, village.homes);
  village.raw = raw_year(village.year, events, village.meters);
  return village;
}

std::vector<NamedBytes> files_of(const VillageYear& village) {
  const ActualYear& year = village.year;
  const RawYear& raw = village.raw;
  const auto after = year.wanted.from + std::chrono::months{year.wanted.months};
  const std::string month = fmt::format("{}-{:02}", int{after.year()}, unsigned{after.month()});
  return {{"meters.csv", meters_csv(year, village.meters)},
          {"readings/registers.csv", registers_csv(year, raw.registers)},
          {"readings/corrections-" + month + ".csv", registers_csv(year, raw.corrections)},
          {"readings/intervals.xyr", archive_of(village)},
          {"readings/resent.csv", intervals_csv(year, raw.resent)},
          {"readings/contradicting.csv", intervals_csv(year, raw.contradicting)},
          {"readings/truth.csv", truth_csv(year, village.homes)},
          {"readings/faults.csv", faults_csv(year, raw.faults)}};
}

}  // namespace xiaoyuan::sim
