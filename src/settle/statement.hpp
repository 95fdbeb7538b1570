// What one party of a village is told of a month: energy, money line by line, where every figure
// comes from, and why it differs from the month before. Data alone: settle/ fills it, statement/
// lays it out.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/money.hpp"
#include "base/text.hpp"
#include "base/zone.hpp"
#include "ledger/period.hpp"
#include "ledger/proof.hpp"
#include "readings/quantity.hpp"

namespace xiaoyuan::settle {

/// Whose statement: a household, or one of the parties around the village.
enum class Holder : std::uint8_t {
  household,
  company,
  cooperative,
  committee,
  grid_company,
  lender
};

/// The parts of a statement, in the order in which they stand there.
enum class Section : std::uint8_t {
  energy,      ///< made, used, sold, bought
  bought,      ///< the household's bill
  sold,        ///< what the grid company pays
  mechanism,   ///< the difference of Document 136
  shared,      ///< inside the village
  contracts,   ///< leases, rent, loans, dividends, fees
  adjustment,  ///< differences of earlier months
  environment  ///< avoided CO2, certificates
};

/// One meter's part of a quantity that a line stands on.
struct Source {
  readings::Channel channel = readings::Channel::imported;
  readings::Rate rate = readings::Rate::total;
  readings::Piece piece;
  readings::Grade grade = readings::Grade::measured;
};

/// What the other side's papers say of a line, where they were given: the grid company's bill.
struct Theirs {
  std::optional<MeteredEnergy> energy{};
  std::optional<Price> price{};
  std::optional<Money> amount{};
  std::string document{};  ///< which paper
};

struct StatementLine {
  std::string id;  ///< "sold.feed-in": unique in its statement, the same in every month
  Section section = Section::energy;
  Text label;
  Text explanation;  ///< one sentence: which kWh, by which rule
  std::optional<MeteredEnergy> energy;
  std::optional<Price> price;
  std::optional<Money> amount;        ///< what the holder gains; below zero: what it pays
  std::optional<std::int64_t> gco2e;  ///< avoided
  std::optional<std::int64_t> certificates;
  readings::Grade grade = readings::Grade::measured;
  std::string document;  ///< that fixes the price or the rule; "" for plain sums
  std::string version;   ///< "beijing-feed-in from 2021-08-01": the data that was used
  std::vector<Source> sources;
  std::vector<readings::RuleNote> rules;  ///< what was looked at before it was believed
  std::string entry;                      ///< key of the book's entry; "" where none was posted
  std::string party{};                    ///< whom it concerns beside the holder: "H001"
  std::optional<Theirs> theirs{};         ///< to be held against ours
};

/// The energy of the month as a villager reads it; absent where nothing measures it.
struct MonthEnergy {
  std::optional<MeteredEnergy> made;
  std::optional<MeteredEnergy> self_used;
  std::optional<MeteredEnergy> sold;
  std::optional<MeteredEnergy> bought;
  std::optional<MeteredEnergy> shared_in;   ///< from neighbours
  std::optional<MeteredEnergy> shared_out;  ///< to neighbours
};

/// One reason why this month's money is another than last month's; they add up to the difference.
struct Change {
  Text label;
  Text explanation;
  Money difference;
};

/// That a line's entry is in the book: for the QR code, and for whoever checks it offline.
struct EntryProof {
  std::string key;
  Digest entry_hash;
  ledger::Head head;
  ledger::InclusionProof proof;
};

struct Statement {
  std::string id;    ///< "2026-10/H001"
  int revision = 1;  ///< counts the settlements of the month
  Holder holder = Holder::household;
  std::string party;  ///< "H001"
  Text name;
  Text village;
  bool illustrative = false;
  ledger::Period month;
  Instant known_at;  ///< readings known later are not in it
  MonthEnergy energy;
  std::vector<StatementLine> lines;
  std::optional<Money> last_month;  ///< total of the month before
  std::vector<Change> changes;
  std::optional<EntryProof> proof;

  /// What the holder gains by all its lines.
  Money total() const;
};

const std::vector<std::string>& words_of(Holder);
const std::vector<std::string>& words_of(Section);
Text name_of(Holder holder);
Text name_of(Section section);

}  // namespace xiaoyuan::settle
