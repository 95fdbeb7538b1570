#include "cli/share.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "base/expected.hpp"
#include "cli/one_file.hpp"
#include "cli/terminal.hpp"
#include "settle/sharing_print.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::cli {

namespace {

Result<std::string> bytes_of(const std::filesystem::path& file) {
  return store::folder(folder_of(file)).read(file.filename().string());
}

Result<settle::SharingKey> key_of(const ShareOptions& options) {
  const auto& words = settle::words_of(settle::SharingKey{});
  const auto found = std::ranges::find(words, options.key);
  if (found == words.end()) {
    return fail(Fault::bad_input, choice_expected(words, options.key), {"--key", 0, ""});
  }
  return static_cast<settle::SharingKey>(found - words.begin());
}

/// What was given but belongs to another key, and what is missing.
Result<void> check_words(const ShareOptions& options, settle::SharingKey key) {
  const bool is_static =
      key == settle::SharingKey::static_weights || key == settle::SharingKey::static_offered_again;
  const bool has_weights = !options.weights.empty() || !options.weights_file.empty();
  if (is_static && (options.weights.empty() == options.weights_file.empty())) {
    return fail(Fault::bad_input,
                {"this key needs --weights or --weights-file, one of the two",
                 "此分配方式须给出 --weights 或 --weights-file 之一"},
                {"--key", 0, ""});
  }
  if (!is_static && has_weights) {
    return fail(Fault::bad_input,
                {fmt::format("the key {} knows no weights", options.key),
                 fmt::format("分配方式 {} 不使用权重", options.key)},
                {"--weights", 0, ""});
  }
  if (key != settle::SharingKey::prosumer_first && !options.first.empty()) {
    return fail(Fault::bad_input, {"is for the key prosumer-first alone", "仅用于 prosumer-first"},
                {"--first", 0, ""});
  }
  return {};
}

Result<settle::SharingRule> share_rule(const ShareOptions& options,
                                       const settle::SharingFile& file) {
  TRY(const settle::SharingKey key, key_of(options));
  if (auto checked = check_words(options, key); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  settle::SharingRule rule{.key = key, .weights = {}, .whole = 0, .first = {}};
  settle::SharingWeights weights;
  if (!options.weights.empty()) {
    TRY(weights, settle::weights_from(options.weights, file.table.members));
  } else if (!options.weights_file.empty()) {
    const std::filesystem::path path(options.weights_file);
    TRY(const std::string bytes, bytes_of(path));
    TRY(weights, settle::read_weights(bytes, path.filename().string(), file));
  }
  rule.weights = std::move(weights.weights);
  rule.whole = weights.whole;
  if (!options.first.empty()) {
    TRY(rule.first, settle::first_from(options.first, file.table.members));
  } else {
    rule.first = settle::producers_of(file.table);
  }
  return rule;
}

Result<std::string> share_and_write(const ShareOptions& options, Language language) {
  const std::filesystem::path path(options.file);
  TRY(const std::string bytes, bytes_of(path));
  const auto beyond = options.rounds ? settle::BeyondMwh::round_half_up : settle::BeyondMwh::refuse;
  TRY(const settle::SharingFile file,
      settle::read_sharing_table(bytes, path.filename().string(), beyond));
  TRY(const settle::SharingRule rule, share_rule(options, file));
  TRY(const settle::SharedMonth month, settle::share(file.table, rule));
  if (!options.out.empty()) {
    if (auto written = write_one(options.out, settle::sharing_csv(file, month)); !written) {
      return std::unexpected(std::move(written.error()));
    }
  }
  return settle::sharing_text(file, month, rule, language);
}

}  // namespace

const CLI::App* add_share(CLI::App& app, Language language, ShareOptions& options) {
  const auto say = [language](const char* en, const char* zh) {
    return std::string(language == Language::chinese ? zh : en);
  };
  CLI::App* command = app.add_subcommand(
      "share", say("Clear a table of neighbours who share energy: who received it, who sold it",
                   "按时段清分村内共享电量:谁受入、谁售出"));
  command->footer(say(
      "The table: time, H1_import_kwh, H1_export_kwh, H2_import_kwh, … with a row an interval;\n"
      "or time, member, import_kwh, export_kwh. _wh in place of _kwh for Wh.",
      "表的列:time、H1_import_kwh、H1_export_kwh、H2_import_kwh……每时段一行;\n"
      "或 time、member、import_kwh、export_kwh。以瓦时计则用 _wh。"));
  command->add_option("file", options.file, say("The table", "CSV 表"))->required();
  command
      ->add_option("--key", options.key,
                   say("static, static-offered-again, dynamic, equal or prosumer-first",
                       "分配方式:static 固定比例、static-offered-again 固定比例余量再分配、dynamic "
                       "按用网电量、equal 等量、prosumer-first 发电户优先"))
      ->capture_default_str();
  command->add_option("--weights", options.weights,
                      say("Of static shares: 50%,30%,20% (the rest goes to the grid), or parts "
                          "H1=5,H2=3",
                          "固定比例:50%,30%,20%(余下上网),或份数 H1=5,H2=3"));
  command->add_option("--weights-file", options.weights_file,
                      say("The same as CSV: member,weight; or time,H1,H2,… for every interval",
                          "同上,CSV 文件:member,weight;或逐时段 time,H1,H2……"));
  command->add_option("--first", options.first,
                      say("prosumer-first: who is served first; those who export if left out",
                          "prosumer-first:优先成员,缺省为有上网电量者"));
  command->add_flag("--round", options.rounds,
                    say("Round digits beyond the mWh", "毫瓦时以下四舍五入"));
  command->add_option(
      "--out", options.out,
      say("Write every member and interval to this CSV file", "将逐户逐时段结果写入此 CSV 文件"));
  return command;
}

int run_share(const ShareOptions& options, Language language) {
  const auto text = share_and_write(options, language);
  if (!text) {
    return report_errors(text.error(), language);
  }
  fmt::print("{}", *text);
  return 0;
}

}  // namespace xiaoyuan::cli
