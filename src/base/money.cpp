#include "base/money.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace xiaoyuan {

__extension__ typedef __int128 Wide;  // g++ and clang have it; -Wpedantic wants to be told

Price Price::of(double yuan_per_kwh) { return {std::llround(yuan_per_kwh * 1e8)}; }

MeteredEnergy MeteredEnergy::of(double kwh) { return {std::llround(kwh * 1e6)}; }

Money amount(MeteredEnergy energy, Price price) {
  // mWh × 1e-8 yuan/kWh = 1e-14 yuan = 1e-12 fen
  constexpr Wide one_fen = 1'000'000'000'000;
  const Wide product = static_cast<Wide>(energy.mwh) * price.units;
  const Wide size = product < 0 ? -product : product;
  const auto fen = static_cast<std::int64_t>((size + one_fen / 2) / one_fen);
  return {product < 0 ? -fen : fen};
}

std::string text_of(Money money) {
  const std::int64_t size = std::llabs(money.fen);
  return fmt::format("{}{}.{:02}", money.fen < 0 ? "-" : "", size / 100, size % 100);
}

}  // namespace xiaoyuan
