#include "settle/carbon.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/check.hpp"
#include "ledger/book.hpp"

namespace xiaoyuan::settle {

namespace {

__extension__ typedef __int128 WideGram;  // g++ and clang have it; -Wpedantic wants to be told

constexpr std::int64_t mwh_of_wh = 1000;

std::int64_t whole_wh(MeteredEnergy energy) { return energy.mwh / mwh_of_wh; }

}  // namespace

std::int64_t avoided_g(MeteredEnergy energy, const AvoidedFactor& factor) {
  expects(energy.mwh >= 0 && factor.g_per_mega_wh >= 0);
  constexpr WideGram mwh_of_mega_wh = 1'000'000'000;
  const WideGram product = static_cast<WideGram>(energy.mwh) * factor.g_per_mega_wh;
  return static_cast<std::int64_t>((product * 2 + mwh_of_mega_wh) / (mwh_of_mega_wh * 2));
}

Recognised recognised(const PlantEnergy& energy, const AvoidedFactor* factor) {
  if (energy.storage == Storage::unknown || (!energy.made && !energy.sold)) {
    return {};
  }
  // Without a meter of its own the plant made at least what it sold.
  const MeteredEnergy sold = energy.sold.value_or(MeteredEnergy{});
  const MeteredEnergy self_used = energy.made.value_or(sold) - sold;
  const MeteredEnergy direct = std::max(sold - energy.sold_from_storage, MeteredEnergy{});
  if (self_used.mwh < 0) {
    return {};
  }
  return {.owner = {},
          .exported_wh = whole_wh(direct),
          .self_used_wh = whole_wh(self_used),
          .avoided_g = factor != nullptr ? avoided_g(direct + self_used, *factor) : 0};
}

std::vector<PoolMonth> pool_months(const std::vector<Recognised>& recognised,
                                   std::span<const PoolMonth> before) {
  std::map<std::pair<std::string, ledger::PoolKind>, PoolMonth> pools;
  const auto pool = [&](const std::string& owner, ledger::PoolKind kind) -> PoolMonth& {
    PoolMonth& month = pools[{owner, kind}];
    month.owner = owner;
    month.kind = kind;
    return month;
  };
  for (const PoolMonth& month : before) {
    pool(month.owner, month.kind).carried_before_wh = month.carried_wh;
  }
  for (const Recognised& member : recognised) {
    if (member.exported_wh > 0) {
      pool(member.owner, ledger::PoolKind::tradable).recognised_wh += member.exported_wh;
    }
    if (member.self_used_wh > 0) {
      pool(member.owner, ledger::PoolKind::non_tradable).recognised_wh += member.self_used_wh;
    }
  }
  std::vector<PoolMonth> months;
  for (auto& [key, month] : pools) {
    const std::int64_t there = month.carried_before_wh + month.recognised_wh;
    month.issued = there / ledger::certificate_wh;
    month.carried_wh = there % ledger::certificate_wh;
    months.push_back(std::move(month));
  }
  return months;
}

}  // namespace xiaoyuan::settle
