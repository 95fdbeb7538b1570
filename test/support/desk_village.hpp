// The small village of three households (support/office_village.hpp) as a server holds it: in a
// folder of its own, with a desk on it.
#pragma once
#include <memory>
#include <string>

#include "desk/village_desk.hpp"
#include "support/office_village.hpp"
#include "support/temporary_folder.hpp"

namespace xiaoyuan::test {

struct DeskVillage {
  DeskVillage();
  std::shared_ptr<desk::VillageDesk> desk() const { return villages->find("small"); }
  /// Writes a file of the village, as an editor would.
  void put(const std::string& name, const std::string& bytes) const;
  /// The steps of a story (office::test::small_story), each a work of its own; all of them, or the
  /// first ones.
  void tell(std::size_t steps = 5) const;

  TemporaryFolder folder;
  std::unique_ptr<desk::Villages> villages;
  int changes = 0;  ///< views that were made
};

}  // namespace xiaoyuan::test
