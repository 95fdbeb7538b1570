#include "cli/office_place.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/one_file.hpp"
#include "cli/terminal.hpp"
#include "readings/decimal.hpp"
#include "readings/stamp.hpp"
#include "statement/words.hpp"
#include "store/folder.hpp"
#include "store/open.hpp"

namespace xiaoyuan::cli {

namespace {

std::vector<std::string> shipped_mappings(const Files& share) {
  std::vector<std::string> names;
  for (const std::string& file : share.list("mappings")) {
    names.push_back(std::filesystem::path(file).stem().string());
  }
  return names;
}

}  // namespace

Result<office::Village> read_settled_village(const OfficePlace& place) {
  TRY(const auto share, store::share_folder());
  return office::read_village(store::folder(place.village), store::folder(share));
}

Result<std::unique_ptr<store::Store>> open_store(const OfficePlace& place) {
  return store::open(place.book.empty()
                         ? (std::filesystem::path(place.village) / "village.db").string()
                         : place.book);
}

Result<std::unique_ptr<store::Store>> open_store_of(const office::Village& village,
                                                    const OfficePlace& place, Use use) {
  constexpr const char* owner = "village/id";
  TRY(auto store, open_store(place));
  const std::string& id = village.model().id;
  TRY(const std::optional<store::Document> known, store->document(owner));
  if (known && known->bytes != id) {
    return fail(Fault::conflict,
                {fmt::format("the store is that of the village \"{}\", not of \"{}\"; name "
                             "another with --book",
                             known->bytes, id),
                 fmt::format("此库属于村庄“{}”,不是“{}”;请用 --book 指定其他库", known->bytes, id)},
                {"--book", 0, ""});
  }
  if (!known && use == Use::write) {
    store::Batch batch{.key = owner, .recorded_at = now()};
    batch.documents.push_back({owner, id});
    TRY(const store::Written written, store->write(batch));
    static_cast<void>(written);
  }
  return store;
}

Instant now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

Result<ledger::Period> month_from(const std::string& text, const std::string& field) {
  Date date;
  if (text.size() != 7 || !parse_date(text + "-01", date)) {
    return fail(Fault::bad_input,
                {fmt::format("expected a month like 2026-10, found \"{}\"", text),
                 fmt::format("应为形如 2026-10 的月份,实为“{}”", text)},
                {field, 0, ""});
  }
  return ledger::Period::of(date);
}

Result<Instant> instant_from(const std::string& text, const Zone& zone, const std::string& field) {
  const auto stamp = readings::parse_stamp(text, {});
  const auto instant = stamp ? readings::LocalClock(zone).instant(*stamp) : std::nullopt;
  if (!instant) {
    return fail(Fault::bad_input,
                {fmt::format("expected a day like 2026-11-03, with a time if you like, found "
                             "\"{}\"",
                             text),
                 fmt::format("应为形如 2026-11-03 的日期(可带时刻),实为“{}”", text)},
                {field, 0, ""});
  }
  return *instant;
}

Result<Money> money_from(const std::string& text, const std::string& field) {
  constexpr int decimals = 2;
  const auto fen = readings::parse_decimal(text, decimals);
  if (!fen) {
    return fail(Fault::bad_input, readings::decimal_expected(text, decimals, fen.error()),
                {field, 0, ""});
  }
  return Money{*fen};
}

Result<std::string> mapping_text(const std::string& name, const std::string& village) {
  TRY(const auto share_place, store::share_folder());
  const Files share = store::folder(share_place);
  const std::string file = "mappings/" + name + ".toml";
  for (const Files& folder : {store::folder(village), share}) {
    const std::vector<std::string> names = folder.list("mappings");
    if (std::ranges::find(names, name + ".toml") != names.end()) {
      return folder.read(file);
    }
  }
  std::error_code ignored;
  if (std::filesystem::is_regular_file(name, ignored)) {
    return store::folder(folder_of(name)).read(std::filesystem::path(name).filename().string());
  }
  return fail(Fault::not_found, unknown_name(name, shipped_mappings(share)), {"--mapping", 0, ""});
}

Result<std::string> file_bytes(const std::filesystem::path& file) {
  return store::folder(folder_of(file)).read(file.filename().string());
}

std::string in_local_time(std::string message, const Zone& zone) {
  constexpr std::size_t length = std::string_view("2026-03-31T16:00:00Z").size();
  for (std::size_t end = message.find('Z'); end != std::string::npos;
       end = message.find('Z', end + 1)) {
    if (end + 1 < length) {
      continue;
    }
    const std::size_t begin = end + 1 - length;
    const std::string_view written = std::string_view(message).substr(begin, length);
    const auto stamp = written[10] == 'T' ? readings::parse_stamp(written, {}) : std::nullopt;
    const auto instant = stamp ? readings::LocalClock(zone).instant(*stamp) : std::nullopt;
    if (instant) {
      const std::string local = statement::local_text(*instant, zone);
      message.replace(begin, length, local);
      end = begin + local.size() - 1;
    }
  }
  return message;
}

Errors in_local_time(Errors errors, const Zone& zone) {
  for (Error& error : errors) {
    error.what = {in_local_time(std::move(error.what.en), zone),
                  in_local_time(std::move(error.what.zh), zone)};
  }
  return errors;
}

int answer(const Result<Text>& result, Language language) {
  if (!result) {
    return report_errors(result.error(), language);
  }
  if (!result->en.empty()) {
    fmt::print("{}\n", result->in(language));
  }
  return 0;
}

}  // namespace xiaoyuan::cli
