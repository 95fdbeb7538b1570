// Sharing said plainly: members in a map, every share a fraction of wide numbers by its definition,
// everybody sorted, one Wh given at a time. The oracle of settle/sharing; it shares no code with it
// but the words of the rule and SHA-256.
#pragma once
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "settle/sharing.hpp"

namespace xiaoyuan::settle::test {

__extension__ typedef __int128 Huge;

class PlainSharing {
 public:
  using ByName = std::map<std::string, std::int64_t>;

  /// A whole by weights, none above its cap.
  static ByName divide(Huge whole, const ByName& weights, const ByName& caps, ByName& credits,
                       std::int64_t interval) {
    Huge sum = 0;
    for (const auto& [name, weight] : weights) {
      sum += weight;
    }
    ByName parts;
    if (whole == 0 || sum == 0) {
      return parts;
    }
    std::map<std::string, Huge> wished;
    Huge left = whole;
    for (const auto& [name, weight] : weights) {
      wished[name] = whole * weight * one / sum + credits[name];
      const Huge floor = wished[name] >= 0 ? wished[name] / one : (wished[name] - one + 1) / one;
      const Huge most = caps.at(name);
      parts[name] = static_cast<std::int64_t>(std::clamp<Huge>(floor, 0, most));
      left -= parts[name];
    }
    const auto owed = [&](const std::string& name) { return wished[name] - one * parts[name]; };
    const auto before = [&](const std::string& a, const std::string& b) {
      return std::tuple(-owed(a), caps.at(a), tie(a, interval), a) <
             std::tuple(-owed(b), caps.at(b), tie(b, interval), b);
    };
    while (left != 0) {
      std::vector<std::string> open;
      for (const auto& [name, part] : parts) {
        if (left > 0 ? part < caps.at(name) : part > 0) {
          open.push_back(name);
        }
      }
      std::sort(open.begin(), open.end(), before);
      if (left < 0) {
        std::reverse(open.begin(), open.end());
      }
      for (const std::string& name : open) {
        if (left != 0) {
          parts[name] += left > 0 ? 1 : -1;
          left -= left > 0 ? 1 : -1;
        }
      }
    }
    for (const auto& [name, part] : parts) {
      credits[name] = static_cast<std::int64_t>(owed(name));
    }
    return parts;
  }

  explicit PlainSharing(SharingRule rule) : rule_(std::move(rule)) {}
  void begin_day() {
    takers_.clear();
    givers_.clear();
  }

  struct Interval {
    ByName imported, exported, weights, first;
    std::int64_t interval = 0;
  };
  ByName received(const Interval& energy) {
    const std::int64_t demand = sum_of(energy.imported);
    const std::int64_t supply = sum_of(energy.exported);
    switch (rule_.key) {
      case SharingKey::static_weights:
        return fixed(energy, supply);
      case SharingKey::static_offered_again:
        return filled(energy, supply, energy.weights);
      case SharingKey::equal: {
        ByName ones;
        for (const auto& [name, unused] : energy.imported) {
          ones[name] = 1;
        }
        return filled(energy, supply, ones);
      }
      case SharingKey::dynamic:
        return divide(std::min(demand, supply), energy.imported, energy.imported, takers_,
                      energy.interval);
      case SharingKey::prosumer_first:
        return in_turn(energy, supply);
    }
    return {};
  }
  ByName sold(const Interval& energy, std::int64_t shared) {
    return divide(shared, energy.exported, energy.exported, givers_, energy.interval);
  }

 private:
  static constexpr Huge one = Huge{1} << 32;

  static std::uint64_t tie(const std::string& name, std::int64_t interval) {
    const auto mix = [](std::uint64_t z) {
      z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
      z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
      return z ^ (z >> 31);
    };
    const std::uint64_t head = std::stoull(hex(sha256(name)).substr(0, 16), nullptr, 16);
    return mix(head ^ mix(static_cast<std::uint64_t>(interval)));
  }
  static std::int64_t sum_of(const ByName& values) {
    std::int64_t sum = 0;
    for (const auto& [name, value] : values) {
      sum += value;
    }
    return sum;
  }

  ByName fixed(const Interval& energy, std::int64_t supply) {
    ByName weights = energy.weights;
    if (rule_.whole > 0) {
      weights[""] = rule_.whole - sum_of(energy.weights);
    }
    ByName caps;
    for (const auto& [name, weight] : weights) {
      caps[name] = weight > 0 ? supply * 2 + 2 : 0;
    }
    ByName parts = divide(supply, weights, caps, takers_, energy.interval);
    parts.erase("");
    for (auto& [name, part] : parts) {
      part = std::min(part, energy.imported.at(name));
    }
    return parts;
  }

  /// a = min(c, λ·w): who is full is found in the order of c/w.
  ByName filled(const Interval& energy, std::int64_t supply, const ByName& weights) {
    ByName parts;
    std::vector<std::string> order;
    Huge weight_sum = 0;
    for (const auto& [name, import] : energy.imported) {
      parts[name] = 0;
      if (import > 0 && weights.at(name) > 0) {
        order.push_back(name);
        weight_sum += weights.at(name);
      }
    }
    const auto import = [&](const std::string& name) { return Huge{energy.imported.at(name)}; };
    std::sort(order.begin(), order.end(), [&](const std::string& a, const std::string& b) {
      return import(a) * weights.at(b) < import(b) * weights.at(a);
    });
    Huge pot = supply;
    ByName open_weights;
    ByName caps;
    for (const std::string& name : order) {
      if (open_weights.empty() && import(name) * weight_sum <= pot * weights.at(name)) {
        parts[name] = energy.imported.at(name);
        pot -= parts[name];
        weight_sum -= weights.at(name);
      } else {
        open_weights[name] = weights.at(name);
        caps[name] = energy.imported.at(name);
      }
    }
    for (const auto& [name, part] :
         divide(open_weights.empty() ? 0 : pot, open_weights, caps, takers_, energy.interval)) {
      parts[name] = part;
    }
    return parts;
  }

  ByName in_turn(const Interval& energy, std::int64_t supply) {
    ByName all;
    for (const std::int64_t turn : {1, 0}) {
      ByName group;
      for (const auto& [name, import] : energy.imported) {
        if (energy.first.at(name) == turn) {
          group[name] = import;
        }
      }
      const std::int64_t served = std::min(supply, sum_of(group));
      for (const auto& [name, part] : divide(served, group, group, takers_, energy.interval)) {
        all[name] = part;
      }
      supply -= served;
    }
    return all;
  }

  SharingRule rule_;
  ByName takers_;
  ByName givers_;
};

}  // namespace xiaoyuan::settle::test
