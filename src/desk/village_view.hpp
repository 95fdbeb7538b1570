// What is known of a village at one moment, ready to be read by any thread: nothing in it changes.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/log.hpp"
#include "office/settlement.hpp"
#include "office/village.hpp"
#include "settle/statement.hpp"

namespace xiaoyuan::desk {

/// Bytes that answers share, with their mark (RFC 9110 §8.8.3).
struct Marked {
  std::shared_ptr<const std::string> bytes;
  std::string etag;  ///< with its quotes
};

/// A statement as it was kept (statement/json.hpp), and what lists show of it.
struct StatementView {
  std::string id;     ///< "2026-10/H001"
  std::string party;  ///< "H001"
  settle::Holder holder = settle::Holder::household;
  Text name;
  int revision = 1;
  settle::MonthEnergy energy;
  Money total;
  std::optional<std::int64_t> gco2e{};  ///< avoided
  bool estimated = false;               ///< a line stands on less than measured
  std::size_t open_disputes = 0;
  Marked json;
};

struct MonthView {
  ledger::Period month;
  std::string text;  ///< "2026-10"
  std::vector<office::RunRecord> runs;
  bool sealed = false;
  std::vector<StatementView> statements;  ///< households, then parties
};

/// Where a thing can be said only of a village that settles, `office` is there.
struct VillageView {
  std::string name;  ///< of its folder, and in addresses: "xinggezhuang"
  std::shared_ptr<const plan::Inputs> plan;
  std::shared_ptr<const office::Village> office{};
  Errors errors{};                       ///< of files that do not read: `plan` may then be missing
  bool is_open = false;                  ///< to everybody, by its committee
  std::vector<std::string> consented{};  ///< households whose data researchers may see
  std::vector<MonthView> months{};       ///< in their order
  std::optional<ledger::Head> head{};    ///< of its book
  std::string version;                   ///< changes with every view

  const MonthView* month(std::string_view text) const;
};

}  // namespace xiaoyuan::desk
