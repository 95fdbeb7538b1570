// Who does a district's work: the threads of this process alone, or those of several processes
// (the ranks of an MPI job, cli/mpi) that take chunks from one counter.
#pragma once
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>

namespace xiaoyuan::district {

struct Crew {
  std::size_t rank = 0;  ///< 0 leads: it prepares the folder and joins the records
  std::size_t ranks = 1;
  /// The next number that nobody of the crew has taken, from 0 up. From any thread.
  std::function<std::size_t()> take;
  /// All ranks meet here, each from its main thread: true when all said yes.
  std::function<bool(bool yes)> agree;

  bool leads() const { return rank == 0; }
};

/// This process alone.
inline Crew alone() {
  const auto counter = std::make_shared<std::atomic<std::size_t>>(0);
  return {.take = [counter] { return (*counter)++; }, .agree = [](bool yes) { return yes; }};
}

}  // namespace xiaoyuan::district
