#include "district/job.hpp"

#include <fmt/format.h>

#include <atomic>
#include <fstream>
#include <mutex>
#include <thread>

#include "base/random.hpp"
#include "district/checked_table.hpp"
#include "district/chunk_record.hpp"
#include "district/job_mark.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::district {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t usual_chunk_lines = 1000;

/// What all ranks know before the work begins, each having read it for itself.
struct Job {
  District district;
  TableIndex index;
  std::vector<std::size_t> households;  ///< by chunk
  JobMark mark;
};

/// One rank's part of a job.
class Part {
 public:
  Part(const JobTerms& terms, const Crew& crew)
      : terms_(terms),
        crew_(crew),
        threads_(terms.threads > 0 ? terms.threads
                                   : std::max(1U, std::thread::hardware_concurrency())) {}

  Result<JobReport> run() {
    if (auto read = together(read_job()); !read) {
      return std::unexpected(std::move(read.error()));
    }
    // A record of another cut is none of ours, even where job.txt was lost.
    const ChunkFolder records(chunk_folder(),
                              seed_of(fmt::format("{}", job_.mark.chunk_lines), job_.mark.job));
    if (auto begun = together(crew_.leads() ? begin(records) : Result<void>{}); !begun) {
      return std::unexpected(std::move(begun.error()));
    }
    if (auto worked = together(work(records)); !worked) {
      return std::unexpected(std::move(worked.error()));
    }
    if (auto joined = together(crew_.leads() ? join(records) : Result<void>{}); !joined) {
      return std::unexpected(std::move(joined.error()));
    }
    return report_;
  }

 private:
  /// Every rank comes here after every stage, so that none waits for one that has given up.
  Result<void> together(Result<void> mine) const {
    const bool all_well = crew_.agree(mine.has_value());
    return mine && !all_well ? Result<void>(std::unexpected(Errors{})) : mine;
  }

  fs::path chunk_folder() const { return terms_.out / "chunks"; }
  Result<void> read_job();
  Result<void> begin(const ChunkFolder& records);
  Result<void> work(const ChunkFolder& records);
  Result<bool> solve(std::size_t chunk, HouseholdSolver& solver, const ChunkFolder& records) const;
  void tell(std::size_t chunk);
  Result<void> join(const ChunkFolder& records);
  bool stopped() const { return terms_.stopped && terms_.stopped(); }

  const JobTerms& terms_;
  const Crew& crew_;
  unsigned threads_;
  Job job_;
  JobReport report_;
  std::vector<std::size_t> open_before_;  ///< households to be solved before each chunk
  std::mutex telling_;
  std::size_t told_ = 0;
};

Result<void> Part::read_job() {
  TRY(job_.district, read_district(store::folder(terms_.district)));
  std::size_t lines = terms_.chunk_lines > 0 ? terms_.chunk_lines : usual_chunk_lines;
  const auto before = terms_.resume == Resume::go_on ? read_mark(chunk_folder()) : std::nullopt;
  if (before && terms_.chunk_lines == 0) {
    lines = before->chunk_lines;
  }
  TRY(job_.index, index_table(terms_.district / "district.csv", lines));
  TRY(job_.households, check_table(job_.index, job_.district, threads_));
  job_.mark = {.job = seed_of(terms_.program, job_.district.fingerprint ^ job_.index.fingerprint),
               .chunk_lines = lines};
  report_.chunks = job_.index.chunks.size();
  return before ? check_mark(*before, job_.mark, terms_.out) : Result<void>{};
}

/// The leader makes the folder of the records, or finds out what stands there.
Result<void> Part::begin(const ChunkFolder& records) {
  std::error_code error;
  if (terms_.resume == Resume::refuse && fs::exists(chunk_folder(), error)) {
    return std::unexpected(unfinished(terms_.out));
  }
  fs::create_directories(chunk_folder(), error);
  if (auto written = write_mark(chunk_folder(), job_.mark); !written) {
    return written;
  }
  open_before_.push_back(0);
  for (std::size_t chunk = 0; chunk < report_.chunks; ++chunk) {
    const bool is_found = terms_.resume == Resume::go_on && records.read(chunk).has_value();
    report_.chunks_found += is_found ? 1 : 0;
    open_before_.push_back(open_before_.back() + (is_found ? 0 : job_.households[chunk]));
  }
  return {};
}

/// Chunks are handed out in order: all before `chunk` are done or in hand.
void Part::tell(std::size_t chunk) {
  if (!crew_.leads() || !terms_.on_progress) {
    return;
  }
  const std::lock_guard lock(telling_);
  told_ = std::max(told_, chunk);
  terms_.on_progress(open_before_[told_], open_before_.back());
}

/// Solves and records a chunk; false when the job was stopped on the way.
Result<bool> Part::solve(std::size_t chunk, HouseholdSolver& solver,
                         const ChunkFolder& records) const {
  TRY(const std::vector<Household> homes, chunk_households(job_.index, chunk, job_.district));
  ChunkRecord record;
  for (const Household& home : homes) {
    if (stopped()) {
      return false;
    }
    const HouseholdFigures figures = solver.solve(home);
    record.totals.add(home, figures);
    record.lines += household_line(home, figures);
  }
  if (auto written = records.write(chunk, record); !written) {
    return std::unexpected(std::move(written.error()));
  }
  return true;
}

Result<void> Part::work(const ChunkFolder& records) {
  Errors errors;
  std::mutex writing;
  std::atomic<bool> gave_up{false};
  // One call for each thread: the solver's memory is the thread's own.
  on_threads(threads_, threads_, [&](std::size_t) {
    HouseholdSolver solver(job_.district);
    for (std::size_t chunk = crew_.take(); chunk < report_.chunks && !gave_up && !stopped();
         chunk = crew_.take()) {
      tell(chunk);
      if (terms_.resume == Resume::go_on && records.read(chunk)) {
        continue;
      }
      auto solved = solve(chunk, solver, records);
      const std::lock_guard lock(writing);
      gave_up = gave_up || !gather(solved, errors) || !*solved;
    }
    return true;
  });
  if (errors.empty() && stopped()) {
    errors = interrupted(terms_.out);
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  tell(report_.chunks);
  return {};
}

/// The leader lays the records one after another and takes them away.
Result<void> Part::join(const ChunkFolder& records) {
  const fs::path partial = chunk_folder() / "households.csv";
  std::ofstream file(partial, std::ios::binary);
  file << household_header();
  for (std::size_t chunk = 0; chunk < report_.chunks; ++chunk) {
    const auto record = records.read(chunk);
    if (!record) {
      return std::unexpected(lost_record(terms_.out, chunk));
    }
    file << record->lines;
    report_.totals.add(record->totals);
  }
  file.close();
  std::error_code error;
  if (file) {
    fs::rename(partial, terms_.out / "households.csv", error);
  }
  if (!file || error) {
    return fail(Fault::unwritable, {"cannot be written", "无法写入"},
                {(terms_.out / "households.csv").string(), 0, ""});
  }
  const std::string job = fmt::format("{:016x}", job_.mark.job);
  auto written = write_whole(terms_.out / "totals.json", totals_json(report_.totals, job));
  if (written) {
    fs::remove_all(chunk_folder(), error);
  }
  return written;
}

}  // namespace

Result<JobReport> run_job(const JobTerms& terms, const Crew& crew) {
  return Part(terms, crew).run();
}

}  // namespace xiaoyuan::district
