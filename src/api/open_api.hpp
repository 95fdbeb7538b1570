// docs/openapi.yaml, which lies in the program.
#pragma once
#include <string_view>

namespace xiaoyuan::api {

std::string_view open_api_yaml();

}  // namespace xiaoyuan::api
