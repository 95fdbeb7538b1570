// Checks and keeps a new text of figures.
//
//   figures/tariffs/beijing-residential.toml                 as it stands
//   figures/history/tariffs/beijing-residential/0001.toml    the first text that was added here
//   figures/history/tariffs/beijing-residential/0001.json    when, by whom, why
#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>

#include "desk/figures.hpp"
#include "desk/figures_change.hpp"
#include "desk/files_whole.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::desk {

namespace {

namespace fs = std::filesystem;
using FigureJson = nlohmann::ordered_json;

constexpr std::size_t most_of_file_name = 63;

bool is_figure_name(std::string_view name) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  return !name.empty() && name.size() <= most_of_file_name &&
         letters.find(name.front()) != letters.npos &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == name.npos &&
         name.find("..") == name.npos;
}

/// Ids of the text that another file has already.
Errors taken_ids(const std::vector<FigureRow>& rows, const std::vector<FigureRow>& all) {
  Errors errors;
  for (const FigureRow& row : rows) {
    const auto other = std::ranges::find_if(all, [&row](const FigureRow& known) {
      return known.id == row.id && known.file != row.file;
    });
    if (other != all.end()) {
      errors.push_back({Fault::conflict,
                        {fmt::format("\"{}\" stands in {} already", row.id, other->file),
                         fmt::format("“{}”已见于 {}", row.id, other->file)},
                        {row.file, 0, "id"}});
    }
  }
  return errors;
}

/// What stood there and does not stand there any more.
Errors contradictions(const Compared& compared, FigureKind kind, const std::string& file) {
  const bool is_mechanism = kind == FigureKind::mechanism;
  const Text mend =
      is_mechanism
          ? Text{"a mechanism is one version: give the new one an id of its own; or, if what stood "
                 "there was wrong, say that it is a correction, and why",
                 "每个机制即一个版本:新版本请另取编号;若原内容有误,请注明为更正并说明原因"}
          : Text{"versions are added, not changed; if what stood there was wrong, say that it is a "
                 "correction, and why",
                 "只增加新版本,不改动原有版本;若原内容有误,请注明为更正并说明原因"};
  Errors errors;
  for (const Compared::Contradicted& one : compared.contradicted) {
    const bool is_missing = one.line == 0;
    errors.push_back(
        {Fault::conflict,
         {fmt::format("{}; {}", is_missing ? "is missing, but stood there" : "says another thing",
                      mend.en),
          fmt::format("{};{}", is_missing ? "原有内容缺失" : "与原内容不同", mend.zh)},
         {file, one.line, one.name}});
  }
  return errors;
}

Result<FigureChange> change_of(const NewFigure& figure, const std::string& file,
                               const std::vector<FigureRow>& rows, const Files& files) {
  FigureChange change{.file = file, .added = {}, .changed = {}};
  const auto before = files.read(file);
  if (!before) {
    for (const FigureRow& row : rows) {
      change.added.push_back(row.id);
    }
    return change;
  }
  TRY(Compared compared,
      compare_figures(figure.kind, {.before = *before, .after = figure.toml}, file));
  if (!compared.contradicted.empty() && figure.correction == Correction::none) {
    return std::unexpected(contradictions(compared, figure.kind, file));
  }
  if (!compared.contradicted.empty() && trimmed(figure.reason).empty()) {
    return fail(
        Fault::bad_input,
        {"is missing: what was wrong, and how one knows", "缺失:请说明原内容错在何处、依据为何"},
        {"", 0, "reason"});
  }
  change.added = std::move(compared.added);
  change.changed = std::move(compared.ended);
  for (Compared::Contradicted& one : compared.contradicted) {
    change.changed.push_back(std::move(one.name));
  }
  if (change.added.empty() && change.changed.empty()) {
    return fail(Fault::bad_input, {"says nothing that did not stand there", "没有任何新内容"},
                {file, 0, ""});
  }
  return change;
}

fs::path history_folder(const std::string& file, const fs::path& folder) {
  return folder / "history" / file.substr(0, file.rfind('.'));
}

Result<FigureText> read_text(const fs::path& path) {
  TRY(const std::string bytes, read_whole(path));
  const FigureJson json = FigureJson::parse(bytes, nullptr, false);
  if (!json.is_object()) {
    return fail(Fault::unreadable, {"is no record of a figure", "不是数据版本记录"},
                {path.string(), 0, ""});
  }
  FigureText text;
  text.number = json.value("number", 1);
  text.at = Instant(std::chrono::seconds(json.value("at", std::int64_t{0})));
  text.account = json.value("account", "");
  text.reason = json.value("reason", "");
  return text;
}

Result<void> keep_history(const NewFigure& figure, const std::string& file,
                          const fs::path& folder) {
  const std::vector<FigureText> before = history_of(file, folder);
  const int number = before.empty() ? 1 : before.front().number + 1;
  const fs::path at = history_folder(file, folder) / fmt::format("{:04}", number);
  if (auto kept = write_whole(at.string() + ".toml", figure.toml); !kept) {
    return kept;
  }
  const FigureJson record{{"number", number},
                          {"at", figure.at.time_since_epoch().count()},
                          {"account", figure.account},
                          {"reason", figure.reason}};
  return write_whole(at.string() + ".json",
                     record.dump(1, ' ', false, FigureJson::error_handler_t::replace));
}

}  // namespace

Result<FigureChange> check_figure(const NewFigure& figure, const Files& files) {
  if (!is_figure_name(figure.name)) {
    return fail(Fault::bad_input,
                {"expected small letters, digits, - and ., at most 63",
                 "只能使用小写字母、数字、- 和 .,最多 63 个字符"},
                {"", 0, "name"});
  }
  const std::string file = folder_of(figure.kind) + "/" + figure.name + ".toml";
  TRY(const std::vector<FigureRow> rows, figures_in(figure.kind, figure.toml, file));
  if (rows.empty()) {
    return fail(Fault::bad_input, {"holds no figure", "其中没有任何数据"}, {file, 0, ""});
  }
  TRY(const std::vector<FigureRow> all, figures_of(files, figure.kind));
  if (Errors taken = taken_ids(rows, all); !taken.empty()) {
    return std::unexpected(std::move(taken));
  }
  return change_of(figure, file, rows, files);
}

Result<FigureChange> keep_figure(const NewFigure& figure, const Files& files,
                                 const fs::path& folder) {
  // Two at once would both be checked against what neither has changed yet.
  static std::mutex one_at_a_time;
  const std::scoped_lock lock(one_at_a_time);
  TRY(FigureChange change, check_figure(figure, files));
  if (auto kept = keep_history(figure, change.file, folder); !kept) {
    return std::unexpected(std::move(kept.error()));
  }
  if (auto kept = write_whole(folder / change.file, figure.toml); !kept) {
    return std::unexpected(std::move(kept.error()));
  }
  return change;
}

std::vector<FigureText> history_of(const std::string& file, const fs::path& folder) {
  std::vector<FigureText> texts;
  const fs::path place = history_folder(file, folder);
  for (const std::string& name : store::folder(place).list("")) {
    if (!name.ends_with(".json")) {
      continue;
    }
    if (auto text = read_text(place / name)) {
      texts.push_back(std::move(*text));
    }
  }
  std::ranges::sort(texts, std::ranges::greater{}, &FigureText::number);
  return texts;
}

}  // namespace xiaoyuan::desk
