// xiaoyuan-district-mpi: `xiaoyuan district` by the ranks of an MPI job. All that knows MPI is
// here.
//
// Ranks take chunks from one counter in the leader's memory, by one-sided fetch-and-add: no rank
// waits for another, and none hands out work.
#include <mpi.h>

#include <cstdint>
#include <mutex>
#include <vector>

#include "cli/commands.hpp"

namespace {

using namespace xiaoyuan;

/// The counter of an MPI job.
class Counter {
 public:
  Counter() {
    int rank = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    const MPI_Aint bytes = rank == 0 ? sizeof(std::int64_t) : 0;
    MPI_Win_allocate(bytes, sizeof(std::int64_t), MPI_INFO_NULL, MPI_COMM_WORLD,
                     static_cast<void*>(&memory_), &window_);
    MPI_Win_lock_all(0, window_);
    if (rank == 0) {
      *memory_ = 0;
      MPI_Win_sync(window_);
    }
    MPI_Barrier(MPI_COMM_WORLD);
  }
  ~Counter() {
    MPI_Win_unlock_all(window_);
    MPI_Win_free(&window_);
  }
  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;

  std::size_t take() {
    const std::lock_guard lock(one_at_a_time_);
    const std::int64_t one = 1;
    std::int64_t before = 0;
    MPI_Fetch_and_op(&one, &before, MPI_INT64_T, 0, 0, MPI_SUM, window_);
    MPI_Win_flush(0, window_);
    return static_cast<std::size_t>(before);
  }

 private:
  std::int64_t* memory_ = nullptr;
  MPI_Win window_ = MPI_WIN_NULL;
  std::mutex one_at_a_time_;
};

bool agree(bool yes) {
  const int mine = yes ? 1 : 0;
  int all = 0;
  MPI_Allreduce(&mine, &all, 1, MPI_INT, MPI_LAND, MPI_COMM_WORLD);
  return all != 0;
}

district::Crew crew_of(Counter& counter) {
  int rank = 0;
  int ranks = 1;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  return {.rank = static_cast<std::size_t>(rank),
          .ranks = static_cast<std::size_t>(ranks),
          .take = [&counter] { return counter.take(); },
          .agree = agree};
}

}  // namespace

int main(int argc, char** argv) {
  int provided = 0;
  MPI_Init_thread(&argc, &argv, MPI_THREAD_SERIALIZED, &provided);
  std::vector<const char*> words{"xiaoyuan-district-mpi", "district"};
  words.insert(words.end(), argv + 1, argv + argc);
  int code = 0;
  {
    Counter counter;
    code = cli::run_among(crew_of(counter), static_cast<int>(words.size()), words.data());
  }
  MPI_Finalize();
  return code;
}
