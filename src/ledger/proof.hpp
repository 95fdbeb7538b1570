// What proves a book to someone who has only a head of it: checked here without the book.
//
// RFC 9162 §2.1.3.2 (inclusion) and §2.1.4.2 (consistency). A proof is bytes from elsewhere: any of
// them is answered, none is trusted.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/hash.hpp"

namespace xiaoyuan::ledger {

/// What village, grid company and town keep of a book: how many entries, and their Merkle root.
struct Head {
  std::uint64_t size = 0;
  Digest root;
  friend bool operator==(const Head&, const Head&) = default;
};

struct InclusionProof {
  std::uint64_t index = 0;
  std::uint64_t size = 0;
  std::vector<Digest> path;  ///< from the entry up
  friend bool operator==(const InclusionProof&, const InclusionProof&) = default;
};

struct ConsistencyProof {
  std::uint64_t older = 0;
  std::uint64_t newer = 0;
  std::vector<Digest> path;
  friend bool operator==(const ConsistencyProof&, const ConsistencyProof&) = default;
};

Digest hash_of_entry(std::string_view bytes);
Digest hash_of_pair(const Digest& left, const Digest& right);

/// True when an entry with this hash is entry `proof.index` of the book with this head.
bool proves(const InclusionProof& proof, const Digest& entry_hash, const Head& head);
/// True when the book of `older` is the beginning of the book of `newer`.
bool proves(const ConsistencyProof& proof, const Head& older, const Head& newer);

/// As bytes, for a file or a QR code, and back. `name` is the file's in messages.
std::string bytes_of(const InclusionProof& proof);
std::string bytes_of(const ConsistencyProof& proof);
Result<InclusionProof> read_inclusion(std::string_view bytes, const std::string& name);
Result<ConsistencyProof> read_consistency(std::string_view bytes, const std::string& name);

/// "12:ab03…": size and root, as heads are printed and handed over; and back.
std::string text_of(const Head& head);
Result<Head> read_head(std::string_view text, const Where& where);

}  // namespace xiaoyuan::ledger
