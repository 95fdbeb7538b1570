#include "desk/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/expected.hpp"
#include "desk/files_whole.hpp"
#include "desk/village_view.hpp"
#include "office/village.hpp"
#include "plan/inputs.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::desk {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_versions = 200;
constexpr std::size_t most_name = 100;

const std::vector<std::string>& own_files() {
  static const std::vector<std::string> names{
      "village.toml", "households.csv", "settlement.toml",  "meters.csv",
      "network.toml", "lines.csv",      "transformers.csv", "points.toml"};
  return names;
}

const std::vector<std::string>& folders() {
  static const std::vector<std::string> names{"loads", "weather", "tariffs", "mechanisms",
                                              "factors"};
  return names;
}

/// Letters of any script, digits, "_", "-" and dots inside: nothing that a path knows.
bool is_plain(const std::string& name) {
  const auto fits = [](unsigned char letter) {
    return letter >= 0x80 || std::isalnum(letter) != 0 || letter == '_' || letter == '-' ||
           letter == '.';
  };
  return !name.empty() && name.size() <= most_name && name.front() != '.' && is_utf8(name) &&
         std::ranges::all_of(name, fits);
}

fs::path versions_of(const fs::path& village, const FileName& name) {
  return village / ".versions" / name.folder / name.name;
}

/// The numbers of the versions that are kept, rising.
std::vector<std::size_t> versions_in(const fs::path& folder) {
  std::vector<std::size_t> numbers;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    const auto number = parse_number(entry.path().filename().string());
    if (number && *number >= 1.0) {
      numbers.push_back(static_cast<std::size_t>(*number));
    }
  }
  std::ranges::sort(numbers);
  return numbers;
}

/// Puts the bytes that stand there behind all older versions; the very oldest go.
Result<void> keep_version(const fs::path& village, const FileName& name) {
  const auto bytes = read_whole(village / name.path());
  if (!bytes) {
    return {};  // a new file has none
  }
  const fs::path folder = versions_of(village, name);
  const auto kept = versions_in(folder);
  for (std::size_t i = 0; i + most_versions <= kept.size(); ++i) {
    std::error_code ignored;
    fs::remove(folder / std::to_string(kept[i]), ignored);
  }
  return write_whole(folder / std::to_string(kept.empty() ? 1 : kept.back() + 1), *bytes);
}

/// The village's files with one of them exchanged or new.
Files with_file(const Files& village, const FileName& name, const std::string& bytes) {
  return {[=](const std::string& file) -> Result<std::string> {
            return file == name.path() ? bytes : village.read(file);
          },
          [=](const std::string& folder) {
            auto names = village.list(folder);
            const bool is_here = folder == name.folder && !folder.empty();
            if (is_here && std::ranges::find(names, name.name) == names.end()) {
              names.push_back(name.name);
              std::ranges::sort(names);
            }
            return names;
          }};
}

}  // namespace

Result<FileName> file_name(const std::string& folder, const std::string& name) {
  if (folder.empty()) {
    if (std::ranges::find(own_files(), name) == own_files().end()) {
      return fail(Fault::not_found, unknown_name(name, own_files()), {"", 0, "file"});
    }
    return FileName{folder, name};
  }
  if (std::ranges::find(folders(), folder) == folders().end()) {
    return fail(Fault::not_found, unknown_name(folder, folders()), {"", 0, "folder"});
  }
  if (!is_plain(name)) {
    return fail(Fault::bad_input,
                {"expected a file's name of letters, digits, \"_\", \"-\" and dots inside",
                 "文件名只能含文字、数字、“_”“-”及中间的点"},
                {"", 0, "file"});
  }
  return FileName{folder, name};
}

Result<FileState> state_of(const fs::path& village, const FileName& name) {
  TRY(const std::string bytes, read_whole(village / name.path()));
  const auto versions = versions_in(versions_of(village, name));
  return FileState{name, bytes.size(), etag_of(bytes), versions.empty() ? 0 : versions.back()};
}

std::vector<FileState> village_files(const fs::path& village) {
  std::vector<FileState> all;
  const auto add = [&](const FileName& name) {
    if (auto state = state_of(village, name)) {
      all.push_back(std::move(*state));
    }
  };
  for (const std::string& name : own_files()) {
    add({"", name});
  }
  const Files files = store::folder(village);
  for (const std::string& folder : folders()) {
    for (const std::string& name : files.list(folder)) {
      add({folder, name});
    }
  }
  return all;
}

Result<std::string> read_file(const fs::path& village, const FileName& name,
                              std::optional<std::size_t> version) {
  return read_whole(version ? versions_of(village, name) / std::to_string(*version)
                            : village / name.path());
}

Result<std::vector<Text>> check_village(const Files& village, const Files& share) {
  TRY(const plan::Inputs inputs, plan::read_inputs(village, share));
  Errors errors = plan::check_loads(inputs);
  for (const model::Scenario& scenario : inputs.village.scenarios) {
    auto variant = plan::read_inputs(village, share, scenario.id);
    gather(variant, errors);
  }
  if (village.read("settlement.toml") && village.read("meters.csv")) {
    auto office = office::read_village(village, share);
    gather(office, errors);
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return inputs.warnings;
}

Result<PutFile> put_file(const fs::path& village, const Files& share, const NewFile& file) {
  const auto before = state_of(village, file.name);
  if ((before ? before->etag : "") != file.etag) {
    return PutFile{.outcome = Put::not_the_one_read};
  }
  TRY(auto warnings,
      check_village(with_file(store::folder(village), file.name, file.bytes), share));
  if (auto kept = keep_version(village, file.name); !kept) {
    return std::unexpected(std::move(kept.error()));
  }
  if (auto written = write_whole(village / file.name.path(), file.bytes); !written) {
    return std::unexpected(std::move(written.error()));
  }
  TRY(FileState state, state_of(village, file.name));
  return PutFile{Put::kept, std::move(state), std::move(warnings)};
}

}  // namespace xiaoyuan::desk
