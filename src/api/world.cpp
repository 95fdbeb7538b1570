#include "api/world.hpp"

#include "api/events.hpp"
#include "desk/figures.hpp"
#include "desk/keeping.hpp"
#include "desk/village_works.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::api {

namespace {

std::string people_store(const World& world) { return (world.folder / "server.db").string(); }

/// The long works of a server, by the kind of their jobs.
std::vector<std::pair<std::string, desk::Work>> works_of(World& world) {
  return {
      {"plan", desk::plan_work(
                   {.plans = *world.plans, .villages = *world.villages, .share = world.share})}};
}

}  // namespace

Result<std::unique_ptr<World>> open_world(const WorldPlace& place) {
  TRY(FolderLock lock, FolderLock::take(place.folder));
  if (auto claimed = claim_for(place.demo, place.folder); !claimed) {
    return std::unexpected(std::move(claimed.error()));
  }
  if (auto brought = bring_villages(place.villages, place.folder); !brought) {
    return std::unexpected(std::move(brought.error()));
  }
  auto made = std::make_unique<World>();
  World& world = *made;
  world.lock.emplace(std::move(lock));
  world.folder = place.folder;
  world.share =
      desk::laid_over(store::folder(place.folder / "figures"), store::folder(place.share));
  world.demo = place.demo != Demo::off;
  TRY(world.people, people::People::open(people_store(world)));
  TRY(world.villages,
      desk::Villages::open(
          {.folder = place.folder / "villages", .store = place.store, .share = world.share},
          [&world](const desk::VillageView& view) { publish(world.topics, view); }));
  TRY(world.plans, desk::Plans::open(place.folder / "plans"));
  TRY(world.jobs,
      desk::Jobs::open(place.folder / "jobs", works_of(world), {.at_once = place.jobs_at_once},
                       [&world](const desk::Job& job) { publish(world.topics, job); }));
  return made;
}

}  // namespace xiaoyuan::api
