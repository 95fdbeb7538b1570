#include "office/settle_through.hpp"

#include <fmt/format.h>

#include "office/written.hpp"
#include "plan/crew.hpp"

namespace xiaoyuan::office {

Result<ledger::Period> settled_month(const std::string& text, const Village& village,
                                     const std::string& field) {
  TRY(const ledger::Period month, month_from(text, field));
  if (month < village.agreement.first_month) {
    const std::string first = text_of(village.agreement.first_month);
    return fail(Fault::bad_input,
                {fmt::format("{} lies before the first month of settlement.toml, {}", text, first),
                 fmt::format("{} 早于 settlement.toml 中的首个结算月 {}", text, first)},
                {field, 0, ""});
  }
  return month;
}

Result<void> settle_through(Office& office, const Village& village, const Through& through) {
  const ledger::Period first = village.agreement.first_month;
  const auto all = static_cast<std::size_t>(through.last.month - first.month) + 1;
  std::size_t done = 0;
  for (ledger::Period month = first; month <= through.last; month = month.next()) {
    Result<Run> settled = office.settle(month, through.now());
    if (!settled) {
      return std::unexpected(in_local_time(std::move(settled.error()), village.zone()));
    }
    if (!through.on_run(*settled, ++done, all)) {
      return std::unexpected(plan::interrupted());
    }
  }
  return {};
}

}  // namespace xiaoyuan::office
