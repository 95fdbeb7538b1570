#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/expected.hpp"
#include "cli/commands.hpp"
#include "cli/tariff_shelf.hpp"
#include "cli/tariff_views.hpp"
#include "cli/terminal.hpp"

namespace xiaoyuan::cli {

namespace {

/// --day, else today by the clock of China.
Result<Date> day_of(const std::string& text) {
  Date day;
  if (text.empty()) {
    const auto now = std::chrono::system_clock::now() + std::chrono::hours{8};
    return Date{std::chrono::floor<std::chrono::days>(now)};
  }
  if (!parse_date(text, day)) {
    return fail(Fault::bad_input, date_expected("\"" + text + "\""), {"--day", 0, ""});
  }
  return day;
}

Result<std::string> show(const TariffOptions& options, Language language) {
  TRY(const TariffShelf shelf, read_shelf(options.village, options.name));
  if (options.name.empty()) {
    return options.as_json ? list_json(shelf) : list_text(shelf, language);
  }
  TRY(const Date day, day_of(options.day));
  TRY(const tariff::Given given, given_of(options.given));
  const auto found = std::ranges::find(shelf.tariffs, options.name, &tariff::Tariff::id);
  if (found != shelf.tariffs.end()) {
    TRY(const tariff::Tariff one, filled(*found, given, tariff::Missing::stays_required));
    TRY(const tariff::DayTable table, tariff::day_table(one, day));
    const TariffDay shown{&one, table};
    return options.as_json ? day_json(shown) : day_text(shown, language);
  }
  const auto mechanism = std::ranges::find(shelf.mechanisms, options.name, &tariff::Mechanism::id);
  if (mechanism != shelf.mechanisms.end()) {
    TRY(const tariff::Mechanism one, filled(*mechanism, given, tariff::Missing::stays_required));
    return options.as_json ? month_json(one, day) : month_text(one, day, language);
  }
  return fail(Fault::bad_input, unknown_name(options.name, names_of(shelf)), {"tariff", 0, ""});
}

}  // namespace

int run_tariff(const TariffOptions& options, Language language) {
  const auto text = show(options, language);
  if (!text) {
    return report_errors(text.error(), language);
  }
  fmt::print("{}", *text);
  return 0;
}

}  // namespace xiaoyuan::cli
