// Villages that somebody wrote wrong: each with the message it must give, word for word.
#include <gtest/gtest.h>

#include "plan/inputs.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::plan {
namespace {

struct Broken {
  const char* name;
  const char* file;
  const char* from;
  const char* to;
  const char* message;
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.name; }

const Broken broken_villages[] = {
    {"latitude_beyond_the_pole", "village.toml", "latitude_deg = 39.90", "latitude_deg = 399",
     "village.toml:16: site.latitude_deg: expected a number from -90 to 90, found 399\n"},
    {"latitude_as_text", "village.toml", "latitude_deg = 39.90", "latitude_deg = \"39.90 N\"",
     "village.toml:16: site.latitude_deg: expected a number, found \"39.90 N\"\n"},
    {"unknown_curtailment", "village.toml", "rating_kva = 200",
     "rating_kva = 200\ncurtailment = \"prorata\"",
     "village.toml:52: transformer[1].curtailment: expected one of none, least_cost, equal_power, "
     "equal_share, pro_rata; found \"prorata\"; did you mean \"pro_rata\"?\n"},
    {"reverse_limit_below_zero", "village.toml", "rating_kva = 200",
     "rating_kva = 200\nexport_limit_kw = -5",
     "village.toml:52: transformer[1].export_limit_kw: expected a number not below 0, found -5\n"},
    {"scenario_with_an_unknown_limit", "village.toml", "[assumptions]",
     "[[scenario]]\nid = \"a\"\nname = { en = \"A\", zh = \"甲\" }\ntransformers = { "
     "curtailment = \"pro_rata\", export_limit = 5 }\n[assumptions]",
     "village.toml:71: scenario[1].transformers.export_limit: unknown name \"export_limit\"; did "
     "you mean \"export_limit_kw\"?\n"},
    {"misspelt_key", "village.toml", "elevation_m", "elevaton_m",
     "village.toml:13: site.elevation_m: is missing; it is required\nvillage.toml:18: "
     "site.elevaton_m: unknown name \"elevaton_m\"; did you mean \"elevation_m\"?\n"},
    {"no_time_zone", "village.toml", "time_zone = \"Asia/Shanghai\"", "",
     "village.toml:13: site.time_zone: is missing; it is required\n"},
    {"unknown_time_zone", "village.toml", "Asia/Shanghai", "Asia/Beijing",
     "village.toml:19: site.time_zone: \"Asia/Beijing\" is no time zone; write one like "
     "\"Asia/Shanghai\" or \"UTC+8\"\n"},
    {"toml_without_a_quote", "village.toml", "id = \"my-village\"", "id = \"my-village",
     "village.toml:8: not TOML: Error while parsing string: unescaped control characters other "
     "than TAB (U+0009) are explicitly prohibited\n"},
    {"unknown_tariff", "village.toml", "beijing-residential", "beijing-residental",
     "village.toml:34: tariff.import: unknown name \"beijing-residental\"; did you mean "
     "\"beijing-residential\"?\n"},
    {"feed_in_for_buying", "village.toml", "import = \"beijing-residential\"",
     "import = \"beijing-feed-in\"",
     "village.toml:34: tariff.import: \"beijing-feed-in\" is a feed-in tariff; import needs one "
     "for buying\n"},
    {"year_before_the_tariff", "village.toml", "2026-01-01", "2023-01-01",
     "village.toml:34: tariff.import: tariff \"beijing-residential\" has no version for "
     "2023-01-01; it has 2026-01-01 onwards\n"},
    {"unknown_factor", "village.toml", "mee-2022-beijing", "mee-2023-beijing",
     "village.toml:46: carbon.factor: unknown name \"mee-2023-beijing\"; did you mean "
     "\"mee-2021-beijing\"?\n"},
    {"unknown_climate", "village.toml", "climate = \"beijing\"", "climate = \"bejing\"",
     "village.toml:30: weather.climate: unknown name \"bejing\"; did you mean \"beijing\"?\n"},
    {"weather_file_missing", "village.toml", "climate = \"beijing\"", "file = \"weather/here.epw\"",
     "village.toml:30: weather.file: \"weather/here.epw\": there is no such file\n"},
    {"tiers_without_limits", "village.toml", "beijing-residential", "shandong-residential-tou",
     "village.toml:34: tariff.import: tariff \"shandong-residential-tou\" has tiers whose limits "
     "no document at hand gives; write [tariff] tier_limits_kwh = [ … ] (2 numbers) with "
     "tier_limits_source\n"},
    {"assumption_out_of_range", "village.toml", "pv.soiling = 0.05", "pv.soiling = 16",
     "village.toml:69: assumptions.pv.soiling: expected a number from 0 to 0.9, found 16\n"},
    {"assumption_misspelt", "village.toml", "pv.soiling = 0.05", "pv.soilin = 0.05",
     "village.toml:69: assumptions.pv.soilin: unknown name \"soilin\"; did you mean "
     "\"soiling\"?\n"},
    {"step_of_seven_minutes", "village.toml", "step = \"60min\"", "step = \"7min\"",
     "village.toml:23: plan.step: expected one of 60min, 30min, 15min; found \"7min\"; did you "
     "mean \"60min\"?\n"},
    {"tilt_beyond_the_wall", "households.csv", ",10,,20,180", ",10,,120,180",
     "households.csv:2: roof1_tilt_deg: expected a number from 0 to 90, found \"120\"\n"},
    {"azimuth_missing", "households.csv", ",10,,20,180", ",10,,20,",
     "households.csv:2: roof1_azimuth_deg: is missing; it is required\n"},
    {"capacity_as_words", "households.csv", ",10,,20,180", ",ten,,20,180",
     "households.csv:2: roof1_kwp: expected a number from 0 to 10000, found \"ten\"\n"},
    {"household_twice", "households.csv", "H002", "H001",
     "households.csv:3: id: \"H001\" stands twice; every household needs an id of its own\n"},
    {"unknown_transformer", "households.csv", "2024-04-20,T1", "2024-04-20,T9",
     "households.csv:2: transformer: expected one of T1; found \"T9\"; did you mean \"T1\"?\n"},
    {"unknown_mode", "households.csv", "self_use_surplus,2024-04-20", "selfuse_surplus,2024-04-20",
     "households.csv:2: mode: expected one of none, full_export, self_use, self_use_surplus; found "
     "\"selfuse_surplus\"; did you mean \"self_use_surplus\"?\n"},
    {"no_load_at_all", "households.csv", "ABC,2400,", "ABC,,",
     "households.csv:2: load_kwh: give the year's kWh or a load_file, one of the two\n"},
    {"company_in_a_villagers_name", "households.csv", "company,company", "company,natural_person",
     "households.csv:4: registered_by: PV owned by a company or co-operative may not be registered "
     "in a villager's name (NEA "
     "\xE5\x9B\xBD\xE8\x83\xBD\xE5\x8F\x91\xE6\x96\xB0\xE8\x83\xBD\xE8\xA7\x84\xE3\x80\x94"
     "2025\xE3\x80\x95"
     "7\xE5\x8F\xB7)\n"},
    {"battery_with_full_export", "households.csv", "1900,,,,,", "1900,,,10,5,",
     "households.csv:4: battery_kwh: a battery has nothing to do in mode full_export; use "
     "self_use_surplus or leave it out\n"},
    {"connected_after_document_136", "households.csv", "2024-04-20", "2025-09-01",
     "households.csv:2: connected: the feed-in price holds only for PV connected before "
     "2025-06-01, found 2025-09-01; for later PV, in place of export, name a mechanism (Document "
     "136; \"xiaoyuan tariff\" lists them) or give export_price_yuan_per_kwh with "
     "export_price_source\n"},
    {"two_prices_for_export", "village.toml", "export = \"beijing-feed-in\"",
     "export = \"beijing-feed-in\"\nexport_price_yuan_per_kwh = 0.3\nexport_price_source = \"x\"",
     "village.toml:36: tariff.export_price_yuan_per_kwh: stands in place of export for every "
     "household: give one of the two\n"},
    {"scenario_battery_for_nobody", "village.toml", "# households = { owner = \"company\" }\n",
     "[[scenario]]\nid = \"a\"\nname = {en = \"A\", zh = \"甲\"}\n"
     "households = { owner = \"company\", battery_kwh = 5 }\n",
     "village.toml:79: scenario[1].households.battery_kwh: a battery stands at a villager's own "
     "PV, "
     "and here there is none\n"},
    {"connected_never_said", "households.csv", "2024-04-20", "",
     "households.csv:2: connected: is missing; the feed-in price holds only for PV connected "
     "before 2025-06-01\n"},
    {"unknown_column", "households.csv", "heat_pump_kwh", "heatpump_kwh",
     "households.csv:1: heatpump_kwh: unknown name \"heatpump_kwh\"; did you mean "
     "\"heat_pump_kwh\"?\n"},
    {"weather_of_another_country", "village.toml", "latitude_deg = 39.90", "latitude_deg = 1.30",
     "village.toml:30: weather.climate: the weather is that of 39.80° N 116.47° E, the site lies "
     "at "
     "1.30° N 116.66° E\n"},
    {"tier_limits_nobody_needs", "village.toml", "# tier_limits_kwh = [2520, 4800]",
     "tier_limits_kwh = [2520, 4800]\ntier_limits_source = \"a bill\"",
     "village.toml:34: tariff.tier_limits_kwh: is not needed: tariff \"beijing-residential\" knows "
     "its own limits, or has no tiers\n"},
    {"measured_pv_without_its_rating", "households.csv", "H005,Liu 刘家,,,,",
     "H005,Liu 刘家,,,full_export,2024-01-01",
     "households.csv:6: inverter_kw: is missing; PV that is only measured (a load_file) needs its "
     "rating in kW\n"},
    {"battery_without_power", "households.csv", "10,5,6", "10,0,6",
     "households.csv:3: battery_kw: must be above 0 for a battery\n"},
    {"saved_as_gbk", "households.csv", "Zhang 张家", "Zhang \xD5\xC5\xBC\xD2",
     "households.csv:2: is not UTF-8 (perhaps GBK or UTF-16); in Excel save it as \"CSV UTF-8\"\n"},
    {"cells_beyond_the_header", "households.csv", "有实测负荷、无光伏", "x,y",
     "households.csv:6: has 23 cells, but the header names 22 columns\n"},
    {"quote_left_open", "households.csv", "Zhang 张家", "\"Zhang 张家",
     "households.csv:6: a quoted cell is not closed, or text follows its closing quote\n"},
    {"unknown_mount", "village.toml",
     "# [pv]\n"
     "# mount = \"close_roof_glass_glass\"",
     "[pv]\n"
     "mount = \"close_roof_glas_glass\"",
     "village.toml:61: pv.mount: expected one of close_roof_glass_glass, open_rack_glass_glass, "
     "open_rack_glass_polymer, insulated_back_glass_polymer, faiman, pvsyst, pvsyst_insulated, "
     "pvwatts_rack, pvwatts_roof; found \"close_roof_glas_glass\"; did you mean "
     "\"close_roof_glass_glass\"?\n"},
    {"curve_without_points", "village.toml", "# [pv]\n",
     "[pv]\n"
     "inverter_curve = \"points\"\n",
     "village.toml:60: pv.inverter_points: inverter_points belong to inverter_curve = \"points\": "
     "give both or none\n"},
    {"horizon_above_the_sky", "village.toml", "# [pv]\n",
     "[pv]\n"
     "horizon = \"90:5 80:120\"\n",
     "village.toml:61: pv.horizon: elevation in \"80:120\": expected a number from 0 to 90, found "
     "\"120\"\n"},
    {"soiling_of_three_months", "village.toml", "# [pv]\n",
     "[pv]\n"
     "soiling = [0.1, 0.2, 1.5]\n",
     "village.toml:61: pv.soiling: expected a number from 0 to 1, found 1.5\n"
     "village.toml:61: pv.soiling: expected 12 numbers, found 3\n"},
    {"unknown_splitting", "village.toml", "climate = \"beijing\"",
     "climate = \"beijing\"\n"
     "splitting = \"disk\"",
     "village.toml:31: weather.splitting: expected one of erbs, disc, dirint; found \"disk\"; did "
     "you mean \"disc\"?\n"},
    {"mechanism_without_its_figures", "village.toml", "export = \"beijing-feed-in\"",
     "mechanism = \"guangdong-incremental\"",
     "village.toml:35: tariff.inputs.mechanism_price_yuan_per_kwh: \"guangdong-incremental\" needs "
     "mechanism_price_yuan_per_kwh (the mechanism price of this PV: bid result or the province's "
     "document), which no document at hand gives; write [tariff.inputs] "
     "mechanism_price_yuan_per_kwh = 0.65 and [tariff] inputs_source\n"
     "village.toml:35: tariff.inputs.market_price_yuan_per_kwh: \"guangdong-incremental\" needs "
     "market_price_yuan_per_kwh (what the market pays for the energy sold, one figure or one for "
     "each month), which no document at hand gives; write [tariff.inputs] "
     "market_price_yuan_per_kwh = 0.31, or twelve numbers from January on and [tariff] "
     "inputs_source\n"
     "village.toml:35: tariff.inputs.reference_price_yuan_per_kwh: \"guangdong-incremental\" needs "
     "reference_price_yuan_per_kwh (the mean market price of the same kind of plant, one figure or "
     "one for each month), which no document at hand gives; write [tariff.inputs] "
     "reference_price_yuan_per_kwh = 0.31, or twelve numbers from January on and [tariff] "
     "inputs_source\n"
     "village.toml:35: tariff.inputs.mechanism_valid_from: \"guangdong-incremental\" needs "
     "mechanism_valid_from (the first day that the mechanism price is settled), which no document "
     "at hand gives; write [tariff.inputs] mechanism_valid_from = \"2026-01-01\" and [tariff] "
     "inputs_source\n"},
    {"unknown_mechanism", "village.toml", "export = \"beijing-feed-in\"",
     "mechanism = \"hebei-south-exist\"",
     "village.toml:35: tariff.mechanism: unknown name \"hebei-south-exist\"; did you mean "
     "\"hebei-south-existing\"?\n"},
    {"input_that_nothing_asks_for", "village.toml", "export = \"beijing-feed-in\" ",
     "export = \"beijing-feed-in\"\n"
     "inputs_source = \"x\"\n"
     "inputs.base_price = 0.6\n"
     "#",
     "village.toml:37: tariff.inputs.base_price: is not needed: nothing waits for an input\n"},
    {"inputs_without_a_source", "village.toml", "import = \"beijing-residential\" ",
     "import = \"shandong-residential-tou\"\n"
     "inputs.tier_limits_kwh = [2520, 4800]\n"
     "#",
     "village.toml:33: tariff.inputs_source: is missing; it is required\n"},
    {"year_of_weather_that_is_none", "village.toml", "climate = \"beijing\"",
     "file = \"none.csv\"\n"
     "year = 1066",
     "village.toml:31: weather.year: expected a number from 1900 to 2100, found 1066\n"},
    {"scenario_twice", "village.toml", "# households = { owner = \"company\" }\n",
     "[[scenario]]\n"
     "id = \"a\"\n"
     "name = {en = \"A\", zh = \"甲\"}\n"
     "[[scenario]]\n"
     "id = \"a\"\n"
     "name = {en = \"A\", zh = \"甲\"}\n",
     "village.toml:80: scenario[2].id: \"a\" stands twice\n"},
    {"scenario_of_wrong_words", "village.toml", "# households = { owner = \"company\" }\n",
     "[[scenario]]\n"
     "id = \"a b\"\n"
     "name = {en = \"A\", zh = \"甲\"}\n"
     "households = { pv = \"nothing\" }\n"
     "set.weathr.file = \"x\"\n",
     "village.toml:79: scenario[1].households.pv: expected one of as_planned, none; found "
     "\"nothing\"\n"
     "village.toml:80: scenario[1].set.weathr: unknown name \"weathr\"; did you mean \"weather\"?\n"
     "village.toml:77: scenario[1].id: may hold letters, digits, - and _ only: it names a "
     "folder\n"},
    {"scenario_without_a_name", "village.toml", "# households = { owner = \"company\" }\n",
     "[[scenario]]\n"
     "id = \"a\"\n"
     "households = { battery_kwh = -1 }\n",
     "village.toml:76: scenario[1].name: is missing; it is required\n"
     "village.toml:78: scenario[1].households.battery_kwh: expected a number from 0 to 100000, "
     "found -1\n"},
    {"scenario_owner_of_nothing", "village.toml", "# households = { owner = \"company\" }\n",
     "[[scenario]]\n"
     "id = \"a\"\n"
     "name = {en = \"A\", zh = \"甲\"}\n"
     "households = { pv = \"none\", owner = \"company\" }\n",
     "village.toml:79: scenario[1].households.owner: nobody owns PV where pv = \"none\"\n"},
    {"area_below_nothing", "households.csv", ",,100,10,180", ",,-100,10,180",
     "households.csv:4: roof1_area_m2: expected a number from 0 to 50000, found \"-100\"\n"
     "households.csv:4: mode: is full_export, but the household has no roof with PV and no "
     "load_file that could give its generation\n"},
    {"car_at_25_hours", "households.csv",
     "id,name,owner,registered_by,mode,connected,transformer,phase,load_kwh,load_file,heat_pump_"
     "kwh,battery_kwh,battery_kw,roof1_kwp,roof1_area_m2,roof1_tilt_deg,roof1_azimuth_deg,roof2_"
     "kwp,roof2_area_m2,roof2_tilt_deg,roof2_azimuth_deg,note\n"
     "H001,Zhang "
     "张家,natural_person,natural_person,self_use_surplus,2024-04-20,T1,ABC,2400,,7000,,,10,,20,"
     "180,,,,,one roof to the south 一面南坡",
     "id,name,owner,registered_by,mode,connected,transformer,phase,load_kwh,load_file,heat_pump_"
     "kwh,battery_kwh,battery_kw,roof1_kwp,roof1_area_m2,roof1_tilt_deg,roof1_azimuth_deg,roof2_"
     "kwp,roof2_area_m2,roof2_tilt_deg,roof2_azimuth_deg,note,car_kwh,car_arrival,car_days\n"
     "H001,Zhang "
     "张家,natural_person,natural_person,self_use_surplus,2024-04-20,T1,ABC,2400,,7000,,,10,,20,"
     "180,,,,,one roof to the south 一面南坡,2000,25:00,week-days",
     "households.csv:2: car_arrival: expected a time of day from 00:00 to 23:59, found \"25:00\"\n"
     "households.csv:2: car_days: expected one of every_day, weekdays, weekends; found "
     "\"week-days\"; did you mean \"weekdays\"?\n"},
    {"car_by_year_and_day", "households.csv",
     "id,name,owner,registered_by,mode,connected,transformer,phase,load_kwh,load_file,heat_pump_"
     "kwh,battery_kwh,battery_kw,roof1_kwp,roof1_area_m2,roof1_tilt_deg,roof1_azimuth_deg,roof2_"
     "kwp,roof2_area_m2,roof2_tilt_deg,roof2_azimuth_deg,note\n"
     "H001,Zhang "
     "张家,natural_person,natural_person,self_use_surplus,2024-04-20,T1,ABC,2400,,7000,,,10,,20,"
     "180,,,,,one roof to the south 一面南坡",
     "id,name,owner,registered_by,mode,connected,transformer,phase,load_kwh,load_file,heat_pump_"
     "kwh,battery_kwh,battery_kw,roof1_kwp,roof1_area_m2,roof1_tilt_deg,roof1_azimuth_deg,roof2_"
     "kwp,roof2_area_m2,roof2_tilt_deg,roof2_azimuth_deg,note,car_kwh,car_day_kwh\n"
     "H001,Zhang "
     "张家,natural_person,natural_person,self_use_surplus,2024-04-20,T1,ABC,2400,,7000,,,10,,20,"
     "180,,,,,one roof to the south 一面南坡,2000,6",
     "households.csv:2: car_day_kwh: give the car's kWh of a year or of a driving day, not both\n"},
    {"away_backwards", "households.csv",
     "id,name,owner,registered_by,mode,connected,transformer,phase,load_kwh,load_file,heat_pump_"
     "kwh,battery_kwh,battery_kw,roof1_kwp,roof1_area_m2,roof1_tilt_deg,roof1_azimuth_deg,roof2_"
     "kwp,roof2_area_m2,roof2_tilt_deg,roof2_azimuth_deg,note\n"
     "H001,Zhang "
     "张家,natural_person,natural_person,self_use_surplus,2024-04-20,T1,ABC,2400,,7000,,,10,,20,"
     "180,,,,,one roof to the south 一面南坡",
     "id,name,owner,registered_by,mode,connected,transformer,phase,load_kwh,load_file,heat_pump_"
     "kwh,battery_kwh,battery_kw,roof1_kwp,roof1_area_m2,roof1_tilt_deg,roof1_azimuth_deg,roof2_"
     "kwp,roof2_area_m2,roof2_tilt_deg,roof2_azimuth_deg,note,away\n"
     "H001,Zhang "
     "张家,natural_person,natural_person,self_use_surplus,2024-04-20,T1,ABC,2400,,7000,,,10,,20,"
     "180,,,,,one roof to the south 一面南坡,2026-03-10/2026-02-10; 2026-13-01/2026-13-04",
     "households.csv:2: away: 2026-03-10/2026-02-10 ends before it begins\n"
     "households.csv:2: away: expected first and last day away like 2026-02-10/2026-03-20, several "
     "of them separated by \";\"; found \"2026-13-01/2026-13-04\"\n"},
    {"heat_pump_twice", "households.csv",
     "id,name,owner,registered_by,mode,connected,transformer,phase,load_kwh,load_file,heat_pump_"
     "kwh,battery_kwh,battery_kw,roof1_kwp,roof1_area_m2,roof1_tilt_deg,roof1_azimuth_deg,roof2_"
     "kwp,roof2_area_m2,roof2_tilt_deg,roof2_azimuth_deg,note\n"
     "H001,Zhang "
     "张家,natural_person,natural_person,self_use_surplus,2024-04-20,T1,ABC,2400,,7000,,,10,,20,"
     "180,,,,,one roof to the south 一面南坡",
     "id,name,owner,registered_by,mode,connected,transformer,phase,load_kwh,load_file,heat_pump_"
     "kwh,battery_kwh,battery_kw,roof1_kwp,roof1_area_m2,roof1_tilt_deg,roof1_azimuth_deg,roof2_"
     "kwp,roof2_area_m2,roof2_tilt_deg,roof2_azimuth_deg,note,heat_loss_w_per_k\n"
     "H001,Zhang "
     "张家,natural_person,natural_person,self_use_surplus,2024-04-20,T1,ABC,2400,,7000,,,10,,20,"
     "180,,,,,one roof to the south 一面南坡,200",
     "households.csv:2: heat_loss_w_per_k: give the season's heat_pump_kwh or the house's heat "
     "loss, not both\n"},
    {"horizon_of_a_roof", "households.csv",
     "id,name,owner,registered_by,mode,connected,transformer,phase,load_kwh,load_file,heat_pump_"
     "kwh,battery_kwh,battery_kw,roof1_kwp,roof1_area_m2,roof1_tilt_deg,roof1_azimuth_deg,roof2_"
     "kwp,roof2_area_m2,roof2_tilt_deg,roof2_azimuth_deg,note\n"
     "H001,Zhang "
     "张家,natural_person,natural_person,self_use_surplus,2024-04-20,T1,ABC,2400,,7000,,,10,,20,"
     "180,,,,,one roof to the south 一面南坡",
     "id,name,owner,registered_by,mode,connected,transformer,phase,load_kwh,load_file,heat_pump_"
     "kwh,battery_kwh,battery_kw,roof1_kwp,roof1_area_m2,roof1_tilt_deg,roof1_azimuth_deg,roof2_"
     "kwp,roof2_area_m2,roof2_tilt_deg,roof2_azimuth_deg,note,roof1_horizon\n"
     "H001,Zhang "
     "张家,natural_person,natural_person,self_use_surplus,2024-04-20,T1,ABC,2400,,7000,,,10,,20,"
     "180,,,,,one roof to the south 一面南坡,180:95",
     "households.csv:2: roof1_horizon: elevation in \"180:95\": expected a number from 0 to 90, "
     "found \"95\"\n"},
    {"critical_load_below_nothing", "households.csv",
     "id,name,owner,registered_by,mode,connected,transformer,phase,load_kwh,load_file,heat_pump_"
     "kwh,battery_kwh,battery_kw,roof1_kwp,roof1_area_m2,roof1_tilt_deg,roof1_azimuth_deg,roof2_"
     "kwp,roof2_area_m2,roof2_tilt_deg,roof2_azimuth_deg,note\n"
     "H001,Zhang "
     "张家,natural_person,natural_person,self_use_surplus,2024-04-20,T1,ABC,2400,,7000,,,10,,20,"
     "180,,,,,one roof to the south 一面南坡",
     "id,name,owner,registered_by,mode,connected,transformer,phase,load_kwh,load_file,heat_pump_"
     "kwh,battery_kwh,battery_kw,roof1_kwp,roof1_area_m2,roof1_tilt_deg,roof1_azimuth_deg,roof2_"
     "kwp,roof2_area_m2,roof2_tilt_deg,roof2_azimuth_deg,note,critical_kw\n"
     "H001,Zhang "
     "张家,natural_person,natural_person,self_use_surplus,2024-04-20,T1,ABC,2400,,7000,,,10,,20,"
     "180,,,,,one roof to the south 一面南坡,-1",
     "households.csv:2: critical_kw: expected a number from 0 to 10000, found \"-1\"\n"},
    {"nan_load", "households.csv", "ABC,2400", "ABC,NaN",
     "households.csv:2: load_kwh: expected a number from 0 to 10000000, found \"NaN\"\n"},
    {"decimal_comma", "households.csv", "ABC,2400", "ABC,\"2,4\"",
     "households.csv:2: load_kwh: expected a number from 0 to 10000000, found \"2,4\"\n"},
};

class BrokenVillage : public ::testing::TestWithParam<Broken> {};

TEST_P(BrokenVillage, IsAnsweredWithItsMessage) {
  const Broken& broken = GetParam();
  const auto village =
      test::replaced(test::shipped_folder("example"), broken.file, broken.from, broken.to);
  const auto inputs = read_inputs(test::files_of(village), test::shipped_share());
  ASSERT_FALSE(inputs.has_value());
  std::string all;
  for (const Error& error : inputs.error()) {
    all += message(error, Language::english) + "\n";
    EXPECT_FALSE(error.what.zh.empty());
    EXPECT_NE(error.what.zh, error.what.en);
  }
  EXPECT_EQ(all, broken.message);
}

INSTANTIATE_TEST_SUITE_P(Plan, BrokenVillage, ::testing::ValuesIn(broken_villages),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(ExampleVillage, IsWhole) {
  const auto inputs =
      read_inputs(test::files_of(test::shipped_folder("example")), test::shipped_share());
  ASSERT_TRUE(inputs.has_value()) << message(inputs.error()[0], Language::english);
  EXPECT_TRUE(check_loads(*inputs).empty());
}

TEST(BrokenVillage, AnswersWithEveryErrorAtOnce) {
  auto village = test::shipped_folder("example");
  village = test::replaced(village, "village.toml", "latitude_deg = 39.90", "latitude_deg = 399");
  village = test::replaced(village, "village.toml", "step = \"60min\"", "step = \"7min\"");
  village = test::replaced(village, "households.csv", ",10,,20,180", ",10,,120,180");
  const auto inputs = read_inputs(test::files_of(village), test::shipped_share());
  ASSERT_FALSE(inputs.has_value());
  EXPECT_EQ(inputs.error().size(), 3U);
}

}  // namespace
}  // namespace xiaoyuan::plan
