// A disk that fails when a test says so: a file system of SQLite (VFS) before the real one that
// counts writes, truncations and syncs, and at the n-th fails, runs full, tears or loses power.
//
// What was written and not synced may be lost with the power, sector by sector; a seed says which
// sectors got through. After that every call fails until `restore_power`.
#pragma once
#include <cstdint>
#include <string>

namespace xiaoyuan::test {

enum class DiskFault {
  none,
  fails,  ///< this call fails, later ones work
  full,   ///< no space from here on
  tears,  ///< half of this write is done, then the power goes
  loses_power,
  read_only  ///< files cannot be opened for writing
};

/// The name of the file system, for SqliteOptions::vfs.
std::string broken_disk();

/// From now on counts anew, and at call `n` (from 1) does as `fault` says.
void break_disk(DiskFault fault, std::uint64_t n, std::uint64_t seed = 1);
/// Calls that were counted.
std::uint64_t disk_calls();
/// True when the fault has come.
bool has_broken();
/// The files hold what a disk would after the power came back; nothing fails any more. All
/// connections must be closed.
void restore_power();

}  // namespace xiaoyuan::test
