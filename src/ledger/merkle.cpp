#include "ledger/merkle.hpp"

#include <algorithm>
#include <bit>

#include "base/check.hpp"

namespace xiaoyuan::ledger {

namespace {

/// The largest power of two below n; n > 1.
std::uint64_t split_of(std::uint64_t n) { return std::bit_floor(n - 1); }

}  // namespace

void MerkleLog::append(const Digest& entry_hash) {
  Digest node = entry_hash;
  for (std::size_t level = 0;; ++level) {
    if (level == levels_.size()) {
      levels_.emplace_back();
    }
    std::vector<Digest>& nodes = levels_[level];
    nodes.push_back(node);
    if (nodes.size() % 2 == 1) {
      return;
    }
    node = hash_of_pair(nodes[nodes.size() - 2], node);
  }
}

Digest MerkleLog::root_of(Span span) const {
  const std::uint64_t size = span.end - span.begin;
  if (std::has_single_bit(size) && span.begin % size == 0) {
    const auto level = static_cast<std::size_t>(std::countr_zero(size));
    return levels_[level][span.begin / size];
  }
  const std::uint64_t middle = span.begin + split_of(size);
  return hash_of_pair(root_of({span.begin, middle}), root_of({middle, span.end}));
}

Head MerkleLog::head(std::uint64_t size) const {
  expects(size <= this->size());
  return {size, size == 0 ? sha256("") : root_of({0, size})};
}

InclusionProof MerkleLog::inclusion(std::uint64_t index, std::uint64_t size) const {
  expects(index < size && size <= this->size());
  InclusionProof proof{.index = index, .size = size, .path = {}};
  for (Span span{0, size}; span.end - span.begin > 1;) {  // from the root down
    const std::uint64_t middle = span.begin + split_of(span.end - span.begin);
    const Span left{span.begin, middle};
    const Span right{middle, span.end};
    proof.path.push_back(root_of(index < middle ? right : left));
    span = index < middle ? left : right;
  }
  std::ranges::reverse(proof.path);
  return proof;
}

ConsistencyProof MerkleLog::consistency(std::uint64_t older, std::uint64_t newer) const {
  expects(older <= newer && newer <= size());
  ConsistencyProof proof{.older = older, .newer = newer, .path = {}};
  if (older == 0 || older == newer) {
    return proof;
  }
  // Down to the full subtree at the right edge of the older tree (RFC 6962 §2.1.2: SUBPROOF).
  Span span{0, newer};
  while (span.end != older) {
    const std::uint64_t middle = span.begin + split_of(span.end - span.begin);
    const Span left{span.begin, middle};
    const Span right{middle, span.end};
    proof.path.push_back(root_of(older <= middle ? right : left));
    span = older <= middle ? left : right;
  }
  if (span.begin != 0) {  // the older root itself is known to whoever asks
    proof.path.push_back(root_of(span));
  }
  std::ranges::reverse(proof.path);
  return proof;
}

}  // namespace xiaoyuan::ledger
