// The handlers of the claim calculator, beside the table that names them (town.cpp).
#pragma once
#include "api/answers.hpp"

namespace xiaoyuan::api {

Result<http::Response> list_factors(const Call& call);
Result<http::Response> explain_claim(const Call& call);

}  // namespace xiaoyuan::api
