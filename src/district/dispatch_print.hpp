// An answer of the dispatch for people (text), for programs (JSON) and for spreadsheets (CSV).
#pragma once
#include <string>

#include "district/dispatch_answer.hpp"

namespace xiaoyuan::district {

std::string answer_text(const DispatchAnswer& answer, Language language);
std::string answer_json(const DispatchAnswer& answer);
/// One row a step: time if known, load, PV, import, export, curtailed, battery (AC side, charging
/// is positive), stored energy at the step's end and the value of a kWh of it; then each second
/// store's electricity, and a tank's heat likewise.
std::string schedule_csv(const DispatchTable& table, const battery::Spec& store,
                         const DispatchAnswer& answer);

}  // namespace xiaoyuan::district
