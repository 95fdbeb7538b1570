// The example of optimum/optimum.hpp, linked to the optimiser alone. Fails when the optimum is not
// proved.
#include "optimum/optimum.hpp"

#include <cstdio>
#include <vector>

int main() {
  using namespace xiaoyuan::optimum;
  // Two days: the sun at noon, a dear evening.
  std::vector<double> load, pv, buy, sell;
  for (int hour = 0; hour < 48; ++hour) {
    const bool is_noon = hour % 24 >= 10 && hour % 24 < 15;
    const bool is_evening = hour % 24 >= 18 && hour % 24 < 22;
    load.push_back(is_evening ? 2.0 : 0.5);
    pv.push_back(is_noon ? 3.0 : 0.0);
    buy.push_back(is_evening ? 0.9 : 0.4);
    sell.push_back(0.3);
  }
  DispatchProblem problem;
  problem.year.load_kwh = load;
  problem.year.pv_kwh = pv;
  problem.year.buy = buy;
  problem.year.sell = sell;
  problem.year.import_limit_kwh = problem.year.export_limit_kwh = 1e6;
  problem.year.battery = {.floor_kwh = 1.5,
                          .ceiling_kwh = 13.5,
                          .charge_kw = 5,
                          .discharge_kw = 5,
                          .charge_efficiency = 0.95,
                          .discharge_efficiency = 0.95};
  Optimiser optimiser;
  DispatchResult result;
  if (auto solved = optimiser.solve(problem, result); !solved) {
    std::puts(xiaoyuan::message(solved.error().front(), xiaoyuan::Language::english).c_str());
    return 1;
  }
  const Certificate check = certified(problem, result);
  std::printf("%.4f yuan, bound %.4f, without the store %.4f; a kWh more saves %.4f\n",
              result.cost_yuan, result.bound_yuan, result.without_yuan,
              marginal_values(problem, result).battery_kwh(0.1, 0.9));
  return check.is_feasible() && result.cost_yuan - check.proved_yuan < 1e-6 ? 0 : 1;
}
