#include "report/hourly.hpp"

#include <fmt/format.h>

#include <iterator>

namespace xiaoyuan::report {

std::string hourly_csv(const plan::Inputs& inputs, const plan::HouseholdYear& year) {
  std::string csv =
      "time_utc,time_local,load_kw,heat_pump_kw,pv_kw,import_kw,export_kw,curtailed_kw,battery_kw,"
      "buy_yuan_per_kwh,sell_yuan_per_kwh\n";
  const double hours = inputs.step_hours();
  const auto at = [hours](const std::vector<double>& kwh, std::size_t t) {
    return kwh.empty() ? 0.0 : kwh[t] / hours;
  };
  for (std::size_t t = 0; t < inputs.times.size(); ++t) {
    const Civil& time = inputs.times[t];
    fmt::format_to(std::back_inserter(csv),
                   "{},{} {:02}:{:02},{:.6f},{:.6f},{:.6f},{:.6f},{:.6f},{:.6f},{:.6f},{},{}\n",
                   text_of(inputs.village.axis.at(t)), text_of(time.date()), time.hour(),
                   time.minute % 60, at(year.site.load_kwh, t), at(year.site.heat_pump_kwh, t),
                   at(year.site.pv_kwh, t), at(year.flows.import_kwh, t),
                   at(year.flows.export_kwh, t), at(year.flows.curtailed_kwh, t),
                   at(year.flows.battery_kwh, t), inputs.buying.yuan_per_kwh[t],
                   inputs.selling.yuan_per_kwh[t]);
  }
  return csv;
}

}  // namespace xiaoyuan::report
