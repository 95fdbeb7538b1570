// What a village's store holds of settled months, as views: only what is new is read, the rest is
// taken over from the view before.
#pragma once
#include "desk/village_view.hpp"
#include "store/store.hpp"

namespace xiaoyuan::desk {

/// Puts book, head, months and disputes into `view`. Errors: those of the store, of documents that
/// do not read.
Result<void> read_book(store::Store& store, const VillageView* before, VillageView& view);

}  // namespace xiaoyuan::desk
