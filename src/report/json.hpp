// What the parts of results.json are written with.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <vector>

#include "base/text.hpp"
#include "base/zone.hpp"

namespace xiaoyuan::report {

using Json = nlohmann::ordered_json;

/// Numbers are kept to nine significant digits: enough to check a sum, short enough to read.
Json number(double value);
/// null where there is none.
Json number(const std::optional<double>& value);
Json numbers(const std::vector<double>& values);
/// The same with fewer digits, for pictures.
Json rough_numbers(const std::vector<double>& values, int digits);
Json both(const Text& text);
Json day(const std::optional<Date>& date);
/// part ÷ whole, 0 where the whole is.
double share(double part, double whole);
/// The same, null where the whole is 0.
Json share_or_null(double part, double whole);

}  // namespace xiaoyuan::report
