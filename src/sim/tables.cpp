#include "sim/tables.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <map>

#include "readings/stamp.hpp"

namespace xiaoyuan::sim {

namespace {

using readings::Channel;
using readings::Rate;

constexpr int shown_decimals = 2;
constexpr std::array channels{Channel::imported, Channel::exported, Channel::generated};
constexpr std::array periods{Rate::critical_peak, Rate::peak, Rate::flat, Rate::valley,
                             Rate::deep_valley};

class Table {
 public:
  Table(const ActualYear& year, std::string header)
      : zone_(year.inputs.village.zone), text_(std::move(header)) {
    text_ += '\n';
  }
  template <class... Cells>
  void row(fmt::format_string<Cells...> form, Cells&&... cells) {
    fmt::format_to(std::back_inserter(text_), form, std::forward<Cells>(cells)...);
    text_ += '\n';
  }
  std::string time(Instant at) const { return readings::clock_text(zone_, at); }
  std::string text() && { return std::move(text_); }

 private:
  const Zone& zone_;
  std::string text_;
};

std::string month_text(const YearWanted& wanted, std::size_t month) {
  const auto date = wanted.from + std::chrono::months{static_cast<int>(month)};
  return fmt::format("{}-{:02}", int{date.year()}, unsigned{date.month()});
}

std::string kwh_cell(const std::optional<std::int64_t>& wh) {
  return wh ? readings::kwh_text({*wh * 1000}, 3) : "";
}

/// The registers of a row, in the order of its columns.
using Shown = std::map<std::pair<Channel, Rate>, MeteredEnergy>;

std::string shown_cells(const Shown& shown, bool has_rates) {
  std::string cells;
  const auto add = [&](Channel channel, Rate rate) {
    const auto found = shown.find({channel, rate});
    cells += ',';
    cells += found == shown.end() ? "" : readings::kwh_text(found->second, shown_decimals);
  };
  for (const Channel channel : channels) {
    add(channel, Rate::total);
  }
  for (const Rate rate : periods) {
    if (has_rates) {
      add(Channel::imported, rate);
    }
  }
  return cells;
}

}  // namespace

std::string meters_csv(const ActualYear& year, std::span<const Metering> meters) {
  Table table(year, "household,channel,meter,whole_digits,decimals,multiplier,from,to,most_w,note");
  for (const Metering& metering : meters) {
    const auto& channel = words_of(Channel{})[static_cast<std::size_t>(metering.point.channel)];
    for (const readings::Service& service : metering.point.services) {
      table.row("{},{},{},{},{},{},{},{},{},simulated", metering.point.household, channel,
                service.meter, service.form.whole_digits.value_or(0), service.form.decimals,
                service.multiplier, table.time(service.from),
                service.to ? table.time(*service.to) : "", metering.point.most_w.value_or(0));
    }
  }
  return std::move(table).text();
}

std::string registers_csv(const ActualYear& year,
                          std::span<const readings::RegisterReading> registers) {
  const bool has_rates = !year.rates.empty();
  std::map<std::pair<Instant, std::string>, Shown> rows;
  for (const readings::RegisterReading& reading : registers) {
    rows[{reading.key.at, reading.key.meter}][{reading.key.channel, reading.key.rate}] =
        reading.value;
  }
  std::string header = "meter,time,import_kwh,export_kwh,generation_kwh";
  if (has_rates) {
    header +=
        ",import_critical_peak_kwh,import_peak_kwh,import_flat_kwh,import_valley_kwh,"
        "import_deep_valley_kwh";
  }
  Table table(year, header);
  for (const auto& [key, shown] : rows) {
    table.row("{},{}{}", key.second, table.time(key.first), shown_cells(shown, has_rates));
  }
  return std::move(table).text();
}

std::string intervals_csv(const ActualYear& year, std::span<const readings::Intervals> intervals) {
  Table table(year, "meter,time,import_kwh,export_kwh,generation_kwh");
  for (const readings::Intervals& each : intervals) {
    const auto channel = static_cast<std::size_t>(each.channel);
    for (std::size_t i = 0; i < each.axis.size; ++i) {
      if (!each.is_missing(i)) {
        table.row("{},{}{}{}{}", each.meter, table.time(each.axis.at(i)),
                  std::string(channel + 1, ','), readings::kwh_text(each.at(i), 3),
                  std::string(channels.size() - 1 - channel, ','));
      }
    }
  }
  return std::move(table).text();
}

std::string truth_csv(const ActualYear& year, std::span<const HomeYear> homes) {
  Table table(year,
              "household,month,import_wh,export_wh,generation_wh,use_wh,planned_generation_wh,"
              "possible_generation_wh,outage_generation_wh,inverter_generation_wh,planned_use_wh,"
              "outage_use_wh,weather_ratio");
  for (std::size_t h = 0; h < homes.size(); ++h) {
    for (std::size_t m = 0; m < homes[h].months.size(); ++m) {
      const MonthTruth& truth = homes[h].months[m];
      const bool has_plan = truth.planned_generation_wh > 0;
      const double ratio = has_plan ? static_cast<double>(truth.possible_generation_wh) /
                                          static_cast<double>(truth.planned_generation_wh)
                                    : 0.0;
      table.row("{},{},{},{},{},{},{},{},{},{},{},{},{}", year.inputs.village.households[h].id,
                month_text(year.wanted, m), truth.imported_wh, truth.exported_wh,
                truth.generated_wh, truth.used_wh, truth.planned_generation_wh,
                truth.possible_generation_wh, truth.outage_generation_wh,
                truth.inverter_generation_wh, truth.planned_use_wh, truth.outage_use_wh,
                has_plan ? fmt::format("{:.4f}", ratio) : "");
    }
  }
  return std::move(table).text();
}

std::string faults_csv(const ActualYear& year, std::span<const FaultRecord> faults) {
  Table table(year, "kind,household,meter,channel,from,to,read_kwh,true_kwh,what,what_zh");
  for (const FaultRecord& fault : faults) {
    const Text what = name_of(fault.kind);
    const std::string channel =
        fault.channel ? words_of(Channel{})[static_cast<std::size_t>(*fault.channel)] : "";
    table.row("{},{},{},{},{},{},{},{},\"{}\",\"{}\"",
              words_of(EventKind{})[static_cast<std::size_t>(fault.kind)], fault.household,
              fault.meter, channel, table.time(fault.from), table.time(fault.to),
              kwh_cell(fault.read_wh), kwh_cell(fault.true_wh), what.en, what.zh);
  }
  return std::move(table).text();
}

}  // namespace xiaoyuan::sim
