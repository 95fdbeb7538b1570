// What each set of open data says of itself: names, columns, units, meanings.
#include <array>

#include "desk/data_sets.hpp"

namespace xiaoyuan::desk {

namespace {

using enum ColumnType;

const Column village_column{
    "village", text, "", {"village, as in addresses", "村庄(地址中的名称)"}};
const Column month_column{"month", month, "", {"calendar month", "自然月"}};
const Column household_column{
    "household",
    text,
    "",
    {"pseudonym of the household, another one in each release", "住户化名,每次发布均不同"}};
const Column class_column{"capacity_class",
                          text,
                          "kWp",
                          {"class of the plant's capacity, steps of 5 kWp; blank where fewer than "
                           "five households share it",
                           "光伏容量档(每 5 kWp 一档);同档不足 5 户时留空"}};
const Column made_column{"made_mWh",
                         integer,
                         "mWh",
                         {"made by the roofs; blank without a meter", "光伏发电量;无计量则为空"}};
const Column self_used_column{
    "self_used_mWh", integer, "mWh", {"made less sold", "自用电量 = 发电量 − 上网电量"}};
const Column sold_column{"sold_mWh", integer, "mWh", {"sent to the grid", "上网电量"}};
const Column bought_column{"bought_mWh", integer, "mWh", {"taken from the grid", "购电量"}};
const Column used_column{"used_mWh",
                         integer,
                         "mWh",
                         {"used at home: self-used, bought, and given by neighbours",
                          "用电量 = 自用 + 购电 + 邻里分享"}};
const Column estimated_column{
    "estimated", boolean, "", {"a figure stands on less than measured readings", "含估算数据"}};
const Column quality_column{
    "quality",
    text,
    "",
    {"the worst of the day: measured, estimated, edited, missing",
     "当日最差数据质量:measured 实测、estimated 估算、edited 人工修改、missing 缺失"}};

DataSetTerms village_months_terms() {
  return {.name = {"Villages by month", "各村月度合计"},
          .text = {"Sums of the settled statements of all households of a village, month by month.",
                   "全村住户已结算结果的月度合计。"},
          .access = DataAccess::villages,
          .columns = {village_column,
                      month_column,
                      {"households", integer, "", {"households with a statement", "已结算户数"}},
                      made_column,
                      self_used_column,
                      sold_column,
                      bought_column,
                      used_column,
                      {"earned_fen",
                       integer,
                       "fen",
                       {"paid by the grid company for energy sold", "电网企业支付的上网电费"}},
                      {"paid_fen", integer, "fen", {"paid for energy bought", "购电电费"}},
                      {"avoided_gco2e",
                       integer,
                       "g",
                       {"CO2 avoided, as the statements say", "减排量(以结算单为准)"}},
                      {"factor", text, "", {"id of the emission factor", "排放因子编号"}},
                      estimated_column}};
}

DataSetTerms tariffs_terms() {
  return {.name = {"Tariffs", "电价表"},
          .text = {"Every price of every version that this server knows, with document and source. "
                   "Prices that a village has to give are blank.",
                   "本系统所含各版本电价,附文件与来源;须由村庄自行给出的价格为空。"},
          .access = DataAccess::open,
          .columns = {
              {"tariff", text, "", {"id", "编号"}},
              {"name_en", text, "", {"name in English", "英文名称"}},
              {"name_zh", text, "", {"name in Chinese", "中文名称"}},
              {"region", text, "", {"region", "地区"}},
              {"customer", text, "", {"class of customers", "用户类别"}},
              {"direction", text, "", {"import: bought, export: sold", "import 购电,export 上网"}},
              {"valid_from", day, "", {"first day", "起始日"}},
              {"valid_to", day, "", {"last day; blank: until replaced", "截止日;空为至新版本"}},
              {"season", text, "", {"season", "季节"}},
              {"period", text, "", {"period of the day", "时段"}},
              {"hours", text, "", {"its hours, local time", "时段起止(当地时间)"}},
              {"tier", integer, "", {"tier, from 1; blank without tiers", "阶梯档;无阶梯为空"}},
              {"price_yuan_e8_per_kwh", integer, "1e-8 yuan/kWh", {"price", "电价"}},
              {"document", text, "", {"document that fixes it", "依据文件"}},
              {"source", text, "", {"where it was read", "来源"}},
              {"confidence", text, "", {"how sure it is", "可信度"}}}};
}

DataSetTerms factors_terms() {
  return {.name = {"Emission factors", "排放因子"},
          .text = {"Emission factors of the grid by region, year and kind, with their documents.",
                   "电网排放因子(按地区、年份、类别),附文件。"},
          .access = DataAccess::open,
          .columns = {{"factor", text, "", {"id", "编号"}},
                      {"name_en", text, "", {"name in English", "英文名称"}},
                      {"name_zh", text, "", {"name in Chinese", "中文名称"}},
                      {"kind", text, "", {"how it was made", "类别"}},
                      {"region", text, "", {"region", "地区"}},
                      {"year", integer, "", {"year of the data", "数据年份"}},
                      {"kg_per_kwh", number, "kg/kWh", {"the factor", "排放因子"}},
                      {"valid_from", day, "", {"first day", "起始日"}},
                      {"valid_to", day, "", {"last day; blank: until replaced", "截止日"}},
                      {"document", text, "", {"document", "文件"}},
                      {"source", text, "", {"where it was read", "来源"}},
                      {"confidence", text, "", {"how sure it is", "可信度"}}}};
}

DataSetTerms research_months_terms() {
  return {.name = {"Consented households by month", "授权住户月度数据"},
          .text = {"Settled months of households that consented to research, under pseudonyms; no "
                   "names, ids, meters or money. Nothing where fewer than five consented.",
                   "经授权住户的月度结算电量,以化名发布,不含姓名、户号、表号与金额;"
                   "授权不足 5 户不发布。"},
          .access = DataAccess::researchers,
          .columns = {household_column, class_column, month_column, made_column, self_used_column,
                      sold_column, bought_column, used_column, estimated_column}};
}

DataSetTerms research_days_terms() {
  return {.name = {"Consented households by day", "授权住户日数据"},
          .text = {"Days of interval data of households that consented to research, under the same "
                   "pseudonyms; a day that is not wholly known is blank.",
                   "经授权住户的日电量(由曲线数据汇总),化名同月度数据;当日数据不全则为空。"},
          .access = DataAccess::researchers,
          .columns = {household_column,
                      class_column,
                      {"day", day, "", {"local day", "当地日期"}},
                      made_column,
                      self_used_column,
                      sold_column,
                      bought_column,
                      used_column,
                      quality_column}};
}

}  // namespace

const std::vector<std::string>& words_of(DataSet) {
  static const std::vector<std::string> words{"village-months", "tariffs", "factors",
                                              "research-months", "research-days"};
  return words;
}

const std::vector<std::string>& words_of(DataAccess) {
  static const std::vector<std::string> words{"open", "villages", "researchers"};
  return words;
}

const DataSetTerms& terms_of(DataSet set) {
  static const std::array<DataSetTerms, data_set_count> all{
      village_months_terms(), tariffs_terms(), factors_terms(), research_months_terms(),
      research_days_terms()};
  return all[static_cast<std::size_t>(set)];
}

DataTable dictionary_table() {
  DataTable table{.columns = {{"set", text, "", {"set", "数据集"}},
                              {"column", text, "", {"column", "列名"}},
                              {"type", text, "", {"type", "类型"}},
                              {"unit", text, "", {"unit", "单位"}},
                              {"meaning_en", text, "", {"meaning in English", "英文含义"}},
                              {"meaning_zh", text, "", {"meaning in Chinese", "中文含义"}}},
                  .rows = {}};
  for (std::size_t i = 0; i < data_set_count; ++i) {
    const auto set = static_cast<DataSet>(i);
    for (const Column& column : terms_of(set).columns) {
      table.rows.push_back({words_of(set)[i], column.name,
                            words_of(column.type)[static_cast<std::size_t>(column.type)],
                            column.unit, column.meaning.en, column.meaning.zh});
    }
  }
  return table;
}

}  // namespace xiaoyuan::desk
