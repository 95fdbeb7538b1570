// What the committee of a village sets for the server: whether everybody may look, and which
// households have consented to their data being used for research. Kept in the village's store,
// every change as a newer version of one document:
//
//   "setting/sight/0003"  →  {"is_open": false, "consented": ["H001", "H007"]}
#pragma once
#include <string>
#include <vector>

#include "desk/village_desk.hpp"

namespace xiaoyuan::desk {

struct VillageSettings {
  bool is_open = false;
  std::vector<std::string> consented{};  ///< sorted
};

/// The newest version; the plain one where there is none. Errors: those of the store.
Result<VillageSettings> settings_of(store::Store& store);

enum class Openness { closed, open };
/// Writes only where it is not so already.
Result<void> set_openness(VillageDesk& desk, Openness openness, Instant now);

enum class Consent { withdrawn, given };
/// Errors: the village has no such household; the nearest is named.
Result<void> set_consent(VillageDesk& desk, const std::string& household, Consent consent,
                         Instant now);

}  // namespace xiaoyuan::desk
