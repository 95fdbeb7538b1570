#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>

#include "base/expected.hpp"
#include "cli/commands.hpp"
#include "cli/one_file.hpp"
#include "cli/size_words.hpp"
#include "cli/terminal.hpp"
#include "optimum/sizing.hpp"
#include "optimum/sizing_life.hpp"
#include "optimum/sizing_table.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::cli {

namespace {

using optimum::no_limit;
namespace fs = std::filesystem;

Error bad_word(const std::string& option, std::string en, std::string zh) {
  return {Fault::bad_input, {std::move(en), std::move(zh)}, {option, 0, ""}};
}

/// Numbers between colons, or another sign.
std::optional<std::vector<double>> numbers_of(std::string_view text, char between = ':') {
  std::vector<double> numbers;
  for (const std::string_view part : parts_of(text, between)) {
    const auto number = parse_number(part);
    if (!number || !(*number >= 0.0)) {
      return std::nullopt;
    }
    numbers.push_back(*number);
  }
  return numbers;
}

/// "2970", or "5:3200,2900": prices by size.
optimum::Purchase purchase_of(const std::string& option, const std::string& text, Errors& errors) {
  optimum::Purchase purchase;
  const auto parts = parts_of(text, ',');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto numbers = numbers_of(parts[i]);
    const bool is_last = i + 1 == parts.size();
    const std::size_t wanted = is_last ? 1 : 2;
    if (!numbers || numbers->size() != wanted) {
      errors.push_back(bad_word(
          option, fmt::format("expected a price, as 2970 or 5:3200,2900, found \"{}\"", text),
          fmt::format("应为单价,如 2970 或 5:3200,2900,实为“{}”", text)));
      return purchase;
    }
    purchase.pieces.push_back({is_last ? no_limit : numbers->front(), numbers->back()});
  }
  return purchase;
}

std::vector<optimum::Product> catalogue_of(const SizeOptions& options, Errors& errors) {
  std::vector<optimum::Product> products;
  if (options.catalogue.empty()) {
    return products;
  }
  for (const std::string_view part : parts_of(options.catalogue, ',')) {
    const auto numbers = numbers_of(part);
    if (!numbers || numbers->size() > 3) {
      errors.push_back(bad_word(
          "--catalogue", fmt::format("expected kWh[:kW[:yuan]], as 10:5:9000, found \"{}\"", part),
          fmt::format("应为 千瓦时[:千瓦[:元]],如 10:5:9000,实为“{}”", part)));
      continue;
    }
    optimum::Product product{numbers->front(), 0.0, {}};
    if (numbers->size() > 1) {
      product.kw = (*numbers)[1];
    }
    if (numbers->size() > 2) {
      product.capex_yuan = (*numbers)[2];
    }
    products.push_back(product);
  }
  return products;
}

/// What was read, and the problem that points at it.
struct Question {
  optimum::SizingTable table;
  std::vector<double> carbon;
  optimum::CountedLife life;
  optimum::SizingProblem problem;
  std::vector<Text> notes;
};

class Asking {
 public:
  explicit Asking(const SizeOptions& options) : options_(options) {}
  Result<void> ask(Question& asked);

 private:
  void set_life(Question& asked);
  void set_roofs(Question& asked);
  void set_battery(Question& asked);
  void set_aim(Question& asked);
  void set_limits(Question& asked);
  void set_tiers(Question& asked);
  double largest_day_kwh(const Question& asked) const;

  const SizeOptions& options_;
  Errors errors_;
};

void Asking::set_life(Question& asked) {
  const int battery_years =
      options_.battery_years > 0 ? options_.battery_years : options_.life_years;
  if (options_.battery_years == 0) {
    asked.notes.push_back(
        {fmt::format("the battery is taken to live as long as the plant, {} years; "
                     "--battery-life says otherwise",
                     options_.life_years),
         fmt::format("电池寿命按与电站相同的 {} 年计;可用 --battery-life 另行给出",
                     options_.life_years)});
  }
  const optimum::Life life{.years = options_.life_years,
                           .rate = options_.rate,
                           .pv_first_year_loss = options_.pv_loss,
                           .pv_yearly_loss = options_.pv_loss,
                           .battery_years = battery_years,
                           .battery_yearly_loss = options_.battery_loss};
  asked.life = options_.objective == "npv" ? life_cost(life) : annual_cost(life);
  const double years = asked.table.years();
  if (std::abs(years - 1.0) > 0.004) {
    asked.notes.push_back({fmt::format("the file covers {:.3f} years; its costs are scaled to one "
                                       "year",
                                       years),
                           fmt::format("文件覆盖 {:.3f} 年;费用已折算为一年", years)});
    for (optimum::YearShare& year : asked.life.years) {
      year.weight /= years;
    }
  }
  asked.problem.years = asked.life.years;
}

void Asking::set_roofs(Question& asked) {
  const auto& shapes = asked.table.kwh_per_kwp;
  if (shapes.size() != options_.roof_kwp.size()) {
    errors_.push_back(bad_word(
        "--roof-kwp",
        fmt::format("names {} roof planes, but the file has {} PV columns (pv_kw_per_kwp, "
                    "pv2_kw_per_kwp …)",
                    options_.roof_kwp.size(), shapes.size()),
        fmt::format("给出了 {} 个屋面,而文件有 {} 个光伏列(pv_kw_per_kwp、pv2_kw_per_kwp ……)",
                    options_.roof_kwp.size(), shapes.size())));
    return;
  }
  optimum::Purchase purchase = purchase_of("--pv-yuan-per-kwp", options_.pv_price, errors_);
  purchase.counted = asked.life.pv_counted;
  purchase.upkeep_yuan = options_.pv_upkeep * asked.life.upkeep_counted;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    asked.problem.roofs.push_back(
        {fmt::format("{}", i + 1), shapes[i], options_.roof_kwp[i], options_.module_kwp, purchase});
  }
}

/// The most energy that any day uses or makes with full roofs: no household cycles more at once.
double Asking::largest_day_kwh(const Question& asked) const {
  const auto steps = static_cast<std::size_t>(std::lround(24.0 / asked.table.step_hours));
  double largest = 0.0;
  double day = 0.0;
  for (std::size_t t = 0; t < asked.table.load_kwh.size(); ++t) {
    day = t % std::max<std::size_t>(1, steps) == 0 ? 0.0 : day;
    day += asked.table.load_kwh[t];
    for (const optimum::RoofPlane& roof : asked.problem.roofs) {
      day += roof.room_kwp * roof.kwh_per_kwp[t];
    }
    largest = std::max(largest, day);
  }
  return std::ceil(largest);
}

void Asking::set_battery(Question& asked) {
  optimum::BatteryChoice& battery = asked.problem.battery;
  battery.energy = purchase_of("--battery-yuan-per-kwh", options_.battery_price, errors_);
  battery.power = purchase_of("--battery-yuan-per-kw", options_.power_price, errors_);
  battery.energy.counted = asked.life.battery_counted;
  battery.power.counted = asked.life.battery_counted;
  battery.catalogue = catalogue_of(options_, errors_);
  battery.most_kwh = options_.most_kwh >= 0.0 ? options_.most_kwh : largest_day_kwh(asked);
  for (const optimum::Product& product : battery.catalogue) {
    battery.most_kwh = std::max(battery.most_kwh, product.kwh);
  }
  battery.most_kw_per_kwh = options_.kw_per_kwh > 0.0 ? options_.kw_per_kwh : no_limit;
  battery.floor_share = options_.soc_min;
  battery.ceiling_share = options_.soc_max;
  battery.charge_efficiency = options_.efficiency;
  battery.discharge_efficiency = options_.efficiency;
  battery.wear_yuan_per_kwh = options_.wear_yuan_per_kwh;
}

void Asking::set_aim(Question& asked) {
  optimum::SizingProblem& problem = asked.problem;
  problem.budget_yuan = options_.budget_yuan >= 0.0 ? options_.budget_yuan : no_limit;
  problem.gap = options_.gap;
  if (options_.mode == "self-sufficiency") {
    problem.aim = optimum::SizingAim::least_import;
  } else if (options_.mode == "carbon") {
    problem.aim = optimum::SizingAim::least_carbon;
    asked.carbon = asked.table.carbon_kg_per_kwh;
    if (asked.carbon.empty() && options_.carbon_kg_per_kwh >= 0.0) {
      asked.carbon.assign(asked.table.load_kwh.size(), options_.carbon_kg_per_kwh);
    } else if (asked.carbon.empty()) {
      errors_.push_back(bad_word(
          "--carbon-kg-per-kwh",
          "mode carbon needs this factor, or the column carbon_kg_per_kwh; none is assumed",
          "carbon 模式需要此因子,或文件中的 carbon_kg_per_kwh 列;程序不作假定"));
    }
    problem.carbon_kg_per_kwh = asked.carbon;
  }
}

void Asking::set_limits(Question& asked) {
  optimum::SizingProblem& problem = asked.problem;
  if (options_.export_limit_kw >= 0.0) {
    problem.export_limit_kwh = options_.export_limit_kw * asked.table.step_hours;
  }
  if (options_.import_limit_kw >= 0.0) {
    problem.import_limit_kwh = options_.import_limit_kw * asked.table.step_hours;
  }
  problem.export_limits_kwh = asked.table.export_limits_kwh;
  problem.import_limits_kwh = asked.table.import_limits_kwh;
  problem.reserve_kwh = options_.reserve_kwh;
}

void Asking::set_tiers(Question& asked) {
  if (options_.tiers.empty() && options_.tier_additions.empty()) {
    return;
  }
  const auto limits = numbers_of(options_.tiers, ',');
  const auto additions = numbers_of(options_.tier_additions, ',');
  if (!limits || !additions || additions->size() != limits->size() + 1) {
    errors_.push_back(bad_word(
        "--tiers",
        "expected limits, as 2880,4800, and --tier-additions with one number more, as 0,0.05,0.3",
        "应为各档上限,如 2880,4800,并由 --tier-additions 给出多一个的加价,如 0,0.05,0.3"));
    return;
  }
  asked.problem.tier_limits_kwh = *limits;
  asked.problem.tier_additions_yuan = *additions;
  if (options_.tier_period != "month") {
    return;
  }
  asked.problem.tier_period_of_step = asked.table.month_of_step;
  if (asked.table.month_of_step.empty()) {
    errors_.push_back(bad_word("--tier-period",
                               "month needs a time column, or a file of 365 or 366 days",
                               "month 需要 time 列,或覆盖 365(366)天的文件"));
  }
}

Result<void> Asking::ask(Question& asked) {
  const fs::path path(options_.file);
  TRY(const std::string bytes, store::folder(folder_of(path)).read(path.filename().string()));
  TRY(asked.table,
      optimum::read_sizing_table(bytes, options_.file, {options_.step_minutes, options_.pv_kwp}));
  asked.problem.load_kwh = asked.table.load_kwh;
  asked.problem.buy = asked.table.buy;
  asked.problem.sell = asked.table.sell;
  asked.problem.step_hours = asked.table.step_hours;
  set_limits(asked);
  set_tiers(asked);
  set_life(asked);
  set_roofs(asked);
  set_battery(asked);
  set_aim(asked);
  if (!errors_.empty()) {
    return std::unexpected(std::move(errors_));
  }
  return {};
}

std::string json_of(const optimum::SizeWorth& worth) {
  return fmt::format(
      "{{\"size\":{:.9g},\"worth_yuan\":{:.9g},\"price_yuan\":{:.9g},"
      "\"changes_at_yuan\":{}}}",
      worth.size, worth.worth_yuan, worth.price_yuan,
      worth.changes_at_yuan ? fmt::format("{:.9g}", *worth.changes_at_yuan) : "null");
}

struct ProofWords {
  const char* word;
  Text text;
};

ProofWords proof_words(optimum::SizingProof proof) {
  switch (proof) {
    case optimum::SizingProof::cuts:
      return {"cuts", {"cutting planes: all is convex", "割平面:问题为凸"}};
    case optimum::SizingProof::searched:
      return {"searched",
              {"searched: falling prices, products or whole modules, with cutting planes as bound",
               "分支搜索:单价递减、产品目录或整块组件,以割平面为界"}};
    case optimum::SizingProof::bounded:
      break;
  }
  return {"bounded",
          {"bounded: some steps pay for import or more for export than import costs; the optimum "
           "lies between the bound and the cost",
           "有界:部分时段购电有收益或上网电价高于购电价,最优值介于下界与成本之间"}};
}

std::string json_of(const optimum::SizingResult& result, const SizeOptions& options) {
  const std::string without =
      std::isnan(result.without_yuan) ? "null" : fmt::format("{:.9g}", result.without_yuan);
  std::string roofs;
  for (const optimum::SizeWorth& roof : result.roofs) {
    roofs += (roofs.empty() ? "" : ",") + json_of(roof);
  }
  return fmt::format(
      "{{\"objective\":\"{}\",\"mode\":\"{}\",\"total_yuan\":{:.9g},\"bound_yuan\":{:.9g},"
      "\"gap\":{:.3g},\"without_yuan\":{},\"energy_yuan\":{:.9g},\"capex_yuan\":{:.9g},"
      "\"pv\":[{}],\"battery_kwh\":{},\"battery_kw\":{},\"self_sufficiency\":{:.6g},"
      "\"import_kwh\":{:.9g},\"export_kwh\":{:.9g},\"curtailed_kwh\":{:.9g},\"pv_kwh\":{:.9g},"
      "\"load_kwh\":{:.9g},\"quantity\":{:.9g},\"dispatches\":{},\"proof\":\"{}\"}}",
      options.objective, options.mode, result.total_yuan, result.bound_yuan, result.gap(), without,
      result.energy_yuan, result.capex_yuan, roofs, json_of(result.battery), json_of(result.power),
      result.self_sufficiency(), result.import_kwh, result.export_kwh, result.curtailed_kwh,
      result.pv_kwh, result.load_kwh, result.quantity, result.dispatches,
      proof_words(result.proof).word);
}

double kwp_of(const optimum::SizingResult& result) {
  return std::accumulate(result.roofs.begin(), result.roofs.end(), 0.0,
                         [](double sum, const auto& roof) { return sum + roof.size; });
}

std::string unit_of(const SizeOptions& options, Language language) {
  const bool is_life = options.objective == "npv";
  return Text{is_life ? "yuan over the life" : "yuan a year", is_life ? "元(全寿命现值)" : "元/年"}
      .in(language);
}

/// Why a size is none, or all that there is room for.
Text corner_of(const Text& what, const char* unit, const optimum::SizeWorth& worth) {
  if (!worth.changes_at_yuan) {
    return {};
  }
  const double price = *worth.changes_at_yuan;
  if (worth.size <= 0.0) {
    return {fmt::format("No {}: it begins to pay below {:.0f} yuan/{}.", what.en, price, unit),
            fmt::format("不装{}:单价低于 {:.0f} 元/{} 时才开始划算。", what.zh, price, unit)};
  }
  return {
      fmt::format("All the room for {} is used; it stays so up to {:.0f} yuan/{}.", what.en, price,
                  unit),
      fmt::format("{}已用满可装容量;单价不超过 {:.0f} 元/{} 时结论不变。", what.zh, price, unit)};
}

void print_sizes(const optimum::SizingResult& result, const SizeOptions& options,
                 Language language) {
  const std::string unit = unit_of(options, language);
  const auto line = [&](const Text& text) {
    if (!text.en.empty()) {
      fmt::print("{}\n", text.in(language));
    }
  };
  line({fmt::format("PV {:.2f} kWp, battery {:.2f} kWh / {:.2f} kW; capital {:.0f} yuan",
                    kwp_of(result), result.battery.size, result.power.size, result.capex_yuan),
        fmt::format("光伏 {:.2f} kWp,电池 {:.2f} 千瓦时 / {:.2f} 千瓦;初投资 {:.0f} 元",
                    kwp_of(result), result.battery.size, result.power.size, result.capex_yuan)});
  const bool may_be_nothing = !std::isnan(result.without_yuan);
  const Text nothing{
      may_be_nothing ? fmt::format("nothing built: {:.2f}", result.without_yuan)
                     : "the limits do not allow nothing to be built",
      may_be_nothing ? fmt::format("不建:{:.2f}", result.without_yuan) : "限值不允许不建"};
  line({fmt::format("Cost {:.2f} {} ({}); proved to {:.2f}, gap {:.1e}", result.total_yuan, unit,
                    nothing.en, result.bound_yuan, result.gap()),
        fmt::format("成本 {:.2f} {}({});下界 {:.2f},间隙 {:.1e}", result.total_yuan, unit,
                    nothing.zh, result.bound_yuan, result.gap())});
  line({"Proof: " + proof_words(result.proof).text.en,
        "证明方式:" + proof_words(result.proof).text.zh});
  line({fmt::format("Self-sufficiency {:.1f} %; import {:.0f}, export {:.0f}, curtailed {:.0f} kWh",
                    100.0 * result.self_sufficiency(), result.import_kwh, result.export_kwh,
                    result.curtailed_kwh),
        fmt::format("自给率 {:.1f} %;购电 {:.0f}、上网 {:.0f}、弃电 {:.0f} 千瓦时",
                    100.0 * result.self_sufficiency(), result.import_kwh, result.export_kwh,
                    result.curtailed_kwh)});
  for (std::size_t i = 0; i < result.roofs.size(); ++i) {
    line(corner_of({fmt::format("PV on roof plane {}", i + 1), fmt::format("屋面 {} 光伏", i + 1)},
                   "kWp", result.roofs[i]));
  }
  line(corner_of({"battery", "电池"}, "kWh", result.battery));
}

void print_front(const std::vector<optimum::SizingResult>& front, const SizeOptions& options,
                 Language language) {
  fmt::print("{}\n", Text{fmt::format("self-sufficiency  cost ({})  kWp  kWh  kW  capital  gap",
                                      unit_of(options, language)),
                          fmt::format("自给率  成本({})  kWp  千瓦时  千瓦  初投资  间隙",
                                      unit_of(options, language))}
                         .in(language));
  for (const optimum::SizingResult& one : front) {
    fmt::print("{:>8.1f} %  {:>12.2f}  {:>6.2f}  {:>6.2f}  {:>6.2f}  {:>9.0f}  {:.1e}\n",
               100.0 * one.self_sufficiency(), one.total_yuan, kwp_of(one), one.battery.size,
               one.power.size, one.capex_yuan, one.gap());
  }
}

/// The schedule of the first representative year, kW and kWh.
std::string schedule_csv(const Question& asked, const optimum::SizingResult& result) {
  std::string csv = "load_kw,pv_kw,battery_kw,stored_kwh,stored_value_yuan_per_kwh\n";
  const optimum::BatteryChoice& battery = asked.problem.battery;
  const double hours = asked.table.step_hours;
  double stored = result.path.start_kwh;
  for (std::size_t t = 0; t < asked.table.load_kwh.size(); ++t) {
    double pv = 0.0;
    for (std::size_t i = 0; i < result.roofs.size(); ++i) {
      pv += result.roofs[i].size * asked.table.kwh_per_kwp[i][t];
    }
    const double change = result.path.change_kwh[t];
    stored += change;
    const double ac =
        change > 0.0 ? change / battery.charge_efficiency : change * battery.discharge_efficiency;
    csv += fmt::format("{:.6g},{:.6g},{:.6g},{:.6g},{:.6g}\n", asked.table.load_kwh[t] / hours,
                       pv / hours, ac / hours, stored, result.stored_value[t]);
  }
  return csv;
}

Result<void> size_and_print(const SizeOptions& options, Language language) {
  Question asked;
  if (auto read = Asking(options).ask(asked); !read) {
    return read;
  }
  std::vector<optimum::SizingResult> answers;
  if (options.points > 0) {
    TRY(answers, optimum::sizing_front(asked.problem, options.points));
  } else {
    TRY(optimum::SizingResult one, optimum::best_sizes(asked.problem));
    answers.push_back(std::move(one));
  }
  if (!options.out.empty()) {
    if (auto written = write_one(options.out, schedule_csv(asked, answers.front())); !written) {
      return written;
    }
  }
  if (options.as_json) {
    std::string all;
    for (const optimum::SizingResult& one : answers) {
      all += (all.empty() ? "" : ",\n ") + json_of(one, options);
    }
    fmt::print("{}\n", options.points > 0 ? "[" + all + "]" : all);
    return {};
  }
  for (const Text& note : asked.notes) {
    fmt::print("{}{}\n", Text{"note: ", "提示:"}.in(language), note.in(language));
  }
  options.points > 0 ? print_front(answers, options, language)
                     : print_sizes(answers.front(), options, language);
  return {};
}

}  // namespace

int run_size(const SizeOptions& options, Language language) {
  const auto done = size_and_print(options, language);
  return done ? 0 : report_errors(done.error(), language);
}

}  // namespace xiaoyuan::cli
