#include "carbon/heating.hpp"

#include "base/check.hpp"

namespace xiaoyuan::carbon {

namespace {

constexpr double gj_per_kwh = 0.0036;
constexpr double hebei_least_kwh = 500.0;
constexpr double hebei_default_area_m2 = 60.0;
constexpr std::chrono::years hebei_crediting{10};
constexpr Date hebei_first_day{std::chrono::year{2016}, std::chrono::January, std::chrono::day{1}};

std::optional<Text> reason_against(const HebeiUser& user) {
  if (!(user.electricity_kwh > hebei_least_kwh)) {
    return Text{"the method counts a user above 500 kWh a season",
                "方法学规定采暖季用电量须超过 500 千瓦时方可计入"};
  }
  if (user.credited_from < hebei_first_day) {
    return Text{"the crediting period may not begin before 2016-01-01",
                "计入期起始日不得早于 2016-01-01"};
  }
  if (user.season_from < user.credited_from) {
    return Text{"the season lies before the crediting period", "该采暖季早于计入期"};
  }
  if (user.season_from >= user.credited_from + hebei_crediting) {
    return Text{"the crediting period of ten years is over", "十年计入期已满"};
  }
  return std::nullopt;
}

}  // namespace

HeatingAvoided displaced_coal(const HeatPumpSeason& season, const CoalStove& stove,
                              double kg_per_kwh) {
  expects(stove.efficiency > 0.0 && stove.coal_gj_per_t > 0.0);
  HeatingAvoided avoided;
  avoided.method = {
      "heat of the heat pumps ÷ efficiency of the stove ÷ heat value of coal × CO2 of coal, less "
      "their electricity × emission factor; not part of what PV avoids",
      "热泵供热量 ÷ 炉具效率 ÷ 散煤热值 × 散煤排放系数,再减去热泵用电量 × 排放因子;"
      "不计入光伏减排量"};
  avoided.coal_t = season.heat_kwh * gj_per_kwh / (stove.efficiency * stove.coal_gj_per_t);
  avoided.baseline_t = avoided.coal_t * stove.t_per_t();
  avoided.electricity_t = season.electricity_kwh * kg_per_kwh / 1000.0;
  return avoided;
}

Result<HeatingAvoided> hebei_heating(const HebeiUser& user, double combined_margin_kg_per_kwh) {
  if (!user.baseline_kg_per_m2) {
    return fail(Fault::bad_input,
                {"the method of Hebei needs DE (kgCO2e/m²), the baseline in the method's table of "
                 "counties; it is not known here: take it from the method's text",
                 "河北省方法学需要基准线排放强度 DE(kgCO2e/m²),见方法学分县参数表;"
                 "本软件未收录,请按方法学原文填写"});
  }
  HeatingAvoided avoided;
  avoided.method = {
      "Hebei rural clean-heating carbon product method V01: BE = DE·A/1000, PE = EG·EF_CM (OM and "
      "BM 0.5 each); not part of what PV avoids",
      "河北省农村清洁取暖降碳产品方法学 V01:BE = DE·A/1000,PE = EG·EF_CM(OM、BM 权重各 0.5);"
      "不计入光伏减排量"};
  avoided.baseline_t =
      *user.baseline_kg_per_m2 * user.area_m2.value_or(hebei_default_area_m2) / 1000.0;
  avoided.electricity_t = user.electricity_kwh * combined_margin_kg_per_kwh / 1000.0;
  avoided.not_credited = reason_against(user);
  return avoided;
}

}  // namespace xiaoyuan::carbon
