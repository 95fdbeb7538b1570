// Parts of JSON that answers about people share.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <vector>

#include "people/account.hpp"

namespace xiaoyuan::api {

/// Seconds since 1970, or null.
nlohmann::ordered_json instant_json(std::optional<Instant> at);

nlohmann::ordered_json grants_json(const std::vector<people::Grant>& grants);

}  // namespace xiaoyuan::api
