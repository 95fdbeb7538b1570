#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "base/fields.hpp"
#include "plan/input_reader.hpp"
#include "wires/feeders.hpp"
#include "wires/plausible_choice.hpp"
#include "wires/soundness.hpp"
#include "wires/village_wires.hpp"

namespace xiaoyuan::plan {

namespace {

constexpr std::array<const char*, 3> wires_files{"network.toml", "lines.csv", "transformers.csv"};

/// One of them is enough: what is missing beside it is then an error.
bool has_own_wires(const Files& village) {
  return std::ranges::any_of(wires_files, [&](const char* name) {
    const auto bytes = village.read(name);
    return bytes.has_value() || bytes.error().front().fault != Fault::not_found;
  });
}

wires::Phases phases_of(model::Phase phase) {
  switch (phase) {
    case model::Phase::a:
      return wires::Phases::a;
    case model::Phase::b:
      return wires::Phases::b;
    case model::Phase::c:
      return wires::Phases::c;
    case model::Phase::three:
      break;
  }
  return wires::Phases::abc;
}

/// Whence a library's figures come.
std::optional<UsedVersion> version_of(std::string_view bytes, const std::string& file,
                                      const std::string& kind, const Text& name, Errors& errors) {
  auto root = parse_toml(bytes, file);
  if (!gather(root, errors)) {
    return std::nullopt;
  }
  Fields top(*root, file, errors);
  UsedVersion version;
  version.kind = kind;
  version.id = file.substr(0, file.rfind('.'));
  version.name = name;
  version.valid_from = top.date_if("valid_from");
  version.document = top.text("document");
  version.source = top.text("source");
  version.confidence = top.text("confidence");
  return version;
}

/// Reads every file of a library of share/; `read_well` hears of those that are good.
template <class Type>
std::vector<Type> library_of(
    const Files& share, const std::string& folder,
    Result<std::vector<Type>> (*read)(std::string_view, const std::string&),
    const std::function<void(std::string_view bytes, const std::string& file)>& read_well,
    Errors& errors) {
  std::vector<Type> all;
  for (const std::string& file : share.list(folder)) {
    const std::string path = folder + "/" + file;
    auto bytes = share.read(path);
    if (!gather(bytes, errors)) {
      continue;
    }
    auto types = read(*bytes, path);
    if (gather(types, errors)) {
      std::ranges::move(*types, std::back_inserter(all));
      read_well(*bytes, path);
    }
  }
  return all;
}

/// Where the village says that its houses and transformers stand.
void take_positions(const model::Village& village, WiresInput& wires) {
  wires.positions.assign(wires.network.buses.size(), std::nullopt);
  for (std::size_t i = 0; i < village.households.size(); ++i) {
    wires.positions[wires.houses[i].bus] = village.households[i].position;
  }
  for (std::size_t i = 0; i < wires.transformers.size(); ++i) {
    wires.positions[wires.network.transformers[i].low] =
        village.transformers[wires.transformers[i]].position;
  }
}

/// The village's transformer of the same name; where none bears it, that of the houses behind it.
std::vector<std::size_t> matched(const model::Village& village, const WiresInput& wires,
                                 const wires::Feeders& feeders) {
  std::vector<std::size_t> matches;
  for (std::size_t t = 0; t < wires.network.transformers.size(); ++t) {
    const auto same = std::ranges::find(village.transformers, wires.network.transformers[t].name,
                                        &model::Transformer::id);
    std::size_t match = 0;
    if (same != village.transformers.end()) {
      match = static_cast<std::size_t>(same - village.transformers.begin());
    } else {
      for (std::size_t i = wires.houses.size(); i-- > 0;) {
        const bool is_behind = feeders.places[wires.houses[i].bus].transformer == t;
        match = is_behind ? village.households[i].transformer : match;
      }
    }
    matches.push_back(match);
  }
  return matches;
}

/// Households that the wires and households.csv put behind different transformers.
std::optional<Text> disagreement(const model::Village& village, const WiresInput& wires,
                                 const wires::Feeders& feeders) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < wires.houses.size(); ++i) {
    const auto transformer = feeders.places[wires.houses[i].bus].transformer;
    if (transformer && wires.transformers[*transformer] != village.households[i].transformer) {
      ids.push_back(village.households[i].id);
    }
  }
  if (ids.empty()) {
    return std::nullopt;
  }
  constexpr std::size_t shown = 5;
  const std::size_t count = ids.size();
  const bool is_more = count > shown;
  ids.resize(std::min(shown, count));
  return Text{
      fmt::format("{} households hang on another transformer in lines.csv than in households.csv "
                  "({}{}); the wires are computed as in lines.csv, the quick DL/T 2041 check as in "
                  "households.csv",
                  count, joined(ids), is_more ? " …" : ""),
      fmt::format("{} 户在 lines.csv 与 households.csv 中所属台区不一致({}{});潮流按 lines.csv "
                  "计算,DL/T 2041 快速校核按 households.csv 计算",
                  count, joined(ids, "、"), is_more ? " 等" : "")};
}

/// Prices of lines that nobody knows, and of transformers that are no rating.
void check_prices(const model::NetworkCosts& costs, const WiresInput& wires, Errors& errors) {
  std::vector<std::string> known;
  for (const wires::WireType& type : wires.library.lines) {
    known.push_back(type.name);
  }
  for (const wires::LineType& type : wires.network.types) {
    known.push_back(type.name);
  }
  for (const model::NamedPrice& price : costs.line_yuan_per_m) {
    if (std::ranges::find(known, price.name) == known.end()) {
      errors.push_back({Fault::bad_input, unknown_name(price.name, known), price.where});
    }
  }
  for (const model::NamedPrice& price : costs.transformer_yuan) {
    const auto kva = parse_number(price.name);
    if (!kva || *kva <= 0.0) {
      errors.push_back(
          {Fault::bad_input,
           {fmt::format("expected a rating in kVA like \"400\", found \"{}\"", price.name),
            fmt::format("应为容量(kVA),如“400”,实为“{}”", price.name)},
           price.where});
    }
  }
}

}  // namespace

void Reader::read_wires() {
  const model::Village& village = inputs_.village;
  if (village.network.source == model::NetworkSource::none) {
    return;
  }
  WiresInput wires;
  read_libraries(wires);
  const bool is_own =
      village.network.source == model::NetworkSource::automatic && has_own_wires(village_);
  if (!(is_own ? take_own_wires(wires) : assume_wires(wires))) {
    return;
  }
  if (Errors faults = wires::faults_of(wires.network); !faults.empty()) {
    std::ranges::move(faults, std::back_inserter(errors_));
    return;
  }
  check_prices(village.network.costs, wires, errors_);
  for (const wires::Connection& connection : wires.network.connections) {
    wires.houses.push_back({connection.bus, connection.phases});
  }
  wires.network.connections.clear();
  const wires::Feeders feeders = wires::feeders_of(wires.network);
  wires.transformers = matched(village, wires, feeders);
  if (const auto text = disagreement(village, wires, feeders)) {
    inputs_.warnings.push_back(*text);
  }
  if (!wires.is_assumed()) {
    take_positions(village, wires);
  }
  inputs_.wires = std::move(wires);
}

void Reader::read_libraries(WiresInput& wires) {
  const auto tell = [&](const std::string& kind, const Text& name) {
    return [this, kind, name](std::string_view bytes, const std::string& file) {
      if (auto version = version_of(bytes, file, kind, name, errors_)) {
        inputs_.versions.push_back(std::move(*version));
      }
    };
  };
  wires.library.lines = library_of<wires::WireType>(
      share_, "wires", wires::read_wire_types,
      tell("wires", {"overhead lines and cables", "导线与电缆"}), errors_);
  wires.library.transformers = library_of<wires::TransformerType>(
      share_, "transformers", wires::read_transformer_types,
      tell("transformers", {"distribution transformers", "配电变压器"}), errors_);
  wires.settings = library_of<hosting::InverterSetting>(
      share_, "inverters", hosting::read_inverter_settings,
      [](std::string_view, const std::string&) {}, errors_);
  for (const hosting::InverterSetting& setting : wires.settings) {
    inputs_.versions.push_back({"inverters",
                                setting.key,
                                setting.name,
                                {},
                                {},
                                setting.document,
                                setting.source,
                                setting.confidence});
  }
}

bool Reader::take_own_wires(WiresInput& wires) {
  std::vector<wires::House> houses;
  for (const model::Household& home : inputs_.village.households) {
    houses.push_back({home.id, phases_of(home.phase), home.line});
  }
  auto network = wires::read_village_wires(village_, houses, wires.library);
  if (!gather(network, errors_)) {
    return false;
  }
  wires.from = WiresFrom::files;
  wires.network = std::move(*network);
  wires.note = {"the wires are those of network.toml, lines.csv and transformers.csv",
                "电网数据取自 network.toml、lines.csv 与 transformers.csv"};
  return true;
}

bool Reader::assume_wires(WiresInput& wires) {
  const model::Village& village = inputs_.village;
  auto plausible =
      wires::plausible_of([&](std::string_view key) { return village.assumptions.value(key); },
                          wires.library.lines, wires.library.transformers);
  if (!gather(plausible, errors_)) {
    return false;
  }
  std::vector<wires::PlausibleTransformer> transformers;
  for (const model::Transformer& transformer : village.transformers) {
    transformers.push_back(
        {transformer.id, transformer.rating_kva, transformer.in_parallel, transformer.position});
  }
  std::vector<wires::PlausibleHouse> houses;
  for (const model::Household& home : village.households) {
    houses.push_back({home.id, home.transformer, phases_of(home.phase), home.position, home.line});
  }
  wires::PlausibleNetwork assumed = wires::plausible_network(transformers, houses, *plausible);
  wires.from =
      assumed.made_of == wires::MadeOf::positions ? WiresFrom::positions : WiresFrom::counts;
  wires.network = std::move(assumed.network);
  wires.positions = std::move(assumed.positions);
  wires.note = assumed.note;
  inputs_.warnings.push_back(assumed.note);
  return true;
}

}  // namespace xiaoyuan::plan
