// The environmental value of energy: which Wh of a meter stands in which state. A Wh is in one
// state of one pool or not here at all, because all there is of it is one place in a map.
//
// The intervals of a meter lie side by side: one that overlaps another without being the same is
// refused, and so is a stretch that overlaps a stretch of its interval.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/command.hpp"

namespace xiaoyuan::ledger {

/// Wh by state.
using WhByState = std::array<std::int64_t, states>;

/// What keeps a stretch from being taken.
struct Overlap {
  Stretch taken;               ///< the overlap, or the whole interval that does not fit
  std::optional<State> state;  ///< nothing: the intervals overlap without being the same
};

class Environment {
 public:
  Environment() = default;
  Environment(Environment&&) = default;
  Environment& operator=(Environment&&) = default;
  Environment(const Environment&) = delete;  // places point into the map
  Environment& operator=(const Environment&) = delete;
  ~Environment() = default;

  PoolId open();
  std::size_t pools() const { return pools_.size(); }

  std::optional<Overlap> overlap(const Stretch& stretch) const;
  /// Puts a stretch that overlaps nothing into a pool, carried.
  void insert(PoolId pool, const Stretch& stretch);

  /// What a stretch holds, when every Wh of it stands in the pool.
  std::optional<WhByState> held(PoolId pool, const Stretch& stretch) const;
  /// Takes a stretch of which every Wh is held.
  void remove(const Stretch& stretch);

  enum class Order { oldest_first, newest_first };
  struct Move {
    State from = State::carried;
    State to = State::issued;
    std::int64_t wh = 0;  ///< at most what stands in `from`
    Order order = Order::oldest_first;
  };
  /// Oldest by beginning of the interval, then by name of the meter, then by Wh.
  void move(PoolId pool, const Move& move);

  struct Piece {
    Stretch stretch;
    PoolId pool;
    State state = State::carried;
    friend bool operator==(const Piece&, const Piece&) = default;
  };
  /// All pieces of a meter in the order of time and Wh.
  std::vector<Piece> pieces(const std::string& meter) const;

 private:
  struct Part {
    std::int64_t to_wh = 0;
    PoolId pool;
    State state = State::carried;
  };
  using Parts = std::map<std::int64_t, Part>;  // by from_wh
  struct Interval {
    Instant end;
    Parts parts;
  };
  using Meter = std::map<Instant, Interval>;  // by beginning
  struct Place {
    Instant begin;
    const std::string* meter = nullptr;
    std::int64_t from_wh = 0;
    Parts* parts = nullptr;
    bool operator<(const Place& other) const;
  };
  using Pool = std::array<std::set<Place>, states>;

  const Interval* find(const Stretch& stretch) const;
  std::set<Place>& places(const Part& part) {
    return pools_[part.pool.number][static_cast<std::size_t>(part.state)];
  }
  void put(Place place, const Part& part);
  Part take(const Place& place);

  std::map<std::string, Meter> meters_;
  std::vector<Pool> pools_;
};

}  // namespace xiaoyuan::ledger
