// A job as its folder keeps it: job.json, from which a later server knows what there was.
#pragma once
#include <string>
#include <string_view>

#include "desk/jobs.hpp"

namespace xiaoyuan::desk {

/// All but progress, which is of one server's life.
std::string record_of(const Job& job);
/// Errors: bytes that `record_of` has not written.
Result<Job> job_from(std::string_view record);

}  // namespace xiaoyuan::desk
