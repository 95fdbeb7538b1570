// Any bytes as registers, as intervals a row a time and a row a day, and as meters.csv.
#include "readings/import.hpp"
#include "readings/points.hpp"

#include "foreign.hpp"

namespace {

using namespace xiaoyuan;

readings::Mapping mapping(std::string_view kind, std::string_view rest) {
  const std::string toml = "kind = \"" + std::string(kind) +
                           "\"\nzone = \"Europe/Berlin\"\nmeter = \"m\"\n" + std::string(rest);
  auto made = readings::read_mapping(toml, "map.toml");
  expects(made.has_value());
  return std::move(*made);
}

void expect_report(const readings::ImportReport& report) {
  for (const Error& error : report.refused) {
    expects(!error.what.en.empty() && !error.what.zh.empty() && error.where.line > 0);
  }
}

void read_intervals(std::string_view bytes, const readings::Mapping& by) {
  const auto file = readings::read_intervals(bytes, "x.csv", by);
  fuzz::expect_sense(file);
  if (file) {
    expect_report(file->report);
    std::size_t known = 0;
    for (const readings::Intervals& day : file->days) {
      readings::total(day);
      known += day.axis.size - readings::missing_count(day);
    }
    expects(known <= file->report.readings);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const readings::Mapping registers = mapping(
      "registers",
      "multiplier = \"x\"\n[[value]]\ncolumn = \"v\"\ntime = \"t\"\nchannel = \"exported\"\n"
      "unit = \"kWh\"\ndecimals = 2\n[[stated]]\ncolumn = \"s\"\nfrom = \"t\"\nto = \"t\"\n"
      "channel = \"exported\"\nunit = \"MWh\"\ndecimals = 2\n[[amount]]\ncolumn = \"a\"\n"
      "name = \"a\"\nfrom = \"t\"\nto = \"t\"\n");
  static const readings::Mapping times = mapping(
      "intervals",
      "numbers = \"binary\"\ntime = \"t\"\ntime_is = \"end\"\nstep_minutes = 15\n[[value]]\n"
      "column = \"v\"\nchannel = \"imported\"\nunit = \"kW\"\ndecimals = 3\n");
  static const readings::Mapping days =
      mapping("days",
              "date = \"t\"\nstep_minutes = 60\n[[value]]\nfirst = \"v\"\nchannel = \"imported\"\n"
              "unit = \"kWh\"\ndecimals = 3\nonly = { column = \"k\", is = \"1\" }\n");
  const std::string_view text = fuzz::text(bytes, size);
  const auto file = readings::read_registers(text, "x.csv", registers, Instant{});
  fuzz::expect_sense(file);
  if (file) {
    expect_report(file->report);
    const auto sorted = readings::sort_out({}, file->readings, readings::Resend::refuse);
    expects(readings::sort_out(readings::Registers(sorted.taken), sorted.taken,
                               readings::Resend::refuse)
                .taken.empty());
  }
  read_intervals(text, times);
  read_intervals(text, days);
  fuzz::expect_sense(readings::read_points(text, "meters.csv", *Zone::find("UTC+8")));
  return 0;
}
