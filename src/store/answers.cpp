#include "store/answers.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "store/batch.hpp"

namespace xiaoyuan::store {

namespace {

bool is_asked(const Asked& asked, Instant at, Instant recorded_at) {
  return at >= asked.from && at <= asked.to && recorded_at <= asked.known_at;
}

std::unexpected<Errors> damaged_row(const std::string& meter) {
  return fail(Fault::unreadable,
              {"meter " + meter + ": a stored reading is damaged; restore a backup",
               "电能表 " + meter + ":存储的读数已损坏,请从备份恢复"});
}

bool is_sound(const readings::RegisterReading& reading) {
  return reading.key.channel <= readings::Channel::generated &&
         reading.key.rate <= readings::Rate::deep_valley &&
         reading.quality <= readings::Quality::missing && !reading.source.empty();
}

bool is_sound(const StoredDay& day) {
  return day.channel <= readings::Channel::generated && !day.source.empty();
}

template <class Row>
bool are_sound(const std::vector<Row>& rows) {
  return std::ranges::all_of(rows, [](const Row& row) { return is_sound(row); });
}

bool is_same_day(const StoredDay& a, const StoredDay& b) {
  return a.channel == b.channel && a.start == b.start;
}

}  // namespace

std::vector<std::string> meters_of(const Asked& asked, const std::vector<std::string>& known) {
  if (asked.meters.empty()) {
    return known;
  }
  std::vector<std::string> wanted = asked.meters;
  std::ranges::sort(wanted);
  const auto repeated = std::ranges::unique(wanted);
  wanted.erase(repeated.begin(), repeated.end());
  std::vector<std::string> both;
  std::ranges::set_intersection(wanted, known, std::back_inserter(both));
  return both;
}

Result<void> answer_registers(std::vector<readings::RegisterReading> of_meter, const Asked& asked,
                              std::vector<readings::RegisterReading>& answer) {
  if (!are_sound(of_meter)) {
    return damaged_row(of_meter.front().key.meter);
  }
  std::erase_if(of_meter, [&](const readings::RegisterReading& reading) {
    return !is_asked(asked, reading.key.at, reading.recorded_at);
  });
  std::ranges::sort(of_meter, [](const auto& a, const auto& b) { return before(a, b); });
  std::ranges::move(of_meter, std::back_inserter(answer));
  return {};
}

Result<bool> answer_days(std::vector<StoredDay> of_meter, const Asked& asked,
                         const std::function<bool(const StoredDay&)>& each) {
  if (!are_sound(of_meter)) {
    return damaged_row(of_meter.front().meter);
  }
  std::erase_if(of_meter,
                [&](const StoredDay& day) { return !is_asked(asked, day.start, day.recorded_at); });
  std::ranges::sort(of_meter, [](const auto& a, const auto& b) { return before(a, b); });
  for (std::size_t i = 0; i < of_meter.size(); ++i) {
    const bool newest = i + 1 == of_meter.size() || !is_same_day(of_meter[i], of_meter[i + 1]);
    if ((newest || asked.versions == Versions::all) && !each(of_meter[i])) {
      return false;
    }
  }
  return true;
}

}  // namespace xiaoyuan::store
