#include "people/attempts.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace xiaoyuan::people {

namespace {

constexpr std::chrono::hours forgotten_after{1};
constexpr std::size_t most_counts = 20'000;

constexpr std::size_t most_trusted = 20'000;

Digest key_at_home(const std::string& name, const std::string& peer) {
  return sha256({"home\n", name, "\n", network_of(peer)});
}
Digest key_of_peer(const std::string& peer) { return sha256({"peer\n", network_of(peer)}); }

}  // namespace

std::string network_of(const std::string& peer) {
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, peer.c_str(), bytes.data()) != 1) {
    return peer;
  }
  const auto mapped = std::to_array<unsigned char>({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF});
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (std::equal(mapped.begin(), mapped.end(), bytes.begin())) {
    inet_ntop(AF_INET, bytes.data() + 12, text.data(), text.size());
    return text.data();
  }
  std::fill(bytes.begin() + 8, bytes.end(), 0);
  inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  return std::string(text.data()) + "/64";
}

Digest Attempts::key_of_name(const std::string& folded_name, const std::string& peer) const {
  const Digest home = key_at_home(folded_name, peer);
  return trusted_.contains(home) ? home : sha256({"name\n", folded_name});
}

void Attempts::trust(const std::string& folded_name, const std::string& peer, Instant at) {
  const std::scoped_lock lock(guard_);
  trusted_[key_at_home(folded_name, peer)] = at;
  if (trusted_.size() > most_trusted) {
    trusted_.erase(
        std::ranges::min_element(trusted_, {}, [](const auto& entry) { return entry.second; }));
  }
}

std::chrono::seconds Attempts::begin(const std::string& folded_name, const std::string& peer,
                                     Instant at) {
  const std::scoped_lock lock(guard_);
  const Digest name = key_of_name(folded_name, peer);
  const Digest address = key_of_peer(peer);
  std::chrono::seconds wait{0};
  for (const Digest& key : {name, address}) {
    if (const auto found = counts_.find(key); found != counts_.end()) {
      wait = std::max(wait, found->second.free_at - at);
    }
  }
  if (wait.count() > 0) {
    return wait;
  }
  count(name, of_name, at);
  count(address, of_address, at);
  return std::chrono::seconds{0};
}

void Attempts::count(const Digest& key, const Limit& limit, Instant at) {
  make_room();
  Count& one = counts_[key];
  if (one.last + forgotten_after < at) {
    one = {};
  }
  ++one.failed;
  one.last = at;
  if (one.failed >= limit.free) {
    const int doublings = std::min(one.failed - limit.free, 20);
    one.free_at = at + std::min<std::chrono::seconds>(limit.first * (1L << doublings), limit.most);
    one.last = one.free_at;
  }
}

void Attempts::succeeded(const std::string& folded_name, const std::string& peer) {
  const std::scoped_lock lock(guard_);
  counts_.erase(key_of_name(folded_name, peer));
  // The attempt itself was none that failed.
  if (const auto found = counts_.find(key_of_peer(peer)); found != counts_.end()) {
    Count& address = found->second;
    --address.failed;
    address.free_at = {};
  }
}

void Attempts::make_room() {
  if (counts_.size() < most_counts) {
    return;
  }
  const auto oldest =
      std::ranges::min_element(counts_, {}, [](const auto& entry) { return entry.second.last; });
  counts_.erase(oldest);
}

}  // namespace xiaoyuan::people
