#include "desk/plans.hpp"

#include <fmt/format.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <mutex>
#include <ranges>

#include "desk/files_whole.hpp"
#include "desk/plans_changes.hpp"
#include "desk/plans_record.hpp"

namespace xiaoyuan::desk {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_plans_of_village = 200;
constexpr std::size_t most_links = 50;
constexpr std::size_t most_name_bytes = 360;  // 120 characters of Chinese
constexpr std::size_t most_draws = 1000;

std::optional<std::uint64_t> number_of_plan(const std::string& id) {
  std::uint64_t number = 0;
  const char* end = id.data() + id.size();
  const bool is_ours =
      id.size() > 1 && id.front() == 'p' && std::from_chars(id.data() + 1, end, number).ptr == end;
  return is_ours ? std::optional(number) : std::nullopt;
}

std::unexpected<Errors> no_such_plan(const std::string& id) {
  return fail(Fault::not_found, {"there is no such plan", "没有此规划"}, {"", 0, id});
}

/// 256 bits of the system's.
Result<std::string> new_secret() {
  Digest bits;
  if (::getrandom(bits.bytes.data(), bits.bytes.size(), 0) !=
      static_cast<ssize_t>(bits.bytes.size())) {
    return fail(Fault::impossible, {"the system gives no random bits", "系统无法提供随机数"});
  }
  return hex(bits);
}

Result<void> check_asked(const PlanAsked& asked) {
  Errors errors;
  if (trimmed(asked.name).empty() || asked.name.size() > most_name_bytes) {
    errors.push_back({Fault::bad_input,
                      {"expected a name of 1 to 120 characters", "名称应为 1 至 120 个字符"},
                      {"", 0, "name"}});
  }
  if (asked.draws > most_draws) {
    errors.push_back(
        {Fault::bad_input,
         {fmt::format("expected 0 to {}", most_draws), fmt::format("应为 0 至 {}", most_draws)},
         {"", 0, "draws"}});
  }
  auto changes = read_changes(asked.changes);
  gather(changes, errors);
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return {};
}

class KeptPlans final : public Plans {
 public:
  explicit KeptPlans(fs::path folder) : folder_(std::move(folder)) {}

  Result<void> begin();
  Result<PlanRecord> add(const PlanAsked& asked, Instant now) override;
  Result<void> put_job(const std::string& id, const std::string& job) override;
  std::optional<PlanRecord> find(const std::string& id) const override;
  std::vector<PlanRecord> of_village(const std::string& village) const override;
  Result<void> remove(const std::string& id) override;
  Result<std::string> file(const std::string& id, const std::string& name) const override;
  Result<void> finish(const std::string& id, const Finished& finished) override;
  fs::path folder_of(const std::string& id) const override { return folder_ / id; }
  Result<MadeLink> share(const std::string& id, std::optional<Instant> until, Instant now) override;
  Result<void> revoke(const std::string& id, const std::string& link) override;
  std::optional<SharedPlan> find_shared(std::string_view secret, Instant now) const override;

 private:
  /// Exchanges the record when the changed one is on the disk. The guard is held.
  Result<void> put(PlanRecord plan) {
    if (auto kept = write_whole(folder_ / plan.id / "plan.json", record_of(plan)); !kept) {
      return kept;
    }
    const std::uint64_t number = *number_of_plan(plan.id);
    plans_[number] = std::move(plan);
    return {};
  }
  const PlanRecord* record(const std::string& id) const {
    const auto number = number_of_plan(id);
    const auto found = number ? plans_.find(*number) : plans_.end();
    return found == plans_.end() || found->second.id != id ? nullptr : &found->second;
  }

  fs::path folder_;
  mutable std::mutex guard_;
  std::map<std::uint64_t, PlanRecord> plans_;  // guarded
};

Result<void> KeptPlans::begin() {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) {
    return fail(Fault::unwritable,
                {fmt::format("cannot be made: {}", error.message()),
                 fmt::format("无法创建:{}", error.message())},
                {folder_.string(), 0, ""});
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, error)) {
    const std::string id = entry.path().filename().string();
    const auto number = number_of_plan(id);
    const auto bytes = number ? read_whole(entry.path() / "plan.json") : Result<std::string>{};
    auto plan = number && bytes ? plan_from(*bytes) : Result<PlanRecord>{std::unexpected(Errors{})};
    if (plan && plan->id == id) {
      plans_[*number] = std::move(*plan);
    }
  }
  return {};
}

Result<PlanRecord> KeptPlans::add(const PlanAsked& asked, Instant now) {
  if (auto checked = check_asked(asked); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  const std::scoped_lock lock(guard_);
  const auto of_village = std::ranges::count_if(
      plans_, [&](const auto& numbered) { return numbered.second.asked.village == asked.village; });
  if (static_cast<std::size_t>(of_village) >= most_plans_of_village) {
    return fail(Fault::impossible,
                {fmt::format("the village has {} plans; remove some first", of_village),
                 fmt::format("该村已有 {} 个规划,请先删除一些", of_village)});
  }
  const std::uint64_t least = plans_.empty() ? 1 : plans_.rbegin()->first + 1;
  TRY(const std::uint64_t number, next_number(folder_ / "last-number", least));
  PlanRecord plan;
  plan.id = fmt::format("p{}", number);
  plan.asked = asked;
  plan.asked_at = now;
  if (auto kept = put(plan); !kept) {
    return std::unexpected(std::move(kept.error()));
  }
  return plan;
}

Result<void> KeptPlans::put_job(const std::string& id, const std::string& job) {
  const std::scoped_lock lock(guard_);
  const PlanRecord* found = record(id);
  if (!found) {
    return no_such_plan(id);
  }
  PlanRecord plan = *found;
  plan.job = job;
  return put(std::move(plan));
}

std::optional<PlanRecord> KeptPlans::find(const std::string& id) const {
  const std::scoped_lock lock(guard_);
  const PlanRecord* found = record(id);
  return found ? std::optional(*found) : std::nullopt;
}

std::vector<PlanRecord> KeptPlans::of_village(const std::string& village) const {
  const std::scoped_lock lock(guard_);
  std::vector<PlanRecord> all;
  for (const auto& [number, plan] : std::views::reverse(plans_)) {
    if (plan.asked.village == village) {
      all.push_back(plan);
    }
  }
  return all;
}

Result<void> KeptPlans::remove(const std::string& id) {
  const std::scoped_lock lock(guard_);
  if (!record(id)) {
    return no_such_plan(id);
  }
  std::error_code error;
  fs::remove(folder_ / id / "plan.json", error);  // without it the folder is no plan's
  plans_.erase(*number_of_plan(id));
  fs::remove_all(folder_ / id, error);
  return {};
}

Result<std::string> KeptPlans::file(const std::string& id, const std::string& name) const {
  const auto plan = find(id);
  if (!plan) {
    return no_such_plan(id);
  }
  if (std::ranges::find(plan->files, name) == plan->files.end()) {
    return fail(Fault::not_found, {"the plan has no such file", "该规划没有此文件"}, {name, 0, ""});
  }
  return read_whole(folder_ / id / name);
}

Result<void> KeptPlans::finish(const std::string& id, const Finished& finished) {
  const std::scoped_lock lock(guard_);
  const PlanRecord* found = record(id);
  if (!found) {
    return no_such_plan(id);
  }
  PlanRecord plan = *found;
  plan.village_name = finished.village_name;
  plan.figures = finished.figures;
  plan.scenarios = finished.scenarios;
  plan.files = finished.files;
  return put(std::move(plan));
}

Result<MadeLink> KeptPlans::share(const std::string& id, std::optional<Instant> until,
                                  Instant now) {
  TRY(std::string secret, new_secret());
  const std::scoped_lock lock(guard_);
  const PlanRecord* found = record(id);
  if (!found) {
    return no_such_plan(id);
  }
  if (!found->is_done()) {
    return fail(Fault::conflict, {"the plan is not done yet", "该规划尚未完成"}, {"", 0, id});
  }
  if (until && *until <= now) {
    return fail(Fault::bad_input, {"lies in the past", "已是过去的时间"}, {"", 0, "until_unix_s"});
  }
  if (found->links.size() >= most_links) {
    return fail(Fault::impossible,
                {fmt::format("the plan has {} links; take some back first", most_links),
                 fmt::format("该规划已有 {} 个分享链接,请先撤回一些", most_links)});
  }
  PlanRecord plan = *found;
  std::size_t number = 1;
  for (const PlanLink& link : plan.links) {
    std::size_t other = 0;
    std::from_chars(link.id.data() + 1, link.id.data() + link.id.size(), other);
    number = std::max(number, other + 1);
  }
  plan.links.push_back({fmt::format("l{}", number), sha256(secret), now, until});
  MadeLink made{plan.links.back(), std::move(secret)};
  if (auto kept = put(std::move(plan)); !kept) {
    return std::unexpected(std::move(kept.error()));
  }
  return made;
}

Result<void> KeptPlans::revoke(const std::string& id, const std::string& link) {
  const std::scoped_lock lock(guard_);
  const PlanRecord* found = record(id);
  if (!found) {
    return no_such_plan(id);
  }
  PlanRecord plan = *found;
  if (std::erase_if(plan.links, [&](const PlanLink& one) { return one.id == link; }) == 0) {
    return fail(Fault::not_found, {"there is no such link", "没有此分享链接"}, {"", 0, link});
  }
  return put(std::move(plan));
}

/// Digests are compared, so that the time it takes tells nothing of a secret.
std::optional<SharedPlan> KeptPlans::find_shared(std::string_view secret, Instant now) const {
  const Digest digest = sha256(secret);
  const std::scoped_lock lock(guard_);
  for (const auto& [number, plan] : plans_) {
    for (const PlanLink& link : plan.links) {
      if (link.secret == digest && (!link.until || now < *link.until)) {
        return SharedPlan{plan, link};
      }
    }
  }
  return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<Plans>> Plans::open(const fs::path& folder) {
  auto plans = std::make_unique<KeptPlans>(folder);
  if (auto begun = plans->begin(); !begun) {
    return std::unexpected(std::move(begun.error()));
  }
  return plans;
}

}  // namespace xiaoyuan::desk
