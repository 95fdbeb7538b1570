#include "support/settle_oracle.hpp"

#include <algorithm>

namespace xiaoyuan::settle::test {

namespace {

__extension__ typedef __int128 Big;

/// above / below, exactly, until it is rounded.
struct Fraction {
  Big above = 0;
  Big below = 1;
  Fraction times(Big number) const { return {above * number, below}; }
  Fraction over(Big number) const { return {above, below * number}; }
  std::int64_t half_up() const {
    const bool negative = above < 0;
    const Big size = negative ? -above : above;
    Big whole = size / below;
    if ((size % below) * 2 >= below) {
      ++whole;
    }
    return static_cast<std::int64_t>(negative ? -whole : whole);
  }
};

Fraction fen_of(std::int64_t mwh, std::int64_t price) {
  return Fraction{mwh}.times(price).over(1'000'000).over(1'000'000);  // mWh → kWh, 1e-8 yuan → fen
}

std::optional<std::int64_t> shown(const PlainWorld& world, const std::string& meter, Instant at,
                                  Instant known_at) {
  std::optional<std::int64_t> value;
  Instant newest = Instant::min();
  const auto all = world.readings.find(meter);
  if (all == world.readings.end()) {
    return value;
  }
  for (const readings::RegisterReading& reading : all->second) {
    if (reading.key.at == at && reading.recorded_at <= known_at && reading.recorded_at > newest) {
      newest = reading.recorded_at;
      value = reading.value.mwh;
    }
  }
  return value;
}

std::optional<std::int64_t> energy(const PlainWorld& world, const readings::MeterPoint& point,
                                   const PlainMonth& month) {
  constexpr std::int64_t kwh = 1'000'000;
  std::int64_t sum = 0;
  for (const readings::Service& service : point.services) {
    const Instant from = std::max(service.from, month.period.from);
    const Instant to = service.to ? std::min(*service.to, month.period.to) : month.period.to;
    if (from >= to) {
      continue;
    }
    const auto start = shown(world, service.meter, from, month.known_at);
    const auto end = shown(world, service.meter, to, month.known_at);
    if (!start || !end) {
      return std::nullopt;
    }
    const std::int64_t most = *point.most_w * (to - from).count() * 1000 / 3600;
    std::int64_t difference = *end / kwh * kwh - *start / kwh * kwh;
    if (*end < *start) {
      difference += 10'000 * kwh;
      if (difference > most) {
        return std::nullopt;
      }
    }
    if (difference > most + kwh) {
      return std::nullopt;
    }
    sum += difference;
  }
  return sum;
}

void pay(Pairs& pairs, const std::string& payer, const std::string& payee, std::int64_t fen) {
  const bool turned = payee < payer;
  std::int64_t& kept = pairs[turned ? Pair{payee, payer} : Pair{payer, payee}];
  kept += turned ? -fen : fen;
}

std::int64_t bill(std::int64_t mwh, const PlainPrices& prices) {
  constexpr std::int64_t kwh = 1'000'000;
  const std::int64_t first = plain_limits[0] * kwh;
  const std::int64_t second = plain_limits[1] * kwh;
  // A line for each tier at its whole price.
  std::int64_t fen = fen_of(std::min(mwh, first), prices.buy).half_up();
  if (mwh > first) {
    fen += fen_of(std::min(mwh, second) - first, prices.buy + plain_additions[0]).half_up();
  }
  if (mwh > second) {
    fen += fen_of(mwh - second, prices.buy + plain_additions[1]).half_up();
  }
  return fen;
}

/// 60.01 yuan a year and kWp, each quarter for the quarter.
std::int64_t rent(std::int64_t capacity_wp, int month) {
  if (month % 3 != 2) {
    return 0;
  }
  const auto up_to = [&](int months) {
    return Fraction{6001}.times(capacity_wp).over(1000).times(months).over(12).half_up();
  };
  return up_to(month + 1) - up_to(month - 2);
}

/// Of what the co-operative keeps 60 per cent go to H1, H2 and H3 by capacity.
void dividend(const PlainWorld& world, PlainResult& result) {
  std::int64_t surplus = 0;
  for (const auto& [group, pairs] : result.groups) {
    for (const auto& [pair, fen] : pairs) {
      surplus += pair.second == "COOP" ? fen : 0;
      surplus -= pair.first == "COOP" ? fen : 0;
    }
  }
  const std::int64_t whole = surplus > 0 ? Fraction{surplus}.times(60).over(100).half_up() : 0;
  std::int64_t capacity = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    capacity += world.houses[i].capacity_wp;
  }
  std::int64_t left = whole;
  std::vector<std::int64_t> parts;
  std::vector<std::pair<std::int64_t, std::size_t>> rests;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::int64_t product = whole * world.houses[i].capacity_wp;
    parts.push_back(product / capacity);
    left -= parts.back();
    rests.emplace_back(-(product % capacity), i);
  }
  std::ranges::sort(rests);
  for (std::size_t k = 0; k < static_cast<std::size_t>(left); ++k) {
    ++parts[rests[k].second];
  }
  for (std::size_t i = 0; i < 3; ++i) {
    const auto group = result.groups.find(world.houses[i].id);
    if (group != result.groups.end()) {
      pay(group->second, "COOP", world.houses[i].id, parts[i]);
    }
  }
}

void house_month(const PlainWorld& world, const PlainHouse& house, const PlainMonth& month,
                 PlainResult& result) {
  const auto bought = energy(world, house.points[0], month);
  const auto sold = energy(world, house.points[1], month);
  const auto made = energy(world, house.points[2], month);
  if (!bought || !sold || !made || *made < *sold) {
    return;
  }
  Pairs pairs;
  const std::string& id = house.id;
  pay(pairs, id, "grid", bill(*bought, month.prices));
  pay(pairs, "grid", id == "H2" ? "C1" : id, fen_of(*sold, month.prices.sell).half_up());
  if (id == "H2") {
    pay(pairs, "C1", id, rent(house.capacity_wp, month.number));
  }
  if (id == "H1" || id == "H3") {
    pay(pairs, id, "COOP", fen_of(*made, 1'300'000).half_up());
  }
  if (id == "H3") {
    pay(pairs, id, "BANK", 12'345);
  }
  result.groups[id] = pairs;
  result.exported_wh[id] = *sold / 1000;
  result.self_used_wh[id] = (*made - *sold) / 1000;
  result.grams[id] = Fraction{*made}.times(636'100).over(1'000'000'000).half_up();
}

}  // namespace

PlainResult plain_month(const PlainWorld& world, const PlainMonth& month) {
  PlainResult result;
  for (const PlainHouse& house : world.houses) {
    if (month.present.contains(house.id)) {
      house_month(world, house, month, result);
    }
  }
  pay(result.groups["care"], "C1", "COOP", 1'000);
  dividend(world, result);
  return result;
}

}  // namespace xiaoyuan::settle::test
