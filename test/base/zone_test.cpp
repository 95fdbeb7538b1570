// Local time: fixed zones, days of 23 and 25 hours, names that are none.
#include "base/zone.hpp"

#include <gtest/gtest.h>

namespace xiaoyuan {
namespace {

using namespace std::chrono_literals;
namespace chrono = std::chrono;

Zone zone(std::string_view name) { return *Zone::find(name); }
Date day(int year, unsigned month, unsigned of_month) {
  return chrono::year{year} / chrono::month{month} / chrono::day{of_month};
}
Instant utc(const Date& date, int minute) {
  return chrono::sys_days{date} + chrono::minutes{minute};
}

void expect_same(const Civil& found, const Civil& wanted) {
  EXPECT_EQ(found.date(), wanted.date());
  EXPECT_EQ(found.minute, wanted.minute);
  EXPECT_EQ(found.weekday, wanted.weekday);
}

TEST(Zone, ShanghaiIsEightHoursAheadAllYear) {
  for (const Zone& one : {zone("Asia/Shanghai"), zone("UTC+8"), zone("UTC+08:00")}) {
    for (unsigned month = 1; month <= 12; ++month) {
      const Civil civil = one.civil(utc(day(2026, month, 15), 17 * 60 + 45));
      EXPECT_EQ(civil.date(), day(2026, month, 16)) << one.name();
      EXPECT_EQ(civil.minute, 105);
      EXPECT_EQ(one.instant(day(2026, month, 16), 105), utc(day(2026, month, 15), 17 * 60 + 45));
    }
  }
  EXPECT_EQ(zone("Asia/Shanghai").civil(utc(day(2026, 1, 1), 0)).weekday, 4);  // a Thursday
}

TEST(Zone, LosAngelesHasDaysOf23And25Hours) {
  const Zone los_angeles = zone("America/Los_Angeles");
  const auto length = [&](const Date& from, const Date& to) {
    return los_angeles.instant(to, 0) - los_angeles.instant(from, 0);
  };
  EXPECT_EQ(length(day(2026, 3, 7), day(2026, 3, 8)), 24h);
  EXPECT_EQ(length(day(2026, 3, 8), day(2026, 3, 9)), 23h);
  EXPECT_EQ(length(day(2026, 11, 1), day(2026, 11, 2)), 25h);
  EXPECT_EQ(length(day(2026, 1, 1), day(2027, 1, 1)), 24h * 365);
}

TEST(Zone, AGapGivesTheFirstInstantAfterItAnOverlapTheEarlier) {
  const Zone los_angeles = zone("America/Los_Angeles");
  EXPECT_EQ(text_of(los_angeles.instant(day(2026, 3, 8), 119)), "2026-03-08T09:59:00Z");
  for (const int minute : {120, 150, 179, 180}) {
    EXPECT_EQ(text_of(los_angeles.instant(day(2026, 3, 8), minute)), "2026-03-08T10:00:00Z");
  }
  EXPECT_EQ(text_of(los_angeles.instant(day(2026, 11, 1), 90)), "2026-11-01T08:30:00Z");
  EXPECT_EQ(text_of(los_angeles.instant(day(2026, 11, 1), 120)), "2026-11-01T10:00:00Z");
  EXPECT_EQ(los_angeles.civil(utc(day(2026, 11, 1), 8 * 60 + 30)).minute, 90);
  EXPECT_EQ(los_angeles.civil(utc(day(2026, 11, 1), 9 * 60 + 30)).minute, 90);
}

TEST(Zone, AnAxisIsReadAsItsInstantsAre) {
  for (const char* name : {"America/Los_Angeles", "Asia/Shanghai", "Australia/Lord_Howe",
                           "Pacific/Apia", "UTC-07:30", "UTC"}) {
    const Zone one = zone(name);
    const TimeAxis axis{utc(day(2011, 7, 1), 15), 30min, 366 * 48};
    const auto all = one.civil(axis);
    ASSERT_EQ(all.size(), axis.size);
    for (std::size_t i = 0; i < axis.size; ++i) {
      ASSERT_NO_FATAL_FAILURE(expect_same(all[i], one.civil(axis.at(i)))) << name << " " << i;
    }
  }
}

TEST(Zone, OffsetsHaveASignAndMinutes) {
  EXPECT_EQ(zone("UTC").instant(day(2026, 1, 1), 0), utc(day(2026, 1, 1), 0));
  EXPECT_EQ(zone("UTC-07:30").instant(day(2026, 1, 1), 0), utc(day(2026, 1, 1), 450));
  EXPECT_EQ(zone("UTC+5:45").instant(day(2026, 1, 1), 345), utc(day(2026, 1, 1), 0));
  EXPECT_EQ(zone("UTC+14").civil(utc(day(2026, 1, 1), 600)).date(), day(2026, 1, 2));
}

TEST(Zone, NonsenseIsRefusedInBothLanguages) {
  for (const char* name :
       {"", "Asia/Beijing", "asia/shanghai", "UTC+", "UTC8", "UTC+15", "UTC+8:60",
        "UTC+8:", "UTC+8h", "UTC+-8", "UTC+-0:30", "UTC--7", "UTC+-000009551615",
        "UTC+99999999999999999999", "GMT+8", "../../etc/passwd", "tzdata.zi", "UTC+8 "}) {
    const auto found = Zone::find(name);
    ASSERT_FALSE(found.has_value()) << name;
    EXPECT_EQ(found.error().size(), 1U);
    EXPECT_EQ(found.error()[0].what.en,
              "\"" + std::string(name) +
                  "\" is no time zone; write one like \"Asia/Shanghai\" or \"UTC+8\"");
    EXPECT_EQ(found.error()[0].what.zh,
              "“" + std::string(name) + "”不是时区;请写成“Asia/Shanghai”或“UTC+8”");
  }
}

TEST(Date, IsReadAndWrittenAsInTheFiles) {
  Date date;
  EXPECT_TRUE(parse_date("2028-02-29", date));
  EXPECT_EQ(date, day(2028, 2, 29));
  EXPECT_EQ(text_of(date), "2028-02-29");
  for (const char* text : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "2026/01/01", "",
                           "2026-01-01 ", "20260101", "2026-01-0x", "2026--1-01"}) {
    EXPECT_FALSE(parse_date(text, date)) << text;
  }
}

TEST(TimeAxis, CoversItsStepsAndNothingElse) {
  const TimeAxis axis{utc(day(2026, 1, 1), 0), 15min, 35040};
  EXPECT_EQ(axis.end(), utc(day(2027, 1, 1), 0));
  EXPECT_EQ(axis.at(4), utc(day(2026, 1, 1), 60));
  EXPECT_EQ(axis.middle(0) - axis.start, 450s);
  EXPECT_DOUBLE_EQ(axis.step_hours(), 0.25);
  EXPECT_EQ(text_of(axis.middle(1)), "2026-01-01T00:22:30Z");
}

}  // namespace
}  // namespace xiaoyuan
