// One village as a running server holds it: a view that any thread reads without waiting, and work
// on its files and its book, one piece after another.
//
//   read:  view() → immutable VillageView, made anew after every work
//   write: work(f) → opens the store on this thread, lets f work, makes the view anew, tells it
//
// What has not changed is taken over from the view before: statements are read once, files again
// only where one of them is another.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "desk/village_view.hpp"
#include "office/owner.hpp"
#include "store/store.hpp"

namespace xiaoyuan::desk {

/// What work is done with, on the thread that asked for it.
struct Table {
  std::filesystem::path folder;  ///< the village's files
  const Files& share;
  const VillageView& view;  ///< as it was before
  store::Store& store;
};

class VillageDesk {
 public:
  struct Place {
    std::filesystem::path folder;
    std::string store;  ///< as store::open takes it
    Files share;        ///< the installed data, newer figures of this server before it
  };
  using On = std::function<void(const VillageView&)>;
  /// A village whose files do not read is opened too: its view tells the errors.
  static Result<std::unique_ptr<VillageDesk>> open(const Place& place, On on_change);
  virtual ~VillageDesk() = default;

  /// Of its folder.
  virtual const std::string& name() const = 0;
  virtual std::shared_ptr<const VillageView> view() const = 0;
  /// Only one works at a time; others wait. May take long: not for a thread of the server.
  virtual Result<void> work(const std::function<Result<void>(Table&)>& piece) = 0;
  /// Reads the store as of one moment; many may look at once, each with a store of its own.
  virtual Result<void> look(const std::function<Result<void>(Table&)>& piece) const = 0;
  /// Makes the view anew, files and all: after others changed them, the store or share's figures.
  virtual Result<void> refresh() = 0;
  /// The same where files or store are others than those of the view; else nothing is done.
  virtual Result<void> catch_up() = 0;
};

/// Whose the store on the table is (office/owner.hpp): asked before it is written or read in the
/// village's name. Errors: it is another village's; the village's files do not read.
Result<void> check_owner(const Table& table, office::Use use, Instant now);
/// The village as its office knows it. Errors: it only plans, or its files do not read.
Result<std::shared_ptr<const office::Village>> office_of(const VillageView& view);

/// All villages of a server: the folders below one folder.
class Villages {
 public:
  struct Place {
    std::filesystem::path folder;  ///< "…/villages"
    std::string store;             ///< "" or with "{village}" in it: "postgresql://db/{village}"
    Files share;
  };
  static Result<std::unique_ptr<Villages>> open(const Place& place, VillageDesk::On on_change);
  virtual ~Villages() = default;

  /// In the order of their names.
  virtual std::vector<std::shared_ptr<VillageDesk>> all() const = 0;
  virtual std::shared_ptr<VillageDesk> find(std::string_view name) const = 0;
  /// Makes a folder of these files (name, bytes), whole or not at all. Errors: those of its
  /// readers, a name that is taken or is no folder's name.
  virtual Result<std::shared_ptr<VillageDesk>> add(
      const std::string& name, const std::vector<std::pair<std::string, std::string>>& files) = 0;
  /// Makes the views of all anew (VillageDesk::refresh); also finds folders that are new.
  virtual Result<void> refresh() = 0;
  /// Takes in what other programs wrote (VillageDesk::catch_up).
  virtual Result<void> catch_up() = 0;
};

}  // namespace xiaoyuan::desk
