#include "sim/home_year.hpp"

#include <algorithm>
#include <cmath>

namespace xiaoyuan::sim {

namespace {

/// A sum of many steps that is whole but for its last bits counts as whole.
constexpr double rounding_wh = 1e-6;

/// Of the plan, by month of the calendar (1–12).
struct PlannedMonths {
  std::array<double, 13> generated_kwh{};
  std::array<double, 13> used_kwh{};
};

std::vector<double> less(std::vector<double> values, const std::vector<double>& taken) {
  std::ranges::transform(values, taken, values.begin(), std::minus{});
  return values;
}

Result<PlannedMonths> planned_months(const plan::Shared& planned, const model::Household& home,
                                     optimum::Optimiser& optimiser) {
  TRY(const plan::Site site, plan::site_of(planned, home));
  TRY(const plan::Flows flows, plan::flows_alone(planned, home, optimiser, site, site.pv_kwh));
  PlannedMonths months;
  for (std::size_t i = 0; i < site.load_kwh.size(); ++i) {
    const auto month =
        static_cast<std::size_t>(static_cast<unsigned char>(planned.inputs.times[i].month));
    months.generated_kwh[month] += site.pv_kwh[i] - flows.curtailed_kwh[i];
    months.used_kwh[month] += site.load_kwh[i];
  }
  return months;
}

/// Sets the steps of an event to 0; returns what was lost.
std::vector<double> stopped(std::vector<double>& values, const TimeAxis& axis, const Event* event) {
  std::vector<double> lost(values.size(), 0.0);
  for (std::size_t i = 0; event && i < values.size(); ++i) {
    if (axis.at(i) >= event->from && axis.at(i) < event->to) {
      std::swap(lost[i], values[i]);
    }
  }
  return lost;
}

/// A household's year on its way from what was possible to what the meters saw.
class HomeMaker {
 public:
  HomeMaker(const BothYears& both, std::size_t home, optimum::Optimiser& optimiser)
      : both_(both),
        home_(both.year.inputs.village.households[home]),
        place_(home),
        optimiser_(optimiser) {}

  Result<HomeYear> make() {
    TRY(const PlannedMonths planned,
        planned_months(both_.planned, both_.planned.inputs.village.households[place_], optimiser_));
    TRY(plan::Site site, plan::site_of(both_.actual, home_));
    for (double& value : site.load_kwh) {
      value *= both_.year.use_factors[place_];
    }
    TRY(const plan::Flows possible, flows(site));
    possible_ = less(site.pv_kwh, possible.curtailed_kwh);
    const Event* outage = event_of(both_.events, EventKind::outage, home_.transformer);
    const Event* fault = event_of(both_.events, EventKind::inverter_fault, place_);
    const TimeAxis& axis = both_.year.inputs.village.axis;
    stopped(site.pv_kwh, axis, fault);
    TRY(const plan::Flows without_roof, flows(site));
    const std::vector<double> served = less(site.pv_kwh, without_roof.curtailed_kwh);
    inverter_lost_ = less(possible_, served);
    stopped(site.pv_kwh, axis, outage);
    outage_use_ = stopped(site.load_kwh, axis, outage);
    TRY(plan::Flows actual, flows(site));
    // A battery that would be charged from the grid finds none either.
    stopped(actual.import_kwh, axis, outage);
    stopped(actual.export_kwh, axis, outage);
    generated_ = less(site.pv_kwh, actual.curtailed_kwh);
    outage_lost_ = less(served, generated_);
    used_ = site.load_kwh;
    return whole(actual, planned);
  }

 private:
  Result<plan::Flows> flows(const plan::Site& site) {
    return plan::flows_alone(both_.actual, home_, optimiser_, site, site.pv_kwh);
  }
  std::span<const double> read(const std::vector<double>& values) const {
    return std::span(values).first(both_.year.read.size);
  }
  HomeYear whole(const plan::Flows& actual, const PlannedMonths& planned) const;
  void add_up(HomeYear& year, std::int64_t MonthTruth::* to,
              std::span<const std::int64_t> wh) const {
    for (std::size_t i = 0; i < wh.size(); ++i) {
      year.months[static_cast<std::size_t>(both_.year.month_of_step[i])].*to += wh[i];
    }
  }

  const BothYears& both_;
  const model::Household& home_;
  std::size_t place_;
  optimum::Optimiser& optimiser_;
  std::vector<double> possible_, generated_, used_, inverter_lost_, outage_lost_, outage_use_;
};

HomeYear HomeMaker::whole(const plan::Flows& actual, const PlannedMonths& planned) const {
  using readings::Channel;
  const auto at = [](Channel channel) { return static_cast<std::size_t>(channel); };
  HomeYear year;
  year.wh[at(Channel::imported)] = whole_wh(read(actual.import_kwh));
  if (home_.makes_energy()) {
    year.wh[at(Channel::generated)] = whole_wh(read(generated_));
  }
  if (home_.mode == model::Mode::self_use_surplus || home_.mode == model::Mode::full_export) {
    year.wh[at(Channel::exported)] = whole_wh(read(actual.export_kwh));
  }
  year.months.resize(static_cast<std::size_t>(both_.year.wanted.months));
  add_up(year, &MonthTruth::imported_wh, year.of(Channel::imported));
  add_up(year, &MonthTruth::exported_wh, year.of(Channel::exported));
  add_up(year, &MonthTruth::generated_wh, year.of(Channel::generated));
  add_up(year, &MonthTruth::used_wh, whole_wh(read(used_)));
  add_up(year, &MonthTruth::possible_generation_wh, whole_wh(read(possible_)));
  add_up(year, &MonthTruth::outage_generation_wh, whole_wh(read(outage_lost_)));
  add_up(year, &MonthTruth::inverter_generation_wh, whole_wh(read(inverter_lost_)));
  add_up(year, &MonthTruth::outage_use_wh, whole_wh(read(outage_use_)));
  for (std::size_t i = 0; i < year.months.size(); ++i) {
    const auto month = (both_.year.wanted.from + std::chrono::months{static_cast<int>(i)}).month();
    const auto number = static_cast<unsigned>(month);
    year.months[i].planned_generation_wh = std::llround(planned.generated_kwh[number] * 1000.0);
    year.months[i].planned_use_wh = std::llround(planned.used_kwh[number] * 1000.0);
  }
  return year;
}

}  // namespace

std::vector<std::int64_t> whole_wh(std::span<const double> kwh) {
  std::vector<std::int64_t> whole;
  whole.reserve(kwh.size());
  double sum_wh = 0.0;
  std::int64_t counted_wh = 0;
  for (const double value : kwh) {
    sum_wh += value * 1000.0;
    const auto count_wh = static_cast<std::int64_t>(std::floor(sum_wh + rounding_wh));
    whole.push_back(count_wh - counted_wh);
    counted_wh = count_wh;
  }
  return whole;
}

Result<HomeYear> home_year(const BothYears& both, std::size_t home, optimum::Optimiser& optimiser) {
  return HomeMaker(both, home, optimiser).make();
}

}  // namespace xiaoyuan::sim
