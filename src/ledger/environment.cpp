#include "ledger/environment.hpp"

#include <algorithm>
#include <tuple>

#include "base/check.hpp"

namespace xiaoyuan::ledger {

bool Environment::Place::operator<(const Place& other) const {
  return std::tie(begin, *meter, from_wh) < std::tie(other.begin, *other.meter, other.from_wh);
}

PoolId Environment::open() {
  pools_.emplace_back();
  return {static_cast<std::uint32_t>(pools_.size() - 1)};
}

const Environment::Interval* Environment::find(const Stretch& stretch) const {
  const auto meter = meters_.find(stretch.meter);
  if (meter == meters_.end()) {
    return nullptr;
  }
  const auto interval = meter->second.find(stretch.begin);
  const bool found = interval != meter->second.end() && interval->second.end == stretch.end;
  return found ? &interval->second : nullptr;
}

std::optional<Overlap> Environment::overlap(const Stretch& stretch) const {
  const auto meter = meters_.find(stretch.meter);
  if (meter == meters_.end()) {
    return std::nullopt;
  }
  const auto next = meter->second.lower_bound(stretch.begin);
  for (auto interval = next == meter->second.begin() ? next : std::prev(next);
       interval != meter->second.end() && interval->first < stretch.end; ++interval) {
    const auto& [begin, kept] = *interval;
    if (begin == stretch.begin && kept.end == stretch.end) {
      auto part = kept.parts.lower_bound(stretch.from_wh);
      if (part != kept.parts.begin() && std::prev(part)->second.to_wh > stretch.from_wh) {
        --part;
      }
      if (part == kept.parts.end() || part->first >= stretch.to_wh) {
        return std::nullopt;
      }
      return Overlap{{stretch.meter, begin, kept.end, std::max(part->first, stretch.from_wh),
                      std::min(part->second.to_wh, stretch.to_wh)},
                     part->second.state};
    }
    if (kept.end > stretch.begin) {
      return Overlap{{stretch.meter, begin, kept.end, 0, 0}, std::nullopt};
    }
  }
  return std::nullopt;
}

void Environment::put(Place place, const Part& part) {
  place.parts->emplace(place.from_wh, part);
  places(part).insert(place);
}

Environment::Part Environment::take(const Place& place) {
  const auto found = place.parts->find(place.from_wh);
  const Part part = found->second;
  places(part).erase(place);
  place.parts->erase(found);
  return part;
}

void Environment::insert(PoolId pool, const Stretch& stretch) {
  expects(!overlap(stretch) && stretch.from_wh < stretch.to_wh && stretch.begin < stretch.end);
  const auto meter = meters_.try_emplace(stretch.meter).first;
  Interval& interval = meter->second[stretch.begin];
  interval.end = stretch.end;
  put({stretch.begin, &meter->first, stretch.from_wh, &interval.parts},
      {stretch.to_wh, pool, State::carried});
}

std::optional<WhByState> Environment::held(PoolId pool, const Stretch& stretch) const {
  const Interval* interval = find(stretch);
  if (interval == nullptr) {
    return std::nullopt;
  }
  WhByState held{};
  std::int64_t at = stretch.from_wh;
  auto part = interval->parts.upper_bound(at);
  if (part != interval->parts.begin()) {
    --part;
  }
  for (; at < stretch.to_wh; ++part) {
    if (part == interval->parts.end() || part->first > at || part->second.to_wh <= at ||
        part->second.pool != pool) {
      return std::nullopt;
    }
    const std::int64_t end = std::min(part->second.to_wh, stretch.to_wh);
    held[static_cast<std::size_t>(part->second.state)] += end - at;
    at = end;
  }
  return held;
}

void Environment::remove(const Stretch& stretch) {
  const auto meter = meters_.find(stretch.meter);
  Interval& interval = meter->second.at(stretch.begin);
  Parts& parts = interval.parts;
  auto first = std::prev(parts.upper_bound(stretch.from_wh));
  std::vector<std::int64_t> touched;
  for (; first != parts.end() && first->first < stretch.to_wh; ++first) {
    touched.push_back(first->first);
  }
  for (const std::int64_t from_wh : touched) {
    const Place place{stretch.begin, &meter->first, from_wh, &parts};
    const Part part = take(place);
    if (from_wh < stretch.from_wh) {
      put(place, {stretch.from_wh, part.pool, part.state});
    }
    if (part.to_wh > stretch.to_wh) {
      put({stretch.begin, &meter->first, stretch.to_wh, &parts}, part);
    }
  }
  if (parts.empty()) {
    meter->second.erase(stretch.begin);
  }
}

void Environment::move(PoolId pool, const Move& move) {
  std::set<Place>& places = pools_[pool.number][static_cast<std::size_t>(move.from)];
  for (std::int64_t rest = move.wh; rest > 0;) {
    expects(!places.empty());
    const bool oldest = move.order == Order::oldest_first;
    Place place = oldest ? *places.begin() : *places.rbegin();
    const Part part = take(place);
    const std::int64_t wh = std::min(rest, part.to_wh - place.from_wh);
    if (part.to_wh - place.from_wh > wh) {  // what is left keeps its state
      const std::int64_t cut = oldest ? place.from_wh + wh : part.to_wh - wh;
      Place right = place;
      right.from_wh = cut;
      put(place, {cut, pool, oldest ? move.to : move.from});
      put(right, {part.to_wh, pool, oldest ? move.from : move.to});
    } else {
      put(place, {part.to_wh, pool, move.to});
    }
    rest -= wh;
  }
}

std::vector<Environment::Piece> Environment::pieces(const std::string& meter) const {
  std::vector<Piece> pieces;
  const auto found = meters_.find(meter);
  if (found == meters_.end()) {
    return pieces;
  }
  for (const auto& [begin, interval] : found->second) {
    for (const auto& [from_wh, part] : interval.parts) {
      pieces.push_back({{meter, begin, interval.end, from_wh, part.to_wh}, part.pool, part.state});
    }
  }
  return pieces;
}

}  // namespace xiaoyuan::ledger
