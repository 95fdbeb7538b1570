#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/commands.hpp"
#include "cli/one_file.hpp"
#include "cli/terminal.hpp"
#include "district/dispatch_print.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::cli {

namespace {

/// Numbers with commas between them: "2880,4800".
std::vector<double> numbers_of(const std::string& list, const char* option, Errors& errors) {
  std::vector<double> numbers;
  for (const std::string_view part : parts_of(list, ',')) {
    if (part.empty() && list.empty()) {
      continue;
    }
    const auto number = parse_number(part);
    if (number) {
      numbers.push_back(*number);
    } else {
      errors.push_back({Fault::bad_input,
                        number_expected(not_negative, fmt::format("\"{}\"", part)),
                        {option, 0, ""}});
    }
  }
  return numbers;
}

Result<district::DispatchTerms> terms_of(const DispatchOptions& options) {
  static const std::vector<std::string> ends{"cyclic", "not-below", "equal", "free"};
  district::DispatchTerms terms;
  Errors errors;
  terms.step_minutes = options.step_minutes;
  terms.store = options.store;
  terms.start_kwh = options.start_kwh;
  terms.tank = options.tank;
  terms.shift = options.shift;
  terms.import_limit_kw = options.import_limit_kw;
  terms.export_limit_kw = options.export_limit_kw;
  terms.sell_cap_kwh = options.sell_cap_kwh;
  terms.sell_beyond_yuan = options.sell_beyond_yuan;
  terms.tier_limits_kwh = numbers_of(options.tiers, "--tiers", errors);
  terms.tier_additions_yuan = numbers_of(options.tier_additions, "--tier-additions", errors);
  const auto end = std::ranges::find(ends, options.end);
  if (end == ends.end()) {
    errors.push_back({Fault::bad_input, choice_expected(ends, options.end), {"--end", 0, ""}});
  } else {
    terms.end = static_cast<optimum::YearEnd>(end - ends.begin());
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return terms;
}

Result<district::DispatchAnswer> answer_and_write(const DispatchOptions& options) {
  TRY(const district::DispatchTerms terms, terms_of(options));
  const std::filesystem::path file(options.file);
  const std::string name = file.filename().string();
  TRY(const std::string bytes, store::folder(folder_of(file)).read(name));
  TRY(const district::DispatchTable table, district::read_dispatch_table(bytes, name));
  TRY(district::DispatchAnswer answer, district::dispatch(table, terms));
  if (!options.out.empty()) {
    const std::string csv = district::schedule_csv(table, district::spec_of(terms.store), answer);
    if (auto written = write_one(options.out, csv); !written) {
      return std::unexpected(std::move(written.error()));
    }
  }
  return answer;
}

}  // namespace

int run_dispatch(const DispatchOptions& options, Language language) {
  const auto answer = answer_and_write(options);
  if (!answer) {
    return report_errors(answer.error(), language);
  }
  fmt::print("{}", options.as_json ? district::answer_json(*answer)
                                   : district::answer_text(*answer, language));
  return answer->is_certified() ? 0 : 1;
}

}  // namespace xiaoyuan::cli
