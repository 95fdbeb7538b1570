// import: files of readings into a village's store.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/expected.hpp"
#include "cli/office_place.hpp"
#include "cli/terminal.hpp"
#include "office/intake.hpp"

namespace xiaoyuan::cli {

namespace {

Result<Text> import_files(const ImportOptions& options, Language language) {
  TRY(const office::Village village, read_settled_village(options.place));
  office::IntakeTerms terms{
      .mapping = std::nullopt,
      .mapping_text = {},
      .zone = village.zone(),
      .recorded_at = now(),
      .resend = options.correct ? readings::Resend::correct : readings::Resend::refuse,
      .on_progress = {}};
  if (!options.known_since.empty()) {
    TRY(terms.recorded_at,
        office::instant_from(options.known_since, village.zone(), "--known-since"));
  }
  std::vector<office::ForeignFile> files;
  Errors errors;
  for (const std::string& file : options.files) {
    auto bytes = file_bytes(file);
    if (gather(bytes, errors)) {
      files.push_back({std::filesystem::path(file).filename().string(), std::move(*bytes)});
    }
  }
  const bool needs_mapping = std::ranges::any_of(
      files, [](const office::ForeignFile& file) { return !office::is_archive(file.bytes); });
  if (needs_mapping && options.mapping.empty()) {
    errors.push_back(
        {Fault::bad_input,
         {"a table needs a mapping that says which column is what: --mapping "
          "registers, for instance (docs/guide/read-meters.md)",
          "表格须用 --mapping 指明列映射,例如 registers(见 docs/guide/read-meters.md)"},
         {"--mapping", 0, ""}});
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  std::optional<readings::Mapping> mapping;
  std::string text;
  if (needs_mapping) {
    TRY(text, mapping_text(options.mapping, options.place.village));
    TRY(mapping, readings::read_mapping(text, options.mapping));
  }
  TRY(const auto store, open_store_of(village, options.place, office::Use::write));
  Text told;
  for (const office::ForeignFile& file : files) {
    const bool is_table = !office::is_archive(file.bytes);
    terms.mapping = is_table ? mapping : std::nullopt;
    terms.mapping_text = is_table ? text : "";
    Progress progress({"importing", "导入"}, {"parts", "段"}, language);
    terms.on_progress = [&](std::size_t done, std::size_t all) {
      progress.show(done, all);
      return !interrupted();
    };
    TRY(const office::Intake intake, office::take_file(*store, file, terms));
    const Text utc = office::told(intake);
    const Text report = office::in_local_time(utc, village.zone());
    told.en += (told.en.empty() ? "" : "\n") + report.en;
    told.zh += (told.zh.empty() ? "" : "\n") + report.zh;
  }
  return told;
}

}  // namespace

int run_import(const ImportOptions& options, Language language) {
  catch_interrupts();
  return answer(import_files(options, language), language);
}

}  // namespace xiaoyuan::cli
