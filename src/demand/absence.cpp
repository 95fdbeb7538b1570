#include "demand/absence.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.hpp"
#include "base/text.hpp"

namespace xiaoyuan::demand {

namespace {

Text form_expected(std::string_view found) {
  return {
      fmt::format("expected first and last day away like 2026-02-10/2026-03-20, several of them "
                  "separated by \";\"; found \"{}\"",
                  found),
      fmt::format("应为离家首日与末日,形如 2026-02-10/2026-03-20,多段以“;”分隔;实为“{}”", found)};
}

/// Excel and Chinese keyboards write the separators of their own.
std::string with_plain_separators(std::string_view text) {
  std::string plain(text);
  for (const auto& [wide, narrow] : {std::pair<std::string_view, const char*>{"\uFF1B", ";"},
                                     std::pair<std::string_view, const char*>{"\uFF0F", "/"}}) {
    for (std::size_t at = plain.find(wide); at != std::string::npos; at = plain.find(wide, at)) {
      plain.replace(at, wide.size(), narrow);
    }
  }
  return plain;
}

std::string days_of(const Absence& absence) {
  return text_of(absence.first_day) + "/" + text_of(absence.last_day);
}

}  // namespace

Result<std::vector<Absence>> parse_absences(std::string_view text, const Where& where) {
  std::vector<Absence> absences;
  Errors errors;
  const auto complain = [&](Text what) {
    errors.push_back({Fault::bad_input, std::move(what), where});
  };
  const std::string plain = with_plain_separators(text);
  for (const std::string_view part : parts_of(plain, ';')) {
    const auto days = parts_of(part, '/');
    Absence absence;
    if (part.empty()) {
      continue;
    }
    if (days.size() != 2 || !parse_date(days[0], absence.first_day) ||
        !parse_date(days[1], absence.last_day)) {
      complain(form_expected(part));
    } else if (absence.last_day < absence.first_day) {
      complain(
          {fmt::format("{} ends before it begins", part), fmt::format("{} 的末日早于首日", part)});
    } else {
      absences.push_back(absence);
    }
  }
  std::ranges::sort(absences, {}, &Absence::first_day);
  for (std::size_t i = 1; i < absences.size(); ++i) {
    if (absences[i].first_day <= absences[i - 1].last_day) {
      complain({fmt::format("{} and {} overlap", days_of(absences[i - 1]), days_of(absences[i])),
                fmt::format("{} 与 {} 重叠", days_of(absences[i - 1]), days_of(absences[i]))});
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return absences;
}

std::vector<std::uint8_t> away_steps(std::span<const Civil> times,
                                     std::span<const Absence> absences) {
  std::vector<std::uint8_t> away(times.size(), 0);
  if (absences.empty()) {
    return away;
  }
  std::int8_t day = 0;
  std::uint8_t is_away = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (times[i].day != day) {
      day = times[i].day;
      const Date date = times[i].date();
      is_away = std::ranges::any_of(absences, [&](const Absence& absence) {
        return absence.first_day <= date && date <= absence.last_day;
      });
    }
    away[i] = is_away;
  }
  return away;
}

double keep_share_away(std::span<double> kw, std::span<const std::uint8_t> away, double share) {
  expects(kw.size() == away.size());
  double taken = 0.0;
  for (std::size_t i = 0; i < kw.size(); ++i) {
    if (away[i] != 0) {
      taken += kw[i] * (1.0 - share);
      kw[i] *= share;
    }
  }
  return taken;
}

}  // namespace xiaoyuan::demand
