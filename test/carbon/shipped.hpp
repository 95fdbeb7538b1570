// The shipped emission factors, all files together.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "carbon/factor.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::test {

inline carbon::FactorFile shipped_factors() {
  const Files share = shipped_share();
  carbon::FactorFile all;
  for (const std::string& name : share.list("factors")) {
    auto file = carbon::read_factor_file(*share.read("factors/" + name), name);
    EXPECT_TRUE(file.has_value()) << message(file.error()[0], Language::english);
    if (file) {
      std::ranges::move(file->factors, std::back_inserter(all.factors));
      std::ranges::move(file->footprints, std::back_inserter(all.footprints));
      std::ranges::move(file->wrong_values, std::back_inserter(all.wrong_values));
    }
  }
  return all;
}

inline std::map<std::string, carbon::Factor> shipped_by_id() {
  std::map<std::string, carbon::Factor> all;
  for (const carbon::Factor& factor : shipped_factors().factors) {
    EXPECT_TRUE(all.emplace(factor.id, factor).second) << factor.id << " stands twice";
  }
  return all;
}

}  // namespace xiaoyuan::test
