#include "cli/tariff_shelf.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/expected.hpp"
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

template <class T>
Result<T> with_given(const T& one, const tariff::Given& given, tariff::Missing missing) {
  const Where where{"--given", 0, ""};
  if (Errors errors = tariff::unknown_inputs(given, input_keys(one), where); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return tariff::with_inputs(one, given, where, missing);
}

}  // namespace

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

Result<tariff::Tariff> filled(const tariff::Tariff& one, const tariff::Given& given,
                              tariff::Missing missing) {
  return with_given(one, given, missing);
}

Result<tariff::Mechanism> filled(const tariff::Mechanism& one, const tariff::Given& given,
                                 tariff::Missing missing) {
  return with_given(one, given, missing);
}

}  // namespace xiaoyuan::cli
