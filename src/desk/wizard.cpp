#include "desk/wizard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/expected.hpp"
#include "carbon/factor.hpp"
#include "desk/files.hpp"
#include "desk/plans_words.hpp"
#include "model/assumption.hpp"
#include "plan/inputs.hpp"
#include "weather/climate.hpp"

namespace xiaoyuan::desk {

namespace {

constexpr double farthest_climate_deg = 10.0;  // as the planner allows (plan/input_weather.cpp)
constexpr double usual_tilt_deg = 20.0;
constexpr double usual_azimuth_deg = 180.0;
constexpr std::size_t most_files = 200;
constexpr std::size_t most_bytes = std::size_t{8} * 1024 * 1024;

std::vector<std::string> names_without_ending(const Files& share, const std::string& folder) {
  constexpr std::string_view ending = ".toml";
  std::vector<std::string> names;
  for (const std::string& name : share.list(folder)) {
    if (name.ends_with(ending)) {
      names.push_back(name.substr(0, name.size() - ending.size()));
    }
  }
  return names;
}

/// A form on its way to files: what it leaves open is filled here, and told.
class FormFiller {
 public:
  FormFiller(const VillageForm& form, const Files& share) : form_(form), share_(share) {}

  Result<NamedFiles> files(const std::string& id);
  std::vector<Text> assumed() && { return std::move(assumed_); }

 private:
  void assume(const std::string& en, const std::string& zh) { assumed_.push_back({en, zh}); }
  void complain(const std::string& field, Text what) {
    errors_.push_back({Fault::bad_input, std::move(what), {"", 0, "form." + field}});
  }
  void check_name(const std::string& field, const std::string& name, const std::string& folder);
  std::string climate();
  std::string factor();
  std::string village_toml(const std::string& id);
  std::string tariff_table() const;
  std::string households_csv();
  void assume_houses();

  const VillageForm& form_;
  const Files& share_;
  std::vector<Text> assumed_{};
  Errors errors_{};
};

void FormFiller::check_name(const std::string& field, const std::string& name,
                            const std::string& folder) {
  const auto known = names_without_ending(share_, folder);
  if (!name.empty() && std::ranges::find(known, name) == known.end()) {
    complain(field, unknown_name(name, known));
  }
}

std::string FormFiller::climate() {
  std::string nearest_id;
  Text nearest_name;
  double least = farthest_climate_deg;
  for (const std::string& id : names_without_ending(share_, "climates")) {
    const std::string file = "climates/" + id + ".toml";
    const auto bytes = share_.read(file);
    const auto read = bytes ? weather::read_climate(*bytes, file) : Result<weather::Climate>{};
    if (!bytes || !read) {
      continue;
    }
    const double apart = std::max(std::abs(read->place.latitude_deg - form_.latitude_deg),
                                  std::abs(read->place.longitude_deg - form_.longitude_deg));
    if (apart <= least) {
      least = apart;
      nearest_id = id;
      nearest_name = read->name;
    }
  }
  if (nearest_id.empty()) {
    complain("latitude_deg",
             {fmt::format("no built-in climate lies within {:.0f} degrees; make the village of "
                          "files, with a weather file of its own",
                          farthest_climate_deg),
              fmt::format("{:.0f} 度以内没有内置气候数据;请以文件方式建村,并附当地气象文件",
                          farthest_climate_deg)});
    return "";
  }
  assume(fmt::format("The weather is the built-in climate of {}, {:.1f} degrees away at most.",
                     nearest_name.en, least),
         fmt::format("气象采用内置气候“{}”,经纬度相差至多 {:.1f} 度。", nearest_name.zh, least));
  return nearest_id;
}

std::string FormFiller::factor() {
  std::vector<carbon::Factor> all;
  for (const std::string& name : share_.list("factors")) {
    const auto bytes = share_.read("factors/" + name);
    auto read = bytes ? carbon::read_factors(*bytes, name) : Result<std::vector<carbon::Factor>>{};
    if (bytes && read) {
      std::ranges::move(*read, std::back_inserter(all));
    }
  }
  std::vector<std::string> known;
  const carbon::Factor* newest = nullptr;
  for (const carbon::Factor& one : all) {
    known.push_back(one.id);
    const bool fits = one.region == form_.grid_region && one.kind == carbon::Kind::average;
    if (fits && (!newest || one.year > newest->year)) {
      newest = &one;
    }
  }
  if (!form_.factor.empty()) {
    if (std::ranges::find(known, form_.factor) == known.end()) {
      complain("factor", unknown_name(form_.factor, known));
    }
    return form_.factor;
  }
  if (!newest) {
    std::vector<std::string> regions{"north",     "northeast", "east",     "central",
                                     "northwest", "south",     "southwest"};
    complain("grid_region", choice_expected(regions, form_.grid_region));
    return "";
  }
  assume(fmt::format("Avoided CO2 is reckoned with \"{}\".", newest->name.en),
         fmt::format("减排量按“{}”排放因子计算。", newest->name.zh));
  return newest->id;
}

std::string FormFiller::tariff_table() const {
  std::string toml = fmt::format("[tariff]\nimport = {}\n", toml_text(form_.tariff_import));
  if (form_.export_price_yuan_per_kwh) {
    toml += fmt::format("export_price_yuan_per_kwh = {}\nexport_price_source = {}\n",
                        text_of(*form_.export_price_yuan_per_kwh),
                        toml_text(form_.export_price_source));
  } else {
    toml += fmt::format("export = {}\n", toml_text(form_.tariff_export));
  }
  if (!form_.tier_limits_kwh.empty()) {
    std::vector<std::string> limits;
    std::ranges::transform(form_.tier_limits_kwh, std::back_inserter(limits),
                           [](double limit) { return text_of(limit); });
    toml += fmt::format("tier_limits_kwh = [{}]\ntier_limits_source = {}\n", joined(limits),
                        toml_text(form_.tier_limits_source));
  }
  return toml;
}

std::string FormFiller::village_toml(const std::string& id) {
  if (!form_.elevation_m) {
    assume("The village lies at sea level.", "海拔按 0 米计。");
  }
  std::string toml = fmt::format(
      "# Made of a form; the households are typical ones, not real ones.\n"
      "# 由建村表单生成;住户为典型户,并非真实住户。\n\n"
      "[village]\nid = {}\nname = {{ en = {}, zh = {} }}\nillustrative = true\n"
      "note = {{ en = \"Typical households of a form.\", zh = \"由表单生成的典型住户。\" }}\n\n"
      "[site]\nregion = {}\ngrid_region = {}\nlatitude_deg = {}\nlongitude_deg = {}\n"
      "elevation_m = {}\ntime_zone = \"Asia/Shanghai\"\n\n"
      "[plan]\nfirst_day = {}\nstep = \"60min\"\n\n[weather]\nclimate = \"{}\"\n\n",
      toml_text(id), toml_text(form_.name.en), toml_text(form_.name.zh), toml_text(form_.region),
      toml_text(form_.grid_region), text_of(form_.latitude_deg), text_of(form_.longitude_deg),
      text_of(form_.elevation_m.value_or(0.0)), form_.first_day, climate());
  toml += tariff_table() + fmt::format("\n[carbon]\nfactor = {}\n", toml_text(factor()));
  for (std::size_t i = 1; i <= form_.transformers; ++i) {
    toml += fmt::format("\n[[transformer]]\nid = \"T{}\"\nrating_kva = {}\n", i,
                        text_of(form_.transformer_kva));
  }
  return toml;
}

void FormFiller::assume_houses() {
  assume("All households are alike; phases go round, and each transformer has as many.",
         "各户相同;相别依次轮换,各台区户数均分。");
  if (!form_.with_pv) {
    assume("Every household has PV, owned by itself; what it does not use is sold.",
           "每户均装光伏,农户自有,自发自用、余电上网。");
  }
  if (!form_.tilt_deg || !form_.azimuth_deg) {
    assume(fmt::format("Roofs have one plane, tilted {:.0f}° and facing {:.0f}° (180° is south).",
                       form_.tilt_deg.value_or(usual_tilt_deg),
                       form_.azimuth_deg.value_or(usual_azimuth_deg)),
           fmt::format("屋顶为单坡,倾角 {:.0f}°、朝向 {:.0f}°(180° 为正南)。",
                       form_.tilt_deg.value_or(usual_tilt_deg),
                       form_.azimuth_deg.value_or(usual_azimuth_deg)));
  }
  if (!form_.heat_pump_kwh) {
    assume("No house is heated by a heat pump.", "各户均无热泵采暖。");
  }
  if (!form_.battery_kwh) {
    assume("No house has a battery.", "各户均无电池。");
  }
}

std::string FormFiller::households_csv() {
  assume_houses();
  double single_phase_kw = 0.0;
  double kwp_per_m2 = 0.0;
  if (const auto bytes = share_.read("assumptions.toml")) {
    if (const auto read = model::read_assumptions(*bytes, "assumptions.toml")) {
      single_phase_kw = read->value("grid.single_phase_kw");
      kwp_per_m2 = read->value("pv.kwp_per_m2");
    }
  }
  const double kwp = form_.roof_kwp.value_or(form_.roof_area_m2.value_or(0.0) * kwp_per_m2);
  const std::string kwp_cell = form_.roof_kwp ? text_of(*form_.roof_kwp) : "";
  const std::string area_cell = form_.roof_area_m2 ? text_of(*form_.roof_area_m2) : "";
  const auto cell = [](const std::optional<double>& value) {
    return value && *value > 0.0 ? text_of(*value) : "";
  };
  const std::size_t n = form_.households;
  const std::size_t with_pv = form_.with_pv.value_or(n);
  std::string csv =
      "id,name,owner,mode,connected,transformer,phase,load_kwh,heat_pump_kwh,battery_kwh,roof1_kwp,"
      "roof1_area_m2,roof1_tilt_deg,roof1_azimuth_deg,note\n";
  for (std::size_t i = 0; i < n; ++i) {
    const bool has_pv = (i + 1) * with_pv / n > i * with_pv / n;  // spread over the village
    const bool is_three = has_pv && kwp > single_phase_kw;
    const std::string id = fmt::format("H{:03}", i + 1);
    csv += fmt::format("{},{},natural_person,{},{},T{},{},{},{},{},{},{},{},{},assumed 假定\n", id,
                       id, has_pv ? "self_use_surplus" : "none", has_pv ? form_.connected : "",
                       i * form_.transformers / n + 1,
                       is_three ? "ABC" : std::string(1, "ABC"[i % 3]), text_of(form_.load_kwh),
                       cell(form_.heat_pump_kwh), has_pv ? cell(form_.battery_kwh) : "",
                       has_pv ? kwp_cell : "", has_pv ? area_cell : "",
                       has_pv ? text_of(form_.tilt_deg.value_or(usual_tilt_deg)) : "",
                       has_pv ? text_of(form_.azimuth_deg.value_or(usual_azimuth_deg)) : "");
  }
  return csv;
}

Result<NamedFiles> FormFiller::files(const std::string& id) {
  check_name("tariff_import", form_.tariff_import, "tariffs");
  check_name("tariff_export", form_.tariff_export, "tariffs");
  NamedFiles files{{"village.toml", village_toml(id)}, {"households.csv", households_csv()}};
  if (!errors_.empty()) {
    return std::unexpected(std::move(errors_));
  }
  return files;
}

/// Names as file_name allows them, "loads/h01.csv" among them.
Result<void> check_names(const NamedFiles& files) {
  Errors errors;
  std::size_t bytes = 0;
  for (const auto& [name, text] : files) {
    bytes += text.size();
    const std::size_t slash = name.find('/');
    const std::string folder = slash == std::string::npos ? "" : name.substr(0, slash);
    auto known = file_name(folder, slash == std::string::npos ? name : name.substr(slash + 1));
    if (!known) {
      errors.push_back({Fault::bad_input, known.error().front().what, {"", 0, "files." + name}});
    }
  }
  if (files.size() > most_files || bytes > most_bytes) {
    errors.push_back(
        {Fault::bad_input,
         {fmt::format("expected {} files and {} bytes at most", most_files, most_bytes),
          fmt::format("至多 {} 个文件、共 {} 字节", most_files, most_bytes)},
         {"", 0, "files"}});
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return {};
}

Files in_memory(const NamedFiles& files) {
  std::map<std::string, std::string> all(files.begin(), files.end());
  return {[all](const std::string& name) -> Result<std::string> {
            const auto found = all.find(name);
            if (found == all.end()) {
              return fail(Fault::not_found, {"is not among the files", "不在所附文件中"},
                          {name, 0, ""});
            }
            return found->second;
          },
          [all](const std::string& folder) {
            std::vector<std::string> names;
            for (const auto& [name, bytes] : all) {
              if (name.starts_with(folder + "/")) {
                names.push_back(name.substr(folder.size() + 1));
              }
            }
            return names;
          }};
}

}  // namespace

Result<MadeVillage> make_village(const NewVillage& asked, const Files& share) {
  MadeVillage made;
  made.folder = asked.folder;
  if (asked.form) {
    FormFiller filler(*asked.form, share);
    TRY(made.files, filler.files(asked.folder));
    made.assumed = std::move(filler).assumed();
  } else {
    made.files = asked.files;
    if (auto checked = check_names(made.files); !checked) {
      return std::unexpected(std::move(checked.error()));
    }
  }
  const Files files = in_memory(made.files);
  TRY(made.warnings, check_village(files, share));
  TRY(const plan::Inputs inputs, plan::read_inputs(files, share));
  made.name = inputs.village.name;
  made.households = inputs.village.households.size();
  made.capacity_kwp = inputs.village.capacity_kwp();
  return made;
}

}  // namespace xiaoyuan::desk
