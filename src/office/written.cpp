#include "office/written.hpp"

#include <fmt/format.h>

#include "readings/decimal.hpp"
#include "readings/stamp.hpp"
#include "statement/words.hpp"

namespace xiaoyuan::office {

Result<ledger::Period> month_from(const std::string& text, const std::string& field) {
  Date date;
  if (text.size() != 7 || !parse_date(text + "-01", date)) {
    return fail(Fault::bad_input,
                {fmt::format("expected a month like 2026-10, found \"{}\"", text),
                 fmt::format("应为形如 2026-10 的月份,实为“{}”", text)},
                {field, 0, ""});
  }
  return ledger::Period::of(date);
}

Result<Instant> instant_from(const std::string& text, const Zone& zone, const std::string& field) {
  const auto stamp = readings::parse_stamp(text, {});
  const auto instant = stamp ? readings::LocalClock(zone).instant(*stamp) : std::nullopt;
  if (!instant) {
    return fail(Fault::bad_input,
                {fmt::format("expected a day like 2026-11-03, with a time if you like, found "
                             "\"{}\"",
                             text),
                 fmt::format("应为形如 2026-11-03 的日期(可带时刻),实为“{}”", text)},
                {field, 0, ""});
  }
  return *instant;
}

Result<Money> money_from(const std::string& text, const std::string& field) {
  constexpr int decimals = 2;
  const auto fen = readings::parse_decimal(text, decimals);
  if (!fen) {
    return fail(Fault::bad_input, readings::decimal_expected(text, decimals, fen.error()),
                {field, 0, ""});
  }
  return Money{*fen};
}

std::string in_local_time(std::string message, const Zone& zone) {
  constexpr std::size_t length = std::string_view("2026-03-31T16:00:00Z").size();
  for (std::size_t end = message.find('Z'); end != std::string::npos;
       end = message.find('Z', end + 1)) {
    if (end + 1 < length) {
      continue;
    }
    const std::size_t begin = end + 1 - length;
    const std::string_view written = std::string_view(message).substr(begin, length);
    const auto stamp = written[10] == 'T' ? readings::parse_stamp(written, {}) : std::nullopt;
    const auto instant = stamp ? readings::LocalClock(zone).instant(*stamp) : std::nullopt;
    if (instant) {
      const std::string local = statement::local_text(*instant, zone);
      message.replace(begin, length, local);
      end = begin + local.size() - 1;
    }
  }
  return message;
}

Text in_local_time(Text message, const Zone& zone) {
  return {in_local_time(std::move(message.en), zone), in_local_time(std::move(message.zh), zone)};
}

Errors in_local_time(Errors errors, const Zone& zone) {
  for (Error& error : errors) {
    error.what = in_local_time(std::move(error.what), zone);
    error.where.field = in_local_time(std::move(error.where.field), zone);
  }
  return errors;
}

}  // namespace xiaoyuan::office
