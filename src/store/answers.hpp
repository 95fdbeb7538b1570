// What a store answers, made of the rows of one meter: the part of every keeper that decides which
// versions were known and in what order they stand.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace xiaoyuan::store {

/// The meters that are asked for, each once and sorted, out of those that are known (sorted).
std::vector<std::string> meters_of(const Asked& asked, const std::vector<std::string>& known);

/// Moves what is asked for of a meter's readings, in order, to the end of `answer`. Errors: a row
/// holds what no reading has.
Result<void> answer_registers(std::vector<readings::RegisterReading> of_meter, const Asked& asked,
                              std::vector<readings::RegisterReading>& answer);

/// Gives what is asked for of a meter's days, in order; false when `each` said to stop.
Result<bool> answer_days(std::vector<StoredDay> of_meter, const Asked& asked,
                         const std::function<bool(const StoredDay&)>& each);

}  // namespace xiaoyuan::store
