// The commands of the settlement office: import, settle, statement, explain, review, reconcile,
// verify, dispute, book, backup, restore. Their words here, their work in office_*.cpp.
#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace CLI {
class App;
}

namespace xiaoyuan::cli {

/// Which village, and where its readings and book are kept.
struct OfficePlace {
  std::string village;
  std::string book;  ///< a path, postgresql://… or memory:; "" is village.db in the folder
};

struct ImportOptions {
  OfficePlace place;
  std::vector<std::string> files;
  std::string mapping;  ///< a name of share/mappings or of the village's mappings/, or a path
  std::string known_since;
  bool correct = false;
};

struct SettleOptions {
  OfficePlace place;
  std::string month;
  std::string known_at;
  std::string out;
  unsigned threads = 0;
  bool seal = false;
};

struct StatementOptions {
  OfficePlace place;
  std::string month;  ///< "2026-10", or an id "2026-10/H001"
  std::string out;
  std::vector<std::string> formats{"text"};
};

struct ExplainOptions {
  OfficePlace place;
  std::string statement;
  std::string line;
};

struct ReviewOptions {
  OfficePlace place;
  std::string month;
  std::string reasons;  ///< a table of what is known of weather and outages; "" for none
  unsigned threads = 0;
  bool json = false;
};

struct ReconcileOptions {
  OfficePlace place;
  std::string month;
  std::vector<std::string> files;  ///< none: those that were imported
  std::string mapping;
  std::string out;
};

struct VerifyOptions {
  std::string file;
  std::string proof;
  std::vector<std::string> heads;
};

struct DisputeOptions {
  OfficePlace place;
  std::string statement;  ///< or the key of a dispute
  std::string line;
  std::string amount;
  std::string reason;
  std::string correction;
  std::string other;
};

struct BookOptions {
  OfficePlace place;
  std::string out;
};

struct BackupOptions {
  OfficePlace place;
  std::string file;
};

struct OfficeOptions {
  ImportOptions import;
  SettleOptions settle;
  StatementOptions statement;
  ExplainOptions explain;
  ReviewOptions review;
  ReconcileOptions reconcile;
  VerifyOptions verify;
  DisputeOptions dispute;
  DisputeOptions resolve;
  BookOptions book;
  BackupOptions backup;
  BackupOptions restore;
};

using Command = std::pair<const CLI::App*, std::function<int()>>;

/// The commands with what they do; the options live as long as they are used.
std::vector<Command> add_office(CLI::App& app, Language language, OfficeOptions& options);

int run_import(const ImportOptions& options, Language language);
int run_settle(const SettleOptions& options, Language language);
int run_statement(const StatementOptions& options, Language language);
int run_explain(const ExplainOptions& options, Language language);
int run_review(const ReviewOptions& options, Language language);
/// 0 when all that is stated equals ours, 1 when not.
int run_reconcile(const ReconcileOptions& options, Language language);
int run_verify(const VerifyOptions& options, Language language);
int run_dispute(const DisputeOptions& options, Language language);
int run_resolve(const DisputeOptions& options, Language language);
int run_book(const BookOptions& options, Language language);
int run_backup(const BackupOptions& options, Language language);
int run_restore(const BackupOptions& options, Language language);

}  // namespace xiaoyuan::cli
