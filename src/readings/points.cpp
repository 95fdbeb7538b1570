#include "readings/points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/csv.hpp"
#include "readings/decimal.hpp"
#include "readings/stamp.hpp"

namespace xiaoyuan::readings {

namespace {

struct PointReader {
  CsvColumns& columns;
  LocalClock clock;
  std::vector<MeterPoint> points;
  std::vector<std::vector<int>> lines;  ///< of each point's services

  void read(const CsvRow& row);
  Service read_service(const CsvRow& row);
  std::optional<std::int64_t> whole(const CsvRow& row, std::string_view column, std::int64_t least,
                                    std::int64_t most);
  std::optional<Instant> time(const CsvRow& row, std::string_view column);
  void check_overlaps(const CsvTable& table);
};

std::optional<std::int64_t> PointReader::whole(const CsvRow& row, std::string_view column,
                                               std::int64_t least, std::int64_t most) {
  const std::string_view cell = columns.cell(row, column);
  const auto value = parse_decimal(cell, 0);
  if (cell.empty()) {
    return std::nullopt;
  }
  if (!value || *value < least || *value > most) {
    columns.complain(
        row, column,
        {fmt::format("expected a whole number from {} to {}, found \"{}\"", least, most, cell),
         fmt::format("应为 {} 至 {} 的整数,实为“{}”", least, most, cell)});
    return std::nullopt;
  }
  return *value;
}

std::optional<Instant> PointReader::time(const CsvRow& row, std::string_view column) {
  const std::string_view cell = columns.cell(row, column);
  if (cell.empty()) {
    return std::nullopt;
  }
  const auto stamp = parse_stamp(cell, {DateOrder::year_month_day, std::nullopt});
  const auto instant = stamp ? clock.instant(*stamp) : std::nullopt;
  if (!instant) {
    columns.complain(row, column, date_expected(fmt::format("\"{}\"", cell)));
  }
  return instant;
}

Service PointReader::read_service(const CsvRow& row) {
  Service service;
  service.meter = columns.text(row, "meter");
  if (service.meter.size() > 64) {
    columns.complain(row, "meter", {"is longer than 64 bytes", "电能表编号超过 64 字节"});
  }
  if (const auto digits = whole(row, "whole_digits", 1, 9)) {
    service.form.whole_digits = static_cast<int>(*digits);
  }
  service.form.decimals = static_cast<int>(whole(row, "decimals", 0, 6).value_or(2));
  service.multiplier = whole(row, "multiplier", 1, 1'000'000).value_or(1);
  if (columns.cell(row, "from").empty()) {
    columns.complain(row, "from", missing());
  }
  service.from = time(row, "from").value_or(Instant{});
  service.to = time(row, "to");
  if (service.to && *service.to <= service.from) {
    columns.complain(row, "to", {"must lie after from", "必须晚于 from"});
  }
  return service;
}

void PointReader::read(const CsvRow& row) {
  const std::string household = columns.text(row, "household");
  if (columns.cell(row, "channel").empty()) {
    columns.complain(row, "channel", missing());
  }
  const auto channel = Channel(columns.choice_or(row, "channel", words_of(Channel{}), 0));
  auto point = std::ranges::find_if(points, [&](const MeterPoint& each) {
    return each.household == household && each.channel == channel;
  });
  if (point == points.end()) {
    points.push_back({.household = household, .channel = channel, .most_w = {}, .services = {}});
    lines.emplace_back();
    point = points.end() - 1;
  }
  if (const auto most_w = whole(row, "most_w", 1, 1'000'000'000)) {
    if (point->most_w && *point->most_w != *most_w) {
      columns.complain(
          row, "most_w",
          {fmt::format("is {} here and {} above for the same point", *most_w, *point->most_w),
           fmt::format("此处为 {},而上文同一计量点为 {}", *most_w, *point->most_w)});
    }
    point->most_w = most_w;
  }
  point->services.push_back(read_service(row));
  lines[static_cast<std::size_t>(point - points.begin())].push_back(row.line);
}

void PointReader::check_overlaps(const CsvTable& table) {
  const auto overlap = [](const Service& a, const Service& b) {
    return (!a.to || *a.to > b.from) && (!b.to || *b.to > a.from);
  };
  struct Placed {
    const MeterPoint* point;
    const Service* service;
    int line;
  };
  std::vector<Placed> all;
  for (std::size_t p = 0; p < points.size(); ++p) {
    for (std::size_t s = 0; s < points[p].services.size(); ++s) {
      all.push_back({&points[p], &points[p].services[s], lines[p][s]});
    }
  }
  std::map<std::pair<std::string, Channel>, std::vector<Placed>> by_meter;
  for (const Placed& each : all) {
    by_meter[{each.service->meter, each.point->channel}].push_back(each);
  }
  const auto complain = [&](const Placed& at, const Placed& other) {
    const auto row = std::ranges::find(table.rows, at.line, &CsvRow::line);
    columns.complain(*row, "from",
                     {fmt::format("overlaps the service of line {}", other.line),
                      fmt::format("与第 {} 行的运行时间重叠", other.line)});
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t k = i + 1; k < all.size() && all[k].point == all[i].point; ++k) {
      if (overlap(*all[i].service, *all[k].service)) {
        complain(all[k], all[i]);
      }
    }
  }
  for (const auto& [meter, placed] : by_meter) {
    for (std::size_t i = 0; i < placed.size(); ++i) {
      for (std::size_t k = i + 1; k < placed.size(); ++k) {
        if (placed[i].point != placed[k].point && overlap(*placed[i].service, *placed[k].service)) {
          complain(placed[k], placed[i]);
        }
      }
    }
  }
}

}  // namespace

Result<std::vector<MeterPoint>> read_points(std::string_view bytes, const std::string& name,
                                            const Zone& zone) {
  TRY(const CsvTable table, parse_csv(bytes, name));
  Errors errors;
  CsvColumns columns(table, name,
                     {"household", "channel", "meter", "whole_digits", "decimals", "multiplier",
                      "from", "to", "most_w", "note"},
                     errors);
  PointReader reader{columns, LocalClock(zone), {}, {}};
  for (std::size_t i = 1; columns.well_formed() && i < table.rows.size(); ++i) {
    reader.read(table.rows[i]);
  }
  if (errors.empty()) {
    reader.check_overlaps(table);
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  for (MeterPoint& point : reader.points) {
    std::ranges::sort(point.services, {}, &Service::from);
  }
  return std::move(reader.points);
}

}  // namespace xiaoyuan::readings
