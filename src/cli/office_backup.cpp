// backup, restore: a village's store as one file, and back.
#include <fmt/format.h>
#include <sys/stat.h>

#include "cli/office_place.hpp"
#include "store/backup.hpp"

namespace xiaoyuan::cli {

namespace {

Text told(const store::ArchiveSummary& summary, const Text& what) {
  return {fmt::format("{}: {} registers, {} days of intervals, {} entries, {} documents\nHead: {}",
                      what.en, summary.registers, summary.days, summary.entries, summary.documents,
                      text_of(summary.head)),
          fmt::format("{}:示数 {} 条、曲线 {} 日、记账 {} 条、文件 {} 份\n账本摘要:{}", what.zh,
                      summary.registers, summary.days, summary.entries, summary.documents,
                      text_of(summary.head))};
}

Result<Text> backed_up(const BackupOptions& options) {
  TRY(const auto store, open_store(options.place));
  TRY(const store::ArchiveSummary summary, store::backup(*store, options.file));
  return told(summary, {"Written to " + options.file, "已写入 " + options.file});
}

Result<Text> restored(const BackupOptions& options) {
  TRY(const store::ArchiveSummary checked, store::check_archive(options.file));
  static_cast<void>(checked);
  TRY(const auto store, open_store(options.place));
  TRY(const store::ArchiveSummary summary, store::restore(*store, options.file));
  return told(summary, {"Restored from " + options.file, "已由 " + options.file + " 恢复"});
}

}  // namespace

int run_backup(const BackupOptions& options, Language language) {
  ::umask(S_IRWXG | S_IRWXO);  // it holds people's data
  return answer(backed_up(options), language);
}

int run_restore(const BackupOptions& options, Language language) {
  return answer(restored(options), language);
}

}  // namespace xiaoyuan::cli
