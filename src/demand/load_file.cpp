#include "demand/load_file.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

#include "base/csv.hpp"

namespace xiaoyuan::demand {

namespace {

constexpr std::size_t most_errors = 20;
constexpr std::size_t longest_hole = 2;

/// What a cell of the time column says: a local time, or one with an offset.
struct Stamp {
  Date date;
  int minute = 0;
  std::optional<Zone> offset;
};

/// "2011-07-01 00:30", with seconds or an offset after it if one likes.
std::optional<Stamp> parse_stamp(std::string_view text) {
  Stamp stamp;
  if (text.size() < 16 || !parse_date(text.substr(0, 10), stamp.date) || text[13] != ':') {
    return std::nullopt;
  }
  const auto two = [&](std::size_t at) -> int {
    int value = -1;
    const auto read = std::from_chars(text.data() + at, text.data() + at + 2, value);
    return read.ptr == text.data() + at + 2 ? value : -1;
  };
  const int hour = two(11);
  const int minute = two(14);
  if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || hour * 60 + minute > 1440) {
    return std::nullopt;
  }
  stamp.minute = hour * 60 + minute;
  if (hour == 24) {  // the end of a day is the beginning of the next
    stamp.minute = 0;
    stamp.date = Date{std::chrono::sys_days{stamp.date} + std::chrono::days{1}};
  }
  std::string_view rest = text.substr(16);
  if (rest.starts_with(":00")) {
    rest.remove_prefix(3);
  }
  if (!rest.empty()) {
    auto offset = Zone::find(rest == "Z" ? "UTC" : "UTC" + std::string(rest));
    if (!offset) {
      return std::nullopt;
    }
    stamp.offset = std::move(*offset);
  }
  return stamp;
}

Instant instant_of(const Stamp& stamp, const Zone& zone) {
  return (stamp.offset ? *stamp.offset : zone).instant(stamp.date, stamp.minute);
}

/// True when clocks show what the stamp says at an instant: an hour that an autumn repeats is right
/// both times.
bool shows(const Stamp& stamp, const Zone& zone, Instant instant) {
  const Civil civil = (stamp.offset ? *stamp.offset : zone).civil(instant);
  return civil.date() == stamp.date && civil.minute == stamp.minute;
}

/// A step must fit the hour: nobody measures every 3,650 seconds; rows that seem to say so have one
/// missing.
bool fits_the_hour(std::chrono::seconds step) {
  return step.count() > 0 && (3600 % step.count() == 0 || step.count() % 3600 == 0);
}

class Reader {
 public:
  Reader(const CsvTable& table, const std::string& name, Errors& errors)
      : table_(table),
        name_(name),
        errors_(errors),
        columns_(table, name, {"time", "load_kw", "load_kwh", "pv_kw", "pv_kwh"}, errors) {}

  Result<LoadFile> read(const TimeAxis& axis, const Zone& zone);

 private:
  std::size_t size() const { return table_.rows.size() - 1; }
  const CsvRow& row(std::size_t i) const { return table_.rows[i + 1]; }
  void complain(std::size_t line, std::string_view field, Text what) {
    errors_.push_back(
        {Fault::bad_input, std::move(what), {name_, static_cast<int>(line), std::string(field)}});
  }
  TimeAxis own_axis(const TimeAxis& axis, const Zone& zone);
  void check_even(const TimeAxis& own, const Zone& zone);
  std::vector<double> column(const std::string& quantity, double step_hours, LoadFile& file);
  void fill(std::vector<double>& values, const std::string& quantity, LoadFile& file);

  const CsvTable& table_;
  const std::string& name_;
  Errors& errors_;
  CsvColumns columns_;
};

TimeAxis Reader::own_axis(const TimeAxis& axis, const Zone& zone) {
  if (!columns_.has("time")) {
    const auto length = axis.end() - axis.start;
    const auto rows = static_cast<long long>(size());
    if (length.count() % rows != 0 || !fits_the_hour(length / rows)) {
      complain(1, "time",
               {fmt::format("{} rows do not divide the plan's {} hours evenly; add a time column",
                            rows, length.count() / 3600),
                fmt::format("{} 行无法均分规划期的 {} 小时;请增加 time 列", rows,
                            length.count() / 3600)});
      return {};
    }
    return {axis.start, length / rows, size()};
  }
  const auto first = parse_stamp(columns_.cell(row(0), "time"));
  const auto second =
      size() > 1 ? parse_stamp(columns_.cell(row(1), "time")) : std::optional<Stamp>{};
  const auto step = first && second ? instant_of(*second, zone) - instant_of(*first, zone)
                                    : std::chrono::seconds{0};
  if (!fits_the_hour(step)) {
    complain(static_cast<std::size_t>(row(0).line), "time",
             {"expected times like 2011-07-01 00:30 that rise by a step that fits the hour",
              "应为形如 2011-07-01 00:30 的时间,逐行递增,步长须能整除一小时或为整小时"});
    return {};
  }
  TimeAxis own{instant_of(*first, zone), step, size()};
  check_even(own, zone);
  if (own.start > axis.start || own.end() < axis.end()) {
    complain(0, "time",
             {fmt::format("covers {} to {}, but the plan needs {} to {}", text_of(own.start),
                          text_of(own.end()), text_of(axis.start), text_of(axis.end())),
              fmt::format("覆盖 {} 至 {},而规划需要 {} 至 {}", text_of(own.start),
                          text_of(own.end()), text_of(axis.start), text_of(axis.end()))});
  }
  return own;
}

void Reader::check_even(const TimeAxis& own, const Zone& zone) {
  for (std::size_t i = 0; i < size() && errors_.size() < most_errors; ++i) {
    const auto stamp = parse_stamp(columns_.cell(row(i), "time"));
    if (!stamp || !shows(*stamp, zone, own.at(i))) {
      complain(static_cast<std::size_t>(row(i).line), "time",
               {fmt::format("expected {} (steps of {} minutes), found \"{}\"", text_of(own.at(i)),
                            own.step.count() / 60, columns_.cell(row(i), "time")),
                fmt::format("应为 {}(步长 {} 分钟),实为“{}”", text_of(own.at(i)),
                            own.step.count() / 60, columns_.cell(row(i), "time"))});
      return;  // what follows one missing row is shifted: naming each would help nobody
    }
  }
}

void Reader::fill(std::vector<double>& values, const std::string& quantity, LoadFile& file) {
  std::size_t filled = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isnan(values[i])) {
      continue;
    }
    std::size_t end = i;
    while (end < values.size() && std::isnan(values[end])) {
      ++end;
    }
    if (end - i > longest_hole || i == 0 || end == values.size()) {
      complain(
          static_cast<std::size_t>(row(i).line), quantity,
          {fmt::format("{} cells in a row are empty; at most {} between two values can be "
                       "filled",
                       end - i, longest_hole),
           fmt::format("连续 {} 个单元格为空;两个数值之间最多可补 {} 个", end - i, longest_hole)});
      std::fill(values.begin() + static_cast<std::ptrdiff_t>(i),
                values.begin() + static_cast<std::ptrdiff_t>(end), 0.0);
    } else {
      for (std::size_t k = i; k < end; ++k) {
        const double share = static_cast<double>(k - i + 1) / static_cast<double>(end - i + 1);
        values[k] = values[i - 1] + share * (values[end] - values[i - 1]);
      }
      filled += end - i;
    }
    i = end - 1;
  }
  if (filled > 0) {
    file.notes.push_back(
        {fmt::format("{}: {} empty cells of {} were filled on a line", name_, filled, quantity),
         fmt::format("{}:{} 的 {} 个空单元格按线性插值补齐", name_, quantity, filled)});
  }
}

std::vector<double> Reader::column(const std::string& quantity, double step_hours, LoadFile& file) {
  const std::string kw = quantity + "_kw";
  const std::string kwh = quantity + "_kwh";
  const bool in_kw = columns_.has(kw);
  if (in_kw && columns_.has(kwh)) {
    complain(1, kwh,
             {fmt::format("give {} or {}, not both", kw, kwh),
              fmt::format("{} 与 {} 只填一项", kw, kwh)});
  }
  if (!in_kw && !columns_.has(kwh)) {
    return {};
  }
  const std::string& name = in_kw ? kw : kwh;
  std::vector<double> values(size());
  for (std::size_t i = 0; i < size(); ++i) {
    if (errors_.size() >= most_errors) {
      break;
    }
    const auto value = columns_.number_if(row(i), name, {0.0, 1e6});
    values[i] = value ? *value / (in_kw ? 1.0 : step_hours) : std::nan("");
  }
  if (errors_.empty()) {
    fill(values, name, file);
  }
  return values;
}

Result<LoadFile> Reader::read(const TimeAxis& axis, const Zone& zone) {
  LoadFile file;
  if (errors_.empty() && size() == 0) {
    complain(0, "", {"has no rows", "没有数据行"});
  }
  if (errors_.empty()) {
    const TimeAxis own = own_axis(axis, zone);
    if (errors_.empty()) {
      const std::vector<double> load = column("load", own.step_hours(), file);
      const std::vector<double> pv = column("pv", own.step_hours(), file);
      if (load.empty()) {
        complain(1, "load_kw", missing());
      } else if (errors_.empty()) {
        file.load = {axis, resampled(load, own, axis)};
        if (!pv.empty()) {
          file.pv = {axis, resampled(pv, own, axis)};
        }
      }
    }
  }
  if (!errors_.empty()) {
    return std::unexpected(std::move(errors_));
  }
  return file;
}

}  // namespace

Result<LoadFile> read_load(std::string_view bytes, const std::string& name, const TimeAxis& axis,
                           const Zone& zone) {
  TRY(const CsvTable table, parse_csv(bytes, name));
  Errors errors;
  if (table.rows.empty()) {
    return fail(Fault::bad_input,
                {"is empty; its first line must name the columns", "为空;第一行必须是列名"},
                {name, 0, ""});
  }
  Reader reader(table, name, errors);
  return reader.read(axis, zone);
}

}  // namespace xiaoyuan::demand
