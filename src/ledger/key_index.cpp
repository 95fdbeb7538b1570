#include "ledger/key_index.hpp"

#include <algorithm>
#include <limits>

#include "base/check.hpp"
#include "base/random.hpp"

namespace xiaoyuan::ledger {

namespace {

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

/// The low bits of FNV follow the last letters closely; the high ones are mixed in.
std::uint64_t mixed(std::uint64_t hash) { return (hash ^ hash >> 29U) * 0x9E3779B97F4A7C15ULL; }

}  // namespace

void KeyIndex::place(std::string_view key, std::uint32_t number) {
  const std::uint64_t hash = mixed(seed_of(key, 0));
  const std::uint64_t mask = slots_.size() - 1;
  std::uint64_t at = hash & mask;
  while (slots_[at].number != 0) {
    at = (at + 1) & mask;
  }
  slots_[at] = {tag_of(hash), number};
}

void KeyIndex::add(std::string_view key) {
  expects(ends_.size() + 1 < std::numeric_limits<std::uint32_t>::max());
  if (4 * (ends_.size() + 1) > 3 * slots_.size()) {
    slots_.assign(std::max<std::size_t>(16, 2 * slots_.size()), {});
    for (std::uint64_t i = 0; i < ends_.size(); ++i) {
      place(this->key(i), static_cast<std::uint32_t>(i + 1));
    }
  }
  keys_ += key;
  ends_.push_back(keys_.size());
  place(key, static_cast<std::uint32_t>(ends_.size()));
}

std::optional<std::uint64_t> KeyIndex::find(std::string_view key) const {
  if (slots_.empty()) {
    return std::nullopt;
  }
  const std::uint64_t hash = mixed(seed_of(key, 0));
  const std::uint64_t mask = slots_.size() - 1;
  for (std::uint64_t at = hash & mask; slots_[at].number != 0; at = (at + 1) & mask) {
    const std::uint64_t number = slots_[at].number - 1;
    if (slots_[at].tag == tag_of(hash) && this->key(number) == key) {
      return number;
    }
  }
  return std::nullopt;
}

std::string_view KeyIndex::key(std::uint64_t number) const {
  const std::uint64_t begin = number == 0 ? 0 : ends_[number - 1];
  return std::string_view(keys_).substr(begin, ends_[number] - begin);
}

}  // namespace xiaoyuan::ledger
