// reconcile: what the grid company states of a month beside ours.
#include <fmt/format.h>

#include <filesystem>

#include "cli/office_papers.hpp"
#include "cli/office_place.hpp"
#include "cli/terminal.hpp"
#include "office/reconciliation.hpp"
#include "settle/bills.hpp"
#include "statement/words.hpp"

namespace xiaoyuan::cli {

namespace {

struct Verdict {
  Text told;
  bool is_equal = false;
};

void add_line(Text& text, const Text& line) {
  text.en += (text.en.empty() ? "" : "\n") + line.en;
  text.zh += (text.zh.empty() ? "" : "\n") + line.zh;
}

/// "H003, export: theirs less ours −0.50 kWh, −0.18 yuan: the readings are cut to whole kWh"
Text difference_of(const settle::Shadow& shadow) {
  const Text channel = readings::name_of(shadow.channel);
  Text text{fmt::format("  {}, {}: differs by", shadow.household, channel.en),
            fmt::format("  {},{}:相差", shadow.household, channel.zh)};
  std::string between = " ";
  if (shadow.stated_energy) {
    const std::string kwh = statement::kwh_text(*shadow.stated_energy - shadow.our_energy);
    text.en += fmt::format("{}{} kWh", between, kwh);
    text.zh += fmt::format("{}{} 千瓦时", between, kwh);
    between = ", ";
  }
  if (shadow.stated_money) {
    const std::string yuan = statement::signed_yuan(*shadow.stated_money - shadow.our_money);
    text.en += fmt::format("{}{} yuan", between, yuan);
    text.zh += fmt::format("{}{} 元", between == ", " ? "、" : between, yuan);
  }
  for (std::size_t i = 0; i < shadow.findings.size(); ++i) {
    text.en += (i == 0 ? ", because " : "; ") + shadow.findings[i].why.en;
    text.zh += (i == 0 ? ",原因:" : ";") + shadow.findings[i].why.zh;
  }
  return text;
}

void tell_places(const std::vector<office::HouseholdChannel>& places, const Text& what,
                 Text& told) {
  std::vector<std::string> en;
  std::vector<std::string> zh;
  for (const office::HouseholdChannel& place : places) {
    const Text channel = readings::name_of(place.channel);
    en.push_back(fmt::format("{} {}", place.household, channel.en));
    zh.push_back(place.household + channel.zh);
  }
  if (!places.empty()) {
    add_line(told, {fmt::format("{}: {}", what.en, joined(en)),
                    fmt::format("{}:{}", what.zh, joined(zh, "、"))});
  }
}

Text told(const office::Reconciled& result) {
  std::size_t equal = 0;
  for (const settle::Shadow& shadow : result.shadows) {
    equal += shadow.is_equal() ? 1 : 0;
  }
  Text text{fmt::format("{}: {} of {} stated figures equal ours in all digits (theirs less ours)",
                        text_of(result.month), equal, result.shadows.size()),
            fmt::format("{}:对方所列 {} 项中 {} 项与我方完全一致(差额=对方-我方)",
                        text_of(result.month), result.shadows.size(), equal)};
  for (const settle::Shadow& shadow : result.shadows) {
    if (!shadow.is_equal()) {
      add_line(text, difference_of(shadow));
    }
  }
  tell_places(result.unstated, {"Not on their sheets", "对方表单缺项"}, text);
  tell_places(result.not_settled, {"Stated, but not settled by us", "对方已列、我方未结算"}, text);
  if (!result.strangers.empty()) {
    add_line(text, {"Meters that are not the village's: " + joined(result.strangers),
                    "非本村电能表:" + joined(result.strangers, "、")});
  }
  for (const Error& error : result.refused) {
    add_line(text,
             {"  " + message(error, Language::english), "  " + message(error, Language::chinese)});
  }
  if (result.other_months > 0) {
    add_line(text,
             {fmt::format("{} figures are of other periods and were left", result.other_months),
              fmt::format("另有 {} 项属其他计费期,未核对", result.other_months)});
  }
  return text;
}

Result<std::vector<office::StatedSheet>> sheets_of(const ReconcileOptions& options,
                                                   store::Store& store) {
  if (options.files.empty()) {
    return office::imported_sheets(store);
  }
  if (options.mapping.empty()) {
    return fail(Fault::bad_input,
                {"a sheet needs a mapping that says which column is what: --mapping "
                 "payment_notice, for instance (docs/guide/read-meters.md)",
                 "表单须用 --mapping 指明列映射,例如 payment_notice(见 docs/guide/read-meters.md)"},
                {"--mapping", 0, ""});
  }
  TRY(const std::string mapping, mapping_text(options.mapping, options.place.village));
  TRY(const readings::Mapping checked, readings::read_mapping(mapping, options.mapping));
  static_cast<void>(checked);
  std::vector<office::StatedSheet> sheets;
  Errors errors;
  for (const std::string& file : options.files) {
    auto bytes = file_bytes(file);
    if (gather(bytes, errors)) {
      sheets.push_back({std::filesystem::path(file).filename().string(), *bytes, mapping});
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return sheets;
}

Result<Verdict> reconciled(const ReconcileOptions& options, Language language) {
  TRY(const office::Village village, read_settled_village(options.place));
  TRY(const ledger::Period month, office::month_from(options.month, "--month"));
  TRY(const auto store, open_store(options.place));
  TRY(const std::vector<office::StatedSheet> sheets, sheets_of(options, *store));
  TRY(office::Office office, office::Office::open(*store, village));
  TRY(office::Reconciled result, office::reconcile(office, village, month, sheets));
  Verdict verdict{.told = told(result), .is_equal = result.is_equal()};
  if (!options.out.empty()) {
    std::vector<statement::Sheet> papers(1);
    papers.front().statement = std::move(result.statement);
    TRY(const Text written, write_papers(papers, {"pdf", "html", "csv", "xlsx"}, options.out,
                                         {language, village.zone()}));
    add_line(verdict.told, written);
  }
  return verdict;
}

}  // namespace

int run_reconcile(const ReconcileOptions& options, Language language) {
  const Result<Verdict> verdict = reconciled(options, language);
  if (!verdict) {
    return report_errors(verdict.error(), language);
  }
  fmt::print("{}\n", verdict->told.in(language));
  return verdict->is_equal ? 0 : 1;
}

}  // namespace xiaoyuan::cli
