#include "settle/sharing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/check.hpp"

namespace xiaoyuan::settle {

namespace {

__extension__ typedef __int128 WideShared;  // g++ and clang have it; -Wpedantic wants to be told

constexpr std::int64_t most_weight = 1'000'000'000'000;

bool sharing_needs_weights(SharingKey key) {
  return key == SharingKey::static_weights || key == SharingKey::static_offered_again;
}

/// The members, and with static shares the grid as one more, for what is given to nobody.
std::vector<std::string> sharing_takers(const std::vector<std::string>& members, SharingKey key) {
  std::vector<std::string> takers = members;
  if (key == SharingKey::static_weights) {
    takers.emplace_back();
  }
  return takers;
}

std::int64_t sharing_sum(std::span<const std::int64_t> values) {
  return std::reduce(values.begin(), values.end(), std::int64_t{0});
}

void sharing_complain(Errors& errors, const char* field, Text what) {
  errors.push_back({Fault::bad_input, std::move(what), {"", 0, field}});
}

/// One row of weights.
void check_sharing_weights(std::span<const std::int64_t> weights, const SharingRule& rule,
                           std::size_t row, Errors& errors) {
  const std::int64_t least = std::ranges::min(weights);
  const std::int64_t most = std::ranges::max(weights);
  if (least < 0 || most > most_weight) {
    sharing_complain(errors, "weights",
                     {fmt::format("row {}: a weight is from 0 to {}, found {}", row + 1,
                                  most_weight, least < 0 ? least : most),
                      fmt::format("第 {} 行:权重应在 0 至 {} 之间,实为 {}", row + 1, most_weight,
                                  least < 0 ? least : most)});
    return;
  }
  const std::int64_t sum = sharing_sum(weights);
  if (sum >= most_in_interval || (rule.whole != 0 && sum > rule.whole)) {
    const std::int64_t whole = rule.whole != 0 ? rule.whole : most_in_interval - 1;
    sharing_complain(errors, "weights",
                     {fmt::format("row {}: the weights add up to {}, more than the whole of {}",
                                  row + 1, sum, whole),
                      fmt::format("第 {} 行:权重之和为 {},超过总量 {}", row + 1, sum, whole)});
  }
}

}  // namespace

Sharing::Sharing(const std::vector<std::string>& members, SharingRule rule)
    : size_(members.size()),
      rule_(std::move(rule)),
      takers_(sharing_takers(members, rule_.key)),
      givers_(members),
      weights_(takers_.credits().size()),
      caps_(weights_.size()),
      parts_(weights_.size()) {
  expects(!sharing_needs_weights(rule_.key) || rule_.weights.size() >= size_);
  expects(rule_.key != SharingKey::prosumer_first || rule_.first.size() == size_);
}

void Sharing::begin_day() {
  takers_.forget();
  givers_.forget();
}

SharedInterval Sharing::share(const IntervalEnergy& energy, std::span<std::int64_t> received_wh,
                              std::span<std::int64_t> sold_wh) {
  expects(energy.imported_wh.size() == size_ && energy.exported_wh.size() == size_ &&
          received_wh.size() == size_ && sold_wh.size() == size_);
  SharedInterval sums{.demand_wh = sharing_sum(energy.imported_wh),
                      .supply_wh = sharing_sum(energy.exported_wh),
                      .shared_wh = 0};
  sums.shared_wh = receive(energy, sums, received_wh);
  if (sums.shared_wh == sums.supply_wh) {
    std::ranges::copy(energy.exported_wh, sold_wh.begin());
  } else {
    givers_.divide({.whole = sums.shared_wh,
                    .weights = energy.exported_wh,
                    .caps = energy.exported_wh,
                    .interval = energy.interval},
                   sold_wh);
  }
  return sums;
}

/// Σ received.
std::int64_t Sharing::receive(const IntervalEnergy& energy, const SharedInterval& sums,
                              std::span<std::int64_t> received) {
  if (rule_.key == SharingKey::static_weights) {
    return static_shares(energy, sums.supply_wh, received);
  }
  if (rule_.key == SharingKey::static_offered_again || rule_.key == SharingKey::equal) {
    return offer_again(energy, sums.supply_wh, received);
  }
  if (sums.demand_wh <= sums.supply_wh) {
    std::ranges::copy(energy.imported_wh, received.begin());
    return sums.demand_wh;
  }
  if (rule_.key == SharingKey::prosumer_first) {
    first_then_others(energy, sums.supply_wh, received);
  } else {
    takers_.divide({.whole = sums.supply_wh,
                    .weights = energy.imported_wh,
                    .caps = energy.imported_wh,
                    .interval = energy.interval},
                   received);
  }
  return sums.supply_wh;
}

std::span<const std::int64_t> Sharing::weights_at(std::size_t index) const {
  const bool is_one_row = rule_.weights.size() == size_;
  return std::span(rule_.weights).subspan(is_one_row ? 0 : index * size_, size_);
}

std::int64_t Sharing::static_shares(const IntervalEnergy& energy, std::int64_t supply,
                                    std::span<std::int64_t> received) {
  const auto weights = weights_at(energy.index);
  std::ranges::copy(weights, weights_.begin());
  weights_.back() = rule_.whole == 0 ? 0 : rule_.whole - sharing_sum(weights);
  std::ranges::transform(weights_, caps_.begin(),
                         [](std::int64_t weight) { return weight > 0 ? no_cap : 0; });
  takers_.divide({.whole = supply, .weights = weights_, .caps = caps_, .interval = energy.interval},
                 parts_);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    received[i] = std::min(energy.imported_wh[i], parts_[i]);
    sum += received[i];
  }
  return sum;
}

/// Offers by weights, again and again, end where a_i = min(c_i, λ·w_i): those whose share would be
/// above what they use are full, and the others divide what is left.
std::int64_t Sharing::offer_again(const IntervalEnergy& energy, std::int64_t supply,
                                  std::span<std::int64_t> received) {
  std::int64_t usable = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    const std::int64_t weight = rule_.key == SharingKey::equal ? 1 : weights_at(energy.index)[i];
    weights_[i] = energy.imported_wh[i] > 0 ? weight : 0;
    received[i] = weight > 0 ? energy.imported_wh[i] : 0;
    usable += received[i];
  }
  if (usable <= supply) {
    return usable;
  }
  std::int64_t pot = supply;
  for (std::int64_t before = -1; pot != before;) {
    before = pot;
    pot = refuse(energy, pot, received);
  }
  for (std::size_t i = 0; i < size_; ++i) {
    caps_[i] = weights_[i] > 0 ? energy.imported_wh[i] : 0;
  }
  takers_.divide({.whole = pot, .weights = weights_, .caps = caps_, .interval = energy.interval},
                 parts_);
  for (std::size_t i = 0; i < size_; ++i) {
    received[i] = weights_[i] > 0 ? parts_[i] : received[i];
  }
  return supply;
}

/// One round: who would be offered at least what it uses is full and out; what is left for the
/// others.
std::int64_t Sharing::refuse(const IntervalEnergy& energy, std::int64_t pot,
                             std::span<std::int64_t> received) {
  const std::int64_t weight_sum = sharing_sum(weights_);
  std::int64_t left = pot;
  for (std::size_t i = 0; i < size_; ++i) {
    if (weights_[i] > 0 && static_cast<WideShared>(energy.imported_wh[i]) * weight_sum <=
                               static_cast<WideShared>(pot) * weights_[i]) {
      received[i] = energy.imported_wh[i];
      left -= received[i];
      weights_[i] = 0;
    }
  }
  return left;
}

/// Where all import more than there is, only one of the two groups is left with less than it wants.
void Sharing::first_then_others(const IntervalEnergy& energy, std::int64_t supply,
                                std::span<std::int64_t> received) {
  std::int64_t first = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    first += rule_.first[i] != 0 ? energy.imported_wh[i] : 0;
  }
  const bool first_are_full = first <= supply;
  for (std::size_t i = 0; i < size_; ++i) {
    const bool is_scarce = (rule_.first[i] == 0) == first_are_full;
    weights_[i] = is_scarce ? energy.imported_wh[i] : 0;
  }
  takers_.divide({.whole = first_are_full ? supply - first : supply,
                  .weights = weights_,
                  .caps = weights_,
                  .interval = energy.interval},
                 received);
  for (std::size_t i = 0; first_are_full && i < size_; ++i) {
    received[i] = rule_.first[i] != 0 ? energy.imported_wh[i] : received[i];
  }
}

Result<SharedMonth> share(const SharingTable& table, const SharingRule& rule) {
  const std::size_t members = table.members.size();
  const std::size_t intervals = table.intervals.size();
  expects(table.imported_wh.size() == members * intervals &&
          table.exported_wh.size() == members * intervals);
  if (auto checked = check_rule(rule, members, intervals); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  SharedMonth month{.received_wh = std::vector<std::int64_t>(members * intervals),
                    .sold_wh = std::vector<std::int64_t>(members * intervals),
                    .intervals = {}};
  month.intervals.reserve(intervals);
  Sharing sharing(table.members, rule);
  auto day = table.days.begin();
  for (std::size_t t = 0; t < intervals; ++t) {
    if (day != table.days.end() && *day == t) {
      sharing.begin_day();
      ++day;
    }
    const std::size_t at = t * members;
    month.intervals.push_back(
        sharing.share({.interval = table.intervals[t],
                       .index = t,
                       .imported_wh = std::span(table.imported_wh).subspan(at, members),
                       .exported_wh = std::span(table.exported_wh).subspan(at, members)},
                      std::span(month.received_wh).subspan(at, members),
                      std::span(month.sold_wh).subspan(at, members)));
  }
  return month;
}

std::vector<MemberTotal> member_totals(const SharingTable& table, const SharedMonth& month) {
  const std::size_t members = table.members.size();
  std::vector<MemberTotal> totals(members);
  for (std::size_t row = 0; row < month.received_wh.size(); row += members) {
    for (std::size_t i = 0; i < members; ++i) {
      totals[i].imported_wh += table.imported_wh[row + i];
      totals[i].received_wh += month.received_wh[row + i];
      totals[i].exported_wh += table.exported_wh[row + i];
      totals[i].sold_wh += month.sold_wh[row + i];
    }
  }
  return totals;
}

Result<void> check_rule(const SharingRule& rule, std::size_t members, std::size_t intervals) {
  Errors errors;
  if (rule.key == SharingKey::prosumer_first && rule.first.size() != members) {
    sharing_complain(errors, "first",
                     {"says for each member whether it is served first", "须逐户注明是否优先"});
  }
  if (!sharing_needs_weights(rule.key)) {
    return errors.empty() ? Result<void>{} : std::unexpected(std::move(errors));
  }
  const std::size_t count = rule.weights.size();
  if (members == 0 || count == 0 || (count != members && count != members * intervals)) {
    sharing_complain(
        errors, "weights",
        {fmt::format("expected {} weights, one for each member, or as many for each "
                     "interval; found {}",
                     members, count),
         fmt::format("应为 {} 个权重(每户一个,或逐时段每户一个),实为 {} 个", members, count)});
    return std::unexpected(std::move(errors));
  }
  for (std::size_t at = 0; at < count; at += members) {
    check_sharing_weights(std::span(rule.weights).subspan(at, members), rule, at / members, errors);
  }
  return errors.empty() ? Result<void>{} : std::unexpected(std::move(errors));
}

}  // namespace xiaoyuan::settle
