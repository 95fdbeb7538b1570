// What a month has posted already, as the book tells it.
#pragma once
#include <map>
#include <vector>

#include "settle/postings.hpp"

namespace xiaoyuan::settle {

/// What two accounts owe each other, by pair; the debit of the first number is positive.
class Net {
 public:
  void add(ledger::AccountId debit, ledger::AccountId credit, std::int64_t amount);
  void add(const Net& other, std::int64_t times);
  bool is_zero() const;
  /// One transfer for each pair that is not even, by account.
  std::vector<ledger::Transfer> transfers() const;
  friend bool operator==(const Net& a, const Net& b);

 private:
  std::map<std::pair<ledger::AccountId, ledger::AccountId>, std::int64_t> pairs_;
};

struct PostedBefore {
  int revisions = 0;
  Net by_runs;
  Net by_disputes;  ///< corrections of resolved disputes about those entries
};

/// "2026-10/H001/2"
std::string group_key(ledger::Period month, std::string_view group, int number);
/// How many entries of a group there are, numbered from 1 without a gap.
int entries_of(const BookView& view, ledger::Period month, std::string_view group);
PostedBefore posted_before(const BookView& view, ledger::Period month, const std::string& group);
/// What is left to post: nothing while the figures are those that were posted.
std::vector<ledger::Transfer> difference(const Net& wanted, const PostedBefore& before);

/// What a pool holds of a stretch: its Wh are one row.
struct HeldWh {
  std::int64_t from_wh = 0;
  std::int64_t to_wh = 0;
};
std::string stretch_name(std::string_view household, ledger::PoolKind kind);
std::map<ledger::PoolId, HeldWh> standing_stretch(const ledger::Book& book, const std::string& name,
                                                  Instant month_begin);

}  // namespace xiaoyuan::settle
