// One network leaves room for others.
#include "http/neighbours.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace xiaoyuan::http {
namespace {

TEST(Neighbours, TakeThreeQuartersOfAllPlacesAtMost) {
  Neighbours neighbours;
  Rules rules;
  rules.limits.connections = 8;
  rules.proxies = {"192.0.2.1"};
  std::vector<Neighbours::Place> held;
  const auto taken = [&](const std::string& address) {
    held.push_back(neighbours.take(address, rules));
    return held.back() != nullptr;
  };
  for (int i = 0; i < 6; ++i) {
    EXPECT_TRUE(taken("198.51.100.7"));
    EXPECT_TRUE(taken("2001:db8:1:2::" + std::to_string(i))) << "many addresses, one network";
  }
  EXPECT_FALSE(taken("198.51.100.7"));
  EXPECT_FALSE(taken("2001:db8:1:2:ffff::9"));
  EXPECT_TRUE(taken("198.51.100.8"));
  EXPECT_TRUE(taken("2001:db8:1:3::1"));
  held.erase(held.begin());
  EXPECT_TRUE(taken("198.51.100.7")) << "who goes makes room";
  for (int i = 0; i < 8; ++i) {
    EXPECT_TRUE(taken("192.0.2.1")) << "a proxy brings everybody";
  }
}

}  // namespace
}  // namespace xiaoyuan::http
