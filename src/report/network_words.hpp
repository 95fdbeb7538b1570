// Words of the village's wires that results, workbook and summary share: phases, local times, what
// binds.
#pragma once
#include <optional>
#include <string>

#include "plan/study.hpp"

namespace xiaoyuan::report {

/// "2026-05-03T12:15", the beginning of a step.
std::string local_time(const plan::Inputs& inputs, std::size_t step);
/// The same for people: "2026-05-03 12:15".
std::string spoken_time(const plan::Inputs& inputs, std::size_t step);
/// "A", "ABC"
std::string letters_of(wires::Phases phases);
/// 0 … 3: "A" … "N"
std::string letter_of(std::size_t wire);
/// The wire of a limit's use; none where it is of all together.
std::optional<std::string> wire_of(const wires::LimitUse& use);

}  // namespace xiaoyuan::report
