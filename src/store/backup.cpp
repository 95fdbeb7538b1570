#include "store/backup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <utility>

#include "ledger/log.hpp"
#include "store/archive.hpp"
#include "store/batch.hpp"

namespace xiaoyuan::store {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t rows_of_portion = 20'000;
constexpr std::size_t bytes_of_portion = std::size_t{4} << 20U;

std::unexpected<Errors> cannot_write(const fs::path& path) {
  return fail(Fault::unwritable, {"the backup cannot be written", "备份无法写入"},
              {path.string(), 0, ""});
}

/// Gathers rows into portions of a handy size.
class PortionWriter {
 public:
  explicit PortionWriter(std::ostream& file) : file_(file), archive_(file) {}

  template <class Row>
  void add(std::vector<Row> Portion::* rows, Row row, std::size_t bytes) {
    (portion_.*rows).push_back(std::move(row));
    bytes_ += bytes;
    if (++rows_ == rows_of_portion || bytes_ >= bytes_of_portion) {
      flush();
    }
  }
  void flush() {
    if (rows_ > 0) {
      archive_.write(std::exchange(portion_, {}));
    }
    rows_ = 0;
    bytes_ = 0;
  }
  void finish() {
    flush();
    archive_.finish();
  }
  bool is_good() const { return file_.good(); }

 private:
  std::ostream& file_;
  ArchiveWriter archive_;
  Portion portion_;
  std::size_t rows_ = 0;
  std::size_t bytes_ = 0;
};

Result<void> write_entries(Store& store, PortionWriter& portions) {
  TRY(const std::uint64_t size, store.book_size());
  for (std::uint64_t from = 0; from < size && portions.is_good(); from += rows_of_portion) {
    TRY(std::vector<ledger::Entry> entries, store.entries(from, from + rows_of_portion));
    for (ledger::Entry& entry : entries) {
      const std::size_t bytes = entry.bytes.size();
      portions.add(&Portion::entries, std::move(entry), bytes);
    }
  }
  portions.flush();
  return {};
}

Result<void> write_documents(Store& store, PortionWriter& portions) {
  TRY(const std::vector<std::string> names, store.documents(""));
  for (const std::string& name : names) {
    TRY(std::optional<Document> document, store.document(name));
    if (document && portions.is_good()) {
      const std::size_t bytes = document->bytes.size();
      portions.add(&Portion::documents, std::move(*document), bytes);
    }
  }
  portions.flush();
  return {};
}

Result<void> write_all(Store& store, PortionWriter& portions) {
  TRY(std::vector<readings::RegisterReading> registers, store.registers({}));
  for (readings::RegisterReading& reading : registers) {
    portions.add(&Portion::registers, std::move(reading), sizeof reading);
  }
  portions.flush();
  Asked all_days;
  all_days.versions = Versions::all;
  auto days = store.days(all_days, [&](const StoredDay& day) {
    portions.add(&Portion::days, day, day.packed.size());
    return portions.is_good();
  });
  if (!days) {
    return days;
  }
  portions.flush();
  if (auto entries = write_entries(store, portions); !entries) {
    return entries;
  }
  if (auto documents = write_documents(store, portions); !documents) {
    return documents;
  }
  TRY(std::vector<BatchRecord> batches, store.batches());
  for (BatchRecord& record : batches) {
    portions.add(&Portion::batches, std::move(record), sizeof record);
  }
  portions.finish();
  return {};
}

/// Portions of an archive, each counted, its entries taken by a book.
class Counted {
 public:
  Counted(std::istream& file, const std::string& name) : reader_(file, name), name_(name) {}

  Result<std::optional<Portion>> next() {
    TRY(std::optional<Portion> portion, reader_.next());
    if (!portion) {
      return ended();
    }
    for (const ledger::Entry& entry : portion->entries) {
      if (auto taken = ledger::replay(book_, entry); !taken) {
        return std::unexpected(std::move(taken.error()));
      }
    }
    summary_.batches += portion->batches.size();
    summary_.registers += portion->registers.size();
    summary_.days += portion->days.size();
    summary_.entries += portion->entries.size();
    summary_.documents += portion->documents.size();
    return portion;
  }
  const ArchiveSummary& summary() const { return summary_; }

 private:
  Result<std::optional<Portion>> ended() {
    summary_.head = book_.head();
    if (!book_.balances().is_conserved()) {
      return fail(Fault::unreadable, {"debits of its book do not equal credits", "账本借贷不平"},
                  {name_, 0, ""});
    }
    return std::nullopt;
  }

  ArchiveReader reader_;
  std::string name_;
  ledger::Book book_;
  ArchiveSummary summary_;
};

Result<std::ifstream> opened_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return fail(Fault::not_found, {"there is no such backup", "没有此备份文件"},
                {path.string(), 0, ""});
  }
  return file;
}

/// Puts the bytes of a file, or the names of a folder, on the disk.
bool sync_path(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) {
    ::close(file);
  }
  return done;
}

Result<ArchiveSummary> written(Store& store, const fs::path& path) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  PortionWriter portions(file);
  auto done = store.at_one_moment([&] { return write_all(store, portions); });
  file.close();
  if (!done) {
    return std::unexpected(std::move(done.error()));
  }
  if (!file || !sync_path(path)) {
    return cannot_write(path);
  }
  return check_archive(path);
}

}  // namespace

Result<ArchiveSummary> check_archive(const fs::path& path) {
  TRY(std::ifstream file, opened_file(path));
  Counted portions(file, path.string());
  while (true) {
    TRY(const std::optional<Portion> portion, portions.next());
    if (!portion) {
      return portions.summary();
    }
    TRY(const Arranged rows, arranged(*portion));
    static_cast<void>(rows);
  }
}

Result<ArchiveSummary> backup(Store& store, const fs::path& path) {
  std::error_code error;
  if (fs::exists(path, error)) {
    return fail(Fault::unwritable, {"is there already; choose another name", "已存在,请另选名称"},
                {path.string(), 0, ""});
  }
  const fs::path partial = path.string() + fmt::format(".partial-{}", ::getpid());
  Result<ArchiveSummary> summary = written(store, partial);
  if (summary) {
    fs::rename(partial, path, error);
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    if (error || !sync_path(folder)) {
      summary = cannot_write(path);
    }
  }
  fs::remove(partial, error);
  return summary;
}

Result<ArchiveSummary> restore(Store& store, const fs::path& path) {
  TRY(std::ifstream file, opened_file(path));
  Counted portions(file, path.string());
  if (auto filled = store.fill([&] { return portions.next(); }); !filled) {
    return std::unexpected(std::move(filled.error()));
  }
  return portions.summary();
}

}  // namespace xiaoyuan::store
