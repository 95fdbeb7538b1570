// How often one caller may ask for what is dear: a bucket for each, which fills at a steady rate.
#pragma once
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace xiaoyuan::api {

struct Rate {
  double per_s = 20;
  double at_once = 200;  ///< that a full bucket holds
};

class Limits {
 public:
  using Clock = std::chrono::steady_clock;
  explicit Limits(Rate rate) : rate_(rate) {}

  /// Takes one from the caller's bucket: 0; else the whole seconds until there is one.
  int wait_s(const std::string& caller, Clock::time_point now);

 private:
  struct Bucket {
    double held = 0;
    Clock::time_point at;
  };
  double held_at(const Bucket& bucket, Clock::time_point now) const;

  Rate rate_;
  std::mutex guard_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace xiaoyuan::api
