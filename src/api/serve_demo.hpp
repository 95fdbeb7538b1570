// The demonstration: the shipped villages, one of them with its settled months, and an account for
// each role.
#pragma once
#include <functional>

#include "api/world.hpp"

namespace xiaoyuan::api {

/// Names of share/villages that a demonstration brings.
std::span<const std::string_view> demo_villages();

/// Does what has not been done yet. Errors: those of the intake, of the settlement, of people.
Result<void> fill_demo(World& world, const std::function<void(const Text& line)>& tell);

}  // namespace xiaoyuan::api
