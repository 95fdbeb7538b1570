#include <fmt/format.h>

#include <chrono>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "district/example.hpp"
#include "district/job.hpp"
#include "report/version.hpp"
#include "store/folder.hpp"
#include "tariff/schedule.hpp"

namespace xiaoyuan::cli {

namespace {

constexpr int example_year = 2026;

/// A shipped tariff laid over the example's year.
Result<std::vector<double>> prices_of(const std::string& name, int step_minutes) {
  TRY(const auto share, store::share_folder());
  const std::string file = "tariffs/" + name + ".toml";
  TRY(const std::string bytes, store::folder(share).read(file));
  TRY(tariff::Tariff tariff, tariff::read_tariff(bytes, file));
  for (tariff::Version& version : tariff.versions) {
    version.tiers.reset();  // the limits differ by household and are not known here
  }
  TRY(const Zone zone, Zone::find("Asia/Shanghai"));
  const Date first{std::chrono::year{example_year} / 1 / 1};
  const TimeAxis axis{zone.instant(first, 0), std::chrono::minutes{step_minutes},
                      static_cast<std::size_t>(365 * 1440 / step_minutes)};
  TRY(tariff::Schedule schedule, tariff::schedule(tariff, zone.civil(axis), step_minutes));
  return std::move(schedule.yuan_per_kwh);
}

Result<void> make_example(const DistrictOptions& options) {
  if (60 % options.step_minutes != 0) {
    return fail(Fault::bad_input,
                {"expected a number of minutes that divides the hour", "应为能整除一小时的分钟数"},
                {"--step-minutes", 0, ""});
  }
  TRY(const std::vector<double> buy, prices_of("beijing-residential", options.step_minutes));
  TRY(const std::vector<double> sell, prices_of("beijing-feed-in", options.step_minutes));
  TRY(store::OutputFolder folder, store::OutputFolder::begin(options.district));
  const district::ExampleTerms terms{
      .households = options.households_to_make,
      .seed = options.seed,
      .step_minutes = options.step_minutes,
      .buy = buy,
      .sell = sell,
      .price_source = fmt::format(
          "share/tariffs/beijing-residential.toml, beijing-feed-in.toml, {}, without tiers",
          example_year)};
  for (const auto& [name, bytes] : district::example_district(terms)) {
    if (auto written = folder.write(name, bytes); !written) {
      return written;
    }
  }
  return folder.finish();
}

int run_make(const DistrictOptions& options, Language language) {
  if (const auto made = make_example(options); !made) {
    return report_errors(made.error(), language);
  }
  const Text next{fmt::format("Wrote an example district of {1} households to {0}. Then: xiaoyuan "
                              "district {0} --out {0}/out",
                              options.district, options.households_to_make),
                  fmt::format("已在 {0} 写出 {1} 户的示例区域。然后运行:xiaoyuan district {0} "
                              "--out {0}/out",
                              options.district, options.households_to_make)};
  fmt::print("{}\n", next.in(language));
  return 0;
}

/// What is wrong with the input is wrong on every rank: then the leader alone speaks.
int report_failure(const Errors& errors, const district::Crew& crew, Language language) {
  const bool leader_speaks = !crew.agree(!crew.leads() || errors.empty());
  if (errors.empty() || (leader_speaks && !crew.leads())) {
    return 1;
  }
  return report_errors(errors, language);
}

Text summary(const district::JobReport& report, const DistrictOptions& options, double seconds) {
  const double solved = static_cast<double>(report.totals.households) *
                        static_cast<double>(report.chunks - report.chunks_found) /
                        static_cast<double>(report.chunks);
  Text text{fmt::format("{:.1f} s, {:.0f} households/s", seconds, solved / seconds),
            fmt::format("用时 {:.1f} 秒,每秒 {:.0f} 户", seconds, solved / seconds)};
  if (report.chunks_found > 0) {
    text.en +=
        fmt::format("; {} of {} chunks were there already", report.chunks_found, report.chunks);
    text.zh += fmt::format(";{} 块中有 {} 块为已有结果", report.chunks, report.chunks_found);
  }
  text.en += fmt::format("\nHouseholds: {0}/households.csv   Totals: {0}/totals.json", options.out);
  text.zh += fmt::format("\n逐户:{0}/households.csv   合计:{0}/totals.json", options.out);
  return text;
}

}  // namespace

int run_district(const DistrictOptions& options, const district::Crew& crew, Language language) {
  if (options.households_to_make > 0) {
    return crew.leads() ? run_make(options, language) : 0;
  }
  if (options.out.empty()) {
    return report_failure({{Fault::bad_input, missing(), {"--out", 0, ""}}}, crew, language);
  }
  catch_interrupts();
  const auto begun = std::chrono::steady_clock::now();
  Result<district::JobReport> report;
  {
    Progress progress({"district", "区域"}, {"households", "户"}, language);
    district::JobTerms terms{
        .district = options.district,
        .out = options.out,
        .chunk_lines = options.chunk_lines,
        .threads = options.threads > 0 || crew.ranks == 1 ? options.threads : 1,
        .resume = options.resume ? district::Resume::go_on : district::Resume::refuse,
        .program = std::string("xiaoyuan ") + report::program_version(),
        .on_progress = [&](std::size_t done, std::size_t all) { progress.show(done, all); },
        .stopped = interrupted};
    report = district::run_job(terms, crew);
  }
  if (!report) {
    return report_failure(report.error(), crew, language);
  }
  if (crew.leads()) {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    fmt::print("{}{}\n", district::totals_text(report->totals, language),
               summary(*report, options, took.count()).in(language));
  }
  return 0;
}

}  // namespace xiaoyuan::cli
