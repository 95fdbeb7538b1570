// The numbers that stand for names in the rows of a store: what was read of such a table so far.
// Numbers grow from 1 in the order in which names came, so what others added is read from the last
// known on.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace xiaoyuan::store {

class Names {
 public:
  void add(std::int64_t number, const std::string& name) {
    numbers_.emplace(name, number);
    if (names_.size() <= static_cast<std::size_t>(number)) {
      names_.resize(static_cast<std::size_t>(number) + 1);
    }
    names_[static_cast<std::size_t>(number)] = name;
  }
  std::optional<std::int64_t> find(const std::string& name) const {
    const auto found = numbers_.find(name);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
  }
  const std::string& name(std::int64_t number) const {
    static const std::string unknown;
    const auto place = static_cast<std::size_t>(number);
    return number > 0 && place < names_.size() ? names_[place] : unknown;
  }
  std::int64_t last() const {
    return names_.empty() ? 0 : static_cast<std::int64_t>(names_.size()) - 1;
  }
  std::vector<std::string> sorted() const {
    std::vector<std::string> all;
    all.reserve(numbers_.size());
    for (const auto& [name, number] : numbers_) {
      all.push_back(name);
    }
    return all;
  }
  /// After a transaction that numbered names was undone.
  void forget() {
    numbers_.clear();
    names_.clear();
  }

 private:
  std::map<std::string, std::int64_t, std::less<>> numbers_;
  std::vector<std::string> names_;
};

}  // namespace xiaoyuan::store
