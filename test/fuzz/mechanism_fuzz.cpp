// Any bytes as a Document-136 mechanism; one that reads gets what it asks for and bills a year.
#include <array>

#include "foreign.hpp"
#include "tariff/bill.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const auto read = tariff::read_mechanism(fuzz::text(bytes, size), "x.toml");
  fuzz::expect_sense(read);
  if (!read) {
    return 0;
  }
  const tariff::Given given{{{"mechanism_price_yuan_per_kwh", "0.36"},
                             {"mechanism_ratio", "0.8"},
                             {"market_price_yuan_per_kwh", "0.3"},
                             {"reference_price_yuan_per_kwh", "0.3"},
                             {"mechanism_valid_from", "2026-01-01"}},
                            "fuzz"};
  const auto filled = tariff::with_inputs(*read, given, {});
  fuzz::expect_sense(filled);
  fuzz::expect_sense(tariff::under_mechanism({}, *read));
  if (!filled) {
    return 0;
  }
  static const Zone zone = *Zone::find("Asia/Shanghai");
  const TimeAxis axis{zone.instant(Date{std::chrono::year{2026} / 1 / 1}, 0), std::chrono::hours{1},
                      8760};
  const auto market = tariff::schedule(tariff::market_tariff(*filled), zone.civil(axis), 60);
  fuzz::expect_sense(market);
  if (market) {
    const auto under = tariff::under_mechanism(*market, *filled);
    fuzz::expect_sense(under);
    if (under) {
      fuzz::expect_numbers(under->yuan_per_kwh);
      const std::vector<double> kwh(under->slots.size(), 700.0);
      expects(tariff::bills(*under, kwh).size() == 12);
    }
  }
  return 0;
}
