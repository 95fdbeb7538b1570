// The shipped calendar against public knowledge, and wrong ones named.
#include "demand/calendar.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/cases.hpp"

namespace xiaoyuan::demand {
namespace {

using std::chrono::year;

Calendar china() {
  return *read_calendar(test::project_bytes("share/calendars/china.toml"), "china.toml");
}

std::string errors_of(std::string text, Language language = Language::english) {
  const auto read = read_calendar(text, "c.toml");
  std::string all;
  if (!read) {
    for (const Error& error : read.error()) {
      all += message(error, language) + "\n";
    }
  }
  return all;
}

TEST(Calendar, ASpringFestivalForEveryYearFrom2020To2040) {
  const Calendar calendar = china();
  ASSERT_EQ(calendar.spring_festivals.size(), 21U);
  for (std::size_t i = 0; i < 21; ++i) {
    EXPECT_EQ(static_cast<int>(calendar.spring_festivals[i].year()), 2020 + static_cast<int>(i));
  }
}

TEST(Calendar, TwoLunarYearsAre12Or13MoonsApart) {
  // A lunar month has 29.530588 days on average; a first day of a month is a new moon's.
  const auto days = china().spring_festivals;
  for (std::size_t i = 1; i < days.size(); ++i) {
    const auto apart =
        (std::chrono::sys_days{days[i]} - std::chrono::sys_days{days[i - 1]}).count();
    const double moons = static_cast<double>(apart) / 29.530588;
    EXPECT_NEAR(moons, apart > 370 ? 13.0 : 12.0, 0.04) << text_of(days[i]);
  }
}

TEST(Calendar, TheYearsWhereOtherCalendarsErr) {
  // ICU 78 shows 7 February 2027 and 2 February 2030; the new moons are at 2027-02-06 23:56 and
  // 2030-02-03 00:08 Beijing time, close to midnight.
  const Calendar calendar = china();
  EXPECT_EQ(calendar.spring_festivals[7], year{2027} / 2 / 6);
  EXPECT_EQ(calendar.spring_festivals[10], year{2030} / 2 / 3);
  EXPECT_EQ(calendar.spring_festivals[14], year{2034} / 2 / 19);  // after the leap month of 2033
}

TEST(Calendar, TheNoticesHolidaysAreThoseOfTheStateCouncil) {
  const Calendar calendar = china();
  const Holiday* spring = calendar.holiday_on(year{2026} / 2 / 23);
  ASSERT_NE(spring, nullptr);
  EXPECT_EQ(spring->of, (std::vector{Festival::spring_festival}));
  EXPECT_EQ(calendar.holiday_on(year{2026} / 2 / 24), nullptr);
  EXPECT_EQ(calendar.holiday_on(year{2025} / 10 / 8)->of,
            (std::vector{Festival::national_day, Festival::mid_autumn}));
  EXPECT_EQ(calendar.holiday_on(year{2027} / 1 / 1), nullptr);
  EXPECT_EQ(calendar.notice_of(2027), nullptr);  // not absent but unknown
  // The notices say how many days each holiday has: 3, 9, 3, 5, 3, 3, 7 in 2026.
  std::vector<long> lengths;
  for (const Holiday& holiday : calendar.notice_of(2026)->holidays) {
    lengths.push_back(
        (std::chrono::sys_days{holiday.last_day} - std::chrono::sys_days{holiday.first_day})
            .count() +
        1);
  }
  EXPECT_EQ(lengths, (std::vector<long>{3, 9, 3, 5, 3, 3, 7}));
  // Days worked in exchange are weekend days, and no holiday.
  for (const Notice& notice : calendar.notices) {
    EXPECT_EQ(notice.holidays.front().first_day, (year{notice.year} / 1 / 1));
    for (const Date& date : notice.workdays) {
      const unsigned weekday = std::chrono::weekday{std::chrono::sys_days{date}}.c_encoding();
      EXPECT_TRUE(weekday == 0 || weekday == 6) << text_of(date);
      EXPECT_EQ(calendar.holiday_on(date), nullptr) << text_of(date);
    }
    // The eve and the first days of the lunar year are off.
    const Date first = calendar.spring_festivals[static_cast<std::size_t>(notice.year - 2020)];
    EXPECT_EQ(calendar.holiday_on(first)->of.front(), Festival::spring_festival);
  }
}

TEST(Calendar, AYearWithoutKnownFestivalIsSaid) {
  const Zone zone = *Zone::find("Asia/Shanghai");
  const auto times_of = [&](int from) {
    return zone.civil({zone.instant(year{from} / 7 / 1, 0), std::chrono::hours{1}, 8760});
  };
  EXPECT_EQ(missing_spring_festival(china(), times_of(2025)), std::nullopt);
  EXPECT_EQ(missing_spring_festival(china(), times_of(2040)),
            (Text{"the Spring Festival of 2041 is not in the calendar \"china\"; the load is "
                  "planned without it",
                  "日历“china”中没有 2041 年的春节;负荷未计春节影响"}));
}

const std::string head =
    "id = \"c\"\nname = { en = \"C\", zh = \"C\" }\n[spring_festival]\n"
    "document = \"d\"\nsource = \"s\"\nconfidence = \"low\"\n";

TEST(Calendar, WhatIsWrongIsNamedInBothLanguages) {
  const std::string days = head +
                           "first_days = [\"2026-02-17\", \"2026-2-6\", \"2025-01-29\", "
                           "\"2027-03-01\"]\n";
  EXPECT_EQ(errors_of(days),
            "c.toml:7: spring_festival.first_days: expected a date like 2026-07-01, found "
            "\"2026-2-6\"\n"
            "c.toml:7: spring_festival.first_days: 2025-01-29 does not come after 2026-02-17\n"
            "c.toml:7: spring_festival.first_days: 2027-03-01 cannot be the first day of a Spring "
            "Festival; it lies between 21 January and 21 February\n");
  EXPECT_EQ(errors_of(days, Language::chinese),
            "c.toml:7: spring_festival.first_days: 应为形如 2026-07-01 的日期,实为 \"2026-2-6\"\n"
            "c.toml:7: spring_festival.first_days: 2025-01-29 未晚于 2026-02-17\n"
            "c.toml:7: spring_festival.first_days: 2027-03-01 不可能是春节;春节在 1 月 21 日至 "
            "2 月 21 日之间\n");
  const std::string notice =
      "[[notice]]\nyear = 2026\ndocument = \"d\"\nsource = \"s\"\nconfidence = \"low\"\n";
  EXPECT_EQ(errors_of(head + notice +
                      "holiday = [{ of = [\"spring\"], first_day = 2026-02-23, last_day = "
                      "2026-02-15 },\n { first_day = 2027-01-01, last_day = 2027-01-01 }]\n" +
                      notice),
            "c.toml:12: notice[1].holiday[1].of: expected one of new_year, spring_festival, "
            "qingming, labour_day, dragon_boat, mid_autumn, national_day; found \"spring\"\n"
            "c.toml:12: notice[1].holiday[1].last_day: lies before first_day (2026-02-23)\n"
            "c.toml:13: notice[1].holiday[2].of: is missing; it is required\n"
            "c.toml:13: notice[1].holiday[2].last_day: lies outside the notice's year 2026\n"
            "c.toml:15: notice[2].year: 2026 stands twice\n");
}

}  // namespace
}  // namespace xiaoyuan::demand
