// The Merkle log against the vectors of certificate transparency and against the definition of
// RFC 6962 said plainly; every proof of every small tree, and every way to spoil one.
#include "ledger/merkle.hpp"

#include <gtest/gtest.h>

namespace xiaoyuan::ledger {
namespace {

// The reference implementation's tests (github.com/google/certificate-transparency,
// merkle_tree_test and merkletree.py): eight entries, the roots of the first n, and proofs.
const std::vector<std::string> published_entries{
    "",
    std::string(1, '\0'),
    "\x10",
    "\x20\x21",
    "\x30\x31",
    "\x40\x41\x42\x43",
    "\x50\x51\x52\x53\x54\x55\x56\x57",
    "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
const std::vector<std::string> published_roots{
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<std::string> hexes(const std::vector<Digest>& path) {
  std::vector<std::string> texts;
  for (const Digest& digest : path) {
    texts.push_back(hex(digest));
  }
  return texts;
}

MerkleLog log_of(const std::vector<std::string>& entries) {
  MerkleLog log;
  for (const std::string& entry : entries) {
    log.append(hash_of_entry(entry));
  }
  return log;
}

std::vector<std::string> numbered_entries(std::size_t count) {
  std::vector<std::string> entries;
  for (std::size_t i = 0; i < count; ++i) {
    entries.push_back("entry " + std::to_string(i));
  }
  return entries;
}

/// MTH of RFC 6962 §2.1, as it stands there.
Digest plain_root(const std::vector<std::string>& entries) {
  if (entries.size() <= 1) {
    return entries.empty() ? sha256("") : sha256({std::string_view("\0", 1), entries[0]});
  }
  std::size_t k = 1;
  while (2 * k < entries.size()) {
    k *= 2;
  }
  const auto middle = entries.begin() + static_cast<std::ptrdiff_t>(k);
  const Digest left = plain_root({entries.begin(), middle});
  const Digest right = plain_root({middle, entries.end()});
  return sha256({"\x01", view_of(left), view_of(right)});
}

TEST(MerkleLog, HasThePublishedRoots) {
  const MerkleLog log = log_of(published_entries);
  for (std::size_t size = 0; size <= published_entries.size(); ++size) {
    EXPECT_EQ(hex(log.head(size).root), published_roots[size]) << size;
  }
  EXPECT_EQ(MerkleLog().head().root, sha256(""));
}

TEST(MerkleLog, HasThePublishedProofs) {
  const MerkleLog log = log_of(published_entries);
  using Path = std::vector<std::string>;
  const std::string n0 = published_roots[1];
  const std::string n1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
  const std::string n4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
  const std::string n23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
  const std::string n45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
  const std::string n67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
  const std::string n4567 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
  EXPECT_EQ(hexes(log.inclusion(0, 1).path), Path{});
  EXPECT_EQ(hexes(log.inclusion(0, 8).path), (Path{n1, n23, n4567}));
  EXPECT_EQ(hexes(log.inclusion(5, 8).path), (Path{n4, n67, published_roots[4]}));
  EXPECT_EQ(hexes(log.inclusion(2, 3).path), Path{published_roots[2]});
  EXPECT_EQ(hexes(log.inclusion(1, 5).path), (Path{n0, n23, n4}));
  EXPECT_EQ(hexes(log.consistency(1, 1).path), Path{});
  EXPECT_EQ(hexes(log.consistency(1, 8).path), (Path{n1, n23, n4567}));
  EXPECT_EQ(hexes(log.consistency(6, 8).path), (Path{n45, n67, published_roots[4]}));
  EXPECT_EQ(hexes(log.consistency(2, 5).path), (Path{n23, n4}));
}

TEST(MerkleLog, HasTheRootOfTheDefinition) {
  const std::vector<std::string> entries = numbered_entries(70);
  const MerkleLog log = log_of(entries);
  for (std::size_t size = 0; size <= entries.size(); ++size) {
    const auto end = entries.begin() + static_cast<std::ptrdiff_t>(size);
    EXPECT_EQ(log.head(size).root, plain_root({entries.begin(), end})) << size;
  }
}

TEST(MerkleLog, ProvesEveryEntryOfEverySize) {
  const std::vector<std::string> entries = numbered_entries(70);
  const MerkleLog log = log_of(entries);
  for (std::uint64_t size = 1; size <= entries.size(); ++size) {
    const Head head = log.head(size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const InclusionProof proof = log.inclusion(index, size);
      ASSERT_TRUE(proves(proof, hash_of_entry(entries[index]), head)) << index << " of " << size;
      ASSERT_FALSE(proves(proof, hash_of_entry(entries[index] + "!"), head));
      const std::uint64_t other = (index + 1) % size;
      ASSERT_EQ(proves(proof, hash_of_entry(entries[other]), head), other == index);
    }
  }
}

TEST(MerkleLog, ProvesEveryPairOfSizesConsistent) {
  const MerkleLog log = log_of(numbered_entries(70));
  for (std::uint64_t newer = 0; newer <= 70; ++newer) {
    for (std::uint64_t older = 0; older <= newer; ++older) {
      const ConsistencyProof proof = log.consistency(older, newer);
      ASSERT_TRUE(proves(proof, log.head(older), log.head(newer))) << older << " " << newer;
      Head wrong = log.head(older);
      wrong.root.bytes[older % 32] ^= 1;
      ASSERT_FALSE(proves(proof, wrong, log.head(newer))) << older << " " << newer;
    }
  }
}

TEST(Proofs, AreRefusedWithAnyByteChanged) {
  const std::vector<std::string> entries = numbered_entries(13);
  const MerkleLog log = log_of(entries);
  const std::string included = bytes_of(log.inclusion(5, 13));
  const std::string consistent = bytes_of(log.consistency(6, 13));
  for (std::size_t i = 0; i < included.size(); ++i) {
    for (const unsigned flip : {0x01U, 0x80U}) {
      std::string bytes = included;
      bytes[i] = static_cast<char>(static_cast<unsigned char>(bytes[i]) ^ flip);
      const auto proof = read_inclusion(bytes, "p");
      EXPECT_FALSE(proof && proves(*proof, hash_of_entry(entries[5]), log.head())) << i;
    }
  }
  for (std::size_t i = 0; i < consistent.size(); ++i) {
    for (const unsigned flip : {0x01U, 0x80U}) {
      std::string bytes = consistent;
      bytes[i] = static_cast<char>(static_cast<unsigned char>(bytes[i]) ^ flip);
      const auto proof = read_consistency(bytes, "p");
      EXPECT_FALSE(proof && proves(*proof, log.head(6), log.head())) << i;
    }
  }
}

TEST(Proofs, AreRefusedShorterOrLonger) {
  const MerkleLog log = log_of(numbered_entries(13));
  for (std::uint64_t older = 1; older < 13; ++older) {
    ConsistencyProof proof = log.consistency(older, 13);
    proof.path.push_back(log.entry_hash(0));
    EXPECT_FALSE(proves(proof, log.head(older), log.head()));
    proof.path.resize(proof.path.size() - 2);
    EXPECT_FALSE(proves(proof, log.head(older), log.head()));
    proof.path.clear();
    EXPECT_FALSE(proves(proof, log.head(older), log.head()));
  }
  InclusionProof proof = log.inclusion(3, 13);
  proof.path.push_back(log.entry_hash(0));
  EXPECT_FALSE(proves(proof, log.entry_hash(3), log.head()));
  proof.path.resize(proof.path.size() - 2);
  EXPECT_FALSE(proves(proof, log.entry_hash(3), log.head()));
}

TEST(Proofs, ReadBackAsTheyWereWritten) {
  const MerkleLog log = log_of(numbered_entries(20));
  const InclusionProof included = log.inclusion(7, 19);
  const ConsistencyProof consistent = log.consistency(11, 19);
  const std::string bytes = bytes_of(included);
  EXPECT_EQ(read_inclusion(bytes, "p").value(), included);
  EXPECT_EQ(read_consistency(bytes_of(consistent), "p").value(), consistent);
  EXPECT_FALSE(read_consistency(bytes, "p"));
  EXPECT_FALSE(read_inclusion(bytes + "x", "p"));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(read_inclusion(bytes.substr(0, size), "p")) << size;
  }
}

TEST(Heads, ReadBackAsTheyArePrinted) {
  const Head head = log_of(numbered_entries(12)).head();
  EXPECT_EQ(text_of(head), "12:" + hex(head.root));
  EXPECT_EQ(read_head(text_of(head), {}).value(), head);
  for (const std::string& wrong :
       {std::string(), std::string("12"), "012:" + hex(head.root), "-1:" + hex(head.root),
        text_of(head) + "0", "99999999999999999999:" + hex(head.root)}) {
    EXPECT_FALSE(read_head(wrong, {})) << wrong;
  }
}

}  // namespace
}  // namespace xiaoyuan::ledger
