#include "desk/figures.hpp"

#include <algorithm>
#include <set>

#include "base/expected.hpp"
#include "carbon/factor.hpp"
#include "tariff/mechanism.hpp"
#include "tariff/tariff.hpp"

namespace xiaoyuan::desk {

namespace {

template <class Required>
std::vector<std::string> keys_of(const std::vector<Required>& required) {
  std::vector<std::string> keys;
  for (const auto& input : required) {
    keys.push_back(input.key);
  }
  return keys;
}

/// A village names the file, so its name has to be the id.
Result<void> check_id(const std::string& id, const std::string& file) {
  const std::string name = file.substr(file.rfind('/') + 1);
  if (id + ".toml" == name) {
    return {};
  }
  return fail(Fault::bad_input,
              {"has to be the name of the file: \"" + name.substr(0, name.rfind('.')) + "\"",
               "应与文件名一致:“" + name.substr(0, name.rfind('.')) + "”"},
              {file, 0, "id"});
}

FigureRow row_of(const tariff::Tariff& tariff, const std::string& file) {
  FigureRow row{
      .kind = FigureKind::tariff,
      .id = tariff.id,
      .name = tariff.name,
      .region = tariff.region,
      .of_class = tariff.direction == tariff::Direction::export_ ? "feed-in" : tariff.customer,
      .value = {},
      .unit = {},
      .versions = {},
      .needs = keys_of(tariff.required),
      .file = file};
  for (const tariff::Version& version : tariff.versions) {
    row.versions.push_back(
        {.valid_from = version.valid_from_waits ? std::nullopt : std::optional(version.valid_from),
         .valid_to = version.valid_to,
         .document = version.document,
         .source = version.source,
         .confidence = version.confidence});
  }
  std::ranges::reverse(row.versions);
  return row;
}

FigureRow row_of(const tariff::Mechanism& mechanism, const std::string& file) {
  FigureRow row{
      .kind = FigureKind::mechanism,
      .id = mechanism.id,
      .name = mechanism.name,
      .region = mechanism.region,
      .of_class = mechanism.projects == tariff::Projects::existing ? "existing" : "incremental",
      .value = {},
      .unit = "yuan/kWh",
      .versions = {{.valid_from = mechanism.valid_from,
                    .valid_to = mechanism.valid_to,
                    .document = mechanism.document,
                    .source = mechanism.source,
                    .confidence = mechanism.confidence}},
      .needs = keys_of(mechanism.required),
      .file = file};
  const auto needs = [&row](const char* key) {
    return std::ranges::find(row.needs, key) != row.needs.end();
  };
  if (!needs("mechanism_price_yuan_per_kwh")) {
    row.value = mechanism.price.yuan_per_kwh();
  }
  if (needs("mechanism_valid_from")) {
    row.versions.front().valid_from.reset();
  }
  return row;
}

FigureRow row_of(const carbon::Factor& factor, const std::string& file) {
  return {.kind = FigureKind::factor,
          .id = factor.id,
          .name = factor.name,
          .region = factor.region,
          .of_class = carbon::names_of(factor.kind)[static_cast<std::size_t>(factor.kind)],
          .value = factor.kg_per_kwh,
          .unit = factor.kind == carbon::Kind::lifecycle ? "kgCO2e/kWh" : "kgCO2/kWh",
          .versions = {{.valid_from = factor.valid_from,
                        .valid_to = factor.valid_to,
                        .document = factor.document,
                        .source = factor.source,
                        .confidence = factor.confidence}},
          .needs = {},
          .file = file};
}

std::vector<std::string> merged(std::vector<std::string> a, const std::vector<std::string>& b) {
  std::set<std::string> all(a.begin(), a.end());
  all.insert(b.begin(), b.end());
  return {all.begin(), all.end()};
}

}  // namespace

Files laid_over(const Files& newer, const Files& share) {
  return {.read = [newer, share](const std::string& name) -> Result<std::string> {
            auto found = newer.read(name);
            if (found || found.error().front().fault != Fault::not_found) {
              return found;
            }
            return share.read(name);
          },
          .list =
              [newer, share](const std::string& folder) {
                return merged(newer.list(folder), share.list(folder));
              }};
}

const std::vector<std::string>& words_of(FigureKind) {
  static const std::vector<std::string> words{"tariff", "factor", "mechanism"};
  return words;
}

const std::string& folder_of(FigureKind kind) {
  static const std::vector<std::string> folders{"tariffs", "factors", "mechanisms"};
  return folders[static_cast<std::size_t>(kind)];
}

Result<std::vector<FigureRow>> figures_in(FigureKind kind, std::string_view bytes,
                                          const std::string& file) {
  std::vector<FigureRow> rows;
  if (kind == FigureKind::factor) {
    TRY(const carbon::FactorFile read, carbon::read_factor_file(bytes, file));
    for (const auto* factors : {&read.factors, &read.footprints}) {
      for (const carbon::Factor& factor : *factors) {
        rows.push_back(row_of(factor, file));
      }
    }
    return rows;
  }
  if (kind == FigureKind::tariff) {
    TRY(const tariff::Tariff read, tariff::read_tariff(bytes, file));
    rows.push_back(row_of(read, file));
  } else {
    TRY(const tariff::Mechanism read, tariff::read_mechanism(bytes, file));
    rows.push_back(row_of(read, file));
  }
  if (auto checked = check_id(rows.front().id, file); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  return rows;
}

Result<std::vector<FigureRow>> figures_of(const Files& files, FigureKind kind) {
  std::vector<FigureRow> all;
  Errors errors;
  for (const std::string& name : files.list(folder_of(kind))) {
    if (!name.ends_with(".toml")) {
      continue;
    }
    const std::string file = folder_of(kind) + "/" + name;
    auto bytes = files.read(file);
    if (!gather(bytes, errors)) {
      continue;
    }
    auto rows = figures_in(kind, *bytes, file);
    if (gather(rows, errors)) {
      std::ranges::move(*rows, std::back_inserter(all));
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  std::ranges::sort(all, {}, &FigureRow::id);
  return all;
}

}  // namespace xiaoyuan::desk
