#include "ledger/account.hpp"

#include <fmt/format.h>

#include "ledger/period.hpp"

namespace xiaoyuan::ledger {

Text name_of(Unit unit) {
  switch (unit) {
    case Unit::fen:
      return {"fen", "分"};
    case Unit::wh:
      return {"Wh", "瓦时"};
    case Unit::gco2e:
      return {"gCO2e", "克二氧化碳当量"};
    case Unit::certificate:
      return {"certificates", "张绿证"};
  }
  return {};
}

Text name_of(AccountKind kind) {
  switch (kind) {
    case AccountKind::ordinary:
      return {"ordinary", "普通"};
    case AccountKind::rounding:
      return {"rounding", "尾差"};
    case AccountKind::unaccounted:
      return {"unaccounted", "未归户"};
    case AccountKind::dispute:
      return {"dispute", "争议"};
    case AccountKind::environment:
      return {"environmental", "环境权益"};
  }
  return {};
}

Period Period::of(const Date& date) {
  return of(static_cast<int>(date.year()), static_cast<unsigned>(date.month()));
}

bool is_datable(const Date& date) {
  return date.ok() && date.year() >= std::chrono::year(1) && date.year() <= std::chrono::year(9999);
}

std::string text_of(Period period) {
  return fmt::format("{:04}-{:02}", period.month / 12, period.month % 12 + 1);
}

}  // namespace xiaoyuan::ledger
