#include "plan/economics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace xiaoyuan::plan {

namespace {

int sign_changes(std::span<const double> cash) {
  int changes = 0;
  double last = 0.0;
  for (const double flow : cash) {
    if (flow != 0.0) {
      changes += last * flow < 0.0 ? 1 : 0;
      last = flow;
    }
  }
  return changes;
}

double root_between(std::span<const double> cash, double low, double high) {
  const bool rises = net_present_value(cash, low) < 0.0;
  for (int i = 0; i < 200 && high - low > 1e-14; ++i) {
    const double middle = 0.5 * (low + high);
    ((net_present_value(cash, middle) < 0.0) == rises ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace

double net_present_value(std::span<const double> cash, double rate) {
  double value = 0.0;
  double weight = 1.0;
  for (const double flow : cash) {
    value += flow * weight;
    weight /= 1.0 + rate;
  }
  return value;
}

Irr internal_rate_of_return(std::span<const double> cash) {
  const int changes = sign_changes(cash);
  if (changes == 0) {
    const bool gains = std::accumulate(cash.begin(), cash.end(), 0.0) > 0.0;
    return {std::nullopt, gains ? Text{"nothing is paid in, so there is no rate of return",
                                       "没有投入,不存在内部收益率"}
                                : Text{"nothing is ever earned back, so there is no rate of return",
                                       "始终没有净收入,不存在内部收益率"}};
  }
  const Text several{
      "the cash flow changes its sign more than once: there may be several rates, "
      "this is the least",
      "现金流多次变号:可能存在多个内部收益率,此处给出最小者"};
  const bool several_changes = changes > 1;
  if (several_changes && std::accumulate(cash.begin(), cash.end(), 0.0) < 0.0) {
    return {
        std::nullopt,
        {"less is earned than is spent over the years, so there is no meaningful rate of return",
         "多年累计收入低于支出,不存在有意义的内部收益率"}};
  }
  double low = several_changes ? 0.0 : -0.99;
  double high = low + 0.005;
  while (high < 10.0) {
    if ((net_present_value(cash, low) < 0.0) != (net_present_value(cash, high) < 0.0)) {
      return {root_between(cash, low, high), changes > 1 ? several : Text{}};
    }
    low = high;
    high += 0.005 + 0.01 * std::abs(high);
  }
  return {std::nullopt,
          {"no rate between −99 % and 1,000 % makes the cash flow worth nothing",
           "在 −99% 至 1000% 之间不存在使净现值为零的收益率"}};
}

std::optional<double> payback(std::span<const double> cash, double rate) {
  double sum = 0.0;
  double weight = 1.0;
  std::optional<double> when;
  for (std::size_t year = 0; year < cash.size(); ++year) {
    const double flow = cash[year] * weight;
    if (sum < 0.0 && sum + flow >= 0.0) {
      when = static_cast<double>(year) - 1.0 - sum / flow;
    }
    sum += flow;
    if (sum < 0.0) {
      when.reset();
    } else if (year == 0) {
      when = 0.0;
    }
    weight /= 1.0 + rate;
  }
  return when;
}

YearOfMoney& YearOfMoney::operator+=(const YearOfMoney& other) {
  capex_yuan += other.capex_yuan;
  subsidy_yuan += other.subsidy_yuan;
  bill_saved_yuan += other.bill_saved_yuan;
  export_yuan += other.export_yuan;
  operation_yuan += other.operation_yuan;
  rent_yuan += other.rent_yuan;
  replacement_yuan += other.replacement_yuan;
  storage_yuan += other.storage_yuan;
  energy_kwh += other.energy_kwh;
  export_kwh += other.export_kwh;
  saved_kwh += other.saved_kwh;
  return *this;
}

void add_years(std::vector<YearOfMoney>& sum, std::span<const YearOfMoney> years) {
  sum.resize(std::max(sum.size(), years.size()));
  for (std::size_t i = 0; i < years.size(); ++i) {
    sum[i] += years[i];
  }
}

Finance finance_of(std::vector<YearOfMoney> years, double rate) {
  Finance finance;
  std::vector<double> cash;
  double cost = 0.0;
  YearOfMoney worth;  // all years in the money of year 0
  double weight = 1.0;
  for (const YearOfMoney& year : years) {
    cash.push_back(year.net_yuan());
    cost += (year.capex_yuan + year.operation_yuan + year.rent_yuan + year.replacement_yuan -
             year.storage_yuan) *
            weight;
    worth.energy_kwh += year.energy_kwh * weight;
    worth.export_kwh += year.export_kwh * weight;
    worth.export_yuan += year.export_yuan * weight;
    weight /= 1.0 + rate;
  }
  finance.years = std::move(years);
  finance.npv_yuan = net_present_value(cash, rate);
  Irr irr = internal_rate_of_return(cash);
  finance.irr = irr.rate;
  finance.irr_note = std::move(irr.note);
  finance.payback_years = payback(cash, 0.0);
  finance.discounted_payback_years = payback(cash, rate);
  if (worth.energy_kwh > 0.0) {
    finance.lcoe_yuan_per_kwh = cost / worth.energy_kwh;
  }
  if (worth.export_kwh > 0.0) {
    finance.break_even_yuan_per_kwh = (worth.export_yuan - finance.npv_yuan) / worth.export_kwh;
  }
  return finance;
}

double annuity(double rate, double years) {
  return rate == 0.0 ? 1.0 / years : rate / (1.0 - std::pow(1.0 + rate, -years));
}

}  // namespace xiaoyuan::plan
