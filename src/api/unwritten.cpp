#include "api/route.hpp"

// The rows of parts that others write; this file goes when they come.
namespace xiaoyuan::api {

std::span<const Route> town_routes() { return {}; }
std::span<const Route> data_routes() { return {}; }

}  // namespace xiaoyuan::api
