// district.csv, read through once before any work: every row checked, every id its own.
#pragma once
#include <functional>
#include <vector>

#include "district/district.hpp"
#include "district/table_index.hpp"

namespace xiaoyuan::district {

/// Runs `work(i)` for i in [0, size) on some threads; false from any call stops all.
void on_threads(unsigned threads, std::size_t size, const std::function<bool(std::size_t)>& work);

/// The households of a chunk.
Result<std::vector<Household>> chunk_households(const TableIndex& index, std::size_t chunk,
                                                const District& district);

/// How many households each chunk holds; all errors of the table, the first twenty by name.
Result<std::vector<std::size_t>> check_table(const TableIndex& index, const District& district,
                                             unsigned threads);

}  // namespace xiaoyuan::district
