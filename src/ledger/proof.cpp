#include "ledger/proof.hpp"

#include <fmt/format.h>

#include <bit>
#include <charconv>

#include "ledger/bytes.hpp"

namespace xiaoyuan::ledger {

namespace {

constexpr std::uint8_t inclusion_form = 1;
constexpr std::uint8_t consistency_form = 2;
constexpr std::size_t longest_path = 128;  // two sides of a tree of 2^64 entries

std::string proof_bytes(std::uint8_t form, std::uint64_t first, std::uint64_t second,
                        const std::vector<Digest>& path) {
  ByteWriter writer;
  writer.number(form);
  writer.number(first);
  writer.number(second);
  writer.number(static_cast<std::uint32_t>(path.size()));
  for (const Digest& digest : path) {
    writer.digest(digest);
  }
  return writer.take();
}

struct ProofParts {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  std::vector<Digest> path;
};

Result<ProofParts> read_proof(std::string_view bytes, const std::string& name, std::uint8_t form) {
  ByteReader reader(bytes);
  if (reader.number<std::uint8_t>() != form) {
    reader.refuse();
  }
  ProofParts parts{reader.number<std::uint64_t>(), reader.number<std::uint64_t>(), {}};
  const std::uint32_t count = reader.count(sizeof(Digest));
  if (count > longest_path) {
    reader.refuse();
  }
  for (std::uint32_t i = 0; i < count && !reader.has_failed(); ++i) {
    parts.path.push_back(reader.digest());
  }
  if (!reader.is_whole()) {
    const bool inclusion = form == inclusion_form;
    return fail(Fault::bad_input,
                {fmt::format("expected the bytes of a proof of {}; byte {} is not one of them",
                             inclusion ? "inclusion" : "consistency", reader.at()),
                 fmt::format("应为{}的字节;第 {} 字节处不符", inclusion ? "包含证明" : "一致性证明",
                             reader.at())},
                {name, 0, ""});
  }
  return parts;
}

}  // namespace

Digest hash_of_entry(std::string_view bytes) {
  return sha256({std::string_view("\x00", 1), bytes});
}

Digest hash_of_pair(const Digest& left, const Digest& right) {
  return sha256({std::string_view("\x01", 1), view_of(left), view_of(right)});
}

bool proves(const InclusionProof& proof, const Digest& entry_hash, const Head& head) {
  if (proof.size != head.size || proof.index >= proof.size) {
    return false;
  }
  std::uint64_t node = proof.index;
  std::uint64_t last = proof.size - 1;
  Digest root = entry_hash;
  for (const Digest& sibling : proof.path) {
    if (last == 0) {
      return false;
    }
    if (node % 2 == 1 || node == last) {
      root = hash_of_pair(sibling, root);
      const int up = node == 0 ? 0 : std::countr_zero(node);  // past levels with no sibling
      node >>= up;
      last >>= up;
    } else {
      root = hash_of_pair(root, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && root == head.root;
}

bool proves(const ConsistencyProof& proof, const Head& older, const Head& newer) {
  if (proof.older != older.size || proof.newer != newer.size || older.size > newer.size) {
    return false;
  }
  if (older.size == 0) {
    return proof.path.empty() && older.root == sha256("");
  }
  if (older.size == newer.size) {
    return proof.path.empty() && older.root == newer.root;
  }
  std::uint64_t node = older.size - 1;
  std::uint64_t last = newer.size - 1;
  const int full = std::countr_one(node);
  node >>= full;
  last >>= full;
  auto next = proof.path.begin();
  // An older tree that is full is its own first node.
  if (!std::has_single_bit(older.size) && next == proof.path.end()) {
    return false;
  }
  Digest old_root = std::has_single_bit(older.size) ? older.root : *next++;
  Digest new_root = old_root;
  for (; next != proof.path.end(); ++next) {
    if (last == 0) {
      return false;
    }
    if (node % 2 == 1 || node == last) {
      old_root = hash_of_pair(*next, old_root);
      new_root = hash_of_pair(*next, new_root);
      const int up = node == 0 ? 0 : std::countr_zero(node);
      node >>= up;
      last >>= up;
    } else {
      new_root = hash_of_pair(new_root, *next);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && old_root == older.root && new_root == newer.root;
}

std::string bytes_of(const InclusionProof& proof) {
  return proof_bytes(inclusion_form, proof.index, proof.size, proof.path);
}

std::string bytes_of(const ConsistencyProof& proof) {
  return proof_bytes(consistency_form, proof.older, proof.newer, proof.path);
}

Result<InclusionProof> read_inclusion(std::string_view bytes, const std::string& name) {
  TRY(ProofParts parts, read_proof(bytes, name, inclusion_form));
  return InclusionProof{parts.first, parts.second, std::move(parts.path)};
}

Result<ConsistencyProof> read_consistency(std::string_view bytes, const std::string& name) {
  TRY(ProofParts parts, read_proof(bytes, name, consistency_form));
  return ConsistencyProof{parts.first, parts.second, std::move(parts.path)};
}

std::string text_of(const Head& head) { return fmt::format("{}:{}", head.size, hex(head.root)); }

Result<Head> read_head(std::string_view text, const Where& where) {
  Head head;
  const char* end = text.data() + text.size();
  const auto [next, error] = std::from_chars(text.data(), end, head.size);
  if (error == std::errc{} && next != end && *next == ':') {
    const auto root =
        digest_from_hex(text.substr(static_cast<std::size_t>(next - text.data()) + 1));
    if (root) {
      head.root = *root;
      if (text_of(head) == text) {
        return head;
      }
    }
  }
  return fail(Fault::bad_input,
              {fmt::format("expected a book's head, its size and 64 hexadecimal digits with a "
                           "colon between, found \"{}\"",
                           text),
               fmt::format("应为账本头:条数、冒号和 64 位十六进制摘要,实为“{}”", text)},
              where);
}

}  // namespace xiaoyuan::ledger
