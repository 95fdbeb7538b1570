// The dispatch of every household of a district: streamed, on all cores and ranks, resumable.
//
// district.csv is cut into chunks. Whoever is free takes the next one, solves its households and
// records it (district/chunk_record.hpp); a job that dies loses the chunks in hand and nothing
// else. When all are recorded, the leader joins them in the order of the table. A household's line
// depends on nothing but its row and the district, so the result has the same bits on any number of
// threads and ranks, resumed or not.
//
//   <out>/chunks/job.txt, 00000000.csv …   while the job runs
//   <out>/households.csv, totals.json      when it is done
#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include "district/crew.hpp"
#include "district/totals.hpp"

namespace xiaoyuan::district {

/// What to do with the records that a job before this one left.
enum class Resume { refuse, go_on };

struct JobTerms {
  std::filesystem::path district;
  std::filesystem::path out;
  std::size_t chunk_lines = 0;  ///< lines of a chunk; 0: as the job that is resumed, else 1,000
  unsigned threads = 0;         ///< of this process; 0: one for each core
  Resume resume = Resume::refuse;
  std::string program;  ///< and its version: records of another are not mixed with ours
  /// Told by the leader now and then, by one thread at a time.
  std::function<void(std::size_t done, std::size_t all)> on_progress;
  /// Asked after every household, from any thread: true stops the job with Fault::interrupted.
  std::function<bool()> stopped;
};

struct JobReport {
  Totals totals;  ///< the leader's alone
  std::size_t chunks = 0;
  std::size_t chunks_found = 0;  ///< recorded before this job began
};

/// Every rank of the crew calls this with the same terms. A rank that had nothing wrong itself gets
/// an empty list of errors when another had.
Result<JobReport> run_job(const JobTerms& terms, const Crew& crew);

}  // namespace xiaoyuan::district
