// Long work in the background: asked for, waiting, running with progress, cancelled, done. A job's
// record and the files that it made lie in a folder of the server, and outlive it: what was waiting
// or running when the server ended begins again.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time_axis.hpp"

namespace xiaoyuan::desk {

enum class JobState : std::uint8_t { waiting, running, done, failed, cancelled };
const std::vector<std::string>& words_of(JobState);

struct Job {
  std::string id;       ///< "j12"
  std::string kind;     ///< "plan", "settle", "import", "backup"
  std::string village;  ///< "" where it is about none
  std::string account;  ///< who asked
  std::string request;  ///< JSON, as it was asked
  JobState state = JobState::waiting;
  Text part{};  ///< what it is doing: "planning"
  std::size_t done = 0, all = 0;
  std::optional<double> seconds_left{};
  std::size_t waiting_before = 0;
  Instant asked_at;
  std::optional<Instant> began_at{}, ended_at{};
  Errors errors{};                   ///< of a failed one
  std::string result{};              ///< JSON, of a done one
  std::vector<std::string> files{};  ///< in its folder: "results.json", "report.html"
};

/// What a running job has: where it tells how far it is, and writes its files.
struct Bench {
  const Job& job;
  std::filesystem::path folder;
  /// False: stop with Fault::interrupted.
  std::function<bool(const Text& part, std::size_t done, std::size_t all)> on_progress;
};
/// Gives the result's JSON.
using Work = std::function<Result<std::string>(const Bench& bench)>;

struct JobLimits {
  unsigned at_once = 1;
  std::size_t waiting = 100;
  std::size_t waiting_of_account = 10;
  std::size_t kept = 500;  ///< ended jobs; the oldest go first, with their files
};

struct NewJob {
  std::string kind;
  std::string village;
  std::string account;
  std::string request;
};

class Jobs {
 public:
  using On = std::function<void(const Job&)>;
  /// `works` by kind. `on_change` is told of every change, from any thread.
  static Result<std::unique_ptr<Jobs>> open(const std::filesystem::path& folder,
                                            std::vector<std::pair<std::string, Work>> works,
                                            const JobLimits& limits, On on_change);
  virtual ~Jobs() = default;
  /// Errors: too many waiting.
  virtual Result<Job> ask(const NewJob& job, Instant now) = 0;
  virtual std::optional<Job> find(const std::string& id) const = 0;
  /// The newest first.
  virtual std::vector<Job> all() const = 0;
  /// Of a waiting or running one; an ended one stays what it is.
  virtual Result<Job> cancel(const std::string& id) = 0;
  virtual Result<std::string> file(const std::string& id, const std::string& name) const = 0;
  /// Cancels nothing: what runs stops and begins again with the next server.
  virtual void stop() = 0;
};

}  // namespace xiaoyuan::desk
