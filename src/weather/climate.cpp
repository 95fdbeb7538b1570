#include "weather/climate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/fields.hpp"
#include "weather/month_sky.hpp"

namespace xiaoyuan::weather {

namespace chrono = std::chrono;

namespace {

constexpr std::array<std::string_view, 12> month_names = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

Monthly twelve(Fields& fields, std::string_view key, const Range& range) {
  const std::vector<double> numbers = fields.numbers(key, range, 12);
  Monthly monthly{};
  std::ranges::copy(numbers.begin(), numbers.begin() + 12, monthly.begin());
  return monthly;
}

void complain(Fields& fields, std::string_view key, int month, Text what) {
  const auto name = month_names[static_cast<std::size_t>(month)];
  fields.complain(
      key, {fmt::format("{}: {}", name, what.en), fmt::format("{} 月:{}", month + 1, what.zh)});
}

void check_month(Fields& fields, const Climate& climate, int month) {
  const auto at = [&](const Monthly& values) { return values[static_cast<std::size_t>(month)]; };
  const double ghi = at(climate.ghi_kwh_m2_day);
  const double dhi = at(climate.dhi_kwh_m2_day);
  if (dhi > ghi) {
    complain(fields, "dhi_kwh_m2_day", month,
             {fmt::format("diffuse {} is more than global {}", dhi, ghi),
              fmt::format("散射 {} 大于总辐射 {}", dhi, ghi)});
  }
  // On the horizontal the beam is the smaller, the lower the sun.
  if (climate.dni_kwh_m2_day && dhi <= ghi && at(*climate.dni_kwh_m2_day) < ghi - dhi) {
    complain(fields, "dni_kwh_m2_day", month,
             {fmt::format("beam {} cannot give global {} less diffuse {}",
                          at(*climate.dni_kwh_m2_day), ghi, dhi),
              fmt::format("法向直射 {} 不足以给出总辐射 {} 与散射 {} 之差",
                          at(*climate.dni_kwh_m2_day), ghi, dhi)});
  }
  if (at(climate.t_mean_c) <= at(climate.t_min_c) || at(climate.t_mean_c) >= at(climate.t_max_c)) {
    complain(fields, "t_mean_c", month,
             {fmt::format("the mean {} must lie between the mean daily minimum {} and maximum {}",
                          at(climate.t_mean_c), at(climate.t_min_c), at(climate.t_max_c)),
              fmt::format("平均气温 {} 应介于平均最低 {} 与平均最高 {} 之间", at(climate.t_mean_c),
                          at(climate.t_min_c), at(climate.t_max_c))});
  }
  const double clear = month_sky(climate, month).clear_kwh_m2_day;
  if (ghi > 0.0 && ghi >= clear) {
    complain(
        fields, "ghi_kwh_m2_day", month,
        {fmt::format("{} is not below {:.2f}, what a clear sky gives at this latitude", ghi, clear),
         fmt::format("{} 不低于此纬度晴空可达的 {:.2f}", ghi, clear)});
  }
}

Place read_place(Fields& fields) {
  Place place;
  place.latitude_deg = fields.number("latitude_deg", {-66.5, 66.5});
  place.longitude_deg = fields.number("longitude_deg", {-180.0, 180.0});
  place.elevation_m = fields.number("elevation_m", {-450.0, 9000.0});
  fields.finish();
  return place;
}

}  // namespace

Result<Climate> read_climate(std::string_view bytes, const std::string& name) {
  TRY(const Node root, parse_toml(bytes, name));
  Errors errors;
  Fields fields(root, name, errors);
  Climate climate;
  climate.name = fields.both("name");
  Fields place = fields.table("place");
  climate.place = read_place(place);
  climate.utc_offset =
      chrono::seconds{std::llround(fields.number("utc_offset_h", {-12.0, 14.0}) * 3600.0)};
  climate.ghi_kwh_m2_day = twelve(fields, "ghi_kwh_m2_day", {0.0, 12.0});
  climate.dhi_kwh_m2_day = twelve(fields, "dhi_kwh_m2_day", {0.0, 6.0});
  if (fields.has("dni_kwh_m2_day")) {
    climate.dni_kwh_m2_day = twelve(fields, "dni_kwh_m2_day", {0.0, 14.0});
  }
  climate.t_mean_c = twelve(fields, "t_mean_c", {-70.0, 50.0});
  climate.t_max_c = twelve(fields, "t_max_c", {-70.0, 60.0});
  climate.t_min_c = twelve(fields, "t_min_c", {-80.0, 50.0});
  climate.wind_m_s = twelve(fields, "wind_m_s", {0.0, 30.0});
  climate.document = fields.text("document");
  climate.source = fields.text("source");
  climate.status = fields.text("status");
  climate.confidence = fields.confidence();
  fields.finish();
  if (errors.empty()) {
    for (int month = 0; month < 12; ++month) {
      check_month(fields, climate, month);
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return climate;
}

}  // namespace xiaoyuan::weather
