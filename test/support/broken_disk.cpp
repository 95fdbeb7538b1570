#include "support/broken_disk.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/random.hpp"

namespace xiaoyuan::test {

namespace {

constexpr std::size_t sector = 512;

/// A change to a file that no sync has made sure yet.
struct Unsynced {
  sqlite3_int64 offset = 0;
  std::string before;  // what stood there
  std::string after;
  sqlite3_int64 size_before = 0;  // of the file
  bool truncates = false;         // to `offset`
};

struct Disk {
  DiskFault fault = DiskFault::none;
  std::uint64_t at = 0;
  std::uint64_t calls = 0;
  bool broken = false;
  bool dark = false;  // without power
  Random random{1};
  std::map<std::string, std::vector<Unsynced>> unsynced;
};

Disk& disk() {
  static Disk the;
  return the;
}

struct File {
  sqlite3_file base;
  char* name;
  sqlite3_file* real;  // behind this struct
};

File* of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) { return of(file)->real; }

/// Whether the fault comes with this call.
bool breaks_now() {
  Disk& the = disk();
  ++the.calls;
  const bool now =
      the.fault != DiskFault::none && the.fault != DiskFault::read_only && the.calls == the.at;
  the.broken = the.broken || now;
  return now;
}

std::vector<Unsynced>* remembered(sqlite3_file* file) {
  return of(file)->name ? &disk().unsynced[of(file)->name] : nullptr;
}

/// Remembers how a stretch of the file was before it changes.
void remember(sqlite3_file* file, sqlite3_int64 offset, std::string after, bool truncates) {
  std::vector<Unsynced>* all = remembered(file);
  if (!all) {
    return;
  }
  Unsynced change{.offset = offset,
                  .before = {},
                  .after = std::move(after),
                  .size_before = 0,
                  .truncates = truncates};
  real(file)->pMethods->xFileSize(real(file), &change.size_before);
  const sqlite3_int64 end =
      truncates
          ? change.size_before
          : std::min(change.size_before, offset + static_cast<sqlite3_int64>(change.after.size()));
  if (end > offset) {
    change.before.resize(static_cast<std::size_t>(end - offset));
    real(file)->pMethods->xRead(real(file), change.before.data(), static_cast<int>(end - offset),
                                offset);
  }
  all->push_back(std::move(change));
}

int close_file(sqlite3_file* file) {
  return real(file)->pMethods ? real(file)->pMethods->xClose(real(file)) : SQLITE_OK;
}

int read_file(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
  return disk().dark ? SQLITE_IOERR_READ
                     : real(file)->pMethods->xRead(real(file), bytes, size, offset);
}

int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  Disk& the = disk();
  if (the.dark) {
    return SQLITE_IOERR_WRITE;
  }
  const bool now = breaks_now();
  if (the.fault == DiskFault::full && the.broken) {
    return SQLITE_FULL;
  }
  if (now && the.fault == DiskFault::fails) {
    return SQLITE_IOERR_WRITE;
  }
  if (now) {
    the.dark = true;
    size = the.fault == DiskFault::tears ? size / 2 : 0;
  }
  remember(file, offset,
           std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size)), false);
  const int code = real(file)->pMethods->xWrite(real(file), bytes, size, offset);
  return now ? SQLITE_IOERR_WRITE : code;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  Disk& the = disk();
  if (the.dark) {
    return SQLITE_IOERR_TRUNCATE;
  }
  if (breaks_now() && the.fault != DiskFault::full) {
    the.dark = the.fault != DiskFault::fails;
    return SQLITE_IOERR_TRUNCATE;
  }
  remember(file, size, {}, true);
  return real(file)->pMethods->xTruncate(real(file), size);
}

int sync_file(sqlite3_file* file, int flags) {
  Disk& the = disk();
  if (the.dark) {
    return SQLITE_IOERR_FSYNC;
  }
  if (breaks_now() && the.fault != DiskFault::full) {
    the.dark = the.fault != DiskFault::fails;
    return SQLITE_IOERR_FSYNC;
  }
  if (std::vector<Unsynced>* all = remembered(file)) {
    all->clear();
  }
  static_cast<void>(flags);  // the folder lies in memory; what is sure is what we say is
  return SQLITE_OK;
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
int lock_file(sqlite3_file* file, int how) { return real(file)->pMethods->xLock(real(file), how); }
int unlock_file(sqlite3_file* file, int how) {
  return real(file)->pMethods->xUnlock(real(file), how);
}
int is_reserved(sqlite3_file* file, int* out) {
  return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int control_file(sqlite3_file* file, int what, void* argument) {
  return real(file)->pMethods->xFileControl(real(file), what, argument);
}
int sector_size(sqlite3_file* /*file*/) { return sector; }
/// Nothing is promised: a write may be done in part.
int characteristics(sqlite3_file* /*file*/) { return 0; }
int map_memory(sqlite3_file* file, int page, int size, int extends, void volatile** out) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extends, out);
}
int lock_memory(sqlite3_file* file, int offset, int n, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}
void memory_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
int unmap_memory(sqlite3_file* file, int deletes) {
  return real(file)->pMethods->xShmUnmap(real(file), deletes);
}

const sqlite3_io_methods methods{.iVersion = 2,
                                 .xClose = close_file,
                                 .xRead = read_file,
                                 .xWrite = write_file,
                                 .xTruncate = truncate_file,
                                 .xSync = sync_file,
                                 .xFileSize = size_of_file,
                                 .xLock = lock_file,
                                 .xUnlock = unlock_file,
                                 .xCheckReservedLock = is_reserved,
                                 .xFileControl = control_file,
                                 .xSectorSize = sector_size,
                                 .xDeviceCharacteristics = characteristics,
                                 .xShmMap = map_memory,
                                 .xShmLock = lock_memory,
                                 .xShmBarrier = memory_barrier,
                                 .xShmUnmap = unmap_memory,
                                 .xFetch = nullptr,
                                 .xUnfetch = nullptr};

sqlite3_vfs* system_disk() {
  static sqlite3_vfs* const found = sqlite3_vfs_find("unix");
  return found;
}

int open_file(sqlite3_vfs* /*vfs*/, sqlite3_filename name, sqlite3_file* file, int flags,
              int* out_flags) {
  File* made = of(file);
  made->base.pMethods = nullptr;
  made->name = const_cast<char*>(name);
  made->real = reinterpret_cast<sqlite3_file*>(made + 1);
  made->real->pMethods = nullptr;
  if (disk().dark || (disk().fault == DiskFault::read_only &&
                      (flags & SQLITE_OPEN_READWRITE) != 0 && (flags & SQLITE_OPEN_MAIN_DB) != 0)) {
    if (disk().dark) {
      return SQLITE_CANTOPEN;
    }
    // As the system answers for a file without the right to write.
    flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
  }
  const int code = system_disk()->xOpen(system_disk(), name, made->real, flags, out_flags);
  if (code == SQLITE_OK) {
    made->base.pMethods = &methods;
  }
  return code;
}

int delete_file(sqlite3_vfs* /*vfs*/, const char* name, int syncs) {
  if (disk().dark) {
    return SQLITE_IOERR_DELETE;
  }
  disk().unsynced.erase(name);
  static_cast<void>(syncs);
  return system_disk()->xDelete(system_disk(), name, 0);
}

int access_file(sqlite3_vfs* /*vfs*/, const char* name, int flags, int* out) {
  return system_disk()->xAccess(system_disk(), name, flags, out);
}

void write_at(int file, const std::string& bytes, sqlite3_int64 offset) {
  static_cast<void>(::pwrite(file, bytes.data(), bytes.size(), offset));
}

/// Undoes what was not synced, then lets some of it through, sector by sector.
void settle(const std::string& name, const std::vector<Unsynced>& changes) {
  const int file = ::open(name.c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) {
    return;
  }
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
    write_at(file, change->before, change->offset);
    static_cast<void>(::ftruncate(file, change->size_before));
  }
  const double share = disk().random.uniform();  // from hardly anything to nearly all
  for (const Unsynced& change : changes) {
    if (change.truncates) {
      if (disk().random.uniform() < share) {
        static_cast<void>(::ftruncate(file, change.offset));
      }
      continue;
    }
    for (std::size_t at = 0; at < change.after.size(); at += sector) {
      if (disk().random.uniform() < share) {
        write_at(file, change.after.substr(at, sector),
                 change.offset + static_cast<sqlite3_int64>(at));
      }
    }
  }
  ::close(file);
}

}  // namespace

std::string broken_disk() {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs made = *system_disk();
    made.zName = "broken";
    made.szOsFile = static_cast<int>(sizeof(File)) + system_disk()->szOsFile;
    made.xOpen = open_file;
    made.xDelete = delete_file;
    made.xAccess = access_file;
    return made;
  }();
  sqlite3_vfs_register(&vfs, 0);
  return vfs.zName;
}

void break_disk(DiskFault fault, std::uint64_t n, std::uint64_t seed) {
  disk() = Disk{};
  disk().fault = fault;
  disk().at = n;
  disk().random = Random(seed);
}

std::uint64_t disk_calls() { return disk().calls; }
bool has_broken() { return disk().broken; }

void restore_power() {
  if (disk().dark) {
    for (const auto& [name, changes] : disk().unsynced) {
      settle(name, changes);
    }
  }
  disk() = Disk{};
}

}  // namespace xiaoyuan::test
