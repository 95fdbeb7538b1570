#include "api/serve_demo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "desk/village_settings.hpp"
#include "office/intake.hpp"
#include "office/mapping_shelf.hpp"
#include "office/settle_through.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::api {

namespace {

constexpr std::string_view settled_village = "xinggezhuang";
constexpr std::array<std::string_view, 3> shipped_villages{settled_village, "xiaodonggezhuang",
                                                           "qiantuan"};

using TellLine = std::function<void(const Text& line)>;

Instant demo_clock() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// A file of the readings that are shipped beside the village, and how it is taken.
struct ShippedReadings {
  std::string file;
  bool is_table = true;
  readings::Resend resend = readings::Resend::refuse;
};

/// The registers by which bills are made, what was corrected later, and the intervals.
std::vector<ShippedReadings> shipped_readings(const Files& village) {
  std::vector<ShippedReadings> all{{.file = "registers.csv"}};
  for (const std::string& file : village.list("readings")) {
    if (file.starts_with("corrections-")) {
      all.push_back({.file = file, .resend = readings::Resend::correct});
    }
  }
  all.push_back({.file = "intervals.xyr", .is_table = false});
  return all;
}

/// The day on which the readings of the shipped year became known: before their corrections.
Instant known_since() {
  using namespace std::chrono;
  return sys_days{2026y / November / 1};
}

Result<void> take(desk::Table& table, const office::Village& village,
                  const ShippedReadings& readings) {
  const Files files = store::folder(table.folder);
  TRY(std::string bytes, files.read("readings/" + readings.file));
  office::IntakeTerms terms{.mapping = std::nullopt,
                            .mapping_text = {},
                            .zone = village.zone(),
                            .recorded_at = known_since(),
                            .resend = readings.resend,
                            .on_progress = {}};
  if (readings.is_table) {
    TRY(terms.mapping_text, office::mapping_text("registers", files, table.share, "mapping"));
    TRY(terms.mapping, readings::read_mapping(terms.mapping_text, "registers"));
  }
  TRY(const office::Intake intake,
      office::take_file(table.store, {readings.file, std::move(bytes)}, terms));
  static_cast<void>(intake);
  return {};
}

Result<void> settle_shipped(desk::Table& table, const TellLine& tell) {
  if (auto owned = desk::check_owner(table, office::Use::write, demo_clock()); !owned) {
    return owned;
  }
  TRY(const auto village, desk::office_of(table.view));
  for (const ShippedReadings& readings : shipped_readings(store::folder(table.folder))) {
    if (auto taken = take(table, *village, readings); !taken) {
      return taken;
    }
  }
  TRY(office::Office office, office::Office::open(table.store, *village));
  TRY(const ledger::Period last, office::settled_month("2026-10", *village, "month"));
  return office::settle_through(
      office, *village,
      {.last = last,
       .now = demo_clock,
       .on_run = [&tell](const office::Run& run, std::size_t done, std::size_t all) {
         const std::string month = text_of(run.month.month);
         tell({fmt::format("settled {} ({} of {})", month, done, all),
               fmt::format("已结算 {}({}/{})", month, done, all)});
         return true;
       }});
}

/// Every third household lets researchers see its data, so that they see something.
Result<void> consent_of_some(desk::VillageDesk& desk) {
  const auto view = desk.view();
  const auto& households = view->plan->village.households;
  for (std::size_t i = 0; i < households.size(); i += 3) {
    if (auto set = desk::set_consent(desk, households[i].id, desk::Consent::given, demo_clock());
        !set) {
      return set;
    }
  }
  return {};
}

DemoAccount demo_account(people::Role role, std::string display, std::string holder = "") {
  const std::string& name = people::words_of(people::Role{})[static_cast<std::size_t>(role)];
  const bool is_of_village = role == people::Role::villager || role == people::Role::committee ||
                             role == people::Role::company;
  return {.name = name,
          .password = name + "-demo-2026",
          .display = std::move(display),
          .grant = {.role = role,
                    .village = is_of_village ? std::string(settled_village) : "*",
                    .holder = std::move(holder)}};
}

Result<void> let_in(World& world) {
  using enum people::Role;
  world.demo_accounts = {demo_account(villager, "兴各庄 7号院", "H007"),
                         demo_account(committee, "兴各庄村委会"),
                         demo_account(company, "光伏企业", "C1"),
                         demo_account(grid_company, "通州供电公司"),
                         demo_account(town, "潞城镇政府"),
                         demo_account(researcher, "大学研究组"),
                         demo_account(administrator, "管理员")};
  if (!world.people->is_empty()) {
    return {};  // a later start
  }
  for (const DemoAccount& account : world.demo_accounts) {
    TRY(const people::Account added,
        world.people->add({.name = account.name,
                           .display = account.display,
                           .password = account.password,
                           .grants = {account.grant}},
                          {.account = {}, .peer = {}, .at = demo_clock()}));
    static_cast<void>(added);
  }
  return {};
}

}  // namespace

std::span<const std::string_view> demo_villages() { return shipped_villages; }

Result<void> fill_demo(World& world, const std::function<void(const Text& line)>& tell) {
  if (auto done = let_in(world); !done) {
    return done;
  }
  const auto desk = world.villages->find(settled_village);
  if (desk == nullptr || !desk->view()->months.empty()) {
    return {};
  }
  tell({"laying in the shipped readings and settling 2026 up to October",
        "正在导入随附读数并结算 2026 年至 10 月"});
  auto settled = desk->work([&tell](desk::Table& table) { return settle_shipped(table, tell); });
  return settled ? consent_of_some(*desk) : settled;
}

}  // namespace xiaoyuan::api
