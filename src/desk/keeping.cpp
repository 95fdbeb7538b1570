#include "desk/keeping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/hash.hpp"
#include "base/zone.hpp"
#include "desk/files_whole.hpp"
#include "desk/keeping_tar.hpp"
#include "store/backup.hpp"
#include "store/open.hpp"

namespace xiaoyuan::desk {

namespace {

namespace fs = std::filesystem;
using KeepingJson = nlohmann::ordered_json;

constexpr std::uint64_t little_disk_bytes = 1'000'000'000;
constexpr std::chrono::hours old_backup{24 * 8};

/// "20261124-195000"
std::string id_of(Instant at) {
  std::string text = text_of(at);  // "2026-11-24T19:50:00Z"
  std::erase_if(text, [](char letter) { return letter == '-' || letter == ':' || letter == 'Z'; });
  std::ranges::replace(text, 'T', '-');
  return text;
}

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= 32 && id.find_first_not_of("0123456789-") == id.npos;
}

/// What goes with a folder on its way into the tar: no store's own files, nothing hidden.
bool is_kept_file(const fs::path& path) {
  const std::string name = path.filename().string();
  return !name.starts_with('.') && name.find(".db") == std::string::npos;
}

/// All files below a folder, each named by where it lies in it.
Result<void> add_folder(TarFile& tar, const fs::path& folder, const std::string& as) {
  std::error_code error;
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (entry.is_regular_file(error) && is_kept_file(entry.path())) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  for (const fs::path& file : files) {
    const std::string name = as + "/" + file.lexically_relative(folder).generic_string();
    if (auto added = tar.add_file(name, file); !added) {
      return added;
    }
  }
  return {};
}

/// A folder that goes when the work ends, however it ends.
class Workplace {
 public:
  explicit Workplace(fs::path path) : path_(std::move(path)) {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
    fs::create_directories(path_, ignored);
    fs::permissions(path_, fs::perms::owner_all, ignored);
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// One backup on its way.
class BackupRun {
 public:
  BackupRun(const BackupPlace& place, const Bench& bench)
      : place_(place),
        bench_(bench),
        row_{.id = id_of(bench.job.asked_at) + "-" + digits(bench.job.id),
             .at = bench.job.asked_at,
             .size_bytes = 0,
             .sha256 = "",
             .villages = {},
             .entries = 0},
        workplace_(place.folder / "backups" / (".partial-" + row_.id)),
        tar_(workplace_.path() / "backup.tar", row_.at) {}

  Result<BackupRow> run() {
    const auto desks = place_.villages.all();
    std::size_t done = 0;
    for (const auto& desk : desks) {
      if (!bench_.on_progress({"Backing up " + desk->name(), "正在备份 " + desk->name()}, done,
                              desks.size() + 1)) {
        return fail(Fault::interrupted, {"it was cancelled", "已取消"});
      }
      if (auto added = add_village(*desk); !added) {
        return std::unexpected(std::move(added.error()));
      }
      ++done;
    }
    if (auto added = add_server(); !added) {
      return std::unexpected(std::move(added.error()));
    }
    return finished();
  }

 private:
  /// Two jobs of one second are two backups.
  static std::string digits(const std::string& job) {
    std::string text = job;
    std::erase_if(text, [](char letter) { return letter < '0' || letter > '9'; });
    return text.empty() ? "0" : text;
  }

  Result<void> add_village(VillageDesk& desk) {
    const std::string as = "villages/" + desk.name();
    row_.villages.push_back(desk.name());
    fs::path files;
    bool has_store = false;
    auto looked = desk.look([&](Table& table) -> Result<void> {
      files = table.folder;
      TRY(const auto batches, table.store.batches());
      has_store = !batches.empty();
      return {};
    });
    if (!looked) {
      return looked;
    }
    if (auto added = add_folder(tar_, files, as); !added || !has_store) {
      return added;
    }
    return desk.work([&](Table& table) { return add_store(table.store, as + "/store.xyb"); });
  }

  Result<void> add_store(store::Store& store, const std::string& as) {
    const fs::path archive = workplace_.path() / "store.xyb";
    std::error_code ignored;
    fs::remove(archive, ignored);
    TRY(const store::ArchiveSummary summary, store::backup(store, archive));
    row_.entries += summary.entries;
    return tar_.add_file(as, archive);
  }

  Result<void> add_server() {
    TRY(const auto store, store::open(place_.server_store));
    if (auto added = add_store(*store, "server.xyb"); !added) {
      return added;
    }
    for (const char* folder : {"figures", "plans"}) {
      if (auto added = add_folder(tar_, place_.folder / folder, folder); !added) {
        return added;
      }
    }
    const KeepingJson manifest{{"program", "xiaoyuan"},
                               {"id", row_.id},
                               {"at", text_of(row_.at)},
                               {"villages", row_.villages},
                               {"entries", row_.entries}};
    return tar_.add("manifest.json", manifest.dump(1) + "\n");
  }

  Result<BackupRow> finished() {
    if (auto written = tar_.finish(); !written) {
      return std::unexpected(std::move(written.error()));
    }
    const fs::path made = workplace_.path() / "backup.tar";
    {
      TRY(const std::string bytes, read_whole(made));
      row_.size_bytes = bytes.size();
      row_.sha256 = hex(sha256(bytes));
    }
    const fs::path target = place_.folder / "backups" / (row_.id + ".tar");
    std::error_code error;
    fs::rename(made, target, error);
    if (error) {
      return fail(Fault::unwritable,
                  {fmt::format("cannot be written: {}", error.message()),
                   fmt::format("无法写入:{}", error.message())},
                  {target.filename().string(), 0, ""});
    }
    // The record comes last: a backup without one is not listed.
    if (auto kept = write_whole(target.parent_path() / (row_.id + ".json"), json_of(row_)); !kept) {
      return std::unexpected(std::move(kept.error()));
    }
    return row_;
  }

  const BackupPlace& place_;
  const Bench& bench_;
  BackupRow row_;
  Workplace workplace_;
  TarFile tar_;
};

std::optional<BackupRow> row_in(const fs::path& path) {
  const auto bytes = read_whole(path);
  const KeepingJson json =
      bytes ? KeepingJson::parse(*bytes, nullptr, false) : KeepingJson(nullptr);
  std::error_code error;
  const auto size = fs::file_size(fs::path(path).replace_extension(".tar"), error);
  if (error || !json.is_object() || json.value("size_bytes", std::uint64_t{0}) != size) {
    return std::nullopt;
  }
  return BackupRow{.id = path.stem().string(),
                   .at = Instant(std::chrono::seconds(json.value("at_unix_s", std::int64_t{0}))),
                   .size_bytes = size,
                   .sha256 = json.value("sha256", ""),
                   .villages = json.value("villages", std::vector<std::string>{}),
                   .entries = json.value("entries", std::uint64_t{0})};
}

}  // namespace

Work backup_work(BackupPlace place) {
  return [place = std::move(place)](const Bench& bench) -> Result<std::string> {
    TRY(const BackupRow row, make_backup(place, bench));
    return json_of(row);
  };
}

Result<BackupRow> make_backup(const BackupPlace& place, const Bench& bench) {
  return BackupRun(place, bench).run();
}

std::vector<BackupRow> backups_in(const fs::path& folder) {
  std::vector<BackupRow> rows;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder / "backups", ignored)) {
    const fs::path& path = entry.path();
    if (path.extension() == ".json" && is_id(path.stem().string())) {
      if (auto row = row_in(path)) {
        rows.push_back(std::move(*row));
      }
    }
  }
  std::ranges::sort(rows, std::ranges::greater{}, &BackupRow::id);
  return rows;
}

Result<std::string> backup_bytes(const fs::path& folder, const std::string& id) {
  const fs::path record = folder / "backups" / (id + ".json");
  if (!is_id(id) || !row_in(record)) {
    return fail(Fault::not_found, {"there is no such backup", "没有此备份"}, {"", 0, "backup"});
  }
  return read_whole(fs::path(record).replace_extension(".tar"));
}

std::string json_of(const BackupRow& row) {
  return KeepingJson{{"id", row.id},
                     {"at_unix_s", row.at.time_since_epoch().count()},
                     {"size_bytes", row.size_bytes},
                     {"sha256", row.sha256},
                     {"villages", row.villages},
                     {"entries", row.entries}}
      .dump();
}

Health health_of(const fs::path& folder, const Villages& villages, const Jobs& jobs, Instant now) {
  Health health;
  std::error_code ignored;
  const fs::space_info space = fs::space(folder, ignored);
  health.disk_free_bytes = ignored ? 0 : space.available;
  if (auto backups = backups_in(folder); !backups.empty()) {
    health.last_backup = std::move(backups.front());
  }
  for (const Job& job : jobs.all()) {
    health.jobs_waiting += job.state == JobState::waiting ? 1 : 0;
    health.jobs_running += job.state == JobState::running ? 1 : 0;
  }
  bool all_read = true;
  for (const auto& desk : villages.all()) {
    const auto view = desk->view();
    health.villages.push_back({desk->name(), view->errors});
    all_read = all_read && view->errors.empty();
  }
  health.needs_somebody = !all_read || health.disk_free_bytes < little_disk_bytes ||
                          !health.last_backup || now - health.last_backup->at > old_backup;
  return health;
}

}  // namespace xiaoyuan::desk
