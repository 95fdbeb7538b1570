// The keys of a book's entries: which were taken, and by which entry.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xiaoyuan::ledger {

/// Keys are numbered in the order in which they were added. A key costs its bytes and about 24.
class KeyIndex {
 public:
  void add(std::string_view key);
  std::optional<std::uint64_t> find(std::string_view key) const;
  std::string_view key(std::uint64_t number) const;
  std::uint64_t size() const { return ends_.size(); }

 private:
  struct Slot {
    std::uint32_t tag = 0;     // other bits of the hash: most other keys are told apart by it
    std::uint32_t number = 0;  // 1 is the first key; 0 is an empty slot
  };
  void place(std::string_view key, std::uint32_t number);

  std::string keys_;  // one after another
  std::vector<std::uint64_t> ends_;
  std::vector<Slot> slots_;  // a power of two, at most three quarters full, probed one by one
};

}  // namespace xiaoyuan::ledger
