// `xiaoyuan bill`: a month's bill from its kWh, so that anyone can hold a paper bill against it.
#pragma once
#include <string>
#include <vector>

#include "base/text.hpp"

namespace CLI {
class App;
}

namespace xiaoyuan::cli {

struct BillOptions {
  std::string tariff;              ///< or a mechanism
  std::string month;               ///< "2026-10"
  std::string kwh;                 ///< of the month; "" is the sum of the rates
  std::string before_kwh;          ///< what the year counted before the month
  std::vector<std::string> rates;  ///< "peak=150"
  std::vector<std::string> given;  ///< "key=value"
  std::string connected;           ///< the plant's first day
  std::string village;             ///< whose own tariffs stand first; may be ""
  bool as_json = false;
};

/// Adds the command, whose words fill `options`.
const CLI::App* add_bill(CLI::App& app, Language language, BillOptions& options);
int run_bill(const BillOptions& options, Language language);

}  // namespace xiaoyuan::cli
