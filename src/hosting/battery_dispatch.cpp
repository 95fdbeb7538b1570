#include "hosting/battery_dispatch.hpp"

#include <cmath>

#include "base/check.hpp"

namespace xiaoyuan::hosting {

namespace {

constexpr double dispatch_gap = 2e-3;
constexpr int dispatch_rounds = 120;
constexpr double no_own_limit_kwh = 1e6;
/// Of a limit: prices are good long before the last schedule keeps it.
constexpr double proof_slack_used = 0.1;

/// The series that the problem looks at, kept for as long as it is.
class Charging {
 public:
  Charging(const BatteryArea& area, const PoolNeeds& needs, const std::vector<double>& kwh)
      : area_(area), needs_(needs) {
    for (std::size_t h = 0; h < kwh.size(); ++h) {
      if (kwh[h] > 0.0) {
        homes_.push_back(h);
        specs_.push_back(spec_of(area.kind, kwh[h]));
      }
    }
    const VillageYear& village = *area.village;
    nothing_.assign(village.steps, 0.0);
    for (std::size_t i = 0; i < homes_.size(); ++i) {
      add_home(i);
    }
    for (std::size_t m = 0; m < needs.weights.size(); ++m) {
      add_limit(m);
    }
    problem_.gap = dispatch_gap;
    problem_.most_rounds = dispatch_rounds;
    lay_spans();
  }
  const optimum::CoupledProblem& problem() const { return problem_; }

  /// Every battery by itself, with its part of what the limits ask for.
  Result<BatterySchedules> schedules(const std::vector<double>& kwh, const Spread& spread) const {
    const VillageYear& village = *area_.village;
    const auto bounds = share_bounds(area_.kind, needs_, kwh);
    if (!bounds) {
      return fail(Fault::impossible,
                  {"the batteries' power is too small for the limits", "储能功率不足以满足限值"});
    }
    std::vector<Result<Own>> found(homes_.size());
    spread(homes_.size(), [&](std::size_t i) { found[i] = own(i, *bounds); });
    BatterySchedules result;
    result.kwh = kwh;
    result.drawn_kw.assign(village.houses.size(), {});
    for (std::size_t i = 0; i < homes_.size(); ++i) {
      TRY(Own part, std::move(found[i]));
      result.cost_yuan += part.cost_yuan;
      result.wear_yuan += part.wear_yuan;
      for (std::size_t t = 0; t < village.steps; ++t) {
        result.loss_kwh += part.drawn_kw[t] * village.step_hours;
        const double net = net_[i][t];
        result.without_yuan += net * (net > 0.0 ? buy(i)[t] : sell()[t]);
      }
      result.drawn_kw[homes_[i]] = std::move(part.drawn_kw);
    }
    return result;
  }

 private:
  struct Own {
    std::vector<double> drawn_kw;
    double cost_yuan = 0.0;
    double wear_yuan = 0.0;
  };

  Result<Own> own(std::size_t i, const ShareBounds& bounds) const {
    const battery::Spec& spec = specs_[i];
    const double hours = area_.village->step_hours;
    const double full_kwh = spec.charge_kw * hours;
    std::vector<double> load = net_[i];
    std::vector<double> charge(load.size(), 0.0);
    std::vector<double> discharge(load.size(), 0.0);
    std::vector<double> drain(load.size(), 0.0);
    for (std::size_t t = 0; t < load.size(); ++t) {
      const double base_kwh = std::max(0.0, bounds.least[t]) * full_kwh;
      load[t] += base_kwh;
      charge[t] = std::max(0.0, bounds.most[t] * full_kwh - base_kwh);
      drain[t] = -spec.charge_efficiency * base_kwh;
      discharge[t] = std::max(0.0, -bounds.least[t]) * full_kwh;
    }
    optimum::DispatchProblem home = problem_.households[i];
    home.year.load_kwh = load;
    home.year.charge_limits_kwh = charge;
    home.year.discharge_limits_kwh = discharge;
    home.year.drain_kwh = drain;
    TRY(const optimum::DispatchResult found, optimum::optimal_dispatch(home));
    Own result;
    result.cost_yuan = found.cost_yuan;
    for (std::size_t t = 0; t < load.size(); ++t) {
      const double change = found.path.change_kwh[t];
      const double ac_kwh =
          change * (change > 0.0 ? 1.0 / spec.charge_efficiency : spec.discharge_efficiency);
      const double base_kwh = load[t] - net_[i][t];
      result.drawn_kw.push_back((base_kwh + ac_kwh) / hours);
      result.cost_yuan -= spec.wear_yuan_per_kwh * drain[t];
      result.wear_yuan += spec.wear_yuan_per_kwh * (std::abs(change) - drain[t]);
    }
    return result;
  }

  bool is_at_feed_in(std::size_t i) const { return area_.at_feed_in_price == homes_[i]; }
  const std::vector<double>& sell() const { return area_.prices->sell; }
  const std::vector<double>& buy(std::size_t i) const {
    return is_at_feed_in(i) ? area_.prices->sell : area_.prices->buy;
  }

  /// PV is not curtailed: it is use below nothing.
  void add_home(std::size_t i) {
    const VillageYear& village = *area_.village;
    std::vector<double> net;
    std::vector<double> charge;
    for (std::size_t t = 0; t < village.steps; ++t) {
      net.push_back(village.step_hours *
                    (village.use_kw[homes_[i]][t] - village.made_kw[homes_[i]][t]));
      charge.push_back(needs_.may_charge[t] != 0 ? specs_[i].charge_kw * village.step_hours : 0.0);
    }
    net_.push_back(std::move(net));
    charges_.push_back(std::move(charge));
  }

  /// Σ w·(net + drawn) ≥ need + Σ w·net
  void add_limit(std::size_t m) {
    const VillageYear& village = *area_.village;
    std::vector<double> limit;
    optimum::SharedLimit shared;
    for (const std::size_t home : homes_) {
      shared.weights.push_back(needs_.weights[m][home]);
    }
    for (std::size_t t = 0; t < village.steps; ++t) {
      double least = needs_.need[m][t] * village.step_hours;
      for (std::size_t i = 0; i < homes_.size(); ++i) {
        least += shared.weights[i] * net_[i][t];
      }
      limit.push_back(-least);
    }
    shared.slack = proof_slack_used * village.step_hours;
    limits_.push_back(std::move(limit));
    problem_.limits.push_back(std::move(shared));
  }

  void lay_spans() {
    for (std::size_t i = 0; i < homes_.size(); ++i) {
      optimum::DispatchProblem home;
      home.year.load_kwh = net_[i];
      home.year.pv_kwh = nothing_;
      home.year.buy = buy(i);
      home.year.sell = sell();
      home.year.step_hours = area_.village->step_hours;
      home.year.export_limit_kwh = no_own_limit_kwh;
      home.year.import_limit_kwh = no_own_limit_kwh;
      home.year.battery = specs_[i];
      home.year.charge_limits_kwh = charges_[i];
      home.year.load = optimum::Load::net;
      problem_.households.push_back(std::move(home));
    }
    for (std::size_t m = 0; m < limits_.size(); ++m) {
      problem_.limits[m].export_limits_kwh = limits_[m];
    }
  }

  const BatteryArea& area_;
  const PoolNeeds& needs_;
  std::vector<std::size_t> homes_;
  std::vector<battery::Spec> specs_;
  std::vector<double> nothing_;
  std::vector<std::vector<double>> net_;
  std::vector<std::vector<double>> charges_;
  std::vector<std::vector<double>> limits_;
  optimum::CoupledProblem problem_;
};

}  // namespace

Result<BatterySchedules> least_cost_schedules(const BatteryArea& area, const PoolNeeds& needs,
                                              const std::vector<double>& kwh,
                                              const Spread& spread) {
  expects(kwh.size() == area.village->houses.size());
  const Charging charging(area, needs, kwh);
  return charging.schedules(kwh, spread);
}

std::optional<BatteryProof> battery_proof(const BatteryArea& area, const PoolNeeds& needs,
                                          const std::vector<double>& kwh, const Spread& spread) {
  const Charging charging(area, needs, kwh);
  const auto found = optimum::coupled_dispatch(charging.problem(), spread);
  if (!found) {
    return std::nullopt;
  }
  BatteryProof proof{found->bound_yuan, found->scale_yuan, {}};
  for (const optimum::LimitResult& limit : found->limits) {
    proof.price.push_back(limit.export_price);
  }
  return proof;
}

}  // namespace xiaoyuan::hosting
