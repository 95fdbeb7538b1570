// The exact optimiser, for use by itself: link xiaoyuan_optimum (it needs base and battery alone)
// and include this.
//
//   using namespace xiaoyuan::optimum;
//   DispatchProblem problem;
//   problem.year.load_kwh = load;   // spans of your own series, kWh a step
//   problem.year.pv_kwh = pv;
//   problem.year.buy = buy;         // yuan/kWh
//   problem.year.sell = sell;
//   problem.year.import_limit_kwh = problem.year.export_limit_kwh = 1e6;
//   problem.year.battery = {.floor_kwh = 1.5, .ceiling_kwh = 13.5, .charge_kw = 5,
//                           .discharge_kw = 5, .charge_efficiency = 0.95,
//                           .discharge_efficiency = 0.95};
//   Optimiser optimiser;            // keep it: the next household uses the same memory
//   DispatchResult result;
//   if (auto solved = optimiser.solve(problem, result); !solved) {
//     std::puts(xiaoyuan::message(solved.error().front(), xiaoyuan::Language::english).c_str());
//   }
//   result.cost_yuan, result.bound_yuan, result.gap();   // the optimum and its proof
//   result.path.change_kwh, result.stored_value;         // what to do, and why
//   certified(problem, result);                          // checked by other code
//   marginal_values(problem, result).battery_kwh(0.1, 0.9);   // what a kWh more would save
//
// test/optimum/alone/alone.cpp is this example, built and run.
#pragma once
#include "optimum/car_store.hpp"          // IWYU pragma: export
#include "optimum/certificate.hpp"        // IWYU pragma: export
#include "optimum/dispatch.hpp"           // IWYU pragma: export
#include "optimum/joint.hpp"              // IWYU pragma: export
#include "optimum/joint_certificate.hpp"  // IWYU pragma: export
#include "optimum/joint_marginal.hpp"     // IWYU pragma: export
#include "optimum/marginal.hpp"           // IWYU pragma: export
