#include "demand/calendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/fields.hpp"

namespace xiaoyuan::demand {

namespace {

std::vector<Date> dates(Fields& fields, std::string_view key) {
  std::vector<Date> all;
  for (const std::string& text : fields.texts(key)) {
    Date date;
    if (!parse_date(text, date)) {
      fields.complain(key, date_expected("\"" + text + "\""));
    } else if (!all.empty() && date <= all.back()) {
      fields.complain(key, {fmt::format("{} does not come after {}", text, text_of(all.back())),
                            fmt::format("{} 未晚于 {}", text, text_of(all.back()))});
    } else {
      all.push_back(date);
    }
  }
  return all;
}

/// The first lunar month holds 雨水 (19 or 20 February), so it begins between 21 January and
/// 21 February.
void check_spring_festivals(Fields& fields, const std::vector<Date>& days) {
  for (const Date& date : days) {
    const auto mmdd = static_cast<unsigned>(date.month()) * 100 + static_cast<unsigned>(date.day());
    if (mmdd < 121 || mmdd > 221) {
      fields.complain(
          "first_days",
          {fmt::format("{} cannot be the first day of a Spring Festival; it lies "
                       "between 21 January and 21 February",
                       text_of(date)),
           fmt::format("{} 不可能是春节;春节在 1 月 21 日至 2 月 21 日之间", text_of(date))});
    }
  }
}

Holiday read_holiday(Fields& fields, int year) {
  Holiday holiday;
  const auto& known = names_of(Festival{});
  for (const std::string& name : fields.texts("of")) {
    const auto found = std::ranges::find(known, name);
    if (found == known.end()) {
      fields.complain("of", choice_expected(known, name));
    } else {
      holiday.of.push_back(Festival(found - known.begin()));
    }
  }
  if (!fields.has("of")) {
    fields.complain("of", missing());
  }
  holiday.first_day = fields.date("first_day");
  holiday.last_day = fields.date("last_day");
  if (holiday.first_day.ok() && holiday.last_day.ok()) {
    if (holiday.last_day < holiday.first_day) {
      fields.complain("last_day",
                      {fmt::format("lies before first_day ({})", text_of(holiday.first_day)),
                       fmt::format("早于 first_day({})", text_of(holiday.first_day))});
    }
    if (static_cast<int>(holiday.last_day.year()) != year) {
      fields.complain("last_day", {fmt::format("lies outside the notice's year {}", year),
                                   fmt::format("不在该通知的年份 {} 之内", year)});
    }
  }
  fields.finish();
  return holiday;
}

Notice read_notice(Fields& fields) {
  Notice notice;
  if (!fields.has("year")) {
    fields.complain("year", missing());
  }
  notice.year = fields.whole_or("year", 0, {1949.0, 2200.0});
  notice.document = fields.text("document");
  notice.source = fields.text("source");
  notice.confidence = fields.confidence();
  notice.workdays = dates(fields, "workdays");
  for (Fields& holiday : fields.tables("holiday")) {
    notice.holidays.push_back(read_holiday(holiday, notice.year));
  }
  fields.finish();
  return notice;
}

}  // namespace

const std::vector<std::string>& names_of(Festival) {
  static const std::vector<std::string> names{"new_year",    "spring_festival", "qingming",
                                              "labour_day",  "dragon_boat",     "mid_autumn",
                                              "national_day"};
  return names;
}

const Notice* Calendar::notice_of(int year) const {
  const auto found = std::ranges::find(notices, year, &Notice::year);
  return found == notices.end() ? nullptr : &*found;
}

const Holiday* Calendar::holiday_on(const Date& date) const {
  const Notice* notice = notice_of(static_cast<int>(date.year()));
  if (!notice) {
    return nullptr;
  }
  const auto found = std::ranges::find_if(notice->holidays, [&](const Holiday& holiday) {
    return holiday.first_day <= date && date <= holiday.last_day;
  });
  return found == notice->holidays.end() ? nullptr : &*found;
}

Result<Calendar> read_calendar(std::string_view bytes, const std::string& name) {
  TRY(const Node root, parse_toml(bytes, name));
  Errors errors;
  Fields fields(root, name, errors);
  Calendar calendar;
  calendar.id = fields.text("id");
  calendar.name = fields.both("name");
  Fields spring = fields.table("spring_festival");
  calendar.spring_festivals = dates(spring, "first_days");
  check_spring_festivals(spring, calendar.spring_festivals);
  calendar.document = spring.text("document");
  calendar.source = spring.text("source");
  calendar.confidence = spring.confidence();
  spring.finish();
  for (Fields& notice : fields.tables("notice")) {
    const Notice read = read_notice(notice);
    if (calendar.notice_of(read.year)) {
      notice.complain(
          "year", {fmt::format("{} stands twice", read.year), fmt::format("{} 重复", read.year)});
    }
    calendar.notices.push_back(read);
  }
  fields.finish();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return calendar;
}

std::optional<Text> missing_spring_festival(const Calendar& calendar,
                                            std::span<const Civil> times) {
  std::set<int> unknown;
  for (const Civil& time : times) {
    if (time.month <= 2) {
      unknown.insert(time.year);
    }
  }
  for (const Date& date : calendar.spring_festivals) {
    unknown.erase(static_cast<int>(date.year()));
  }
  if (unknown.empty()) {
    return std::nullopt;
  }
  const int year = *unknown.begin();
  return Text{fmt::format("the Spring Festival of {} is not in the calendar \"{}\"; the load is "
                          "planned without it",
                          year, calendar.id),
              fmt::format("日历“{}”中没有 {} 年的春节;负荷未计春节影响", calendar.id, year)};
}

}  // namespace xiaoyuan::demand
