// Readings taken in, and the mappings by which foreign tables are read.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ranges>

#include "api/answers_json.hpp"
#include "api/settlement_doors.hpp"
#include "api/settlement_json.hpp"
#include "api/settlement_parts.hpp"
#include "api/world.hpp"
#include "base/expected.hpp"
#include "office/intake.hpp"
#include "office/mapping_shelf.hpp"
#include "office/written.hpp"
#include "people/words.hpp"
#include "readings/mapping.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::api {

namespace {

constexpr std::string_view import_prefix = "import/";
constexpr std::size_t longest_mapping_name = 60;

/// A report as it is kept: the English lines, then as many Chinese ones.
Text kept_report(std::string_view bytes) {
  std::vector<std::string_view> lines = parts_of(trimmed(bytes), '\n');
  const std::size_t half = lines.size() / 2;
  Text report;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string& side = i < half ? report.en : report.zh;
    side += (side.empty() ? "" : "\n") + std::string(lines[i]);
  }
  return report;
}

struct ImportKept {
  std::string id;
  Instant at;
  std::uint64_t registers = 0;
  std::uint64_t days = 0;
};

/// Every file with the sums of its parts ("import/<digest>/2"), in the order in which they ended.
std::vector<ImportKept> imports_among(const std::vector<store::BatchRecord>& batches) {
  std::map<std::string, std::uint64_t> days_of_parts;
  std::vector<ImportKept> kept;
  for (const store::BatchRecord& batch : batches) {
    if (!batch.key.starts_with(import_prefix)) {
      continue;
    }
    const std::string rest = batch.key.substr(import_prefix.size());
    const std::string id = rest.substr(0, rest.find('/'));
    if (id.size() < rest.size()) {
      days_of_parts[id] += batch.days;
    } else {
      kept.push_back({id, batch.recorded_at, batch.registers, batch.days + days_of_parts[id]});
    }
  }
  return kept;
}

Result<SettlementJson> import_json(store::Store& store, const ImportKept& kept, const Zone& zone) {
  TRY(const std::optional<store::Document> report,
      store.document(std::string(import_prefix) + kept.id + "/report"));
  const Text told = kept_report(report ? report->bytes : "");
  return SettlementJson{{"id", kept.id},
                        {"at_unix_s", kept.at.time_since_epoch().count()},
                        {"registers", kept.registers},
                        {"days", kept.days},
                        {"told", json_of(office::in_local_time(told, zone))}};
}

SettlementJson errors_json(const Errors& errors, const Zone& zone) {
  SettlementJson list = SettlementJson::array();
  for (const Error& error : office::in_local_time(errors, zone)) {
    list.push_back(error_json(error));
  }
  return list;
}

SettlementJson intake_json(const office::Intake& intake, const Zone& zone) {
  const readings::ImportReport& report = intake.report;
  return {
      {"file", report.file},
      {"before_unix_s", intake.before ? SettlementJson(intake.before->time_since_epoch().count())
                                      : SettlementJson(nullptr)},
      {"rows", report.rows},
      {"readings", report.readings},
      {"empty", report.empty},
      {"registers_taken", intake.registers_taken},
      {"registers_repeated", intake.registers_repeated},
      {"steps_taken", intake.steps_taken},
      {"steps_corrected", intake.steps_corrected},
      {"steps_repeated", intake.steps_repeated},
      {"stated", intake.stated},
      {"refused", errors_json(report.refused, zone)},
      {"conflicts", errors_json(intake.conflicts, zone)},
      {"ignored_columns", report.ignored_columns},
      {"told", json_of(office::in_local_time(office::told(intake), zone))}};
}

constexpr std::size_t longest_file_name = 200;

/// The name of the file for messages: the last part of what the request says.
std::string file_name(const Call& call) {
  std::string name(call.request.parameter("file").value_or("readings"));
  name.erase(0, name.find_last_of("/\\") + 1);  // npos + 1 is 0
  const bool is_plain = !name.empty() && people::check_line(name, longest_file_name, "file");
  return is_plain ? name : "readings";
}

Result<readings::Resend> resend_of(const Call& call) {
  const std::string_view word = call.request.parameter("correct").value_or("false");
  if (word != "true" && word != "false") {
    return fail(Fault::bad_input, choice_expected({"true", "false"}, word), {"", 0, "correct"});
  }
  return word == "true" ? readings::Resend::correct : readings::Resend::refuse;
}

Result<office::IntakeTerms> terms_of(const Call& call, const desk::Table& table, const Zone& zone) {
  office::IntakeTerms terms{.mapping = std::nullopt,
                            .mapping_text = {},
                            .zone = zone,
                            .recorded_at = call.now,
                            .resend = readings::Resend::refuse,
                            .on_progress = {}};
  TRY(terms.resend, resend_of(call));
  if (office::is_archive(call.request.body)) {
    return terms;
  }
  const std::string name(call.request.parameter("mapping").value_or(""));
  if (name.empty()) {
    return fail(Fault::bad_input,
                {"a table needs a mapping that says which column is what: registers, for instance",
                 "表格须指明列映射,例如 registers"},
                {"", 0, "mapping"});
  }
  TRY(terms.mapping_text,
      office::mapping_text(name, store::folder(table.folder), table.share, "mapping"));
  TRY(terms.mapping, readings::read_mapping(terms.mapping_text, name));
  return terms;
}

SettlementJson mapping_json(const office::ShelvedMapping& shelved) {
  const auto read = readings::read_mapping(shelved.text, shelved.name);
  static const std::vector<std::string> kinds{"registers", "intervals", "days"};
  return {{"name", shelved.name},
          {"own", shelved.is_own},
          {"kind", read ? SettlementJson(kinds.at(static_cast<std::size_t>(read->kind)))
                        : SettlementJson(nullptr)},
          {"zone", read ? SettlementJson(read->zone.name()) : SettlementJson(nullptr)},
          {"text", shelved.text}};
}

bool is_mapping_name(std::string_view name) {
  return !name.empty() && name.size() <= longest_mapping_name &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == name.npos;
}

}  // namespace

Result<http::Response> imports(const Call& call) {
  TRY(const PageOf page, page_of(call));
  SettlementJson items = SettlementJson::array();
  SettlementJson next = nullptr;
  auto looked = desk_of(call)->look([&](desk::Table& table) -> Result<void> {
    TRY(const statement::Style style, style_of(call, table.view));
    TRY(const std::vector<store::BatchRecord> batches, table.store.batches());
    const std::vector<ImportKept> kept = imports_among(batches);
    bool is_after = page.after.empty();
    for (const ImportKept& one : std::views::reverse(kept)) {
      if (is_after && items.size() == page.limit) {
        next = items.back()["id"];
        break;
      }
      if (is_after) {
        TRY(SettlementJson json, import_json(table.store, one, style.zone));
        items.push_back(std::move(json));
      }
      is_after = is_after || one.id == page.after;
    }
    return {};
  });
  if (!looked) {
    return std::unexpected(std::move(looked.error()));
  }
  return json_answer(call, bytes_of({{"items", std::move(items)}, {"next", std::move(next)}}));
}

Result<http::Response> import_readings(const Call& call) {
  SettlementJson json;
  const std::string name = file_name(call);
  auto taken = desk_of(call)->work([&](desk::Table& table) -> Result<void> {
    TRY(const auto village, desk::office_of(table.view));
    TRY(const office::IntakeTerms terms, terms_of(call, table, village->zone()));
    if (auto own = desk::check_owner(table, office::Use::write, call.now); !own) {
      return own;
    }
    TRY(const office::Intake intake,
        office::take_file(table.store, {name, call.request.body}, terms));
    json = intake_json(intake, village->zone());
    return {};
  });
  if (!taken) {
    return std::unexpected(for_request(std::move(taken.error())));
  }
  const SettlementJson detail{{"file", name},
                              {"registers_taken", json["registers_taken"]},
                              {"steps_taken", json["steps_taken"]},
                              {"refused", json["refused"].size()},
                              {"conflicts", json["conflicts"].size()}};
  if (auto noted =
          note(call, {.what = "readings.imported", .on = "imports", .detail = bytes_of(detail)});
      !noted) {
    return std::unexpected(std::move(noted.error()));
  }
  return json_answer(call, bytes_of(json));
}

Result<http::Response> mappings(const Call& call) {
  std::vector<office::ShelvedMapping> all;
  auto looked = desk_of(call)->look([&](desk::Table& table) -> Result<void> {
    TRY(all, office::shelved_mappings(store::folder(table.folder), table.share));
    return {};
  });
  if (!looked) {
    return std::unexpected(std::move(looked.error()));
  }
  SettlementJson items = SettlementJson::array();
  for (const office::ShelvedMapping& shelved : all) {
    items.push_back(mapping_json(shelved));
  }
  return json_answer(call, bytes_of({{"items", std::move(items)}, {"next", nullptr}}));
}

Result<http::Response> keep_mapping(const Call& call) {
  const std::string name(call["mapping"]);
  if (!is_mapping_name(name)) {
    return fail(Fault::bad_input,
                {fmt::format("expected small letters, digits, - and _, at most {} of them, found "
                             "\"{}\"",
                             longest_mapping_name, name),
                 fmt::format("应为小写字母、数字、- 或 _,不超过 {} 个字符,实为“{}”",
                             longest_mapping_name, name)},
                {"", 0, "mapping"});
  }
  const office::ShelvedMapping shelved{name, true, call.request.body};
  TRY(const readings::Mapping checked, readings::read_mapping(shelved.text, name + ".toml"));
  static_cast<void>(checked);
  auto kept = desk_of(call)->work([&](desk::Table& table) -> Result<void> {
    TRY(store::OutputFolder folder, store::OutputFolder::begin(table.folder / "mappings"));
    if (auto written = folder.write(name + ".toml", shelved.text); !written) {
      return written;
    }
    return folder.finish();
  });
  if (!kept) {
    return std::unexpected(std::move(kept.error()));
  }
  if (auto noted = note(call, {.what = "mapping.kept", .on = "mappings/" + name}); !noted) {
    return std::unexpected(std::move(noted.error()));
  }
  return json_answer(call, bytes_of(mapping_json(shelved)));
}

}  // namespace xiaoyuan::api
