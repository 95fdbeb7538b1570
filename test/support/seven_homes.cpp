#include "support/seven_homes.hpp"

#include <fmt/format.h>

#include <fstream>

#include "base/random.hpp"
#include "office/intake.hpp"
#include "office/settlement.hpp"
#include "store/folder.hpp"
#include "support/office_village.hpp"

namespace xiaoyuan::test {

namespace {

constexpr std::array<bool, seven> has_pv{true, false, true, true, true, true, true};
constexpr std::size_t leased = 2;

std::string households_csv() {
  std::string text =
      "id,name,owner,registered_by,mode,connected,transformer,phase,load_kwh,roof1_kwp,"
      "roof1_tilt_deg,roof1_azimuth_deg\n";
  const std::array<const char*, seven> names{"张家", "王家",  "李家", "赵家",
                                             "=2+5", "@钱家", "孙家"};
  for (std::size_t i = 0; i < seven; ++i) {
    const std::string id = fmt::format("H{}", i + 1);
    if (i == leased) {
      text +=
          id + "," + names[i] + ",company,company,full_export,2024-05-20,T1,ABC,2000,10,20,180\n";
    } else if (has_pv[i]) {
      text += id + "," + names[i] +
              ",natural_person,natural_person,self_use_surplus,2024-04-20,T1,ABC,2400,5,20,180\n";
    } else {
      text += id + "," + names[i] + ",natural_person,natural_person,none,,T1,A,1500,,,\n";
    }
  }
  return text;
}

/// Meters 2i (the grid's) and 2i + 1 (the plant's).
std::string meter(std::size_t home, std::size_t which) {
  return fmt::format("7700{}", 10 * (home + 1) + which);
}

std::string meters_csv() {
  std::string text =
      "household,channel,meter,whole_digits,decimals,multiplier,from,to,most_w,note\n";
  const std::string rest = ",6,2,1,2025-11-01 00:00,,39600,\n";
  for (std::size_t i = 0; i < seven; ++i) {
    const std::string id = fmt::format("H{}", i + 1);
    text += id + ",imported," + meter(i, 0) + rest;
    if (has_pv[i]) {
      text += id + ",exported," + meter(i, i == leased ? 1 : 0) + rest;
      text += id + ",generated," + meter(i, 1) + rest;
    }
  }
  return text;
}

std::vector<TrueHour> drawn_hours(std::size_t home, Random& random) {
  std::vector<TrueHour> hours;
  for (std::size_t i = 0; i < january_hours; ++i) {
    const std::size_t hour = i % 24;
    const bool is_day = hour >= 8 && hour < 17;
    const auto below = [&](double most) {
      return static_cast<std::int64_t>(random.uniform() * most);
    };
    TrueHour one;
    one.generated = has_pv[home] && is_day ? below(350.0) : 0;
    const std::int64_t load = 5 + below(60.0);
    if (home == leased) {
      one.exported = one.generated;
      one.imported = load;
    } else {
      one.exported = std::max<std::int64_t>(0, one.generated - load);
      one.imported = std::max<std::int64_t>(0, load - one.generated);
    }
    hours.push_back(one);
  }
  return hours;
}

std::string kwh(std::int64_t ten_wh) { return fmt::format("{}.{:02}", ten_wh / 100, ten_wh % 100); }

std::string when(std::size_t hour) {
  return fmt::format("2026-01-{:02} {:02}:00", 1 + hour / 24, hour % 24);
}

std::string intervals_csv(const SevenHomes& homes) {
  std::string text = "meter,time,import_kwh,export_kwh,generation_kwh\n";
  for (std::size_t i = 0; i < seven; ++i) {
    for (std::size_t hour = 0; hour < january_hours; ++hour) {
      const TrueHour& one = homes.hours[i][hour];
      const std::string time = "," + when(hour) + ",";
      const bool is_lost = i == 1 && hour == lost_hour;
      const bool has_export = has_pv[i] && i != leased;
      text += meter(i, 0) + time + (is_lost ? "" : kwh(one.imported)) + "," +
              (has_export ? kwh(one.exported) : "") + ",\n";
      if (has_pv[i]) {
        text += meter(i, 1) + time + "," + (i == leased ? kwh(one.exported) : "") + "," +
                kwh(one.generated) + "\n";
      }
    }
  }
  return text;
}

std::string registers_csv(const SevenHomes& homes) {
  constexpr std::int64_t begun = 100'000;  // 1,000 kWh
  std::string text = "meter,time,import_kwh,export_kwh,generation_kwh\n";
  for (std::size_t i = 0; i < seven; ++i) {
    TrueHour sum;
    for (const TrueHour& one : homes.hours[i]) {
      sum.generated += one.generated;
      sum.exported += one.exported;
      sum.imported += one.imported;
    }
    const TrueHour none;
    for (const auto& [time, part] :
         {std::pair{"2026-01-01 00:00", none}, std::pair{"2026-02-01 00:00", sum}}) {
      const bool has_export = has_pv[i] && i != leased;
      text += fmt::format("{},{},{},{},\n", meter(i, 0), time, kwh(begun + part.imported),
                          has_export ? kwh(begun + part.exported) : "");
      if (has_pv[i]) {
        text +=
            fmt::format("{},{},,{},{}\n", meter(i, 1), time,
                        i == leased ? kwh(begun + part.exported) : "", kwh(begun + part.generated));
      }
    }
  }
  return text;
}

void write(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

void write_village(const SevenHomes& homes) {
  const auto folder = homes.folder.path / "villages" / "seven";
  std::filesystem::create_directories(folder);
  Folder files = office::test::small_folder();
  files = replaced(std::move(files), "village.toml", "id = \"small\"", "id = \"seven\"");
  files["households.csv"] = households_csv();
  files["meters.csv"] = meters_csv();
  for (const auto& [name, bytes] : files) {
    write(folder / name, bytes);
  }
}

Result<void> import_and_settle(const SevenHomes& homes, desk::Table& table) {
  using office::test::terms_by;
  const Instant now = office::test::day_at(2026, 2, 2);
  for (const auto& [name, bytes, mapping] :
       {std::tuple{"registers.csv", registers_csv(homes), "registers"},
        std::tuple{"hours.csv", intervals_csv(homes), "intervals_60"}}) {
    TRY(const office::Intake taken,
        office::take_file(table.store, {name, bytes}, terms_by(mapping, now)));
    static_cast<void>(taken);
  }
  TRY(office::Office office, office::Office::open(table.store, *table.view.office, 1));
  TRY(const office::Run run, office.settle(office::test::month_of(2026, 1), now));
  static_cast<void>(run);
  return {};
}

}  // namespace

std::unique_ptr<SevenHomes> seven_homes() {
  auto homes = std::make_unique<SevenHomes>();
  Random random(7);
  for (std::size_t i = 0; i < seven; ++i) {
    homes->hours[i] = drawn_hours(i, random);
  }
  write_village(*homes);
  homes->villages = office::test::got(desk::Villages::open(
      {.folder = homes->folder.path / "villages", .store = "", .share = shipped_share()}, {}));
  const auto done = homes->desk()->work(
      [&](desk::Table& table) -> Result<void> { return import_and_settle(*homes, table); });
  if (!done) {
    throw std::runtime_error(message(done.error().front(), Language::english));
  }
  return homes;
}

Instant january() {
  return std::chrono::sys_days(std::chrono::year(2025) / 12 / 31) + std::chrono::hours(16);
}

}  // namespace xiaoyuan::test
