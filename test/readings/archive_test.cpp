// Archives: what goes in comes out, by pieces of any size; every changed, missing or exchanged byte
// is told, by record; equal readings make equal bytes.
#include "readings/archive.hpp"

#include <fmt/format.h>

#include "base/random.hpp"
#include "made.hpp"

namespace xiaoyuan::readings {
namespace {

const Provenance from_portal{"portal.csv", local(2026, 11, 1, 90)};

Intervals month_of_hours(const std::string& meter, Channel channel) {
  Intervals made = empty_intervals(
      meter, channel, month_axis(beijing(), std::chrono::year{2026} / 10, std::chrono::hours{1}),
      {1000});
  Random random(7);
  for (std::size_t i = 0; i < made.axis.size; ++i) {
    if (i % 50 != 3) {
      made.counts[i] = static_cast<std::int64_t>(random.uniform() * 900.0);
      made.quality[i] = Quality::measured;
    }
  }
  return made;
}

RegisterReading freeze(int whole) {
  RegisterReading made =
      reading("m1", Channel::exported, local(2026, 10, 1), kwh(whole, 25), Rate::valley);
  made.quality = Quality::estimated;
  made.source = "registers.csv";
  return made;
}

std::string small_archive() {
  ArchiveWriter writer;
  writer.add(seal(month_of_hours("m1", Channel::imported)), from_portal);
  writer.add(seal(month_of_hours("m2", Channel::generated)), from_portal);
  writer.add(freeze(41));
  writer.add(freeze(-42));
  return writer.finish();
}

/// All records of an archive that is fed in pieces, and what was wrong.
struct Told {
  std::vector<ArchiveRecord> records;
  Errors errors;
};
Told told(std::string_view bytes, std::size_t piece) {
  ArchiveReader reader("a.xyr");
  Told all;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    reader.feed(bytes.substr(at, piece));
    for (;;) {
      auto record = reader.next();
      if (!gather(record, all.errors)) {
        continue;
      }
      if (!*record) {
        break;
      }
      all.records.push_back(std::move(**record));
    }
  }
  auto whole = reader.finish();
  gather(whole, all.errors);
  return all;
}

TEST(Archive, GivesBackWhatItTookInPiecesOfAnySize) {
  const std::string bytes = small_archive();
  for (const std::size_t piece :
       {std::size_t{1}, std::size_t{7}, std::size_t{1000}, bytes.size()}) {
    const Told all = told(bytes, piece);
    EXPECT_TRUE(all.errors.empty()) << errors_text(all.errors);
    ASSERT_EQ(all.records.size(), 4U);
    const auto& first = std::get<ArchivedIntervals>(all.records[0]);
    EXPECT_EQ(*opened(first.sealed), month_of_hours("m1", Channel::imported));
    EXPECT_EQ(first.from, from_portal);
    EXPECT_EQ(std::get<RegisterReading>(all.records[2]), freeze(41));
    EXPECT_EQ(std::get<RegisterReading>(all.records[3]), freeze(-42));
  }
}

TEST(Archive, HasTheSameBytesForTheSameReadingsWhenTheyAreTakenPieceByPiece) {
  ArchiveWriter writer;
  std::string bytes = writer.take();
  writer.add(seal(month_of_hours("m1", Channel::imported)), from_portal);
  bytes += writer.take();
  writer.add(seal(month_of_hours("m2", Channel::generated)), from_portal);
  writer.add(freeze(41));
  bytes += writer.take();
  writer.add(freeze(-42));
  bytes += writer.finish();
  EXPECT_EQ(bytes, small_archive());
}

// Computed with Python's hashlib and struct from the header's description.
TEST(Archive, IsWhatTheHeaderSays) {
  ArchiveWriter writer;
  writer.add(freeze(41));
  EXPECT_EQ(hex(sha256(writer.finish())),
            "74905bb5b531623cb207122b5253bdefd6fc7eeec3ee277146567564df2eb15d");
}

TEST(Archive, TellsEveryChangedByte) {
  const std::string bytes = small_archive();
  for (std::size_t i = 0; i < bytes.size(); i += i < 200 || i + 400 > bytes.size() ? 1 : 37) {
    std::string other = bytes;
    other[i] = static_cast<char>(other[i] ^ (1 << (i % 8)));
    EXPECT_FALSE(told(other, 500).errors.empty()) << i;
  }
}

TEST(Archive, TellsWhereItIsCutOff) {
  const std::string bytes = small_archive();
  for (std::size_t size = 0; size<bytes.size(); size += size + 200> bytes.size() ? 1 : 23) {
    EXPECT_FALSE(told(bytes.substr(0, size), 300).errors.empty()) << size;
  }
  EXPECT_FALSE(told(bytes + "E", 300).errors.empty());
}

TEST(Archive, RefusesARecordByItsNumberAndTakesTheOthers) {
  std::string bytes = small_archive();
  const std::size_t second = bytes.find("m2");
  bytes[second + 40] = static_cast<char>(bytes[second + 40] ^ 1);
  const auto file = read_archive(bytes, "a.xyr", beijing());
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->days.size(), 31U);
  EXPECT_EQ(file->registers.size(), 2U);
  EXPECT_EQ(errors_text(file->report.refused),
            "a.xyr:3: record 3: the seal is broken; fetch the file again or take the copy of a "
            "backup\n");
}

TEST(Archive, MissesARecordThatWasTakenOut) {
  ArchiveWriter one;
  one.add(freeze(41));
  const std::string begin = one.take();
  one.add(freeze(42));
  const std::string middle = one.take();
  const std::string end = one.finish();
  const auto file = read_archive(begin + end, "a.xyr", beijing());
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(errors_text(file->report.refused),
            "a.xyr:3: record 3: the end does not fit the records before it: some are missing, "
            "changed or in another order\n");
  EXPECT_TRUE(read_archive(begin + middle + end, "a.xyr", beijing())->report.refused.empty());
}

TEST(Archive, IsReadAsLocalDays) {
  const auto file = read_archive(small_archive(), "a.xyr", beijing());
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->days.size(), 62U);
  EXPECT_EQ(file->days[30].axis,
            day_axis(beijing(), std::chrono::year{2026} / 10 / 31, std::chrono::hours{1}));
  const Intervals month = month_of_hours("m1", Channel::imported);
  EXPECT_EQ(laid_over(month.axis, std::span(file->days).first(31)), month);
  EXPECT_EQ(file->report.readings, 2 * (744U - 15U) + 2U);
  EXPECT_EQ(file->report.empty, 2 * 15U);
}

TEST(Archive, CutsDaysOfTwentyThreeAndTwentyFiveHours) {
  const Zone berlin = *Zone::find("Europe/Berlin");
  for (const auto month : {std::chrono::year{2026} / 3, std::chrono::year{2026} / 10}) {
    Intervals whole = empty_intervals("m", Channel::imported,
                                      month_axis(berlin, month, std::chrono::hours{1}), {1000});
    for (std::size_t i = 0; i < whole.axis.size; ++i) {
      whole.counts[i] = static_cast<std::int64_t>(i);
      whole.quality[i] = Quality::measured;
    }
    const auto days = days_of(whole, berlin);
    EXPECT_EQ(days.size(), 31U);
    EXPECT_EQ(laid_over(whole.axis, days), whole);
  }
}

TEST(Archive, SaysThatAnotherFileIsNone) {
  const auto file = read_archive("meter,time,import_kwh\n", "a.csv", beijing());
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(errors_text(file.error(), Language::chinese),
            "a.csv: 不是第 1 版读数归档文件(应以 xiaoyuan.readings/1 开头)\n");
  EXPECT_FALSE(read_archive("", "a.xyr", beijing()).has_value());
}

}  // namespace
}  // namespace xiaoyuan::readings
