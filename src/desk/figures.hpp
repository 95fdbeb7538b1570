// The figures that a server reckons with: tariffs, mechanisms and emission factors, as installed
// and as they were added here. What is added lies in the server's figures/ and before share/; it is
// a whole file in which all that stood there stands unchanged, except that a version without an end
// may get one. Every text that was ever added is kept beside it.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "base/zone.hpp"

namespace xiaoyuan::desk {

/// `newer` before `share`: a file of both is that of `newer`.
Files laid_over(const Files& newer, const Files& share);

enum class FigureKind : std::uint8_t { tariff, factor, mechanism };
const std::vector<std::string>& words_of(FigureKind);
/// Of share/ and of figures/: "tariffs".
const std::string& folder_of(FigureKind kind);

struct FigureVersion {
  std::optional<Date> valid_from{};  ///< nothing: the village has to say it
  std::optional<Date> valid_to{};    ///< the last day; nothing: until replaced
  std::string document;
  std::string source;
  std::string confidence;
};

struct FigureRow {
  FigureKind kind = FigureKind::tariff;
  std::string id;
  Text name;
  std::string region;
  std::string of_class;  ///< "residential", "feed-in", "incremental", "average"
  std::optional<double> value{};
  std::string unit{};
  std::vector<FigureVersion> versions;  ///< the newest first; never empty
  std::vector<std::string> needs{};     ///< keys that a village has to give
  std::string file;                     ///< "tariffs/beijing-residential.toml"
};

/// All of a kind by id. Errors: those of every file that does not read.
Result<std::vector<FigureRow>> figures_of(const Files& files, FigureKind kind);

/// Those of one file's text; of a tariff or mechanism one, whose id is the file's name.
Result<std::vector<FigureRow>> figures_in(FigureKind kind, std::string_view bytes,
                                          const std::string& file);

enum class Correction : std::uint8_t { none, was_wrong };

struct NewFigure {
  FigureKind kind = FigureKind::tariff;
  std::string name;  ///< of the file, without .toml
  std::string toml;
  std::string reason{};
  Correction correction = Correction::none;
  std::string account{};
  Instant at;
};

/// What a new text says that the file did not say.
struct FigureChange {
  std::string file;
  std::vector<std::string> added{};    ///< versions by their first day, or ids
  std::vector<std::string> changed{};  ///< that say another thing, or have an end now
};

/// Errors: those of the engine's reader; an id that another file has; conflict where what stood
/// there says another thing or is missing and no correction with a reason is meant; nothing new.
Result<FigureChange> check_figure(const NewFigure& figure, const Files& files);

/// The same, and keeps it below `folder` (the server's figures/), whole or not at all.
Result<FigureChange> keep_figure(const NewFigure& figure, const Files& files,
                                 const std::filesystem::path& folder);

/// A text that was added here.
struct FigureText {
  int number = 1;
  Instant at;
  std::string account;
  std::string reason;
};
/// The newest first.
std::vector<FigureText> history_of(const std::string& file, const std::filesystem::path& folder);

}  // namespace xiaoyuan::desk
