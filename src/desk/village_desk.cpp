#include "desk/village_desk.hpp"

#include <fmt/format.h>

#include <atomic>
#include <mutex>

#include "desk/village_book.hpp"
#include "desk/village_files.hpp"
#include "desk/village_settings.hpp"
#include "store/folder.hpp"
#include "store/open.hpp"

namespace xiaoyuan::desk {

namespace {

/// Views of one program's life are told apart by their number, those of another life by its start.
std::string next_version() {
  static const auto start = std::chrono::system_clock::now().time_since_epoch().count();
  static std::atomic<std::uint64_t> number{0};
  return fmt::format("{:x}-{}", start, ++number);
}

class FolderDesk final : public VillageDesk {
 public:
  FolderDesk(Place place, On on_change)
      : place_(std::move(place)),
        name_(place_.folder.filename().string()),
        on_change_(std::move(on_change)) {}

  const std::string& name() const override { return name_; }

  std::shared_ptr<const VillageView> view() const override {
    const std::scoped_lock lock(view_guard_);
    return view_;
  }

  Result<void> work(const std::function<Result<void>(Table&)>& piece) override {
    const std::scoped_lock lock(writing_);
    const std::shared_ptr<const VillageView> before = view();
    TRY(const auto store, store::open(place_.store));
    Table table{place_.folder, place_.share, *before, *store};
    Result<void> done = piece(table);
    // What a piece did before it failed is done: months that were settled, parts that were taken.
    Result<void> remade = remake(*store, Reading::changed_files);
    return done ? remade : done;
  }

  Result<void> look(const std::function<Result<void>(Table&)>& piece) const override {
    const std::shared_ptr<const VillageView> now = view();
    TRY(const auto store, store::open(has_store() ? place_.store : "memory:"));
    Table table{place_.folder, place_.share, *now, *store};
    return store->at_one_moment([&] { return piece(table); });
  }

  Result<void> refresh() override {
    const std::scoped_lock lock(writing_);
    if (!has_store()) {
      publish(without_store(Reading::all_files));
      return {};
    }
    TRY(const auto store, store::open(place_.store));
    return remake(*store, Reading::all_files);
  }

  Result<void> catch_up() override {
    const std::scoped_lock lock(writing_);
    if (!has_store()) {
      if (mark_of(place_.folder) != mark_) {
        publish(without_store(Reading::changed_files));
      }
      return {};
    }
    TRY(const auto store, store::open(place_.store));
    TRY(const std::vector<store::BatchRecord> batches, store->batches());
    if (batches.size() == batches_ && mark_of(place_.folder) == mark_) {
      return {};
    }
    return remake(*store, Reading::changed_files);
  }

 private:
  enum class Reading { changed_files, all_files };

  /// A village that nothing was kept of has no store yet, and reading makes none.
  bool has_store() const {
    std::error_code ignored;
    return place_.store.starts_with("postgresql:") || place_.store == "memory:" ||
           std::filesystem::exists(place_.store, ignored);
  }

  std::shared_ptr<VillageView> without_store(Reading reading) {
    FolderMark mark = mark_of(place_.folder);
    if (reading == Reading::all_files || mark != mark_) {
      files_ = read_files(store::folder(place_.folder), place_.share);
      mark_ = std::move(mark);
    }
    auto next = std::make_shared<VillageView>();
    next->name = name_;
    next->plan = files_.plan;
    next->office = files_.office;
    next->errors = files_.errors;
    next->version = next_version();
    return next;
  }

  /// A store that does not read is told in the view, beside what the files say; views are made all
  /// the same, so that a village can be mended through the server.
  Result<void> remake(store::Store& store, Reading reading) {
    const std::shared_ptr<const VillageView> before = view();
    const std::shared_ptr<VillageView> next = without_store(reading);
    Result<void> kept = store.at_one_moment([&] { return read_store(store, before.get(), *next); });
    if (!kept) {  // half of a book would look like the whole of it
      next->months.clear();
      next->disputes.clear();
      next->book.reset();
      next->head.reset();
      next->errors.insert(next->errors.end(), kept.error().begin(), kept.error().end());
    }
    publish(next);
    return kept;
  }

  Result<void> read_store(store::Store& store, const VillageView* before, VillageView& next) {
    TRY(const std::vector<store::BatchRecord> batches, store.batches());
    batches_ = batches.size();
    if (next.plan) {
      const Table table{place_.folder, place_.share, next, store};
      if (auto own = check_owner(table, office::Use::read, {}); !own) {
        return own;
      }
    }
    TRY(const VillageSettings settings, settings_of(store));
    next.is_open = settings.is_open;
    next.consented = settings.consented;
    return read_book(store, before, next);
  }

  void publish(const std::shared_ptr<const VillageView>& next) {
    {
      const std::scoped_lock lock(view_guard_);
      view_ = next;
    }
    if (on_change_) {
      on_change_(*next);
    }
  }

  Place place_;
  std::string name_;
  On on_change_;
  std::mutex writing_;  // work, and all that makes views
  FolderMark mark_;
  VillageFiles files_;
  std::size_t batches_ = 0;        // of the store that the view was made from
  mutable std::mutex view_guard_;  // held for the copy of a pointer
  std::shared_ptr<const VillageView> view_;
};

}  // namespace

Result<std::unique_ptr<VillageDesk>> VillageDesk::open(const Place& place, On on_change) {
  Place own = place;
  if (own.store.empty()) {
    own.store = (own.folder / "village.db").string();
  }
  auto desk = std::make_unique<FolderDesk>(std::move(own), std::move(on_change));
  // Whatever is wrong with files or store stands in the view.
  const auto read = desk->refresh();
  if (!read && desk->view() == nullptr) {
    return std::unexpected(read.error());
  }
  return desk;
}

Result<void> check_owner(const Table& table, office::Use use, Instant now) {
  if (!table.view.plan) {
    return std::unexpected(table.view.errors);
  }
  return office::check_owner(table.store, {.village = table.view.plan->village.id,
                                           .use = use,
                                           .now = now,
                                           .where = {"village.toml", 0, "village.id"}});
}

Result<std::shared_ptr<const office::Village>> office_of(const VillageView& view) {
  if (view.office) {
    return view.office;
  }
  if (!view.errors.empty()) {
    return std::unexpected(view.errors);
  }
  return fail(Fault::impossible,
              {"the village only plans: to settle, it needs settlement.toml and meters.csv "
               "(docs/guide/settle-a-month.md)",
               "该村庄仅有规划数据;结算还需要 settlement.toml 和 meters.csv"
               "(docs/guide/settle-a-month.md)"},
              {view.name, 0, ""});
}

}  // namespace xiaoyuan::desk
