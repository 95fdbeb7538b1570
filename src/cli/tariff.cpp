#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/expected.hpp"
#include "cli/commands.hpp"
#include "cli/tariff_views.hpp"
#include "cli/terminal.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::cli {

namespace {

/// Reads every file of a folder, the village's own before share's; a name that both have is read
/// once.
template <class T, class Read>
void read_all(const std::vector<Files>& places, const std::string& folder, Read read,
              std::vector<T>& all, Errors& errors) {
  std::vector<std::string> seen;
  for (const Files& place : places) {
    for (const std::string& file : place.list(folder)) {
      if (std::ranges::find(seen, file) != seen.end() || !file.ends_with(".toml")) {
        continue;
      }
      seen.push_back(file);
      auto bytes = place.read(folder + "/" + file);
      if (!gather(bytes, errors)) {
        continue;
      }
      auto one = read(*bytes, folder + "/" + file);
      if (gather(one, errors)) {
        one->id = file.substr(0, file.rfind('.'));  // a village names the file
        all.push_back(std::move(*one));
      }
    }
  }
  std::ranges::sort(all, {}, &T::id);
}

/// All of them; where one is asked for, what is wrong in other files does not matter.
Result<TariffShelf> read_shelf(const std::string& village, const std::string& name) {
  TRY(const auto share, store::share_folder());
  std::vector<Files> places;
  if (!village.empty()) {
    places.push_back(store::folder(village));
  }
  places.push_back(store::folder(share));
  TariffShelf shelf;
  Errors errors;
  read_all(places, "tariffs", tariff::read_tariff, shelf.tariffs, errors);
  read_all(places, "mechanisms", tariff::read_mechanism, shelf.mechanisms, errors);
  std::erase_if(errors, [&](const Error& error) {
    return !name.empty() && !error.where.file.ends_with("/" + name + ".toml");
  });
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return shelf;
}

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

Result<tariff::Given> given_of(const std::vector<std::string>& words) {
  tariff::Given given;
  given.source = "--given";
  Errors errors;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) {
      errors.push_back({Fault::bad_input,
                        {fmt::format("expected key=value, found \"{}\"", word),
                         fmt::format("应为 键=值,实为“{}”", word)},
                        {"--given", 0, ""}});
      continue;
    }
    given.values[word.substr(0, equals)] = word.substr(equals + 1);
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return given;
}

template <class T>
Result<T> filled(const T& one, const tariff::Given& given) {
  const Where where{"--given", 0, ""};
  if (Errors errors = tariff::unknown_inputs(given, input_keys(one), where); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return tariff::with_inputs(one, given, where, tariff::Missing::stays_required);
}

std::vector<std::string> names_of(const TariffShelf& shelf) {
  std::vector<std::string> names;
  for (const tariff::Tariff& one : shelf.tariffs) {
    names.push_back(one.id);
  }
  for (const tariff::Mechanism& one : shelf.mechanisms) {
    names.push_back(one.id);
  }
  return names;
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
    TRY(const tariff::Tariff one, filled(*found, given));
    TRY(const tariff::DayTable table, tariff::day_table(one, day));
    const TariffDay shown{&one, table};
    return options.as_json ? day_json(shown) : day_text(shown, language);
  }
  const auto mechanism = std::ranges::find(shelf.mechanisms, options.name, &tariff::Mechanism::id);
  if (mechanism != shelf.mechanisms.end()) {
    TRY(const tariff::Mechanism one, filled(*mechanism, given));
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
