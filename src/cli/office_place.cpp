#include "cli/office_place.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "cli/one_file.hpp"
#include "cli/terminal.hpp"
#include "office/mapping_shelf.hpp"
#include "store/folder.hpp"
#include "store/open.hpp"

namespace xiaoyuan::cli {

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
                                                    const OfficePlace& place, office::Use use) {
  TRY(auto store, open_store(place));
  auto checked =
      office::check_owner(*store, {.village = village.model().id,
                                   .use = use,
                                   .now = now(),
                                   .where = {"--book", 0, ""},
                                   .hint = {"name another with --book", "请用 --book 指定其他库"}});
  if (!checked) {
    return std::unexpected(std::move(checked.error()));
  }
  return store;
}

Instant now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

Result<std::string> mapping_text(const std::string& name, const std::string& village) {
  TRY(const auto share_place, store::share_folder());
  const Files own = store::folder(village);
  const Files share = store::folder(share_place);
  TRY(std::optional<std::string> text, office::find_mapping(name, own, share));
  if (text) {
    return std::move(*text);
  }
  std::error_code ignored;
  if (std::filesystem::is_regular_file(name, ignored)) {
    return file_bytes(name);
  }
  return office::mapping_text(name, own, share, "--mapping");
}

Result<std::string> file_bytes(const std::filesystem::path& file) {
  return store::folder(folder_of(file)).read(file.filename().string());
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
