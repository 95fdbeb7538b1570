#include <algorithm>

#include "report/network_words.hpp"
#include "report/workbook_tables.hpp"

namespace xiaoyuan::report {

namespace {

const Text volts{"V", "V"};
const Text kilowatts{"kW", "kW"};
const Text hours{"h", "小时"};
const Text kwh_of_wires{"kWh", "千瓦时"};

Column name_column(Text title, double width) { return {std::move(title), {}, width}; }
Column tenth(Text title, const Text& unit, Total total = Total::none) {
  return {std::move(title), unit, 12.0, Look::tenth, total};
}
Column percent(Text title) { return {std::move(title), {"%", "%"}, 12.0, Look::share}; }

Cell cell_of(const std::optional<double>& value) { return value ? Cell(*value) : Cell(); }

std::string stop_of(const plan::VillageNetwork& network, const wires::LimitUse& use,
                    Language language) {
  return use.is_known()
             ? wires::explained(use, network.village.network, network.terminals).in(language)
             : "";
}

Table houses_table(const plan::Inputs& inputs, const plan::VillageNetwork& network,
                   Language language) {
  Table table{
      {"Network", "网络"},
      {name_column({"Number", "编号"}, 12), name_column({"Transformer", "台区"}, 12),
       name_column({"Phases", "相别"}, 8), tenth({"PV", "光伏"}, kilowatts, Total::sum),
       tenth({"Highest voltage", "最高电压"}, volts), name_column({"when", "时刻"}, 18),
       tenth({"Lowest voltage", "最低电压"}, volts), name_column({"when", "时刻"}, 18),
       tenth({"Above its limit", "越上限"}, hours), tenth({"Below its limit", "越下限"}, hours),
       tenth({"Fed in above the limit", "越上限时上网"}, kwh_of_wires, Total::sum),
       percent({"Unbalance, 95 %", "不平衡度(95%)"}),
       tenth({"More PV that fits", "尚可接入"}, kilowatts), name_column({"then", "其后受限"}, 48)},
      {}};
  for (std::size_t i = 0; i < network.village.houses.size(); ++i) {
    const hosting::House& house = network.village.houses[i];
    const wires::TerminalYear& year = network.assessment.terminals[i];
    const bool is_three = house.phases == wires::Phases::abc;
    const hosting::HouseCapacity* room = network.room ? &network.room->houses[i] : nullptr;
    table.rows.push_back({house.id, network.village.network.transformers[house.transformer].name,
                          letters_of(house.phases), house.pv_kw, year.highest_v.value,
                          spoken_time(inputs, year.highest_v.step), year.lowest_v.value,
                          spoken_time(inputs, year.lowest_v.step), year.hours_above,
                          year.hours_below, year.fed_kwh_above,
                          is_three ? Cell(year.unbalance_95) : Cell(),
                          room ? Cell(room->more_kw) : Cell(),
                          room ? Cell(stop_of(network, room->binding, language)) : Cell()});
  }
  return table;
}

Table lines_table(const plan::VillageNetwork& network) {
  Table table{
      {"Network lines", "网络线路"},
      {name_column({"Line", "线路"}, 16), name_column({"From", "起点"}, 14),
       name_column({"To", "终点"}, 14), tenth({"Length", "长度"}, {"m", "米"}, Total::sum),
       name_column({"Type", "型号"}, 22), tenth({"Rating", "载流量"}, {"A", "A"}),
       tenth({"Most", "最大电流"}, {"A", "A"}), percent({"Loading", "正向负载率"}),
       percent({"Reverse loading", "反向负载率"}), tenth({"Beyond its rating", "越限"}, hours),
       tenth({"Losses", "损耗"}, kwh_of_wires, Total::sum)},
      {}};
  const wires::Network& wires = network.village.network;
  for (std::size_t i = 0; i < wires.lines.size(); ++i) {
    const wires::Line& line = wires.lines[i];
    const wires::LineYear& year = network.assessment.lines[i];
    const bool is_rated = line.rating_a.has_value();
    table.rows.push_back({line.name, wires.buses[line.from].name, wires.buses[line.to].name,
                          1000.0 * line.length_km, wires.types[line.type].name,
                          cell_of(line.rating_a),
                          std::max(year.forward.most.value, year.reverse.most.value),
                          is_rated ? Cell(year.forward.loading) : Cell(),
                          is_rated ? Cell(year.reverse.loading) : Cell(),
                          year.forward.hours_beyond + year.reverse.hours_beyond, year.loss_kwh});
  }
  return table;
}

Table transformers_table(const plan::Inputs& inputs, const plan::Study& study, Language language) {
  Table table{
      {"Network transformers", "网络变压器"},
      {name_column({"Transformer", "变压器"}, 14), tenth({"Rating", "容量"}, {"kVA", "kVA"}),
       percent({"Loading", "正向负载率"}), percent({"Reverse loading", "反向负载率"}),
       percent({"One phase", "单相负载率"}), tenth({"Beyond, drawn", "正向越限"}, hours),
       tenth({"Beyond, fed back", "反向越限"}, hours),
       tenth({"Load losses", "负载损耗"}, kwh_of_wires, Total::sum),
       tenth({"No-load losses", "空载损耗"}, kwh_of_wires, Total::sum),
       name_column({"Grade, formula", "公式等级"}, 12),
       name_column({"Grade with power flow", "潮流校核等级"}, 14),
       tenth({"More PV that fits", "尚可接入"}, kilowatts), name_column({"then", "其后受限"}, 48)},
      {}};
  const plan::VillageNetwork& network = *study.network;
  for (std::size_t i = 0; i < network.assessment.transformers.size(); ++i) {
    const wires::Transformer& transformer = network.village.network.transformers[i];
    const wires::TransformerYear& year = network.assessment.transformers[i];
    const hosting::Grade quick =
        study.transformers[inputs.wires->transformers[i]].standard_2025.grade;
    const hosting::Capacity* room = network.room ? &network.room->areas[i].capacity : nullptr;
    table.rows.push_back({transformer.name, transformer.rating_kva, year.forward.loading,
                          year.reverse.loading, year.phase_loading, year.forward.hours_beyond,
                          year.reverse.hours_beyond, year.load_loss_kwh, year.no_load_loss_kwh,
                          name_of(quick).in(language),
                          name_of(hosting::checked(quick, network.checks[i])).in(language),
                          room ? Cell(room->kw) : Cell(),
                          room ? Cell(stop_of(network, room->binding, language)) : Cell()});
  }
  return table;
}

Table remedies_table(const plan::VillageNetwork& network, Language language) {
  Table table{{"Network remedies", "网络措施"},
              {name_column({"Transformer", "台区"}, 12),
               name_column({"Remedy", "措施"}, 28),
               name_column({"What is done", "内容"}, 56),
               tenth({"Adds", "新增"}, kilowatts),
               tenth({"Bears in all", "共可接入"}, kilowatts),
               {{"Cost", "费用"}, {"yuan", "元"}, 12.0, Look::money},
               {{"Cost of a kW", "单位费用"}, {"yuan/kW", "元/kW"}, 12.0, Look::money},
               name_column({"Price that is missing", "未填单价"}, 28),
               tenth({"Energy given up", "放弃电量"}, kwh_of_wires),
               name_column({"then", "其后受限"}, 48)},
              {}};
  for (const hosting::Remedy& remedy : network.remedies) {
    table.rows.push_back(
        {network.village.network.transformers[remedy.transformer].name, remedy.name.in(language),
         remedy.detail.in(language), remedy.more_kw, remedy.capacity_kw, cell_of(remedy.cost_yuan),
         cell_of(remedy.yuan_per_kw), remedy.missing, cell_of(remedy.lost_kwh),
         remedy.binding ? Cell(stop_of(network, *remedy.binding, language)) : Cell()});
  }
  return table;
}

}  // namespace

std::vector<Table> network_tables(const plan::Inputs& inputs, const plan::Study& study,
                                  Language language) {
  if (!study.network) {
    return {};
  }
  std::vector<Table> tables{
      houses_table(inputs, *study.network, language), lines_table(*study.network),
      transformers_table(inputs, study, language), remedies_table(*study.network, language)};
  std::erase_if(tables, [](const Table& table) { return table.rows.empty(); });
  return tables;
}

}  // namespace xiaoyuan::report
