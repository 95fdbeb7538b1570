// From a household's roofs to the specs of the PV chain, by the models that the village chose.
#pragma once
#include <vector>

#include "model/village.hpp"
#include "plan/household_words.hpp"
#include "solar/solar.hpp"

namespace xiaoyuan::plan {

/// The models of the PV chain as chosen in [pv], found among those that solar knows.
struct PvModels {
  solar::Mount mount = solar::Mount::close_roof_glass_glass;
  solar::Transposition transposition = solar::Transposition::hay_davies;
  solar::Incidence incidence = solar::Incidence::martin_ruiz;
  solar::InverterCurve inverter_curve = solar::InverterCurve::pvwatts;
  std::vector<solar::EfficiencyPoint> inverter_points;
  solar::Horizon horizon;  ///< of the village
};

/// All errors of [pv] at once.
Result<PvModels> pv_models(const model::PvChoice& choice);

std::vector<solar::ArraySpec> arrays_of(const model::Village& village, const PvModels& models,
                                        const model::Household& home, const HouseholdWords& words);
solar::InverterSpec inverter_of(const model::Assumptions& assumptions, const PvModels& models,
                                double ac_rating_kw);

}  // namespace xiaoyuan::plan
