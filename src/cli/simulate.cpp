// simulate: a year of readings of a planned village, made by the plan's own models, with faults.
#include "cli/simulate.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <filesystem>

#include "cli/terminal.hpp"
#include "sim/village_year.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::cli {

namespace {

/// "2025-11"
std::optional<std::chrono::year_month> first_month_from(std::string_view text) {
  Date date;
  if (text.size() != 7 || !parse_date(fmt::format("{}-01", text), date)) {
    return std::nullopt;
  }
  return date.year() / date.month();
}

Result<sim::YearWanted> year_wanted_by(const SimulateOptions& options,
                                       const plan::Inputs& planned) {
  sim::YearWanted wanted;
  wanted.months = options.months;
  wanted.seed = options.seed;
  wanted.step = std::chrono::minutes{options.step == "15min" ? 15 : 60};
  const Civil begin = planned.times.front();
  wanted.from = std::chrono::year{begin.year} / begin.date().month();
  if (!options.from.empty()) {
    const auto month = first_month_from(options.from);
    if (!month) {
      return fail(Fault::bad_input,
                  {fmt::format("expected a month like 2025-11, found \"{}\"", options.from),
                   fmt::format("应为形如 2025-11 的月份,实为“{}”", options.from)},
                  {"--from", 0, ""});
    }
    wanted.from = *month;
  }
  return wanted;
}

/// Where the files lie in the village itself, they can be taken in at once.
Text next_step(const SimulateOptions& options) {
  std::error_code ignored;
  if (!std::filesystem::equivalent(options.village, options.out, ignored)) {
    return {};
  }
  const std::string command = fmt::format(
      "xiaoyuan import {0} {0}/readings/registers.csv --mapping registers", options.village);
  return {"\nNext: " + command, "\n下一步:" + command};
}

Result<Text> simulate_and_write(const SimulateOptions& options, Language language) {
  TRY(const auto share, store::share_folder());
  TRY(const plan::Inputs planned,
      plan::read_inputs(store::folder(options.village), store::folder(share)));
  TRY(const sim::YearWanted wanted, year_wanted_by(options, planned));
  TRY(store::OutputFolder output, store::OutputFolder::begin(options.out));
  Progress progress({"making readings", "生成读数"}, {"households", "户"}, language);
  TRY(const sim::VillageYear village,
      sim::village_year(planned, wanted, {options.threads, [&](std::size_t done, std::size_t all) {
                                            progress.show(done, all);
                                            return !interrupted();
                                          }}));
  for (const sim::NamedBytes& file : sim::files_of(village)) {
    if (auto written = output.write(file.name, file.bytes); !written) {
      return std::unexpected(std::move(written.error()));
    }
  }
  if (auto finished = output.finish(); !finished) {
    return std::unexpected(std::move(finished.error()));
  }
  std::size_t steps = 0;
  for (const readings::Intervals& month : village.raw.months) {
    steps += month.axis.size;
  }
  const auto& raw = village.raw;
  const Text next = next_step(options);
  return Text{
      fmt::format("{}: {} metering points, {} registers, {} intervals and {} faults, made up by "
                  "the plan's models (seed {}).\nThey are no measurements: {}/readings/faults.csv "
                  "says what went wrong, {}/readings/truth.csv what flowed.{}",
                  planned.village.name.en, village.meters.size(), raw.registers.size(), steps,
                  raw.faults.size(), wanted.seed, options.out, options.out, next.en),
      fmt::format("{}:{} 个计量点、{} 条示数、{} 个曲线点、{} 处异常,均由规划模型生成(种子 {})。\n"
                  "并非实测:异常清单见 {}/readings/faults.csv,真值见 {}/readings/truth.csv。{}",
                  planned.village.name.zh, village.meters.size(), raw.registers.size(), steps,
                  raw.faults.size(), wanted.seed, options.out, options.out, next.zh)};
}

}  // namespace

const CLI::App* add_simulate(CLI::App& app, Language language, SimulateOptions& options) {
  const auto say = [language](const char* en, const char* zh) {
    return language == Language::chinese ? zh : en;
  };
  CLI::App* command = app.add_subcommand(
      "simulate", say("Make up a year of meter readings of a planned village, with faults",
                      "按规划模型为村庄生成一年的电表读数(含异常),供演练与测试"));
  command->footer(say("Example: xiaoyuan simulate village --out readings-made-up --from 2025-11",
                      "示例:xiaoyuan simulate 村庄 --out 模拟读数 --from 2025-11"));
  command->add_option("village", options.village, say("The village's folder", "村庄文件夹"))
      ->required();
  command->add_option("--out", options.out, say("Folder for the files", "结果文件夹"))->required();
  command->add_option(
      "--from", options.from,
      say("First month, as 2025-11; the plan's if left out", "起始月份,如 2025-11;缺省为规划首月"));
  command->add_option("--months", options.months, say("Months", "月数"))
      ->check(CLI::Range(1, 12))
      ->capture_default_str();
  command->add_option("--step", options.step, say("Step of the intervals", "曲线时间步长"))
      ->check(CLI::IsMember({"15min", "60min"}))
      ->capture_default_str();
  command
      ->add_option("--seed", options.seed,
                   say("Another seed is another year", "随机种子,不同种子为不同年景"))
      ->capture_default_str();
  command
      ->add_option("--threads", options.threads,
                   say("Threads; 0 is one for each core", "线程数;0 为每核一个"))
      ->check(CLI::Range(0, 256));
  return command;
}

int run_simulate(const SimulateOptions& options, Language language) {
  catch_interrupts();
  const auto told = simulate_and_write(options, language);
  if (!told) {
    return report_errors(told.error(), language);
  }
  fmt::print("{}\n", told->in(language));
  return 0;
}

}  // namespace xiaoyuan::cli
