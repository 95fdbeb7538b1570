#include "desk/jobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <ranges>
#include <thread>

#include "base/check.hpp"
#include "desk/files_whole.hpp"
#include "desk/jobs_record.hpp"

namespace xiaoyuan::desk {

namespace fs = std::filesystem;
using Steady = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds least_between_progress{200};
constexpr double least_told_seconds = 0.5;  // of a part, before it is said how long it takes

Instant wall_clock() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

bool has_ended(const Job& job) {
  return job.state != JobState::waiting && job.state != JobState::running;
}

/// 12 of "j12"; nothing for another name.
std::optional<std::uint64_t> number_of_job(const std::string& id) {
  std::uint64_t number = 0;
  const char* end = id.data() + id.size();
  const bool is_ours =
      id.size() > 1 && id.front() == 'j' && std::from_chars(id.data() + 1, end, number).ptr == end;
  return is_ours ? std::optional(number) : std::nullopt;
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    std::string name = entry.path().filename().string();
    if (entry.is_regular_file(ignored) && name != "job.json" && !name.starts_with('.')) {
      names.push_back(std::move(name));
    }
  }
  std::ranges::sort(names);
  return names;
}

/// A job and what only this server's life knows of it.
struct Held {
  Job job;
  std::atomic<bool> is_cancelled{false};
  Steady::time_point part_began{};
  Steady::time_point told_at{};
};

class KeptJobs final : public Jobs {
 public:
  KeptJobs(fs::path folder, std::vector<std::pair<std::string, Work>> works,
           const JobLimits& limits, On on_change)
      : folder_(std::move(folder)),
        works_(std::move(works)),
        limits_(limits),
        on_change_(std::move(on_change)) {}
  ~KeptJobs() override { KeptJobs::stop(); }
  KeptJobs(const KeptJobs&) = delete;
  KeptJobs& operator=(const KeptJobs&) = delete;

  Result<void> begin();
  Result<Job> ask(const NewJob& job, Instant now) override;
  std::optional<Job> find(const std::string& id) const override;
  std::vector<Job> all() const override;
  Result<Job> cancel(const std::string& id) override;
  Result<std::string> file(const std::string& id, const std::string& name) const override;
  void stop() override;

 private:
  using Numbered = std::map<std::uint64_t, std::shared_ptr<Held>>;

  void take_back(const std::string& id);
  Result<void> check_room(const NewJob& job) const;
  const Work* work_of(const std::string& kind) const;
  std::shared_ptr<Held> held(const std::string& id) const;
  Job told(const Held& held) const;
  Result<void> keep(const Job& job) const;
  void work();
  std::shared_ptr<Held> next_waiting();
  void run(const std::shared_ptr<Held>& held);
  bool take_progress(Held& held, const Text& part, std::size_t done, std::size_t all);
  void end(Held& held, Result<std::string> result);
  std::vector<std::string> forget_oldest();
  void tell(const Job& job) const {
    if (on_change_) {
      on_change_(job);
    }
  }

  fs::path folder_;
  std::vector<std::pair<std::string, Work>> works_;
  JobLimits limits_;
  On on_change_;
  std::mutex asking_;         // whoever adds a job: numbers and room, while the disk writes
  mutable std::mutex guard_;  // held for moments: threads of the server look through it
  std::condition_variable changed_;
  Numbered jobs_;  // guarded, and all that it holds but is_cancelled
  std::atomic<bool> is_stopping_{false};
  std::vector<std::jthread> workers_;
};

/// What was running when the last server ended begins again: its half-made files go.
void KeptJobs::take_back(const std::string& id) {
  const auto number = number_of_job(id);
  const auto record = number ? read_whole(folder_ / id / "job.json") : Result<std::string>{};
  auto job = record ? job_from(*record) : Result<Job>{std::unexpected(Errors{})};
  if (!number || !record || !job || job->id != id) {
    return;  // a folder of somebody else, or one whose record was never written
  }
  auto held = std::make_shared<Held>();
  held->job = std::move(*job);
  if (held->job.state == JobState::running) {
    held->job.state = JobState::waiting;
    held->job.began_at.reset();
    for (const std::string& name : names_in(folder_ / id)) {
      std::error_code ignored;
      fs::remove(folder_ / id / name, ignored);
    }
  }
  jobs_[*number] = std::move(held);
}

Result<void> KeptJobs::begin() {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) {
    return fail(Fault::unwritable,
                {fmt::format("cannot be made: {}", error.message()),
                 fmt::format("无法创建:{}", error.message())},
                {folder_.string(), 0, ""});
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, error)) {
    take_back(entry.path().filename().string());
  }
  for (unsigned i = 0; i < std::max(1U, limits_.at_once); ++i) {
    workers_.emplace_back([this] { work(); });
  }
  return {};
}

Result<void> KeptJobs::check_room(const NewJob& job) const {
  std::size_t waiting = 0;
  std::size_t of_account = 0;
  for (const auto& [number, held] : jobs_) {
    waiting += held->job.state == JobState::waiting ? 1 : 0;
    of_account += !has_ended(held->job) && held->job.account == job.account ? 1 : 0;
  }
  if (waiting >= limits_.waiting) {
    return fail(Fault::impossible,
                {fmt::format("{} jobs are waiting already; try again later", waiting),
                 fmt::format("已有 {} 项任务排队,请稍后再试", waiting)});
  }
  if (of_account >= limits_.waiting_of_account) {
    return fail(
        Fault::impossible,
        {fmt::format("{} jobs of yours are not done yet; wait for one or cancel it", of_account),
         fmt::format("您尚有 {} 项任务未完成,请等待或先取消", of_account)});
  }
  return {};
}

const Work* KeptJobs::work_of(const std::string& kind) const {
  const auto found = std::ranges::find(works_, kind, &std::pair<std::string, Work>::first);
  return found == works_.end() ? nullptr : &found->second;
}

Result<Job> KeptJobs::ask(const NewJob& job, Instant now) {
  expects(work_of(job.kind) != nullptr);
  auto held = std::make_shared<Held>();
  const std::scoped_lock one_asks(asking_);
  std::uint64_t least = 1;
  {
    const std::scoped_lock lock(guard_);
    if (auto room = check_room(job); !room) {
      return std::unexpected(std::move(room.error()));
    }
    least = jobs_.empty() ? 1 : jobs_.rbegin()->first + 1;
  }
  TRY(const std::uint64_t number, next_number(folder_ / "last-number", least));
  held->job.id = fmt::format("j{}", number);
  held->job.kind = job.kind;
  held->job.village = job.village;
  held->job.account = job.account;
  held->job.request = job.request;
  held->job.asked_at = now;
  if (auto kept = keep(held->job); !kept) {
    return std::unexpected(std::move(kept.error()));
  }
  Job asked;
  {
    const std::scoped_lock lock(guard_);
    jobs_[number] = held;
    asked = told(*held);
  }
  changed_.notify_one();
  tell(asked);
  return asked;
}

std::shared_ptr<Held> KeptJobs::held(const std::string& id) const {
  const auto number = number_of_job(id);
  const auto found = number ? jobs_.find(*number) : jobs_.end();
  return found == jobs_.end() || found->second->job.id != id ? nullptr : found->second;
}

Job KeptJobs::told(const Held& held) const {
  Job job = held.job;
  if (job.state == JobState::waiting) {
    for (const auto& [number, other] : jobs_) {
      if (other.get() == &held) {
        break;
      }
      job.waiting_before += has_ended(other->job) ? 0 : 1;
    }
  }
  return job;
}

std::optional<Job> KeptJobs::find(const std::string& id) const {
  const std::scoped_lock lock(guard_);
  const auto found = held(id);
  return found ? std::optional(told(*found)) : std::nullopt;
}

std::vector<Job> KeptJobs::all() const {
  const std::scoped_lock lock(guard_);
  std::vector<Job> list;
  for (const auto& [number, held] : std::views::reverse(jobs_)) {
    list.push_back(told(*held));
  }
  return list;
}

Result<Job> KeptJobs::cancel(const std::string& id) {
  Job job;
  bool has_changed = false;
  {
    const std::scoped_lock lock(guard_);
    const auto found = held(id);
    if (!found) {
      return fail(Fault::not_found, {"there is no such job", "没有此任务"}, {"", 0, id});
    }
    if (found->job.state == JobState::running) {
      found->is_cancelled = true;
    } else if (found->job.state == JobState::waiting) {
      found->job.state = JobState::cancelled;
      found->job.ended_at = wall_clock();
      has_changed = true;
    }
    job = told(*found);
  }
  if (has_changed) {
    if (auto kept = keep(job); !kept) {
      return std::unexpected(std::move(kept.error()));
    }
    tell(job);
  }
  return job;
}

Result<std::string> KeptJobs::file(const std::string& id, const std::string& name) const {
  const auto job = find(id);
  if (!job || std::ranges::find(job->files, name) == job->files.end()) {
    return fail(Fault::not_found, {"the job has no such file", "该任务没有此文件"}, {name, 0, ""});
  }
  return read_whole(folder_ / job->id / name);
}

void KeptJobs::stop() {
  {
    const std::scoped_lock lock(guard_);
    is_stopping_ = true;
  }
  changed_.notify_all();
  workers_.clear();  // joins
}

Result<void> KeptJobs::keep(const Job& job) const {
  return write_whole(folder_ / job.id / "job.json", record_of(job));
}

std::shared_ptr<Held> KeptJobs::next_waiting() {
  std::unique_lock lock(guard_);
  std::shared_ptr<Held> next;
  changed_.wait(lock, [&] {
    for (const auto& [number, held] : jobs_) {
      if (held->job.state == JobState::waiting) {
        next = held;
        break;
      }
    }
    return is_stopping_ || next;
  });
  if (is_stopping_) {
    return nullptr;
  }
  next->job.state = JobState::running;
  next->job.began_at = wall_clock();
  return next;
}

void KeptJobs::work() {
  while (const auto held = next_waiting()) {
    run(held);
  }
}

void KeptJobs::run(const std::shared_ptr<Held>& held) {
  const Job job = *find(held->job.id);  // the id never changes
  if (auto kept = keep(job); !kept) {
    end(*held, std::unexpected(std::move(kept.error())));
    return;
  }
  tell(job);
  const Bench bench{job, folder_ / job.id,
                    [this, &held](const Text& part, std::size_t done, std::size_t all) {
                      return take_progress(*held, part, done, all);
                    }};
  const Work* work = work_of(job.kind);
  if (!work) {  // asked of an earlier server that knew more
    end(*held, fail(Fault::impossible, {fmt::format("this server knows no work \"{}\"", job.kind),
                                        fmt::format("本服务器不支持任务“{}”", job.kind)}));
    return;
  }
  Result<std::string> result;
  try {
    result = (*work)(bench);
  } catch (const std::exception& thrown) {
    result = fail(Fault::impossible, {fmt::format("the work broke off: {}", thrown.what()),
                                      fmt::format("任务异常中断:{}", thrown.what())});
  }
  end(*held, std::move(result));
}

bool KeptJobs::take_progress(Held& held, const Text& part, std::size_t done, std::size_t all) {
  std::optional<Job> news;
  {
    const std::scoped_lock lock(guard_);
    Job& job = held.job;
    const auto now = Steady::now();
    const bool is_new = job.part != part;
    if (is_new) {
      held.part_began = now;
    }
    job.part = part;
    job.done = done;
    job.all = all;
    const double seconds = std::chrono::duration<double>(now - held.part_began).count();
    job.seconds_left.reset();
    if (done > 0 && done <= all && seconds > least_told_seconds) {
      job.seconds_left = seconds * static_cast<double>(all - done) / static_cast<double>(done);
    }
    if (is_new || now - held.told_at >= least_between_progress) {
      held.told_at = now;
      news = job;
    }
  }
  if (news) {
    tell(*news);
  }
  return !held.is_cancelled && !is_stopping_;
}

/// A job that the server's end has stopped stays on the disk as running, and begins again. Nobody
/// waits for the disk: a running job is its worker's alone, until it is said to have ended.
void KeptJobs::end(Held& held, Result<std::string> result) {
  const bool was_stopped =
      !result && !result.error().empty() && result.error().front().fault == Fault::interrupted;
  Job job;
  {
    const std::scoped_lock lock(guard_);
    if (was_stopped && !held.is_cancelled && is_stopping_) {
      held.job.state = JobState::waiting;
      return;
    }
    job = held.job;
  }
  job.seconds_left.reset();
  job.ended_at = wall_clock();
  if (result) {
    job.state = JobState::done;
    job.result = std::move(*result);
  } else if (was_stopped && held.is_cancelled) {
    job.state = JobState::cancelled;
  } else {
    job.state = JobState::failed;
    job.errors = std::move(result.error());
  }
  job.files = names_in(folder_ / job.id);
  if (auto kept = keep(job); !kept) {  // the disk is full, say: it is told, if not kept
    std::ranges::move(kept.error(), std::back_inserter(job.errors));
    job.state = JobState::failed;
  }
  std::vector<std::string> forgotten;
  {
    const std::scoped_lock lock(guard_);
    held.job = job;
    forgotten = forget_oldest();
  }
  for (const std::string& id : forgotten) {
    std::error_code ignored;
    fs::remove_all(folder_ / id, ignored);
  }
  tell(job);
}

/// Those whose folders may go.
std::vector<std::string> KeptJobs::forget_oldest() {
  std::vector<std::string> forgotten;
  std::size_t ended = 0;
  for (const auto& [number, held] : jobs_) {
    ended += has_ended(held->job) ? 1 : 0;
  }
  for (auto it = jobs_.begin(); it != jobs_.end() && ended > limits_.kept;) {
    if (!has_ended(it->second->job)) {
      ++it;
      continue;
    }
    forgotten.push_back(it->second->job.id);
    it = jobs_.erase(it);
    --ended;
  }
  return forgotten;
}

}  // namespace

Result<std::unique_ptr<Jobs>> Jobs::open(const fs::path& folder,
                                         std::vector<std::pair<std::string, Work>> works,
                                         const JobLimits& limits, On on_change) {
  auto jobs = std::make_unique<KeptJobs>(folder, std::move(works), limits, std::move(on_change));
  if (auto begun = jobs->begin(); !begun) {
    return std::unexpected(std::move(begun.error()));
  }
  return jobs;
}

}  // namespace xiaoyuan::desk
