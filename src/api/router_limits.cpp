#include "api/router_limits.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::api {

double Limits::held_at(const Bucket& bucket, Clock::time_point now) const {
  const double passed_s = std::chrono::duration<double>(now - bucket.at).count();
  return std::min(rate_.at_once, bucket.held + passed_s * rate_.per_s);
}

int Limits::wait_s(const std::string& caller, Clock::time_point now) {
  constexpr std::size_t most_buckets = 10'000;
  const std::lock_guard lock(guard_);
  if (buckets_.size() >= most_buckets) {
    // A full bucket is the same as none.
    std::erase_if(buckets_,
                  [&](const auto& one) { return held_at(one.second, now) >= rate_.at_once; });
  }
  Bucket& bucket = buckets_.try_emplace(caller, Bucket{rate_.at_once, now}).first->second;
  bucket = {held_at(bucket, now), now};
  if (bucket.held < 1) {
    return static_cast<int>(std::ceil((1 - bucket.held) / rate_.per_s));
  }
  bucket.held -= 1;
  return 0;
}

}  // namespace xiaoyuan::api
