// The doors of tariffs, mechanisms and factors.
#pragma once
#include "api/route.hpp"

namespace xiaoyuan::api {

Result<http::Response> list_figures(const Call& call);
Result<http::Response> add_figure(const Call& call);
Result<http::Response> read_figure(const Call& call);

}  // namespace xiaoyuan::api
