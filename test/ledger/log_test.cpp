// A book outside itself: rebuilt from stored entries, verified from exported ones, and every byte
// that was tampered with found.
#include "ledger/log.hpp"

#include <gtest/gtest.h>

#include "ledger/key_index.hpp"
#include "support/office.hpp"
#include "support/small_book.hpp"

namespace xiaoyuan::ledger {
namespace {

struct Story {
  Book book;
  std::vector<Entry> entries;
  std::vector<Head> heads;

  explicit Story(std::size_t size) {
    test::Office office(3);
    while (entries.size() < size) {
      const auto applied = book.apply(office.next());
      if (applied && applied->outcome == Applied::Outcome::taken) {
        entries.push_back(applied->entry);
        heads.push_back(book.head());
      }
    }
  }
};

TEST(Log, RebuildsTheBookFromItsEntries) {
  const Story story(200);
  const auto book = rebuilt(story.entries);
  ASSERT_TRUE(book);
  EXPECT_EQ(book->head(), story.book.head());
  for (std::uint32_t i = 0; i < story.book.balances().size(); ++i) {
    EXPECT_EQ(book->balances().balance({i}), story.book.balances().balance({i}));
  }
  EXPECT_EQ(read_exported(exported(story.entries), "x").value(), story.entries);
  EXPECT_EQ(verified(story.entries, story.heads).value(), story.book.head());
  EXPECT_EQ(verified({}, {}).value(), Book().head());
}

TEST(Log, FindsEveryByteThatWasChanged) {
  const Story story(40);
  const std::string file = exported(story.entries);
  for (std::size_t i = 0; i < file.size(); ++i) {
    std::string forged = file;
    forged[i] = static_cast<char>(static_cast<unsigned char>(forged[i]) ^ 1U << (i % 8));
    const auto entries = read_exported(forged, "forged");
    EXPECT_FALSE(entries && verified(*entries, std::span(&story.heads.back(), 1))) << "byte " << i;
  }
}

TEST(Log, RefusesEntriesThatWereDroppedSwappedRepeatedOrCut) {
  const Story story(60);
  const auto known = std::span(&story.heads.back(), 1);
  for (std::size_t i = 0; i + 1 < story.entries.size(); ++i) {
    std::vector<Entry> dropped = story.entries;
    dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(verified(dropped, {})) << i;
    std::vector<Entry> swapped = story.entries;
    std::swap(swapped[i], swapped[i + 1]);
    EXPECT_FALSE(verified(swapped, {})) << i;
    std::vector<Entry> repeated = story.entries;
    repeated.insert(repeated.begin() + static_cast<std::ptrdiff_t>(i), repeated[i]);
    EXPECT_FALSE(verified(repeated, {})) << i;
    const auto renumbered = read_exported(exported(repeated), "x");
    EXPECT_FALSE(verified(renumbered.value(), {})) << i;
    // Cut off at the end, the book holds together and only the head tells.
    const std::vector<Entry> cut(story.entries.begin(),
                                 story.entries.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_TRUE(verified(cut, {})) << i;
    EXPECT_FALSE(verified(cut, known)) << i;
  }
}

TEST(Log, RefusesARepetitionAtItsEnd) {
  Story story(20);
  story.entries.push_back(story.entries[7]);
  const auto entries = read_exported(exported(story.entries), "x");
  EXPECT_FALSE(verified(entries.value(), std::span(&story.heads.back(), 1)));
}

TEST(Log, SaysWhatDoesNotBelong) {
  Story story(10);
  story.entries[4].hash.bytes[0] ^= 1;
  const auto wrong = verified(story.entries, {});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(message(wrong.error().front(), Language::english),
            "entry 4 \"account/4\": number, key and hash do not belong to these bytes as entry 4");
  const Story other(12);
  std::vector<Head> heads{other.heads[3]};
  heads[0].root.bytes[0] ^= 1;
  const auto changed = verified(other.entries, heads);
  ASSERT_FALSE(changed);
  EXPECT_EQ(message(changed.error().front(), Language::chinese),
            text_of(heads[0]) + ": 与账本前 4 条的账本头不符:账目已被改动");
}

TEST(Log, ProvesALineToWhoHasOnlyAHead) {
  const Story story(123);
  const Head seen = story.heads[70];
  const Head now = story.book.head();
  const Entry& line = story.entries[33];
  EXPECT_TRUE(proves(story.book.log().inclusion(33, now.size), hash_of_entry(line.bytes), now));
  EXPECT_TRUE(proves(story.book.log().consistency(seen.size, now.size), seen, now));
}

TEST(KeyIndex, FindsEveryKeyAndNoOther) {
  KeyIndex keys;
  EXPECT_EQ(keys.find("0"), std::nullopt);
  for (int i = 0; i < 5'000; ++i) {
    keys.add(std::to_string(7 * i));
  }
  for (int i = 0; i < 5'000; ++i) {
    ASSERT_EQ(keys.find(std::to_string(7 * i)), static_cast<std::uint64_t>(i));
    ASSERT_EQ(keys.find(std::to_string(7 * i + 1)), std::nullopt);
    ASSERT_EQ(keys.key(static_cast<std::uint64_t>(i)), std::to_string(7 * i));
  }
}

}  // namespace
}  // namespace xiaoyuan::ledger
