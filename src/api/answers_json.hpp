// JSON that answers of all parts share.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "base/error.hpp"
#include "base/time_axis.hpp"

namespace xiaoyuan::api {

using Json = nlohmann::ordered_json;

/// Seconds since 1970, or null.
Json instant_json(const std::optional<Instant>& instant);
/// The ToldError of openapi.yaml: file, line and field where they are known, the message in both
/// languages.
Json error_json(const Error& error);

}  // namespace xiaoyuan::api
