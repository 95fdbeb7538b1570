#include "readings/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "base/zone.hpp"

namespace xiaoyuan::readings {

namespace {

bool before(const RegisterReading& a, const RegisterReading& b) {
  return std::tie(a.key, a.recorded_at) < std::tie(b.key, b.recorded_at);
}

/// A total order, so that of equal readings the same one is kept whatever the order of files.
bool before_in_all(const RegisterReading& a, const RegisterReading& b) {
  return std::tie(a.key, a.recorded_at, a.value, a.quality, a.source) <
         std::tie(b.key, b.recorded_at, b.value, b.quality, b.source);
}

bool says_the_same(const RegisterReading& a, const RegisterReading& b) {
  return a.value == b.value && a.quality == b.quality;
}

/// Of readings of one key and one moment, the first one that another contradicts it; null when all
/// agree.
const RegisterReading* contradiction(std::span<const RegisterReading> together) {
  for (const RegisterReading& reading : together) {
    if (!says_the_same(reading, together.front())) {
      return &reading;
    }
  }
  return nullptr;
}

/// The version of a key that was known at an instant, among those known before and those taken now.
const RegisterReading* in_force(const Registers& known, std::span<const RegisterReading> taken,
                                const RegisterReading& sent) {
  const RegisterReading* found = known.find(sent.key, sent.recorded_at);
  for (auto reading = taken.rbegin(); reading != taken.rend() && reading->key == sent.key;
       ++reading) {
    if (!found || reading->recorded_at > found->recorded_at) {
      found = &*reading;
    }
  }
  return found;
}

/// A version that says the same, however old: the file of before a correction, sent again.
const RegisterReading* any_same(const Registers& known, const RegisterReading& sent) {
  for (const RegisterReading& version : known.versions(sent.key)) {
    if (says_the_same(version, sent)) {
      return &version;
    }
  }
  return nullptr;
}

void sort_one(const Registers& known, RegisterReading sent, Resend resend, SortedReadings& sorted) {
  const RegisterReading* other = in_force(known, sorted.taken, sent);
  if (resend == Resend::refuse && !known.versions(sent.key).empty()) {
    const RegisterReading* same = any_same(known, sent);
    other = same ? same : &known.versions(sent.key).back();
  }
  if (other && says_the_same(*other, sent)) {
    sorted.duplicates.push_back(std::move(sent));
  } else if (other && (resend == Resend::refuse || other->recorded_at == sent.recorded_at)) {
    sorted.conflicts.push_back({*other, std::move(sent)});
  } else {
    sorted.taken.push_back(std::move(sent));
  }
}

}  // namespace

const std::vector<std::string>& words_of(Quality) {
  static const std::vector<std::string> words{"measured", "estimated", "edited", "missing"};
  return words;
}

Text name_of(Quality quality) {
  static const std::array<Text, 4> names{
      {{"measured", "实测"}, {"estimated", "估算"}, {"edited", "修正"}, {"missing", "缺失"}}};
  return names[static_cast<std::size_t>(quality)];
}

Text name_of(const RegisterKey& key) {
  const Text channel = name_of(key.channel);
  const Text rate = name_of(key.rate);
  return {fmt::format("meter {}: {}, {}, {}", key.meter, channel.en, rate.en, text_of(key.at)),
          fmt::format("电能表 {}:{}({}),{}", key.meter, channel.zh, rate.zh, text_of(key.at))};
}

Registers::Registers(std::vector<RegisterReading> versions) : versions_(std::move(versions)) {
  std::ranges::stable_sort(versions_, before);
  const auto repeated = std::ranges::unique(
      versions_, [](const auto& a, const auto& b) { return !before(a, b) && !before(b, a); });
  versions_.erase(repeated.begin(), repeated.end());
}

std::span<const RegisterReading> Registers::versions(const RegisterKey& key) const {
  const auto found = std::ranges::equal_range(versions_, key, {}, &RegisterReading::key);
  return {found.begin(), found.end()};
}

const RegisterReading* Registers::find(const RegisterKey& key, Instant known_at) const {
  const RegisterReading* last = nullptr;
  for (const RegisterReading& reading : versions(key)) {
    if (reading.recorded_at <= known_at) {
      last = &reading;
    }
  }
  return last;
}

SortedReadings sort_out(const Registers& known, std::vector<RegisterReading> sent, Resend resend) {
  std::ranges::sort(sent, before_in_all);
  SortedReadings sorted;
  const bool refuses = resend == Resend::refuse;
  for (std::size_t i = 0; i < sent.size();) {
    std::size_t end = i + 1;
    while (end < sent.size() && sent[end].key == sent[i].key &&
           (refuses || sent[end].recorded_at == sent[i].recorded_at)) {
      ++end;
    }
    const std::span together(sent.begin() + static_cast<std::ptrdiff_t>(i), end - i);
    const bool decided = refuses && !known.versions(sent[i].key).empty();
    if (const RegisterReading* other = decided ? nullptr : contradiction(together)) {
      // Which of them is right nobody here can know: none is taken, in whatever order they came.
      const Conflict between{together.front(), *other};
      for (const RegisterReading& reading : together) {
        sorted.conflicts.push_back({&reading == other ? between.known : between.sent, reading});
      }
    } else {
      for (RegisterReading& reading : together) {
        sort_one(known, std::move(reading), resend, sorted);
      }
    }
    i = end;
  }
  return sorted;
}

}  // namespace xiaoyuan::readings
