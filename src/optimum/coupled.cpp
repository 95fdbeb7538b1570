#include "optimum/coupled.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "optimum/coupled_home.hpp"
#include "optimum/coupled_prices.hpp"
#include "optimum/coupled_refusal.hpp"
#include "optimum/coupled_repair.hpp"

namespace xiaoyuan::optimum {

namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();
/// Households that answer the same prices before they move on, in a large village; fewer in a small
/// one, where each weighs more. It does not depend on the threads, so neither does the result.
constexpr std::size_t most_at_once = 8;
constexpr std::size_t groups = 8;
constexpr int answers_between_bounds = 2;
constexpr double dearest_import = 10.0;   ///< cap of μ, in the dearest price of buying
constexpr double first_stiffness = 1.5;   ///< in mean prices for the mean excess
constexpr double stiffness_growth = 1.2;  ///< by round, while the limits are still missed
constexpr double most_growth = 20.0;
constexpr double quantum_share = 0.25;
constexpr double gap_share = 0.7;     ///< of the gap: then only the limits remain to be kept
constexpr double margin_share = 0.5;  ///< of the gap: what aims lie below limits

/// The village on its way to the optimum.
class Village {
 public:
  Village(const CoupledProblem& problem, const Spread& spread)
      : problem_(problem),
        spread_(spread),
        homes_(problem.households),
        size_(homes_.front().year.size()),
        at_once_(std::clamp<std::size_t>(homes_.size() / groups, 1, most_at_once)),
        makers_(at_once_),
        answers_(at_once_),
        asked_(at_once_),
        failures_(at_once_) {}

  /// Every household alone: the schedules that know of no limit.
  Result<void> begin();
  /// Rounds until the next schedules can be judged.
  Result<void> go_on();
  /// Judges the schedules at hand; true when they are good enough.
  bool judge();
  int rounds() const { return rounds_; }
  const Repaired& best() const { return best_; }
  CoupledResult result() const;

 private:
  enum class Prices { following, fixed };
  void lay_limits();
  void lay_caps(PricedLimit& limit) const;
  void set_stiffness();
  void ask(std::size_t first, std::size_t count, double quantum);
  bool is_single() const { return is_uniform_ && prices_.limits.size() <= 1; }
  Result<void> answer(std::size_t first, std::size_t count);
  Result<void> round(Prices prices);
  void move(std::size_t first, std::size_t count);
  double scale(const Repaired& schedules) const;

  const CoupledProblem& problem_;
  const Spread& spread_;
  const std::vector<DispatchProblem>& homes_;
  std::size_t size_;
  std::size_t at_once_;
  std::vector<AnswerMaker> makers_;
  std::vector<Answer> answers_;
  std::vector<std::vector<double>> asked_;  ///< p of the answers in hand
  std::vector<Errors> failures_;
  CoupledPrices prices_;
  bool is_uniform_ = true;
  double quantum_ = 1.0;
  double dearest_ = 0.0;           ///< price of buying
  std::vector<double> least_buy_;  ///< of any household, by step
  std::vector<double> most_sell_;  ///< of any with PV, by step
  std::vector<std::size_t> stores_;
  std::vector<Schedule> mixtures_;
  std::vector<double> alone_;
  double without_ = 0.0;  ///< Σ |cost without the store|
  double bound_ = 0.0;
  std::vector<LimitResult> proof_;  ///< the prices of the bound
  Repaired best_;
  bool is_near_ = false;  ///< cheap enough: only the limits remain to be kept
  int rounds_ = 0;
};

/// One side of a limit in units of its greatest weight. Shares are taken of the limit of the step,
/// or of the year's greatest where the step's is much less.
LimitSide side_of(std::span<const double> limits, std::size_t size, double unit, double margin) {
  constexpr double least_size = 0.05;
  LimitSide side;
  side.limits_kwh.assign(size, unlimited);
  std::ranges::copy(limits, side.limits_kwh.begin());
  double greatest = 0.0;
  for (double& limit : side.limits_kwh) {
    limit /= unit;
    greatest = std::isfinite(limit) ? std::max(greatest, std::abs(limit)) : greatest;
  }
  for (const double limit : side.limits_kwh) {
    const double kwh = std::max(std::abs(limit), least_size * greatest);
    side.sizes_kwh.push_back(kwh);
    side.highest_kwh.push_back(limit >= kwh ? limit * (1.0 - margin) : limit - margin * kwh);
  }
  side.aims_kwh = side.highest_kwh;
  side.prices.assign(size, 0.0);
  return side;
}

void Village::lay_limits() {
  least_buy_.assign(size_, unlimited);
  most_sell_.assign(size_, 0.0);
  for (std::size_t i = 0; i < homes_.size(); ++i) {
    const StoreYear& year = homes_[i].year;
    for (std::size_t t = 0; t < size_; ++t) {
      dearest_ = std::max(dearest_, year.buy[t]);
      least_buy_[t] = std::min(least_buy_[t], year.buy[t]);
      most_sell_[t] = year.pv_kwh[t] > 0.0 ? std::max(most_sell_[t], year.sell[t]) : most_sell_[t];
    }
    if (bears_no_burning(homes_[i])) {
      stores_.push_back(i);
    }
  }
  for (const SharedLimit& shared : problem_.limits) {
    PricedLimit limit;
    limit.unit = greatest_weight(shared);
    for (std::size_t i = 0; i < homes_.size(); ++i) {
      limit.weights.push_back(weight_of(shared, i) / limit.unit);
    }
    const double margin = margin_share * problem_.gap;
    limit.import_side = side_of(shared.import_limits_kwh, size_, limit.unit, margin);
    limit.export_side = side_of(shared.export_limits_kwh, size_, limit.unit, margin);
    limit.total_kwh.assign(size_, 0.0);
    prices_.limits.push_back(std::move(limit));
  }
  is_uniform_ = prices_.is_uniform();
  for (PricedLimit& limit : prices_.limits) {
    lay_caps(limit);
  }
  proof_.assign(problem_.limits.size(),
                {std::vector<double>(size_, 0.0), std::vector<double>(size_, 0.0), {}});
}

/// Where a limit weighs households differently, the price that moves those it weighs least may be
/// any: what a store is asked is then held at what it pays (AnswerMaker).
void Village::lay_caps(PricedLimit& limit) const {
  limit.import_side.caps.assign(size_, dearest_import * dearest_);
  limit.export_side.caps = limit.import_side.caps;
  for (std::size_t t = 0; t < size_ && is_single(); ++t) {
    limit.export_side.caps[t] =
        most_sell_[t] > 0.0 ? std::min(least_buy_[t], most_sell_[t]) : least_buy_[t];
  }
}

void Village::set_stiffness() {
  for (PricedLimit& limit : prices_.limits) {
    double excess = 0.0;
    double price = 0.0;
    for (const std::uint32_t t : limit.active) {
      const double total = limit.total_kwh[t];
      excess += std::max(
          {0.0, total - limit.import_side.aims_kwh[t], -total - limit.export_side.aims_kwh[t]});
      price += std::abs(homes_.front().year.buy[t]);
    }
    limit.stiffness = excess > 0.0 ? first_stiffness * price / excess : 0.0;
    limit.most_stiffness = most_growth * limit.stiffness;
  }
  quantum_ = std::exp2(std::floor(std::log2(quantum_share * problem_.gap)));
}

/// Lays down what a group of households is asked; all the same where limits weigh them alike.
void Village::ask(std::size_t first, std::size_t count, double quantum) {
  for (std::size_t i = 0; i < (is_uniform_ ? 1 : count); ++i) {
    asked_[i].resize(size_, 0.0);
    prices_.write_prices(first + i, quantum, asked_[i]);
  }
}

/// Asks a group of households, side by side; errors name the household.
Result<void> Village::answer(std::size_t first, std::size_t count) {
  spread_(count, [&](std::size_t i) {
    failures_[i].clear();
    const DispatchProblem& home = homes_[first + i];
    if (auto made = makers_[i].answer(home, asked_[is_uniform_ ? 0 : i], answers_[i]); !made) {
      failures_[i] = std::move(made.error());
    } else if (first + i < mixtures_.size()) {
      find_stretches(home, mixtures_[first + i], answers_[i]);
    }
  });
  Errors all;
  for (std::size_t i = 0; i < count; ++i) {
    for (Error& error : failures_[i]) {
      error.where.field = fmt::format("households[{}].{}", first + i, error.where.field);
      all.push_back(std::move(error));
    }
  }
  return all.empty() ? Result<void>{} : std::unexpected(std::move(all));
}

Result<void> Village::begin() {
  lay_limits();
  for (std::vector<double>& asked : asked_) {
    asked.assign(size_, 0.0);
  }
  Errors all;
  for (std::size_t first = 0; first < homes_.size(); first += at_once_) {
    const std::size_t count = std::min(at_once_, homes_.size() - first);
    auto answered = answer(first, count);
    gather(answered, all);
    for (std::size_t i = 0; i < count && all.empty(); ++i) {
      const Answer& own = answers_[i];
      bound_ += own.priced_yuan;
      alone_.push_back(own.cost_yuan);
      without_ += std::isnan(own.without_yuan) ? 0.0 : std::abs(own.without_yuan);
      for (PricedLimit& limit : prices_.limits) {
        for (std::size_t t = 0; t < size_; ++t) {
          limit.total_kwh[t] += limit.weights[first + i] * own.schedule.grid_kwh[t];
        }
      }
      mixtures_.push_back(own.schedule);
    }
  }
  if (!all.empty()) {
    return std::unexpected(std::move(all));
  }
  prices_.refresh_active();
  set_stiffness();
  best_ = repaired(problem_, mixtures_, spread_);
  return {};
}

/// Moves every household of a group, one after another, as far as it helps.
void Village::move(std::size_t first, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    Schedule& mixture = mixtures_[first + i];
    const Schedule& own = answers_[i].schedule;
    for (const Stretch& stretch : answers_[i].stretches) {
      const double share = prices_.move(first + i, mixture.grid_kwh, own.grid_kwh, stretch);
      if (share > 0.0) {
        blend(mixture, own, stretch, share);
      }
    }
  }
}

/// All households answer once. At fixed prices, the multipliers, their answers prove a bound; else
/// prices follow the total from one group to the next.
Result<void> Village::round(Prices prices) {
  ++rounds_;
  double priced = 0.0;
  if (prices == Prices::fixed) {
    prices_.hold_multipliers(homes_, is_single() ? std::vector<std::size_t>{} : stores_);
  }
  for (std::size_t first = 0; first < homes_.size(); first += at_once_) {
    if (prices == Prices::following) {
      prices_.refresh_active();
      prices_.follow_totals();
    }
    const std::size_t count = std::min(at_once_, homes_.size() - first);
    ask(first, count, prices == Prices::following ? quantum_ : 0.0);
    if (auto answered = answer(first, count); !answered) {
      return answered;
    }
    for (std::size_t i = 0; i < count; ++i) {
      priced += answers_[i].priced_yuan;
    }
    move(first, count);
  }
  if (prices == Prices::fixed) {
    if (const double bound = priced - prices_.limits_cost(); bound > bound_) {
      bound_ = bound;
      for (std::size_t m = 0; m < proof_.size(); ++m) {
        proof_[m] = prices_.held(m);
      }
    }
    return {};
  }
  prices_.refresh_active();
  prices_.take_prices();
  return {};
}

Result<void> Village::go_on() {
  for (int i = 0; i < (is_near_ ? 1 : answers_between_bounds); ++i) {
    if (auto done = round(Prices::following); !done) {
      return done;
    }
  }
  return is_near_ ? Result<void>{} : round(Prices::fixed);
}

double Village::scale(const Repaired& schedules) const {
  double scale = without_;
  for (const CoupledHousehold& home : schedules.households) {
    scale += std::abs(home.cost_yuan);
  }
  return scale;
}

bool Village::judge() {
  Repaired now = repaired(problem_, mixtures_, spread_);
  const double gap = (now.cost_yuan - bound_) / std::max(1.0, scale(now));
  is_near_ = rounds_ > 0 && std::abs(gap) <= gap_share * problem_.gap;
  if (!is_near_) {  // too dear: aims may lie too low
    prices_.relax();
  }
  for (const Missed& missed : now.missed) {
    if (missed.export_kwh > 0.0 && is_single()) {  // curtailing does not do: the price must rise
      prices_.limits[missed.limit].export_side.caps[missed.step] = least_buy_[missed.step];
    }
    if (is_near_) {
      prices_.tighten(missed, margin_share * problem_.gap);
    }
  }
  if (is_near_) {
    for (PricedLimit& limit : prices_.limits) {
      limit.stiffness = std::min(stiffness_growth * limit.stiffness, limit.most_stiffness);
    }
  }
  const bool keeps_limits = now.missed.empty();
  const bool is_better = best_.missed.empty()
                             ? keeps_limits && now.cost_yuan < best_.cost_yuan
                             : keeps_limits || now.worst().share() < best_.worst().share();
  if (is_better) {
    best_ = std::move(now);
  }
  return best_.missed.empty() &&
         best_.cost_yuan - bound_ <= problem_.gap * std::max(1.0, scale(best_));
}

CoupledResult Village::result() const {
  CoupledResult result;
  result.cost_yuan = best_.cost_yuan;
  result.bound_yuan = std::min(bound_, best_.cost_yuan);
  result.scale_yuan = scale(best_);
  result.limits = proof_;
  for (std::size_t m = 0; m < proof_.size(); ++m) {
    result.limits[m].total = best_.totals[m];
  }
  result.total_kwh = best_.total_kwh;
  result.households = best_.households;
  for (std::size_t i = 0; i < homes_.size(); ++i) {
    result.households[i].alone_yuan = alone_[i];
    result.alone_yuan += alone_[i];
  }
  result.rounds = rounds_;
  return result;
}

}  // namespace

double weight_of(const SharedLimit& limit, std::size_t household) {
  return limit.weights.empty() ? 1.0 : limit.weights[household];
}

double greatest_weight(const SharedLimit& limit) {
  double greatest = limit.weights.empty() ? 1.0 : 0.0;
  for (const double weight : limit.weights) {
    greatest = std::max(greatest, std::abs(weight));
  }
  return greatest > 0.0 ? greatest : 1.0;
}

double CoupledResult::gap() const { return (cost_yuan - bound_yuan) / std::max(1.0, scale_yuan); }

Result<CoupledResult> coupled_dispatch(const CoupledProblem& problem, const Spread& spread) {
  if (auto errors = wrong_data(problem); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  Village village(problem, spread);
  if (auto begun = village.begin(); !begun) {
    return std::unexpected(std::move(begun.error()));
  }
  while (!village.judge() && village.rounds() < problem.most_rounds) {
    if (auto gone_on = village.go_on(); !gone_on) {
      return std::unexpected(std::move(gone_on.error()));
    }
  }
  if (!village.best().missed.empty()) {
    return std::unexpected(limits_not_kept(problem, village.best().worst()));
  }
  return village.result();
}

}  // namespace xiaoyuan::optimum
