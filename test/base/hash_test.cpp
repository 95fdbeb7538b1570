#include "base/hash.hpp"

#include <gtest/gtest.h>

namespace xiaoyuan {
namespace {

// FIPS 180-4 examples: csrc.nist.gov, "SHA256.pdf" (one block, two blocks) and the empty message.
TEST(Sha256, EqualsThePublishedExamples) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, OfPartsIsOfTheWhole) {
  EXPECT_EQ(sha256({"a", "", "bc"}), sha256("abc"));
  EXPECT_NE(sha256({"a", "b"}), sha256("abc"));
}

TEST(Sha256, ReadsBackOnlyWhatItWrote) {
  const Digest digest = sha256("abc");
  EXPECT_EQ(digest_from_hex(hex(digest)), digest);
  EXPECT_FALSE(digest_from_hex(""));
  EXPECT_FALSE(digest_from_hex(hex(digest).substr(1)));
  EXPECT_FALSE(digest_from_hex("G" + hex(digest).substr(1)));
  EXPECT_FALSE(digest_from_hex("A" + hex(digest).substr(1)));
}

}  // namespace
}  // namespace xiaoyuan
