// A file of readings, written and read as a stream: sealed days or months of intervals, and
// registers. It is the fast form of import, what is shipped with a village, and the open form of a
// backup.
//
//   "xiaoyuan.readings/1\n"
//   record = kind | length of the body (4 bytes) | body | digest of the record (32 bytes)
//   kind S   where the records that follow come from: recorded_at | source
//   kind I   length of the meter's name | meter | packed intervals; its digest is their seal
//   kind R   length of the meter's name | meter | channel | rate | at | value (mWh) | quality
//   kind E   the last one: how many there were before it; its digest is that of all their digests
//
// Numbers are whole, lowest byte first: lengths of names 1 byte, instants in seconds since 1970,
// values and the last count 8 bytes, the rest 1. The digest of a record S or R is SHA-256("xiaoyuan
// archive 1" | 0 | kind | body). Equal readings in equal order have equal bytes.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "readings/import.hpp"
#include "readings/seal.hpp"

namespace xiaoyuan::readings {

/// Which file or device said so, and when it became known.
struct Provenance {
  std::string source;
  Instant recorded_at;
  friend bool operator==(const Provenance&, const Provenance&) = default;
};

struct ArchivedIntervals {
  Sealed sealed;
  Provenance from;
};
using ArchiveRecord = std::variant<ArchivedIntervals, RegisterReading>;

/// Puts records one after another; whoever writes a large file takes the bytes from time to time.
class ArchiveWriter {
 public:
  ArchiveWriter();
  void add(const Sealed& sealed, const Provenance& from);
  void add(const RegisterReading& reading);
  /// The bytes since the last time.
  std::string take();
  /// The same with the last record; nothing may be added after it.
  std::string finish();

 private:
  void come_from(const Provenance& from);
  void put(char kind, std::string_view body, const Digest& digest);

  std::string bytes_;
  std::optional<Provenance> from_;
  std::uint64_t count_ = 0;
  Digest all_;  ///< of the digest of all before it and the next one's
  bool is_finished_ = false;
};

/// Reads what it is fed. A record whose digest is another one is an error, and the next may be
/// asked for; where the records themselves cannot be told apart any more, the reader stops.
class ArchiveReader {
 public:
  /// `name` of the file, for messages; the line of an error is the number of the record.
  explicit ArchiveReader(std::string name) : name_(std::move(name)) {}

  void feed(std::string_view bytes);
  int record() const { return record_; }  ///< the number of the one that was read last
  /// The next record; nothing where there is none until more is fed. What a record of intervals
  /// holds is not unpacked: its seal is whole.
  Result<std::optional<ArchiveRecord>> next();
  /// After the last byte: whether the file is whole. Errors: it ends too early, goes on after its
  /// end, or misses records.
  Result<void> finish() const;

 private:
  struct Raw {
    char kind = 0;
    std::string_view body;
    Digest digest;
  };
  std::unexpected<Errors> broken(Text what);
  std::unexpected<Errors> stop(Text what);
  Result<bool> read_head();
  Result<std::optional<Raw>> next_raw();
  Result<std::optional<ArchiveRecord>> opened_record(const Raw& raw);
  Result<void> read_end(const Raw& raw);

  std::string name_;
  std::string bytes_;
  std::size_t at_ = 0;
  std::optional<Provenance> from_;
  int record_ = 0;
  std::uint64_t count_ = 0;
  Digest all_;
  bool has_head_ = false;
  bool is_stopped_ = false;
  bool has_ended_ = false;
};

/// The local days of intervals, as readers of tables give them; days that know nothing are left
/// out. Intervals whose steps make up no days stay as they are.
std::vector<Intervals> days_of(const Intervals& intervals, const Zone& zone);

struct ArchiveFile {
  std::vector<Intervals> days;  ///< in the order of the file
  std::vector<RegisterReading> registers;
  ImportReport report;  ///< rows: records of every kind; readings: steps and registers
};

/// A whole archive in memory, its intervals cut into local days. What a record gets wrong is
/// refused with its number, and the rest is taken. Errors: no archive, or one that ends too early
/// or misses records.
Result<ArchiveFile> read_archive(std::string_view bytes, const std::string& name, const Zone& zone);

}  // namespace xiaoyuan::readings
