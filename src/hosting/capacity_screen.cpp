#include "hosting/capacity_screen.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "hosting/capacity_signals.hpp"

namespace xiaoyuan::hosting {

namespace {

constexpr std::size_t screen_lanes = wires::Steps::most;
constexpr double screen_margin = 1.08;
constexpr double too_little = 1e-5;  ///< of a limit

using Lanes = std::array<double, screen_lanes>;

/// Real and imaginary part of eight steps.
struct SignalLanes {
  Lanes re{};
  Lanes im{};
};

/// What a kW at full light changes a signal by.
struct Effect {
  std::size_t signal = 0;
  double re = 0.0;
  double im = 0.0;
};

struct Response {
  double kw = 0.0;
  std::vector<Effect> effects;  ///< in the order of the groups
  std::array<std::size_t, signal_groups + 1> first_effect{};
  std::array<double, signal_groups> reach{};  ///< largest |r| over its limit
};

struct Suspicion {
  std::size_t step = 0;
  double square = 0.0;  ///< of the share of the limit
};

/// Eight steps of today's year in one area.
struct AreaLanes {
  std::vector<SignalLanes> signals;
  std::array<Lanes, signal_groups> most{};   ///< largest square of a share of a limit
  std::array<Lanes, signal_groups> least{};  ///< smallest square over that of the lower limit
};

double square_share(const Signal& signal, double re, double im) {
  const double limit = re < 0.0 ? signal.most_reverse : signal.most;
  return (re * re + im * im) / (limit * limit);
}

class Screen {
 public:
  Screen(const TrialGrid& grid, const std::vector<ScreenedHouse>& houses, const Spread& spread);
  std::vector<std::vector<std::size_t>> suspects(const Spread& spread);

 private:
  std::size_t area_of(std::size_t i) const {
    return grid_->village().houses[houses_[i].house].transformer;
  }
  void measure(const Spread& spread);
  void set_response(std::size_t i, const wires::Steps& steps, std::size_t lane);
  void read(const AreaSignals& signals, const wires::Steps& steps, AreaLanes& lanes) const;
  void look(std::size_t i, const AreaLanes& lanes, const Lanes& light, Lanes& square) const;
  void look_closely(std::span<const Effect> effects, const AreaSignals& signals,
                    const AreaLanes& lanes, const Lanes& kw, Lanes& square) const;

  const TrialGrid* grid_;
  const std::vector<ScreenedHouse>& houses_;
  std::vector<AreaSignals> signals_;  ///< by area
  std::vector<Response> responses_;
};

Screen::Screen(const TrialGrid& grid, const std::vector<ScreenedHouse>& houses,
               const Spread& spread)
    : grid_(&grid), houses_(houses), responses_(houses.size()) {
  for (std::size_t t = 0; t < grid.village().network.transformers.size(); ++t) {
    signals_.emplace_back(grid.area(t), grid.flow().prepared().tree);
  }
  measure(spread);
}

/// Two power flows a house, side by side: without it and with it.
void Screen::measure(const Spread& spread) {
  std::vector<TriedState> states{{0, {}}};
  std::vector<Trial> trials;
  for (std::size_t i = 0; i < houses_.size(); ++i) {
    Added added;
    added.pv_kw.assign(grid_->village().houses.size(), 0.0);
    added.pv_kw[houses_[i].house] = houses_[i].kw;
    trials.push_back({houses_[i].step, 0});
    trials.push_back({houses_[i].step, states.size()});
    states.push_back({area_of(i), std::move(added)});
  }
  wires::Series series = grid_->series_of(states, trials);
  series.seen = [&](std::size_t, const wires::Steps& steps) {
    for (std::size_t lane = 0; lane + 1 < steps.count; lane += 2) {
      set_response((steps.first + lane) / 2, steps, lane);
    }
  };
  wires::run(grid_->flow(), series, spread);
}

void Screen::set_response(std::size_t i, const wires::Steps& steps, std::size_t lane) {
  Response& response = responses_[i];
  response.kw = houses_[i].kw;
  const double light = grid_->village().light[houses_[i].step];
  const AreaSignals& area = signals_[area_of(i)];
  for (std::size_t s = 0; light > 0.0 && s < area.all().size(); ++s) {
    const Signal& signal = area.all()[s];
    const wires::Complex change =
        area.value(signal, steps, lane + 1) - area.value(signal, steps, lane);
    const double share = std::abs(change) / std::min(signal.most, signal.most_reverse);
    if (share > too_little) {
      const wires::Complex by_kw = change / (response.kw * light);
      const auto group = static_cast<std::size_t>(signal.group);
      response.effects.push_back({s, by_kw.real(), by_kw.imag()});
      ++response.first_effect[group + 1];
      response.reach[group] = std::max(response.reach[group], share / (response.kw * light));
    }
  }
  std::partial_sum(response.first_effect.begin(), response.first_effect.end(),
                   response.first_effect.begin());
}

void Screen::read(const AreaSignals& signals, const wires::Steps& steps, AreaLanes& lanes) const {
  lanes.signals.resize(signals.all().size());
  for (Lanes& most : lanes.most) {
    most.fill(0.0);
  }
  for (Lanes& least : lanes.least) {
    least.fill(std::numeric_limits<double>::infinity());
  }
  for (std::size_t s = 0; s < signals.all().size(); ++s) {
    const Signal& signal = signals.all()[s];
    const auto group = static_cast<std::size_t>(signal.group);
    for (std::size_t lane = 0; lane < screen_lanes; ++lane) {
      const wires::Complex value = signals.value(signal, steps, lane);
      lanes.signals[s].re[lane] = value.real();
      lanes.signals[s].im[lane] = value.imag();
      double& most = lanes.most[group][lane];
      // Fed back or drawn: the house may turn one into the other.
      const double limit = std::min(signal.most, signal.most_reverse);
      most = std::max(most, std::norm(value) / (limit * limit));
      if (signal.least > 0.0) {
        double& least = lanes.least[group][lane];
        least = std::min(least, std::norm(value) / (signal.least * signal.least));
      }
    }
  }
}

void Screen::look_closely(std::span<const Effect> effects, const AreaSignals& signals,
                          const AreaLanes& lanes, const Lanes& kw, Lanes& square) const {
  for (const Effect& effect : effects) {
    const Signal& signal = signals.all()[effect.signal];
    const SignalLanes& today = lanes.signals[effect.signal];
    for (std::size_t lane = 0; lane < screen_lanes; ++lane) {
      const double re = today.re[lane] + effect.re * kw[lane];
      const double im = today.im[lane] + effect.im * kw[lane];
      square[lane] = std::max(square[lane], square_share(signal, re, im));
      if (signal.least > 0.0) {
        const double below = (re * re + im * im) / (signal.least * signal.least);
        square[lane] = std::max(square[lane], 2.0 - below);
      }
    }
  }
}

/// The largest square of a share of a limit that the house reaches; below 1 it need not be exact.
void Screen::look(std::size_t i, const AreaLanes& lanes, const Lanes& light, Lanes& square) const {
  const Response& response = responses_[i];
  const AreaSignals& signals = signals_[area_of(i)];
  Lanes kw;
  for (std::size_t lane = 0; lane < screen_lanes; ++lane) {
    kw[lane] = screen_margin * response.kw * light[lane];
  }
  square.fill(0.0);
  for (std::size_t group = 0; group < signal_groups; ++group) {
    bool is_near = false;
    for (std::size_t lane = 0; lane < screen_lanes; ++lane) {
      const double rise = response.reach[group] * kw[lane];
      const double room = std::max(0.0, 1.0 - rise);
      const double low = 1.0 + 2.0 * rise;  // the lower limit is more than half of the upper one
      is_near =
          is_near || lanes.most[group][lane] > room * room || lanes.least[group][lane] < low * low;
    }
    if (is_near) {
      const std::size_t first = response.first_effect[group];
      const std::size_t count = response.first_effect[group + 1] - first;
      look_closely(std::span(response.effects).subspan(first, count), signals, lanes, kw, square);
    }
  }
}

std::vector<std::vector<std::size_t>> Screen::suspects(const Spread& spread) {
  const std::vector<TriedState> today{{0, {}}};
  std::vector<Trial> trials;
  for (const std::size_t step : grid_->touched_steps()) {
    trials.push_back({step, 0});
  }
  wires::Series series = grid_->series_of(today, trials);
  std::vector<std::vector<std::vector<Suspicion>>> found(series.chunks());
  std::vector<std::vector<AreaLanes>> lanes(series.chunks());
  for (std::size_t chunk = 0; chunk < series.chunks(); ++chunk) {
    found[chunk].resize(houses_.size());
    lanes[chunk].resize(signals_.size());
  }
  series.seen = [&](std::size_t chunk, const wires::Steps& steps) {
    Lanes light{};
    for (std::size_t lane = 0; lane < steps.count; ++lane) {
      light[lane] = grid_->village().light[trials[steps.first + lane].step];
    }
    for (std::size_t area = 0; area < signals_.size(); ++area) {
      read(signals_[area], steps, lanes[chunk][area]);
    }
    for (std::size_t i = 0; i < houses_.size(); ++i) {
      Lanes square;
      look(i, lanes[chunk][area_of(i)], light, square);
      for (std::size_t lane = 0; lane < steps.count; ++lane) {
        if (square[lane] > 1.0) {
          found[chunk][i].push_back({trials[steps.first + lane].step, square[lane]});
        }
      }
    }
  };
  wires::run(grid_->flow(), series, spread);
  std::vector<std::vector<std::size_t>> all(houses_.size());
  for (std::size_t i = 0; i < houses_.size(); ++i) {
    std::vector<Suspicion> of_house;
    for (const auto& chunk : found) {
      of_house.insert(of_house.end(), chunk[i].begin(), chunk[i].end());
    }
    std::ranges::stable_sort(of_house, std::greater<>(), &Suspicion::square);
    for (const Suspicion& suspicion : of_house) {
      all[i].push_back(suspicion.step);
    }
  }
  return all;
}

}  // namespace

std::vector<std::vector<std::size_t>> suspected_steps(const TrialGrid& grid,
                                                      const std::vector<ScreenedHouse>& houses,
                                                      const Spread& spread) {
  return Screen(grid, houses, spread).suspects(spread);
}

}  // namespace xiaoyuan::hosting
