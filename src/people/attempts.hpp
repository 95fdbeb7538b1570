// How often somebody may try to sign in: by name and by address, with waits that double.
//
//   wait after the n-th attempt in a row that failed = first · 2^(n − free)   for n ≥ free, at most
//   `most`
//
// From where somebody has signed in before, his attempts are counted apart from those of all
// others: a stranger who hammers at his name keeps nobody out who comes from home.
//
// An attempt counts as failed from its beginning until it is known to be right, so that many at
// once gain nothing. Names that exist and names that do not are counted alike. Nobody sleeps: an
// attempt within a wait is refused and costs nothing.
#pragma once
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/hash.hpp"
#include "base/time_axis.hpp"

namespace xiaoyuan::people {

/// The address whose attempts count together: an IPv4 address, or the 64 bits of an IPv6 network.
std::string network_of(const std::string& peer);

class Attempts {
 public:
  struct Limit {
    int free;
    std::chrono::seconds first;
    std::chrono::seconds most;
  };
  /// Somebody who hammers at another's name keeps him out of places that are new to him, for five
  /// minutes at most each time.
  static constexpr Limit of_name{5, std::chrono::seconds{5}, std::chrono::minutes{5}};
  /// A village office may share one address.
  static constexpr Limit of_address{30, std::chrono::seconds{5}, std::chrono::hours{1}};

  /// Counts an attempt, or gives the seconds to wait.
  std::chrono::seconds begin(const std::string& folded_name, const std::string& peer, Instant at);
  /// Somebody has signed in so from there.
  void trust(const std::string& folded_name, const std::string& peer, Instant at);
  /// It was right. The address's count stays: whoever has one account may try others' names.
  void succeeded(const std::string& folded_name, const std::string& peer);

 private:
  struct Count {
    int failed = 0;
    Instant last;
    Instant free_at;
  };
  void count(const Digest& key, const Limit& limit, Instant at);
  void make_room();
  Digest key_of_name(const std::string& folded_name, const std::string& peer) const;

  std::mutex guard_;
  std::map<Digest, Count> counts_;
  std::map<Digest, Instant> trusted_;  ///< a name at a network, when last
};

}  // namespace xiaoyuan::people
