// A log that only grows, sealed by a Merkle tree: whoever keeps a head can later be shown that an
// entry stands in the log, and that the log it saw is the beginning of today's.
//
//   hash of an entry d    SHA-256(0x00 ‖ d)
//   hash of a pair        SHA-256(0x01 ‖ left ‖ right)
//   root of n entries     the pair of root(first k) and root(others), k the largest power of two
//                         below n; of one entry its hash; of none SHA-256("")
// as RFC 6962 §2.1 and RFC 9162 §2.1 have it. Nodes of full subtrees are kept: 64 bytes an entry;
// an entry costs two hashes, a proof O(log² n).
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ledger/proof.hpp"

namespace xiaoyuan::ledger {

class MerkleLog {
 public:
  void append(const Digest& entry_hash);

  std::uint64_t size() const { return levels_.empty() ? 0 : levels_.front().size(); }
  const Digest& entry_hash(std::uint64_t index) const { return levels_.front()[index]; }
  Head head() const { return head(size()); }
  /// The head when the log had `size` entries; `size` is at most today's.
  Head head(std::uint64_t size) const;
  /// That entry `index` stands in the log of `size` entries; index < size ≤ today's size.
  InclusionProof inclusion(std::uint64_t index, std::uint64_t size) const;
  /// That the log of `older` entries is the beginning of the one of `newer`; older ≤ newer ≤
  /// today's size.
  ConsistencyProof consistency(std::uint64_t older, std::uint64_t newer) const;

 private:
  struct Span {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
  };
  Digest root_of(Span span) const;

  std::vector<std::vector<Digest>> levels_;  // levels_[k][i]: entries [i·2^k, (i+1)·2^k)
};

}  // namespace xiaoyuan::ledger
