#include "office/village.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "readings/points.hpp"

namespace xiaoyuan::office {

namespace {

constexpr const char* agreement_file = "settlement.toml";
constexpr const char* points_file = "meters.csv";

Error missing_file(const char* name, const Text& purpose) {
  return {Fault::not_found,
          {fmt::format("the village has no {}, which says {} (docs/guide/settle-a-month.md)", name,
                       purpose.en),
           fmt::format("村庄缺少 {},其中应写明{}(docs/guide/settle-a-month.md)", name, purpose.zh)},
          {name, 0, ""}};
}

/// The bytes of a file of the village's folder; nothing, with the error, where there is none.
std::optional<std::string> bytes_of(const Files& folder, const char* name, const Text& purpose,
                                    Errors& errors) {
  const std::vector<std::string> names = folder.list("");
  if (std::ranges::find(names, name) == names.end()) {
    errors.push_back(missing_file(name, purpose));
    return std::nullopt;
  }
  auto bytes = folder.read(name);
  if (!gather(bytes, errors)) {
    return std::nullopt;
  }
  return std::move(*bytes);
}

/// A kilogram a kWh is a million grams a MWh; published factors have four decimals.
settle::AvoidedFactor avoided_factor(const carbon::Factor& factor) {
  return {.id = factor.id,
          .name = factor.name,
          .g_per_mega_wh = std::llround(factor.kg_per_kwh * 1e6),
          .document = factor.document};
}

void pin(const Files& folder, Village& village, Errors& errors) {
  for (const char* name : {"households.csv", points_file, agreement_file, "village.toml"}) {
    auto bytes = folder.read(name);
    if (gather(bytes, errors)) {
      village.pins.push_back({name, sha256(*bytes)});
    }
  }
}

void take_factor(Village& village, Errors& errors) {
  const std::vector<carbon::Factor>& all = village.plan.factors;
  const std::string& wanted = village.agreement.carbon_factor;
  std::vector<std::string> names;
  for (const carbon::Factor& factor : all) {
    if (factor.id == wanted) {
      village.factor = avoided_factor(factor);
      return;
    }
    names.push_back(factor.id);
  }
  errors.push_back(
      {Fault::bad_input, unknown_name(wanted, names), {agreement_file, 0, "carbon_factor"}});
}

bool is_leased(const settle::Agreement& agreement, const std::string& household) {
  return std::ranges::any_of(agreement.contracts, [&](const settle::Contract& contract) {
    const auto* lease = std::get_if<settle::RoofLease>(&contract.terms);
    return lease != nullptr &&
           std::ranges::find(lease->households, household) != lease->households.end();
  });
}

void check_leases(const Village& village, Errors& errors) {
  for (const model::Household& home : village.model().households) {
    if (home.makes_energy() && home.owner != model::Owner::natural_person &&
        !is_leased(village.agreement, home.id)) {
      errors.push_back(
          {Fault::bad_input,
           {fmt::format("the roof of {} belongs to another owner; a [[roof_lease]] has to say to "
                        "whom, and what rent is paid",
                        home.id),
            fmt::format("{} 的屋顶光伏属其他主体所有,请以 [[roof_lease]] 写明承租方与租金",
                        home.id)},
           {agreement_file, 0, "roof_lease"}});
    }
  }
}

std::optional<std::int64_t> leased_square_dm(const model::Household& home) {
  double area_m2 = 0.0;
  for (const model::Roof& roof : home.roofs) {
    if (roof.area_m2 <= 0.0) {
      return std::nullopt;
    }
    area_m2 += roof.area_m2;
  }
  if (home.roofs.empty()) {
    return std::nullopt;
  }
  return std::llround(area_m2 * 100.0);
}

settle::ExportMode export_mode(model::Mode mode) {
  switch (mode) {
    case model::Mode::full_export:
      return settle::ExportMode::full_export;
    case model::Mode::self_use:
      return settle::ExportMode::self_use;
    case model::Mode::none:
    case model::Mode::self_use_surplus:
      break;
  }
  return settle::ExportMode::self_use_surplus;
}

/// The plain rule never sends to the grid what was stored; other ways may.
settle::Storage storage_of(const model::Village& village, const model::Household& home) {
  return home.battery.energy_kwh > 0.0 && village.dispatch != model::Dispatch::self_consumption
             ? settle::Storage::unknown
             : settle::Storage::none;
}

}  // namespace

Result<Village> read_village(const Files& village, const Files& share) {
  Errors errors;
  Village read;
  auto plan = plan::read_inputs(village, share);
  const bool has_plan = gather(plan, errors);
  if (has_plan) {
    read.plan = std::move(*plan);
  }
  if (const auto bytes =
          bytes_of(village, agreement_file,
                   {"who pays whom for what; `xiaoyuan new` writes one with every key "
                    "explained",
                    "各方往来的约定;xiaoyuan new 生成的示例村庄中有逐项注释的样本"},
                   errors)) {
    auto agreement = settle::read_agreement(*bytes, agreement_file);
    if (gather(agreement, errors)) {
      read.agreement = std::move(*agreement);
      if (has_plan) {
        take_factor(read, errors);
        check_leases(read, errors);
      }
    }
  }
  const auto bytes =
      bytes_of(village, points_file,
               {"which meter counts what; to try it out, `xiaoyuan simulate` makes one",
                "各计量点所装电能表;试用时可由 xiaoyuan simulate 生成"},
               errors);
  if (bytes && has_plan) {
    auto points = readings::read_points(*bytes, points_file, read.zone());
    if (gather(points, errors)) {
      read.points = std::move(*points);
    }
  }
  if (errors.empty()) {
    pin(village, read, errors);
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return read;
}

std::chrono::year_month calendar_month(ledger::Period month) {
  return std::chrono::year{month.month / 12} /
         std::chrono::month{static_cast<unsigned>(month.month % 12 + 1)};
}

Result<MonthPrices> prices_of(const Village& village, ledger::Period month) {
  const std::chrono::year_month when = calendar_month(month);
  TRY(settle::MonthTariff buying,
      settle::month_tariff(village.plan.buying.tariff, village.zone(), when));
  const tariff::Schedule& sold = village.plan.selling;
  TRY(settle::MonthTariff selling, sold.mechanism
                                       ? settle::month_tariff(*sold.mechanism, village.zone(), when)
                                       : settle::month_tariff(sold.tariff, village.zone(), when));
  return MonthPrices{std::move(buying), std::move(selling)};
}

std::vector<settle::Member> members_of(const Village& village, const MonthPrices& prices) {
  std::vector<settle::Member> members;
  for (const model::Household& home : village.model().households) {
    members.push_back({
        .id = home.id,
        .name = {home.name, home.name},
        .sale = {.mode = export_mode(home.mode), .connected = home.connected},
        .capacity_wp = std::llround(home.capacity_kwp() * 1000.0),
        .roof_square_dm = leased_square_dm(home),
        .import_tariff = &prices.buying,
        .export_tariff = home.makes_energy() ? &prices.selling : nullptr,
        .storage = storage_of(village.model(), home),
    });
  }
  return members;
}

}  // namespace xiaoyuan::office
