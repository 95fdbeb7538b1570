#include "hosting/remedies.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "hosting/shipped_wires.hpp"

namespace xiaoyuan::hosting {
namespace {

void on_two(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  const auto go = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      work(i);
    }
  };
  std::jthread other(go);
  go();
}

TEST(Remedies, Time) {
  for (const std::string name : {"xinggezhuang"}) {
    const VillageYear year = test::shipped_year(name, 8760);
    RemedyOptions options;
    options.settings = test::shipped_settings();
    options.library = test::shipped_library();
    auto t0 = std::chrono::steady_clock::now();
    const auto areas = area_capacities(year, {}, on_two);
    auto t1 = std::chrono::steady_clock::now();
    const auto found = remedies(year, {}, options, on_two);
    auto t2 = std::chrono::steady_clock::now();
    printf("%s: %zu houses, %zu buses, capacities %.2f s, remedies %.2f s\n", name.c_str(), year.houses.size(), year.network.buses.size(),
           std::chrono::duration<double>(t1 - t0).count(), std::chrono::duration<double>(t2 - t1).count());
    for (auto& a : *areas) printf("area %zu: %.1f kW, %s\n", a.transformer, a.capacity.kw, wires::explained(a.capacity.binding, year.network, terminals(year)).en.c_str());
    if (!found) { printf("%s\n", message(found.error().front(), Language::english).c_str()); continue; }
    for (const Remedy& r : *found)
      printf("  %zu %-14s +%.1f = %.1f lost %.1f | %s | %s | %s\n", r.transformer, r.key.c_str(), r.more_kw, r.capacity_kw, r.lost_kwh.value_or(-1), r.detail.en.c_str(), r.detail.zh.c_str(), r.proof ? r.proof->en.c_str() : "");
  }
}

}  // namespace
}  // namespace xiaoyuan::hosting
