#include "desk/files.hpp"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "api/answers.hpp"
#include "api/plan_handlers.hpp"
#include "api/plan_lists.hpp"
#include "api/world.hpp"
#include "base/expected.hpp"

namespace xiaoyuan::api {

namespace {

using FileJson = nlohmann::ordered_json;

FileJson state_json(const desk::FileState& state) {
  return {{"name", state.name.name},
          {"folder", state.name.folder},
          {"size_bytes", state.size_bytes},
          {"etag", state.etag},
          {"versions", state.versions}};
}

Result<desk::FileName> name_of_file(const Call& call) {
  return desk::file_name(std::string(call.request.parameter("folder").value_or("")),
                         std::string(call["file"]));
}

Result<std::optional<std::size_t>> version_of(const Call& call) {
  const auto text = call.request.parameter("version");
  if (!text) {
    return std::optional<std::size_t>();
  }
  std::size_t version = 0;
  const char* end = text->data() + text->size();
  if (std::from_chars(text->data(), end, version).ptr != end || version == 0) {
    return fail(Fault::bad_input, number_expected({1.0, 1e9}, *text), {"", 0, "version"});
  }
  return std::optional(version);
}

/// The mark of the file that was read: "" for one that is to be new; nothing where none was sent.
std::optional<std::string> mark_of(const Call& call) {
  const std::string_view match = call.request.header("If-Match");
  if (match.empty()) {
    return call.request.header("If-None-Match") == "*" ? std::optional(std::string())
                                                       : std::nullopt;
  }
  return std::string(match);
}

http::Response put_answer(const Call& call, const desk::PutFile& put) {
  if (put.outcome == desk::Put::not_the_one_read) {
    return problem(Refusal{.status = 412,
                           .title = {"The file is another one by now", "文件已被他人修改"},
                           .detail = {"Read it again, and put your changes into what is there now.",
                                      "请重新读取文件,并在其最新内容上修改。"}},
                   call.language);
  }
  FileJson json = state_json(put.state);
  json["warnings"] = FileJson::array();
  for (const Text& warning : put.warnings) {
    json["warnings"].push_back({{"en", warning.en}, {"zh", warning.zh}});
  }
  http::Response response =
      json_answer(call, json.dump(-1, ' ', false, FileJson::error_handler_t::replace));
  return response;
}

/// Looks into the village's folder as it is.
template <class Look>
auto looked(const Call& call, const Look& look) {
  using Found = decltype(look(std::filesystem::path()));
  Found found{};
  auto done = desk_of(call)->look([&](desk::Table& table) -> Result<void> {
    found = look(table.folder);
    return {};
  });
  return done ? std::move(found) : Found(std::unexpected(std::move(done.error())));
}

}  // namespace

Result<http::Response> list_files(const Call& call) {
  TRY(const auto files, looked(call, [](const std::filesystem::path& folder) {
        return Result<std::vector<desk::FileState>>(desk::village_files(folder));
      }));
  ListOfPage list({.limit = files.size() + 1, .after = {}});
  for (const desk::FileState& state : files) {
    list.add(state.name.path(), [&] { return state_json(state).dump(); });
  }
  return json_answer(call, std::move(list).json());
}

Result<http::Response> get_file(const Call& call) {
  TRY(const desk::FileName name, name_of_file(call));
  TRY(const auto version, version_of(call));
  TRY(std::string bytes, looked(call, [&](const std::filesystem::path& folder) {
        return desk::read_file(folder, name, version);
      }));
  return file_answer(
      call, {.name = name.name, .type = "text/plain; charset=utf-8", .bytes = std::move(bytes)});
}

Result<http::Response> put_file(const Call& call) {
  TRY(const desk::FileName name, name_of_file(call));
  const auto mark = mark_of(call);
  if (!mark) {
    return problem(Refusal{.status = 428,
                           .title = {"If-Match is missing", "缺少 If-Match"},
                           .detail = {"Send the ETag of the file that you have read; of a new one "
                                      "If-None-Match: *.",
                                      "请附上所读文件的 ETag;新文件请用 If-None-Match: *。"}},
                   call.language);
  }
  desk::PutFile put;
  auto worked = desk_of(call)->work([&](desk::Table& table) -> Result<void> {
    TRY(put, desk::put_file(table.folder, call.world.share,
                            {.name = name, .bytes = call.request.body, .etag = *mark}));
    return {};
  });
  if (!worked) {
    return std::unexpected(std::move(worked.error()));
  }
  if (put.outcome == desk::Put::kept) {
    const std::string on = fmt::format("village/{}/file/{}", call["village"], name.path());
    if (auto noted = call.note("file.changed", on); !noted) {
      return std::unexpected(std::move(noted.error()));
    }
  }
  return put_answer(call, put);
}

}  // namespace xiaoyuan::api
