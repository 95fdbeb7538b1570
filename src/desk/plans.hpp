// The plans of a server: each a folder with its record, the report's files and the village's files
// as they were planned; shared by links whose secrets are not kept. Any thread may call.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/time_axis.hpp"
#include "desk/jobs.hpp"
#include "desk/village_desk.hpp"

namespace xiaoyuan::desk {

/// Under which anybody sees one plan.
struct PlanLink {
  std::string id;  ///< "l1"
  Digest secret{};
  Instant made_at;
  std::optional<Instant> until{};  ///< nothing: until it is taken back
};

struct PlanAsked {
  std::string village;
  std::string account;
  std::string name;     ///< as its asker calls it
  std::string changes;  ///< JSON (desk/plans_changes.hpp); "" is none
  bool compares = true;
  std::size_t draws = 0;
  Language language = Language::english;
};

struct PlanRecord {
  std::string id;  ///< "p3"
  PlanAsked asked;
  Instant asked_at;
  std::string job{};        ///< that makes it
  Text village_name{};      ///< once it is done
  std::string figures{};    ///< JSON, PlanFigures; "" until it is done
  std::string scenarios{};  ///< JSON, a list of PlanFigures
  std::vector<std::string> files{};
  std::vector<PlanLink> links{};
  bool is_done() const { return !figures.empty(); }
};

struct MadeLink {
  PlanLink link;
  std::string secret;  ///< 256 random bits as hex: told once
};

struct SharedPlan {
  PlanRecord plan;
  PlanLink link;
};

class Plans {
 public:
  static Result<std::unique_ptr<Plans>> open(const std::filesystem::path& folder);
  virtual ~Plans() = default;

  /// Errors: changes that are none, a name that is empty or too long, too many plans of a village.
  virtual Result<PlanRecord> add(const PlanAsked& asked, Instant now) = 0;
  virtual Result<void> put_job(const std::string& id, const std::string& job) = 0;
  virtual std::optional<PlanRecord> find(const std::string& id) const = 0;
  /// The newest first.
  virtual std::vector<PlanRecord> of_village(const std::string& village) const = 0;
  /// With its files and links.
  virtual Result<void> remove(const std::string& id) = 0;
  /// One of the files that the record names.
  virtual Result<std::string> file(const std::string& id, const std::string& name) const = 0;

  /// Of work that is done: its files are there already.
  struct Finished {
    Text village_name;
    std::string figures;
    std::string scenarios;
    std::vector<std::string> files;
  };
  virtual Result<void> finish(const std::string& id, const Finished& finished) = 0;
  virtual std::filesystem::path folder_of(const std::string& id) const = 0;

  /// Errors: a plan that is not done, an end in the past, too many links.
  virtual Result<MadeLink> share(const std::string& id, std::optional<Instant> until,
                                 Instant now) = 0;
  virtual Result<void> revoke(const std::string& id, const std::string& link) = 0;
  /// Nothing for a secret that is unknown, taken back or over.
  virtual std::optional<SharedPlan> find_shared(std::string_view secret, Instant now) const = 0;
};

struct PlanPlace {
  Plans& plans;
  const Villages& villages;
  Files share;
  unsigned threads = 0;  ///< for each plan; 0: one for each core
};

/// The work of kind "plan": its request is {"plan": id}, its result the same.
Work plan_work(PlanPlace place);
/// Asks for a plan and for the job that makes it; without the one there is not the other.
Result<PlanRecord> ask_for_plan(Plans& plans, Jobs& jobs, const PlanAsked& asked, Instant now);

}  // namespace xiaoyuan::desk
