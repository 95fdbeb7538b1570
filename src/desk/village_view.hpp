// What is known of a village at one moment, ready to be read by any thread: nothing in it changes.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/book.hpp"
#include "office/settlement.hpp"
#include "office/village.hpp"
#include "statement/sheet.hpp"

namespace xiaoyuan::desk {

/// Bytes that answers share, with their mark (RFC 9110 §8.8.3).
struct Marked {
  std::shared_ptr<const std::string> bytes;
  std::string etag;  ///< with its quotes
};

/// The mark of bytes: their digest.
std::string etag_of(std::string_view bytes);

/// A statement as it was kept (statement/json.hpp), and what lists show of it.
struct StatementView {
  std::string id;     ///< "2026-10/H001"
  std::string party;  ///< "H001"
  settle::Holder holder = settle::Holder::household;
  Text name;
  int revision = 1;
  settle::MonthEnergy energy;
  Money bought;  ///< below zero: what it pays for energy from the grid
  Money sold;    ///< with the mechanism's difference
  Money contracts;
  Money adjustment;
  Money total;
  std::optional<Money> last_month{};      ///< its total then
  std::vector<settle::Change> changes{};  ///< why `total` is another
  std::optional<std::int64_t> gco2e{};    ///< avoided
  bool estimated = false;                 ///< a line stands on less than measured
  std::size_t open_disputes = 0;
  std::string document;  ///< of the store, from which it was read
  Marked json;
};

/// Of all households of a month.
struct MonthTotals {
  settle::MonthEnergy energy;
  Money bought, sold, contracts, adjustment, total;
  std::optional<std::int64_t> gco2e{};
  std::size_t households = 0;
  std::size_t estimated = 0;
  std::size_t open_disputes = 0;  ///< of parties too
};

struct MonthView {
  ledger::Period month;
  std::string text;                     ///< "2026-10"
  std::vector<office::RunRecord> runs;  ///< never none
  bool sealed = false;
  std::vector<StatementView> statements;  ///< households, then parties; each in order of its id
  MonthTotals totals;

  const StatementView* statement(std::string_view party) const;
};

/// A dispute on the book, with the statement that it is about.
struct DisputeView {
  std::string id;         ///< its key as one part of a path: "2026-10~H001~bought.tier1~1"
  std::string statement;  ///< "2026-10/H001"
  std::string party;      ///< "H001"
  statement::DisputeNote note;
};

/// Where a thing can be said only of a village that settles, `office` is there.
struct VillageView {
  std::string name;  ///< of its folder, and in addresses: "xinggezhuang"
  std::shared_ptr<const plan::Inputs> plan;
  std::shared_ptr<const office::Village> office{};
  Errors errors{};                       ///< of files that do not read: `plan` may then be missing
  bool is_open = false;                  ///< to everybody, by its committee
  std::vector<std::string> consented{};  ///< households whose data researchers may see; sorted
  std::vector<MonthView> months{};       ///< in their order
  std::vector<DisputeView> disputes{};   ///< in the order in which they were opened
  std::shared_ptr<const ledger::Book> book{};  ///< there where `head` is
  std::optional<ledger::Head> head{};          ///< of its book
  std::string version;                         ///< changes with every view

  const MonthView* month(std::string_view text) const;
  const DisputeView* dispute(std::string_view id) const;
};

/// What is told to those who follow the village, as JSON: its version, newest month, head.
std::string change_json(const VillageView& view);

}  // namespace xiaoyuan::desk
