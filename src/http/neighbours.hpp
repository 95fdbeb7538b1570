// How many connections come from one network at once: so that a stranger who opens all that he can
// leaves some for others. Any thread may call.
#pragma once
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "http/session.hpp"

namespace xiaoyuan::http {

class Neighbours {
 public:
  /// Holds the place of one connection until it goes.
  using Place = std::shared_ptr<void>;

  /// Nothing where three quarters of all connections come from there already, and it is no proxy.
  /// A network is one IPv4 address or 64 bits of IPv6. The neighbours outlive the place.
  Place take(const std::string& address, const Rules& rules);

 private:
  void give_back(const std::string& network);

  std::mutex guard_;
  std::unordered_map<std::string, std::size_t> open_;
};

}  // namespace xiaoyuan::http
