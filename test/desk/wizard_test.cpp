// A new village of a form or of files: planned as it is told, honest about what was assumed.
#include "desk/wizard.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "plan/inputs.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::desk {
namespace {

using Json = nlohmann::ordered_json;

Json form() {
  return Json::parse(R"({"name":{"en":"Test \"village\"","zh":"试验村"},"latitude_deg":39.9,
    "longitude_deg":116.66,"region":"beijing","grid_region":"north",
    "tariff_import":"beijing-residential","tariff_export":"beijing-feed-in",
    "connected":"2024-05-01","first_day":"2026-01-01","households":7,"with_pv":3,"roof_kwp":6,
    "load_kwh":2400,"transformer_kva":200,"transformers":2})");
}

Result<MadeVillage> made(const Json& village_form) {
  const Json json{{"folder", "my-village"}, {"form", village_form}};
  TRY(const NewVillage village, read_new_village(json.dump()));
  return make_village(village, test::shipped_share());
}

std::vector<std::string> fields_of(const Errors& errors) {
  std::vector<std::string> fields;
  for (const Error& error : errors) {
    fields.push_back(error.where.field);
  }
  return fields;
}

TEST(Wizard, MakesAVillageThatPlans) {
  const auto village = made(form());
  ASSERT_TRUE(village.has_value()) << message(village.error()[0], Language::english);
  EXPECT_EQ(village->households, 7U);
  EXPECT_EQ(village->capacity_kwp, 18.0);
  EXPECT_EQ(village->name.en, "Test \"village\"");
  test::Folder folder(village->files.begin(), village->files.end());
  const auto inputs = plan::read_inputs(test::files_of(folder), test::shipped_share());
  ASSERT_TRUE(inputs.has_value());
  EXPECT_TRUE(inputs->village.illustrative);
  EXPECT_EQ(inputs->village.transformers.size(), 2U);
  EXPECT_EQ(std::ranges::count_if(inputs->village.households,
                                  [](const auto& home) { return home.makes_energy(); }),
            3);
  EXPECT_EQ(inputs->village.carbon_factor, inputs->factor().id);
  EXPECT_EQ(inputs->factor().region, "north");
}

TEST(Wizard, TellsWhatItAssumed) {
  const auto little = made(form());
  Json all = form();
  all["elevation_m"] = 20;
  all["factor"] = "mee-2022-beijing";
  all["tilt_deg"] = 25;
  all["azimuth_deg"] = 170;
  all["heat_pump_kwh"] = 3000;
  all["battery_kwh"] = 5;
  const auto much = made(all);
  ASSERT_TRUE(little && much);
  EXPECT_EQ(much->assumed.size(), 2U);  // the climate, and that all households are alike
  EXPECT_EQ(little->assumed.size(), 7U);
  for (const Text& text : little->assumed) {
    EXPECT_FALSE(text.zh.empty());
  }
}

TEST(Wizard, NamesEveryFieldThatIsMissingOrWrong) {
  for (const char* key : {"name", "latitude_deg", "longitude_deg", "region", "grid_region",
                          "tariff_import", "tariff_export", "connected", "first_day", "households",
                          "roof_kwp", "load_kwh", "transformer_kva"}) {
    Json without = form();
    without.erase(key);
    const auto village = made(without);
    ASSERT_FALSE(village.has_value()) << key;
    EXPECT_EQ(fields_of(village.error()), std::vector<std::string>{std::string("form.") + key});
  }
  Json wrong = form();
  wrong.erase("with_pv");
  wrong["households"] = 2.5;
  wrong["latitud"] = 1;
  wrong["load_kwh"] = "many";
  wrong["first_day"] = "1 May";
  EXPECT_EQ(fields_of(made(wrong).error()),
            (std::vector<std::string>{"form.first_day", "form.households", "form.load_kwh",
                                      "form.latitud"}));
}

TEST(Wizard, InventsNoClimateAndNoPrice) {
  Json far = form();
  far["latitude_deg"] = 23.1;
  far["longitude_deg"] = 113.3;
  EXPECT_EQ(fields_of(made(far).error()), std::vector<std::string>{"form.latitude_deg"});
  Json priced = form();
  priced.erase("tariff_export");
  priced["export_price_yuan_per_kwh"] = 0.3;
  EXPECT_EQ(fields_of(made(priced).error()), std::vector<std::string>{"form.export_price_source"});
  priced["export_price_source"] = "contract no. 7\"\n[x]";
  EXPECT_TRUE(made(priced).has_value());
  Json misspelt = form();
  misspelt["tariff_import"] = "beijing-residentia";
  EXPECT_NE(made(misspelt).error()[0].what.en.find("beijing-residential"), std::string::npos);
}

TEST(Wizard, TakesFilesAsTheyAreRead) {
  auto folder = test::shipped_without_wires("example");
  Json json{{"folder", "example"}, {"files", folder}};
  auto asked = read_new_village(json.dump());
  ASSERT_TRUE(asked.has_value());
  const auto village = make_village(*asked, test::shipped_share());
  ASSERT_TRUE(village.has_value()) << message(village.error()[0], Language::english);
  EXPECT_EQ(village->files.size(), folder.size());
  for (const char* name : {"../village.toml", "/etc/x", "loads/../x.csv", "loads/.x", "evil.sh",
                           ".versions/a", "loads\\x", "store.db"}) {
    asked->files.emplace_back(name, "x");
    EXPECT_FALSE(make_village(*asked, test::shipped_share())) << name;
    asked->files.pop_back();
  }
}

TEST(Wizard, AsksForAFolderThatCanBeAnAddress) {
  for (const char* name : {"", "..", "A", "a/b", "-a", "a b", "村"}) {
    EXPECT_FALSE(read_new_village(Json{{"folder", name}, {"form", form()}}.dump())) << name;
  }
  EXPECT_FALSE(read_new_village(R"({"folder":"a"})"));
  EXPECT_FALSE(read_new_village("[]"));
}

}  // namespace
}  // namespace xiaoyuan::desk
