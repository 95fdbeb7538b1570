#include "office/dispute.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.hpp"
#include "base/expected.hpp"
#include "ledger/codec.hpp"
#include "office/papers.hpp"
#include "settle/postings.hpp"

namespace xiaoyuan::office {

namespace {

using ledger::AccountId;
using ledger::Command;

constexpr std::string_view dispute_account = "fen/dispute";
constexpr std::string_view prefix = "dispute/";

Date day_of(Instant instant) { return {std::chrono::floor<std::chrono::days>(instant)}; }

/// What an entry moved on an account of fen: below zero, it was debited.
std::int64_t moved_on(const ledger::Book& book, std::uint64_t entry, AccountId account) {
  std::int64_t sum = 0;
  for (const ledger::Transfer& transfer : book.transfers(entry)) {
    sum += transfer.credit == account ? transfer.amount : 0;
    sum -= transfer.debit == account ? transfer.amount : 0;
  }
  return sum;
}

/// Commands taken by a book one after another, with the entries to be stored.
class Taking {
 public:
  explicit Taking(ledger::Book& book) : book_(book) {}
  Result<void> take(const Command& command) {
    TRY(ledger::Applied applied, book_.apply(command));
    if (applied.outcome == ledger::Applied::Outcome::taken) {
      entries_.push_back(std::move(applied.entry));
    }
    return {};
  }
  Result<void> keep(store::Store& store, const std::string& key, Instant now) {
    store::Batch batch{.key = key, .recorded_at = now};
    batch.entries = std::move(entries_);
    TRY(const store::Written written, store.write(batch));
    static_cast<void>(written);
    return {};
  }

 private:
  ledger::Book& book_;
  std::vector<ledger::Entry> entries_;
};

Command opening_of_account() {
  return ledger::OpenAccount{
      .heading = {.key = std::string(dispute_account),
                  .dated = std::chrono::year{1970} / std::chrono::January / std::chrono::day{1},
                  .memo = ""},
      .account = {.owner = "dispute",
                  .name = {"disputed amounts", "争议款"},
                  .unit = ledger::Unit::fen,
                  .kind = ledger::AccountKind::dispute,
                  .limit = ledger::Limit::none}};
}

const settle::StatementLine* line_of(const settle::Statement& statement, const std::string& id) {
  const auto place = std::ranges::find(statement.lines, id, &settle::StatementLine::id);
  return place == statement.lines.end() ? nullptr : &*place;
}

Result<std::uint64_t> entry_of(const ledger::Book& book, const settle::Statement& statement,
                               const std::string& line_id) {
  const settle::StatementLine* line = line_of(statement, line_id);
  if (line == nullptr) {
    std::vector<std::string> known;
    for (const settle::StatementLine& each : statement.lines) {
      known.push_back(each.id);
    }
    return fail(Fault::bad_input, unknown_name(line_id, known), {statement.id, 0, "line"});
  }
  const auto entry = line->entry.empty() ? std::nullopt : book.find(line->entry);
  if (!entry) {
    return fail(Fault::bad_input,
                {"this line posted nothing to the book, so nothing of it can be frozen",
                 "该行未记账,没有可冻结的金额"},
                {statement.id, 0, line_id});
  }
  return *entry;
}

/// Errors: the last dispute of the line is still open; its answer comes first, and the book does
/// not grow by one entry for every time that somebody asks.
Result<std::string> next_key(const ledger::Book& book, const DisputeOpening& opening) {
  for (int number = 1;; ++number) {
    std::string key = fmt::format("{}{}/{}/{}", prefix, opening.statement, opening.line, number);
    const auto entry = book.find(key);
    if (!entry) {
      return key;
    }
    if (book.record(*entry).fate == ledger::Fate::open) {
      return fail(Fault::conflict,
                  {"this line has a dispute that is still open", "该项目已有未处理的争议"},
                  {"line", 0, ""});
    }
  }
}

}  // namespace

Result<std::string> open_dispute(store::Store& store, ledger::Book& book,
                                 const DisputeOpening& opening, Instant now) {
  if (opening.amount.fen <= 0) {
    return fail(Fault::bad_input, {"expected an amount above zero", "争议金额应大于零"},
                {"--amount", 0, ""});
  }
  TRY(const settle::Statement statement, statement_of(store, opening.statement));
  TRY(const std::uint64_t entry, entry_of(book, statement, opening.line));
  const auto account = book.account(settle::fen_account(statement.party));
  TRY(std::string key, next_key(book, opening));
  Taking taking(book);
  if (!book.account(dispute_account)) {
    if (auto opened = taking.take(opening_of_account()); !opened) {
      return std::unexpected(std::move(opened.error()));
    }
  }
  const AccountId frozen = *book.account(dispute_account);
  const bool was_debited = account && moved_on(book, entry, *account) < 0;
  const AccountId holder = account.value_or(frozen);
  const ledger::Transfer transfer = was_debited
                                        ? ledger::Transfer{frozen, holder, opening.amount.fen}
                                        : ledger::Transfer{holder, frozen, opening.amount.fen};
  auto taken = taking.take(
      ledger::OpenDispute{.heading = {.key = key, .dated = day_of(now), .memo = opening.reason},
                          .disputed = std::string(book.key(entry)),
                          .transfers = {transfer}});
  if (taken) {
    taken = taking.keep(store, key, now);
  }
  if (!taken) {
    return std::unexpected(std::move(taken.error()));
  }
  return key;
}

Result<std::string> resolve_dispute(store::Store& store, ledger::Book& book,
                                    const DisputeResolution& resolution, Instant now) {
  const auto dispute = book.find(resolution.dispute);
  if (!dispute || book.record(*dispute).kind != ledger::kind_of<ledger::OpenDispute>) {
    return fail(Fault::not_found, unknown_name(resolution.dispute, dispute_keys(book)),
                {"dispute", 0, ""});
  }
  std::vector<ledger::Transfer> transfers;
  if (resolution.correction != Money{}) {
    // "dispute/2026-10/H001/line/1": the holder is the third part
    const std::vector<std::string_view> parts = parts_of(resolution.dispute, '/');
    const auto holder = book.account(settle::fen_account(parts.size() > 2 ? parts[2] : ""));
    const auto other = book.account(settle::fen_account(resolution.other));
    if (!holder || !other) {
      return fail(Fault::bad_input,
                  {fmt::format("\"{}\" has no account in the book", resolution.other),
                   fmt::format("账本中没有“{}”的账户", resolution.other)},
                  {"--with", 0, ""});
    }
    const std::int64_t fen = resolution.correction.fen;
    transfers.push_back(fen > 0 ? ledger::Transfer{*other, *holder, fen}
                                : ledger::Transfer{*holder, *other, -fen});
  }
  std::string key = "resolved/" + resolution.dispute;
  Taking taking(book);
  auto taken = taking.take(ledger::ResolveDispute{
      .heading = {.key = key, .dated = day_of(now), .memo = resolution.outcome},
      .dispute = resolution.dispute,
      .transfers = std::move(transfers)});
  if (taken) {
    taken = taking.keep(store, key, now);
  }
  if (!taken) {
    return std::unexpected(std::move(taken.error()));
  }
  return key;
}

std::vector<std::string> dispute_keys(const ledger::Book& book) {
  std::vector<std::string> keys;
  for (std::uint64_t entry = 0; entry < book.size(); ++entry) {
    if (book.record(entry).kind == ledger::kind_of<ledger::OpenDispute>) {
      keys.emplace_back(book.key(entry));
    }
  }
  return keys;
}

namespace {

/// What was written beside an entry, which the book itself does not keep in mind.
Result<Text> memo_of(store::Store& store, std::uint64_t number) {
  TRY(const std::vector<ledger::Entry> entries, store.entries(number, number + 1));
  const std::string bytes = entries.empty() ? "" : entries.front().bytes;
  TRY(const Command command, ledger::read_command(bytes, fmt::format("entry {}", number)));
  const std::string& memo = ledger::heading_of(command).memo;
  return Text{memo, memo};
}

Result<statement::DisputeNote> note_of(store::Store& store, const ledger::Book& book,
                                       std::uint64_t dispute, const std::string& line) {
  const ledger::Record& record = book.record(dispute);
  statement::DisputeNote note{.key = std::string(book.key(dispute)),
                              .line = line,
                              .reason = {},
                              .frozen = {},
                              .state = statement::DisputeState::open,
                              .opened = record.dated};
  TRY(note.reason, memo_of(store, dispute));
  for (const ledger::Transfer& transfer : book.transfers(dispute)) {
    note.frozen.fen += transfer.amount;
  }
  if (record.fate == ledger::Fate::resolved) {
    note.state = statement::DisputeState::resolved;
    note.resolved = book.record(record.fate_entry).dated;
    TRY(note.outcome, memo_of(store, record.fate_entry));
  }
  return note;
}

}  // namespace

Result<statement::DisputeNote> dispute_note(store::Store& store, const ledger::Book& book,
                                            const std::string& key) {
  const auto dispute = book.find(key);
  expects(dispute.has_value());
  // "dispute/2026-10/H001/line/1": the line lies between the holder and the number
  const std::size_t end = key.rfind('/');
  std::size_t begin = prefix.size();
  for (int part = 0; part < 2 && begin < end; ++part) {
    begin = key.find('/', begin) + 1;
  }
  const std::string line = begin < end ? key.substr(begin, end - begin) : "";
  return note_of(store, book, *dispute, line);
}

Result<std::vector<statement::DisputeNote>> disputes_of(store::Store& store,
                                                        const ledger::Book& book,
                                                        const settle::Statement& statement) {
  std::vector<statement::DisputeNote> notes;
  for (const settle::StatementLine& line : statement.lines) {
    const auto entry = line.entry.empty() ? std::nullopt : book.find(line.entry);
    if (!entry) {
      continue;
    }
    const std::string wanted = fmt::format("{}{}/{}/", prefix, statement.id, line.id);
    for (const std::uint64_t dispute : book.disputes(*entry)) {
      if (book.key(dispute).starts_with(wanted)) {
        TRY(statement::DisputeNote note, note_of(store, book, dispute, line.id));
        notes.push_back(std::move(note));
      }
    }
  }
  return notes;
}

}  // namespace xiaoyuan::office
