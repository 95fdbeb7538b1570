#include "http/neighbours.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace xiaoyuan::http {

namespace {

constexpr std::size_t network_bytes = 8;  // of an IPv6 address

std::string bytes_of_network(const std::string& address) {
  std::array<char, 16> bytes{};
  return inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1
             ? std::string(bytes.data(), network_bytes)
             : address;
}

}  // namespace

Neighbours::Place Neighbours::take(const std::string& address, const Rules& rules) {
  const bool is_proxy = std::ranges::find(rules.proxies, address) != rules.proxies.end();
  const std::size_t all = rules.limits.connections;
  const std::size_t most = is_proxy ? all : all - all / 4;
  std::string network = bytes_of_network(address);
  {
    const std::lock_guard lock{guard_};
    std::size_t& open = open_[network];
    if (open >= most) {
      return nullptr;
    }
    ++open;
  }
  return Place(this, [network = std::move(network)](void* neighbours) {
    static_cast<Neighbours*>(neighbours)->give_back(network);
  });
}

void Neighbours::give_back(const std::string& network) {
  const std::lock_guard lock{guard_};
  if (const auto open = open_.find(network); --open->second == 0) {
    open_.erase(open);
  }
}

}  // namespace xiaoyuan::http
