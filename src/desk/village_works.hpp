// The long works of settlement, for the jobs of a server: months settled, a month reviewed.
//
//   "settle": request {"month": "2026-10"}; result {"months": […], "head": "…"}
//   "review": request {"month": "2026-10", "reasons": "a table, may be missing"};
//             result office/review_json.hpp
#pragma once
#include "desk/jobs.hpp"
#include "desk/village_desk.hpp"

namespace xiaoyuan::desk {

/// The villages live longer.
Work settle_work(Villages& villages);
Work review_work(Villages& villages);

struct SettleRequest {
  std::string month;
};
struct ReviewRequest {
  std::string month;
  std::string reasons{};
};
std::string json(const SettleRequest& request);
std::string json(const ReviewRequest& request);

}  // namespace xiaoyuan::desk
