#include "report/json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace xiaoyuan::report {

namespace {

Json rounded(double value, int digits) {
  if (value == 0.0 || !std::isfinite(value)) {
    return 0;
  }
  const double scale = std::pow(10.0, digits - 1 - std::floor(std::log10(std::abs(value))));
  return std::round(value * scale) / scale;
}

}  // namespace

Json number(double value) { return rounded(value, 9); }
Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }
Json numbers(const std::vector<double>& values) { return rough_numbers(values, 9); }
Json rough_numbers(const std::vector<double>& values, int digits) {
  Json list = Json::array();
  for (const double value : values) {
    list.push_back(rounded(value, digits));
  }
  return list;
}
Json both(const Text& text) { return {{"en", text.en}, {"zh", text.zh}}; }
Json day(const std::optional<Date>& date) { return date ? Json(text_of(*date)) : Json(nullptr); }
double share(double part, double whole) { return whole > 0.0 ? part / whole : 0.0; }
Json share_or_null(double part, double whole) {
  return whole > 0.0 ? number(part / whole) : Json(nullptr);
}

}  // namespace xiaoyuan::report
