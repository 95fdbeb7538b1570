#include "district/totals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/expected.hpp"

namespace xiaoyuan::district {

namespace {

using Whole = std::int64_t Totals::*;
constexpr std::array<Whole, 16> wholes{&Totals::households,
                                       &Totals::with_battery,
                                       &Totals::exact,
                                       &Totals::branched,
                                       &Totals::bounded,
                                       &Totals::impossible,
                                       &Totals::cost_micro_yuan,
                                       &Totals::bound_micro_yuan,
                                       &Totals::saved_micro_yuan,
                                       &Totals::needs_its_battery,
                                       &Totals::load_wh,
                                       &Totals::pv_wh,
                                       &Totals::import_wh,
                                       &Totals::export_wh,
                                       &Totals::curtailed_wh,
                                       &Totals::loss_wh};

const char* word_of(const HouseholdFigures& figures) {
  if (figures.impossible) {
    return "impossible";
  }
  switch (figures.proof) {
    case optimum::Proof::exact:
      return "exact";
    case optimum::Proof::branched:
      return "branched";
    case optimum::Proof::cases:
      return "cases";
    case optimum::Proof::bounded:
      break;
  }
  return "bounded";
}

std::string share_text(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? fmt::format("{:.6f}", static_cast<double>(part) / static_cast<double>(whole))
                   : "null";
}

}  // namespace

void Totals::add(const Household& home, const HouseholdFigures& figures) {
  ++households;
  with_battery += home.battery_kwh > 0.0 ? 1 : 0;
  if (figures.impossible) {
    ++impossible;
    return;
  }
  exact += figures.proof == optimum::Proof::exact ? 1 : 0;
  branched += figures.proof == optimum::Proof::branched ? 1 : 0;
  bounded += figures.proof == optimum::Proof::bounded ? 1 : 0;
  cost_micro_yuan += figures.cost_micro_yuan;
  bound_micro_yuan += figures.bound_micro_yuan;
  if (figures.without_micro_yuan) {
    saved_micro_yuan += *figures.without_micro_yuan - figures.cost_micro_yuan;
  } else {
    ++needs_its_battery;
  }
  load_wh += figures.load_wh;
  pv_wh += figures.pv_wh;
  import_wh += figures.import_wh;
  export_wh += figures.export_wh;
  curtailed_wh += figures.curtailed_wh;
  loss_wh += figures.loss_wh;
  worst_gap = std::max(worst_gap, figures.gap);
}

void Totals::add(const Totals& others) {
  for (const Whole whole : wholes) {
    this->*whole += others.*whole;
  }
  worst_gap = std::max(worst_gap, others.worst_gap);
}

std::string totals_line(const Totals& totals) {
  std::string line = fmt::format("{}", totals.worst_gap);
  for (const Whole whole : wholes) {
    fmt::format_to(std::back_inserter(line), " {}", totals.*whole);
  }
  return line;
}

bool read_totals_line(std::string_view line, Totals& totals) {
  const auto parts = parts_of(line, ' ');
  const auto gap = parts.empty() ? std::nullopt : parse_number(parts.front());
  if (parts.size() != wholes.size() + 1 || !gap) {
    return false;
  }
  totals.worst_gap = *gap;
  for (std::size_t i = 0; i < wholes.size(); ++i) {
    const std::string_view part = parts[i + 1];
    const auto read = std::from_chars(part.data(), part.data() + part.size(), totals.*wholes[i]);
    if (read.ec != std::errc{} || read.ptr != part.data() + part.size()) {
      return false;
    }
  }
  return true;
}

std::string decimal(std::int64_t value, int digits) {
  std::uint64_t scale = 1;
  for (int i = 0; i < digits; ++i) {
    scale *= 10;
  }
  const auto size = static_cast<std::uint64_t>(value < 0 ? -value : value);
  return fmt::format("{}{}.{:0{}}", value < 0 ? "-" : "", size / scale, size % scale, digits);
}

std::string household_header() {
  return "id,cost_yuan,bound_yuan,gap,without_battery_yuan,load_kwh,pv_kwh,import_kwh,export_kwh,"
         "curtailed_kwh,battery_loss_kwh,self_use_kwh,proof,note\n";
}

std::string household_line(const Household& home, const HouseholdFigures& figures) {
  if (figures.impossible) {
    std::string note = figures.impossible->en;
    std::ranges::replace(note, '"', '\'');
    return fmt::format("{},,,,,,,,,,,,impossible,\"{}\"\n", home.id, note);
  }
  return fmt::format(
      "{},{},{},{:.1e},{},{},{},{},{},{},{},{},{},\n", home.id, decimal(figures.cost_micro_yuan, 6),
      decimal(figures.bound_micro_yuan, 6), figures.gap,
      figures.without_micro_yuan ? decimal(*figures.without_micro_yuan, 6) : "",
      decimal(figures.load_wh, 3), decimal(figures.pv_wh, 3), decimal(figures.import_wh, 3),
      decimal(figures.export_wh, 3), decimal(figures.curtailed_wh, 3), decimal(figures.loss_wh, 3),
      decimal(figures.self_use_wh(), 3), word_of(figures));
}

std::string totals_json(const Totals& totals, std::string_view job) {
  return fmt::format(
      "{{\n  \"schema\": \"xiaoyuan.district/1\",\n  \"job\": \"{}\",\n  \"households\": {},\n"
      "  \"with_battery\": {},\n  \"proof\": {{\"exact\": {}, \"branched\": {}, \"bounded\": {}, "
      "\"impossible\": {}}},\n  \"worst_gap\": {:.1e},\n  \"cost_yuan\": {},\n"
      "  \"bound_yuan\": {},\n  \"saved_by_batteries_yuan\": {},\n  \"needs_its_battery\": {},\n"
      "  \"load_kwh\": {},\n  \"pv_kwh\": {},\n  \"import_kwh\": {},\n  \"export_kwh\": {},\n"
      "  \"curtailed_kwh\": {},\n  \"battery_loss_kwh\": {},\n  \"self_use_kwh\": {},\n"
      "  \"self_consumption\": {},\n  \"self_sufficiency\": {}\n}}\n",
      job, totals.households, totals.with_battery, totals.exact, totals.branched, totals.bounded,
      totals.impossible, totals.worst_gap, decimal(totals.cost_micro_yuan, 6),
      decimal(totals.bound_micro_yuan, 6), decimal(totals.saved_micro_yuan, 6),
      totals.needs_its_battery, decimal(totals.load_wh, 3), decimal(totals.pv_wh, 3),
      decimal(totals.import_wh, 3), decimal(totals.export_wh, 3), decimal(totals.curtailed_wh, 3),
      decimal(totals.loss_wh, 3), decimal(totals.self_use_wh(), 3),
      share_text(totals.self_use_wh(), totals.pv_wh),
      share_text(totals.load_wh - totals.import_wh, totals.load_wh));
}

std::string totals_text(const Totals& totals, Language language) {
  const auto million = [](std::int64_t value, double unit) {
    return grouped(static_cast<double>(value) / unit);
  };
  const auto percent = [](std::int64_t part, std::int64_t whole) {
    return whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0.0;
  };
  const double used = percent(totals.self_use_wh(), totals.pv_wh);
  const double own = percent(totals.load_wh - totals.import_wh, totals.load_wh);
  Text text{
      fmt::format("{} households, {} with a battery\n"
                  "cost {} yuan a year, at least {} proved (worst gap {:.1e}); batteries save {} "
                  "yuan\nload {} MWh, PV {} MWh, import {} MWh, export {} MWh\n"
                  "self-consumption {:.1f} %, self-sufficiency {:.1f} %\n",
                  totals.households, totals.with_battery, million(totals.cost_micro_yuan, 1e6),
                  million(totals.bound_micro_yuan, 1e6), totals.worst_gap,
                  million(totals.saved_micro_yuan, 1e6), million(totals.load_wh, 1e6),
                  million(totals.pv_wh, 1e6), million(totals.import_wh, 1e6),
                  million(totals.export_wh, 1e6), used, own),
      fmt::format("共 {} 户,其中 {} 户配置储能\n"
                  "年电费 {} 元,已证明下界 {} 元(最大相对差距 {:.1e});储能年节省 {} 元\n"
                  "负荷 {} 兆瓦时,光伏发电 {} 兆瓦时,购电 {} 兆瓦时,上网 {} 兆瓦时\n"
                  "自发自用率 {:.1f}%,自给率 {:.1f}%\n",
                  totals.households, totals.with_battery, million(totals.cost_micro_yuan, 1e6),
                  million(totals.bound_micro_yuan, 1e6), totals.worst_gap,
                  million(totals.saved_micro_yuan, 1e6), million(totals.load_wh, 1e6),
                  million(totals.pv_wh, 1e6), million(totals.import_wh, 1e6),
                  million(totals.export_wh, 1e6), used, own)};
  if (totals.impossible > 0) {
    text.en += fmt::format("{} households have no schedule; households.csv says why for each\n",
                           totals.impossible);
    text.zh += fmt::format("{} 户无可行计划;households.csv 中逐户注明原因\n", totals.impossible);
  }
  return text.in(language);
}

}  // namespace xiaoyuan::district
