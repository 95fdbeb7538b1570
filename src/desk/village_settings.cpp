#include "desk/village_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/expected.hpp"

namespace xiaoyuan::desk {

namespace {

using SettingJson = nlohmann::ordered_json;

constexpr const char* setting_folder = "setting/sight/";

std::string setting_json(const VillageSettings& settings) {
  return SettingJson{{"is_open", settings.is_open}, {"consented", settings.consented}}.dump();
}

/// Keeps what `change` makes of the settings, as their next version.
Result<void> change_settings(VillageDesk& desk, Instant now,
                             const std::function<Result<void>(VillageSettings&)>& change) {
  return desk.work([&](Table& table) -> Result<void> {
    auto done = check_owner(table, office::Use::write, now);
    if (!done) {
      return done;
    }
    TRY(VillageSettings settings, settings_of(table.store));
    const std::string before = setting_json(settings);
    done = change(settings);
    if (!done || setting_json(settings) == before) {
      return done;
    }
    TRY(const std::vector<std::string> versions, table.store.documents(setting_folder));
    const std::string name = fmt::format("{}{:04}", setting_folder, versions.size() + 1);
    store::Batch batch{.key = name, .recorded_at = now};
    batch.documents.push_back({name, setting_json(settings)});
    TRY(const store::Written written, table.store.write(batch));
    static_cast<void>(written);
    return {};
  });
}

}  // namespace

Result<VillageSettings> settings_of(store::Store& store) {
  TRY(const std::vector<std::string> versions, store.documents(setting_folder));
  VillageSettings settings;
  if (versions.empty()) {
    return settings;
  }
  const std::string& name = versions.back();
  TRY(const std::optional<store::Document> document, store.document(name));
  const SettingJson json =
      SettingJson::parse(document ? document->bytes : "", nullptr, false);  // no exceptions
  if (!json.is_object() || !json.contains("is_open") || !json["is_open"].is_boolean() ||
      !json.contains("consented") || !json["consented"].is_array()) {
    return fail(Fault::unreadable, {"is no setting of a village", "不是村庄设置"}, {name, 0, ""});
  }
  settings.is_open = json["is_open"].get<bool>();
  for (const SettingJson& household : json["consented"]) {
    if (household.is_string()) {
      settings.consented.push_back(household.get<std::string>());
    }
  }
  return settings;
}

Result<void> set_openness(VillageDesk& desk, Openness openness, Instant now) {
  return change_settings(desk, now, [&](VillageSettings& settings) -> Result<void> {
    settings.is_open = openness == Openness::open;
    return {};
  });
}

Result<void> set_consent(VillageDesk& desk, const std::string& household, Consent consent,
                         Instant now) {
  std::vector<std::string> known;
  if (const auto view = desk.view(); view->plan) {
    for (const model::Household& home : view->plan->village.households) {
      known.push_back(home.id);
    }
  }
  if (std::ranges::find(known, household) == known.end()) {
    return fail(Fault::not_found, unknown_name(household, known), {"", 0, "household"});
  }
  return change_settings(desk, now, [&](VillageSettings& settings) -> Result<void> {
    std::erase(settings.consented, household);
    if (consent == Consent::given) {
      settings.consented.insert(std::ranges::lower_bound(settings.consented, household), household);
    }
    return {};
  });
}

}  // namespace xiaoyuan::desk
