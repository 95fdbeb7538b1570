// A store in memory, for tests and for trying things out: nothing survives it.
#pragma once
#include <memory>

#include "store/store.hpp"

namespace xiaoyuan::store {

/// What memory stores keep; several doors may lead to the same shelf, from several threads.
class MemoryShelf;
std::shared_ptr<MemoryShelf> new_shelf();

std::unique_ptr<Store> open_memory(std::shared_ptr<MemoryShelf> shelf = new_shelf());

}  // namespace xiaoyuan::store
