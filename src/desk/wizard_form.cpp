#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/expected.hpp"
#include "base/zone.hpp"
#include "desk/wizard.hpp"

namespace xiaoyuan::desk {

namespace {

using FormJson = nlohmann::ordered_json;

constexpr double most_households = 5000.0;
constexpr std::size_t most_folder = 63;

/// A JSON object being read: every error is collected, and what nobody asked for is one.
class FormFields {
 public:
  FormFields(const FormJson& json, std::string path, Errors& errors)
      : json_(json), path_(std::move(path)), errors_(errors) {}

  const FormJson* find(const std::string& key) {
    known_.push_back(key);
    const auto found = json_.find(key);
    return found == json_.end() || found->is_null() ? nullptr : &*found;
  }
  void complain(const std::string& key, Text what) {
    errors_.push_back({Fault::bad_input, std::move(what), {"", 0, path_ + key}});
  }
  std::optional<double> number_if(const std::string& key, const Range& range) {
    const FormJson* value = find(key);
    if (!value) {
      return std::nullopt;
    }
    if (!value->is_number() || !range.holds(value->get<double>())) {
      complain(key, number_expected(range, value->dump()));
      return std::nullopt;
    }
    return value->get<double>();
  }
  double number(const std::string& key, const Range& range) {
    const auto value = number_if(key, range);
    if (!json_.contains(key)) {
      complain(key, missing());
    }
    return value.value_or(range.least);
  }
  std::optional<std::size_t> whole_if(const std::string& key, const Range& range) {
    const auto value = number_if(key, range);
    if (value && *value != std::floor(*value)) {
      complain(key, {"expected a whole number", "应为整数"});
    }
    return value ? std::optional(static_cast<std::size_t>(*value)) : std::nullopt;
  }
  std::string text_if(const std::string& key) {
    const FormJson* value = find(key);
    if (value && !value->is_string()) {
      complain(key, text_expected(value->dump()));
    }
    return value && value->is_string() ? std::string(trimmed(value->get<std::string>())) : "";
  }
  std::string text(const std::string& key) {
    std::string value = text_if(key);
    if (value.empty() && (!json_.contains(key) || json_[key].is_string())) {
      complain(key, missing());
    }
    return value;
  }
  std::string day(const std::string& key) {
    std::string value = text(key);
    Date date;
    if (!value.empty() && !parse_date(value, date)) {
      complain(key, date_expected(value));
    }
    return value;
  }
  void finish() {
    for (const auto& [key, value] : json_.items()) {
      if (std::ranges::find(known_, key) == known_.end()) {
        complain(key, unknown_name(key, known_));
      }
    }
  }

 private:
  const FormJson& json_;
  std::string path_;
  Errors& errors_;
  std::vector<std::string> known_;
};

Text read_name(FormFields& form, Errors& errors) {
  const FormJson* value = form.find("name");
  if (!value || !value->is_object()) {
    form.complain("name", value ? text_expected(value->dump()) : missing());
    return {};
  }
  FormFields both(*value, "form.name.", errors);
  Text name{both.text("en"), both.text("zh")};
  both.finish();
  return name;
}

void read_prices(FormFields& fields, VillageForm& form) {
  form.tariff_import = fields.text("tariff_import");
  form.tariff_export = fields.text_if("tariff_export");
  form.export_price_yuan_per_kwh = fields.number_if("export_price_yuan_per_kwh", {-5.0, 5.0});
  form.export_price_source = fields.text_if("export_price_source");
  if (form.tariff_export.empty() == !form.export_price_yuan_per_kwh) {
    fields.complain("tariff_export",
                    {"give a feed-in tariff or export_price_yuan_per_kwh, one of the two",
                     "上网电价名称与 export_price_yuan_per_kwh 须填且只填一项"});
  }
  if (form.export_price_yuan_per_kwh && form.export_price_source.empty()) {
    fields.complain("export_price_source", missing());
  }
  if (const FormJson* limits = fields.find("tier_limits_kwh")) {
    const bool are_numbers =
        limits->is_array() && std::ranges::all_of(*limits, [](const FormJson& limit) {
          return limit.is_number() && limit.get<double>() > 0.0;
        });
    if (are_numbers) {
      form.tier_limits_kwh = limits->get<std::vector<double>>();
    } else {
      fields.complain("tier_limits_kwh", number_expected(positive, limits->dump()));
    }
  }
  form.tier_limits_source = fields.text_if("tier_limits_source");
  if (!form.tier_limits_kwh.empty() && form.tier_limits_source.empty()) {
    fields.complain("tier_limits_source", missing());
  }
}

void read_houses(FormFields& fields, VillageForm& form) {
  form.households = fields.whole_if("households", {1.0, most_households}).value_or(0);
  if (!fields.find("households")) {
    fields.complain("households", missing());
  }
  form.with_pv = fields.whole_if("with_pv", {0.0, most_households});
  if (form.with_pv && form.households > 0 && *form.with_pv > form.households) {
    fields.complain("with_pv", number_expected({0.0, static_cast<double>(form.households)},
                                               std::to_string(*form.with_pv)));
  }
  form.roof_kwp = fields.number_if("roof_kwp", {0.1, 10000.0});
  form.roof_area_m2 = fields.number_if("roof_area_m2", {1.0, 50000.0});
  const bool needs_roof = form.with_pv.value_or(1) > 0;
  if (needs_roof && form.roof_kwp.has_value() == form.roof_area_m2.has_value()) {
    fields.complain("roof_kwp", {"give roof_kwp or roof_area_m2, one of the two",
                                 "roof_kwp 与 roof_area_m2 须填且只填一项"});
  }
  form.tilt_deg = fields.number_if("tilt_deg", {0.0, 90.0});
  form.azimuth_deg = fields.number_if("azimuth_deg", {0.0, 360.0});
  form.load_kwh = fields.number("load_kwh", {0.0, 1e7});
  form.heat_pump_kwh = fields.number_if("heat_pump_kwh", {0.0, 1e6});
  form.battery_kwh = fields.number_if("battery_kwh", {0.0, 1e5});
  form.transformer_kva = fields.number("transformer_kva", {1.0, 1e5});
  form.transformers = fields.whole_if("transformers", {1.0, 100.0}).value_or(1);
}

VillageForm read_form(const FormJson& json, Errors& errors) {
  VillageForm form;
  FormFields fields(json, "form.", errors);
  form.name = read_name(fields, errors);
  form.latitude_deg = fields.number("latitude_deg", {-90.0, 90.0});
  form.longitude_deg = fields.number("longitude_deg", {-180.0, 180.0});
  form.elevation_m = fields.number_if("elevation_m", {-430.0, 9000.0});
  form.region = fields.text("region");
  form.grid_region = fields.text("grid_region");
  read_prices(fields, form);
  form.factor = fields.text_if("factor");
  form.connected = fields.day("connected");
  form.first_day = fields.day("first_day");
  read_houses(fields, form);
  fields.finish();
  return form;
}

/// What an address, a folder and a database can all be called.
bool is_folder_name(const std::string& name) {
  const auto fits = [](unsigned char letter) {
    return std::islower(letter) != 0 || std::isdigit(letter) != 0 || letter == '-';
  };
  return !name.empty() && name.size() <= most_folder && name.front() != '-' &&
         std::ranges::all_of(name, fits);
}

NamedFiles read_files(const FormJson& json, FormFields& fields) {
  NamedFiles files;
  for (const auto& [name, text] : json.items()) {
    if (text.is_string()) {
      files.emplace_back(name, text.get<std::string>());
    } else {
      fields.complain("files." + name, text_expected(text.dump()));
    }
  }
  return files;
}

}  // namespace

Result<NewVillage> read_new_village(std::string_view json) {
  const FormJson read = FormJson::parse(json, nullptr, false);
  if (!read.is_object()) {
    return fail(Fault::bad_input, {"is no JSON object", "不是 JSON 对象"});
  }
  Errors errors;
  NewVillage village;
  FormFields fields(read, "", errors);
  village.folder = fields.text("folder");
  if (!village.folder.empty() && !is_folder_name(village.folder)) {
    fields.complain("folder", {"expected small letters, digits and \"-\", 63 at most",
                               "应为小写字母、数字与“-”,至多 63 个字符"});
  }
  const FormJson* form = fields.find("form");
  const FormJson* files = fields.find("files");
  if ((form != nullptr) == (files != nullptr)) {
    fields.complain("form",
                    {"give a form or files, one of the two", "form 与 files 须填且只填一项"});
  } else if (const FormJson* given = form ? form : files; !given->is_object()) {
    fields.complain(form ? "form" : "files", {"expected an object", "应为对象"});
  } else if (form) {
    village.form = read_form(*form, errors);
  } else {
    village.files = read_files(*files, fields);
  }
  fields.finish();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return village;
}

std::string made_village_json(const MadeVillage& made) {
  const auto both = [](const Text& text) { return FormJson{{"en", text.en}, {"zh", text.zh}}; };
  const auto all = [&](const std::vector<Text>& texts) {
    FormJson list = FormJson::array();
    std::ranges::transform(texts, std::back_inserter(list), both);
    return list;
  };
  FormJson files = FormJson::object();
  for (const auto& [name, text] : made.files) {
    files[name] = text;
  }
  const FormJson json{{"folder", made.folder},         {"name", both(made.name)},
                      {"households", made.households}, {"capacity_kwp", made.capacity_kwp},
                      {"files", std::move(files)},     {"assumed", all(made.assumed)},
                      {"warnings", all(made.warnings)}};
  return json.dump(-1, ' ', false, FormJson::error_handler_t::replace);
}

}  // namespace xiaoyuan::desk
