// Villages to share in, written out or drawn.
#pragma once
#include <string>
#include <vector>

#include "base/random.hpp"
#include "settle/sharing.hpp"

namespace xiaoyuan::settle::test {

/// One interval, one day.
inline SharingTable one_interval(std::vector<std::int64_t> imported,
                                 std::vector<std::int64_t> exported) {
  SharingTable table;
  for (std::size_t i = 0; i < imported.size(); ++i) {
    table.members.push_back("H" + std::to_string(i + 1));
  }
  table.intervals = {1'790'000'000};
  table.days = {0};
  table.imported_wh = std::move(imported);
  table.exported_wh = std::move(exported);
  return table;
}

struct Draw {
  std::uint64_t seed = 1;
  std::size_t members = 3;
  std::size_t intervals = 20;
  std::int64_t most_wh = 3000;
};

/// Rows of all kinds: nothing at all, all alike, one giant, import and export at once, plenty.
inline SharingTable drawn(const Draw& draw) {
  Random random(draw.seed);
  const auto below = [&](std::int64_t most) {
    return static_cast<std::int64_t>(random.uniform() * static_cast<double>(most));
  };
  SharingTable table;
  for (std::size_t i = 0; i < draw.members; ++i) {
    table.members.push_back("m" + std::to_string(below(1'000'000'000)) + "-" + std::to_string(i));
  }
  for (std::size_t t = 0; t < draw.intervals; ++t) {
    table.intervals.push_back(1'790'000'000 + 900 * static_cast<std::int64_t>(t));
    if (t % 7 == 0) {
      table.days.push_back(t);
    }
    const std::int64_t kind = below(6);
    const std::int64_t alike = below(draw.most_wh);
    for (std::size_t i = 0; i < draw.members; ++i) {
      const bool makes = below(3) == 0;
      std::int64_t import = kind == 1                    ? alike
                            : kind == 0 || below(8) == 0 ? 0
                                                         : below(draw.most_wh);
      std::int64_t export_ = makes && kind != 0 ? below(draw.most_wh * (kind == 2 ? 4 : 1)) : 0;
      if (kind == 3 && i == 0) {
        import = draw.most_wh * 50;
      }
      table.imported_wh.push_back(import);
      table.exported_wh.push_back(kind == 4 ? export_ / 100 : export_);
    }
  }
  return table;
}

inline SharingRule drawn_rule(SharingKey key, const SharingTable& table, std::uint64_t seed) {
  Random random(seed);
  SharingRule rule{.key = key, .weights = {}, .whole = 0, .first = {}};
  const std::size_t rows = random.uniform() < 0.3 ? table.intervals.size() : 1;
  std::int64_t most = 1;
  for (std::size_t row = 0; row < rows; ++row) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < table.members.size(); ++i) {
      rule.weights.push_back(static_cast<std::int64_t>(random.uniform() * 12.0));
      sum += rule.weights.back();
    }
    most = std::max(most, sum);
  }
  rule.whole =
      random.uniform() < 0.5 ? 0 : most + static_cast<std::int64_t>(random.uniform() * 9.0);
  for (std::size_t i = 0; i < table.members.size(); ++i) {
    rule.first.push_back(random.uniform() < 0.4 ? 1 : 0);
  }
  return rule;
}

}  // namespace xiaoyuan::settle::test
