// Takes a file of readings into the store: once, whole, with a report of what was taken, refused
// and why.
//
// The file's digest is its key: taken again it does nothing. A large file goes in by parts of some
// thousand days, each in one transaction; taken again after an interruption it goes on after the
// last part. The file itself and its mapping are kept beside what was read from them.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "readings/import.hpp"
#include "store/store.hpp"

namespace xiaoyuan::office {

struct ForeignFile {
  std::string name;
  std::string bytes;
};

struct IntakeTerms {
  /// How its table is read; nothing for an archive (readings/archive.hpp), which needs none.
  std::optional<readings::Mapping> mapping;
  std::string mapping_text;
  Zone zone;  ///< by whose days an archive is cut
  Instant recorded_at;
  readings::Resend resend = readings::Resend::refuse;
  /// Told after every part; false stops with Fault::interrupted, and what is in stays.
  std::function<bool(std::size_t done, std::size_t all)> on_progress;
};

struct Intake {
  readings::ImportReport report;
  std::size_t registers_taken = 0;
  std::size_t registers_repeated = 0;
  std::size_t steps_taken = 0;
  std::size_t steps_corrected = 0;
  std::size_t steps_repeated = 0;
  std::size_t stated = 0;         ///< figures that the sheet itself states
  Errors conflicts;               ///< what contradicts what is known; none of it was taken
  std::optional<Instant> before;  ///< the same file was taken then, and nothing was done now
};

/// An archive of readings, which needs no mapping.
bool is_archive(std::string_view bytes);

/// Errors: those of the whole file, those of the store.
Result<Intake> take_file(store::Store& store, const ForeignFile& file, const IntakeTerms& terms);

/// What became of the file, for people; with every refusal and conflict.
Text told(const Intake& intake);

}  // namespace xiaoyuan::office
