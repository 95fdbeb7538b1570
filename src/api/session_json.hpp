// Parts of JSON that answers about people share.
#pragma once
#include <vector>

#include "api/answers_json.hpp"
#include "people/account.hpp"

namespace xiaoyuan::api {

Json grants_json(const std::vector<people::Grant>& grants);

}  // namespace xiaoyuan::api
