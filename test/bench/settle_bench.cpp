// The settlement chain on a SQLite file: readings of many homes taken from archives and from a CSV,
// their month settled and posted, its statements kept; and a corrected day of one meter. Beside it
// what one writes in an afternoon: a row an interval in SQLite, and doubles. XIAOYUAN_BENCH_HOMES
// adds a size. The stages are the office's own steps, taken one after another.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <numbers>

#include "base/random.hpp"
#include "office/intake.hpp"
#include "office/month_intervals.hpp"
#include "office/settlement.hpp"
#include "plan/crew.hpp"
#include "readings/archive.hpp"
#include "statement/json.hpp"
#include "store/open.hpp"
#include "support/villages.hpp"

namespace {

using namespace xiaoyuan;
namespace fs = std::filesystem;
using readings::Channel;
using std::chrono::year;

constexpr int homes_of_a_file = 5000;
constexpr ledger::Period january{2026 * 12};
constexpr std::array channels{Channel::imported, Channel::exported, Channel::generated};

template <class T>
T good(Result<T>&& result) {
  if (!result) {
    throw std::runtime_error(message(result.error().front(), Language::english));
  }
  return std::move(*result);
}

std::string home_id(int home) { return fmt::format("H{:06}", home); }
std::string meter_of(int home) { return fmt::format("1100{:08}", home); }

const char* const agreement_of_bench = R"(
first_month = "2026-01"
whole_kwh = "exact"
carbon_factor = "mee-2022-beijing"
certificates = "plant_owner"
)";
const char* const sharing_of_bench = R"(
[sharing]
mode = "virtual_credit"
key = "dynamic"
price_yuan_per_kwh = 0.42
document = "made up for the bench"
)";

const char* const lease = R"(
[[party]]
id = "C1"
kind = "company"
name = { en = "company", zh = "企业" }
[[roof_lease]]
id = "lease"
name = { en = "rent", zh = "租金" }
document = "made up for the bench"
first_month = "2026-01"
tenant = "C1"
households = ["H003"]
rent_yuan_per_kwp = 24
paid = "monthly"
due = "in_arrears"
)";

enum class Sharing : std::uint8_t { off, on };

readings::MeterPoint point_of(int home, Channel channel, Instant from) {
  return {.household = home_id(home),
          .channel = channel,
          .most_w = 40'000,
          .services = {{.meter = meter_of(home),
                        .form = {.whole_digits = 6, .decimals = 3},
                        .multiplier = 1,
                        .from = from,
                        .to = {}}}};
}

/// The example's tariffs, and as many homes as are asked for, each with PV and three
/// registers.
office::Village village_of(int homes, Sharing sharing) {
  test::Folder folder = test::shipped_folder("example");
  folder["settlement.toml"] =
      std::string(agreement_of_bench) + (sharing == Sharing::on ? sharing_of_bench : "") + lease;
  folder["meters.csv"] =
      "household,channel,meter,whole_digits,decimals,multiplier,from,to,most_w\n"
      "H001,imported,1,6,3,1,2025-11-01,,\n";
  Files files = test::files_of(folder);
  files.list = [list = files.list](const std::string& name) {
    return name.empty() ? std::vector<std::string>{"meters.csv", "settlement.toml"} : list(name);
  };
  office::Village village = good(office::read_village(files, test::shipped_share()));
  auto& households = village.plan.village.households;
  const auto roofed =
      std::ranges::find(households, model::Mode::self_use_surplus, &model::Household::mode);
  model::Household home = *roofed;
  home.battery = {};
  home.connected = year(2024) / 4 / 20;
  households.clear();
  village.points.clear();
  std::vector<std::string> leased;
  for (int i = 0; i < homes; i += 10) {
    leased.push_back(home_id(i));
  }
  std::get<settle::RoofLease>(village.agreement.contracts.front().terms).households = leased;
  const Instant from = village.zone().instant(year(2025) / 11 / 1, 0);
  for (int i = 0; i < homes; ++i) {
    home.id = home_id(i);
    home.name = fmt::format("{}号院", i);
    households.push_back(home);
    for (const Channel channel : channels) {
      village.points.push_back(point_of(i, channel, from));
    }
  }
  return village;
}

/// A month of one home: load and PV that look like ones, in Wh.
struct HomeMonth {
  readings::Intervals imported;
  readings::Intervals exported;
  std::int64_t generated_wh = 0;
};

HomeMonth home_month(int home, const TimeAxis& axis) {
  Random random(static_cast<std::uint64_t>(home) + 1);
  const auto empty = [&](Channel channel) {
    return readings::empty_intervals(meter_of(home), channel, axis, {1000});
  };
  HomeMonth month{.imported = empty(Channel::imported), .exported = empty(Channel::exported)};
  for (std::size_t i = 0; i < axis.size; ++i) {
    const double hour = static_cast<double>(i % 96) / 4.0;
    const double sun = std::max(0.0, std::sin(std::numbers::pi * (hour - 7.5) / 9.5));
    const std::int64_t made = std::llround(2000.0 * sun * (0.3 + 0.7 * random.uniform()));
    const std::int64_t used =
        std::llround(60.0 + 60.0 * random.uniform() + (random.uniform() < 0.05 ? 500.0 : 0.0));
    month.generated_wh += made;
    month.imported.counts[i] = std::max<std::int64_t>(used - made, 0);
    month.exported.counts[i] = std::max<std::int64_t>(made - used, 0);
    month.imported.quality[i] = month.exported.quality[i] = readings::Quality::measured;
  }
  return month;
}

std::int64_t sum_of(const readings::Intervals& intervals) { return readings::total(intervals).mwh; }

/// Registers at both ends of the month and the month's intervals of homes [from, to), as a file.
enum class Kept : std::uint8_t { all, registers };
office::ForeignFile archive_of(int from, int to, const TimeAxis& axis, Kept kept) {
  readings::ArchiveWriter writer;
  const readings::Provenance source{"concentrator", axis.end() + std::chrono::days{1}};
  for (int home = from; home < to; ++home) {
    const HomeMonth month = home_month(home, axis);
    const std::array mwh{sum_of(month.imported), sum_of(month.exported), month.generated_wh * 1000};
    for (const Channel channel : channels) {
      readings::RegisterReading reading{
          .key = {meter_of(home), channel, readings::Rate::total, axis.start},
          .value = {1'000'000'000},
          .quality = readings::Quality::measured,
          .source = source.source,
          .recorded_at = source.recorded_at};
      writer.add(reading);
      reading.key.at = axis.end();
      reading.value.mwh += mwh[static_cast<std::size_t>(channel)];
      writer.add(reading);
    }
    if (kept == Kept::all) {
      writer.add(readings::seal(month.imported), source);
      writer.add(readings::seal(month.exported), source);
    }
  }
  return {fmt::format("homes-{}.readings", from), writer.finish()};
}

/// A place for a store's file that is gone in the end.
class Place {
 public:
  Place() {
    std::string name = (fs::temp_directory_path() / "xiaoyuan-bench-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { fs::remove_all(folder_); }
  std::string file(const std::string& name) const { return (folder_ / name).string(); }

 private:
  fs::path folder_;
};

double seconds_of(const std::function<void()>& work) {
  const auto begun = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

/// A district, and its readings in a store.
struct District {
  office::Village village;
  TimeAxis axis;
  Place place;
  std::unique_ptr<store::Store> store;
  double import_seconds = 0.0;

  District(int homes, Sharing sharing) : village(village_of(homes, sharing)) {
    axis = readings::month_axis(village.zone(), year(2026) / 1, std::chrono::minutes{15});
    store = good(store::open(place.file("store.db")));
    // What is not shared asks for no intervals, and those of 100,000 homes take minutes to make.
    const Kept kept = sharing == Sharing::off && homes > 10'000 ? Kept::registers : Kept::all;
    for (int from = 0; from < homes; from += homes_of_a_file) {
      const auto file = archive_of(from, std::min(homes, from + homes_of_a_file), axis, kept);
      import_seconds += seconds_of([&] { take(file, readings::Resend::refuse); });
    }
  }
  Instant later() const { return axis.end() + std::chrono::days{1}; }
  office::Intake take(const office::ForeignFile& file, readings::Resend resend) {
    office::Intake intake = good(office::take_file(*store, file,
                                                   {.mapping = {},
                                                    .mapping_text = "",
                                                    .zone = village.zone(),
                                                    .recorded_at = later(),
                                                    .resend = resend,
                                                    .on_progress = {}}));
    if (!intake.conflicts.empty() || !intake.report.refused.empty()) {
      throw std::runtime_error(told(intake).en);
    }
    return intake;
  }
};

/// The steps of Office::settle one by one, the seconds of each as a counter.
void take_stages(benchmark::State& state, District& district) {
  const auto stage = [&](const char* name, const std::function<void()>& work) {
    state.counters[name] = seconds_of(work);
  };
  const office::Village& village = district.village;
  readings::Registers registers;
  stage("1_registers",
        [&] { registers = readings::Registers(good(district.store->registers({}))); });
  const office::MonthPrices prices = good(office::prices_of(village, january));
  std::vector<readings::Intervals> intervals;
  stage("2_intervals", [&] {
    intervals = good(office::month_intervals(*district.store, village, prices,
                                             {january, district.later(), &registers}));
  });
  const std::vector<settle::Member> members = office::members_of(village, prices);
  const settle::MonthInputs inputs{.month = january,
                                   .zone = village.zone(),
                                   .village = village.model().name,
                                   .illustrative = true,
                                   .known_at = district.later(),
                                   .members = members,
                                   .points = village.points,
                                   .registers = &registers,
                                   .intervals = intervals,
                                   .agreement = &village.agreement,
                                   .factor = &village.factor};
  settle::SettledMonth month;
  std::vector<settle::SettledMember> settled;
  std::optional<settle::MonthFrame> frame;
  stage("3_bills", [&] {
    frame = good(settle::MonthFrame::of(inputs));
    settled.resize(frame->members());
    plan::Crew(0).each(settled.size(), [&](std::size_t i, optimum::Optimiser& /*unused*/) {
      settled[i] = settle::settle_member(*frame, i);
    });
  });
  stage("4_join", [&] { month = good(settle::join(*frame, std::move(settled))); });
  ledger::Book book;
  store::Batch batch{.key = "settle",
                     .recorded_at = district.later(),
                     .registers = {},
                     .days = {},
                     .entries = {},
                     .documents = {}};
  stage("5_book", [&] { batch.entries = good(settle::post_month(book, month)).entries; });
  stage("6_documents", [&] {
    batch.documents.resize(month.members.size());
    plan::Crew(0).each(month.members.size(), [&](std::size_t i, optimum::Optimiser& /*unused*/) {
      const settle::Statement& statement = month.members[i].statement;
      batch.documents[i] = {statement.id, statement::json(statement)};
    });
  });
  const Place other;
  const auto store = good(store::open(other.file("store.db")));
  stage("7_write", [&] { benchmark::DoNotOptimize(good(store->write(batch))); });
  state.counters["entries"] = static_cast<double>(batch.entries.size());
  state.counters["json_bytes"] = static_cast<double>(batch.documents.front().bytes.size());
}

void settle_month(benchmark::State& state) {
  const auto homes = static_cast<int>(state.range(0));
  const auto sharing = static_cast<Sharing>(state.range(1));
  for (auto _ : state) {
    District district(homes, sharing);
    take_stages(state, district);
    std::size_t refused = 0;
    state.SetIterationTime(seconds_of([&] {
      office::Office office = good(office::Office::open(*district.store, district.village));
      refused = good(office.settle(january, district.later())).record.refused.size();
    }));
    if (homes <= 10'000 || sharing == Sharing::on) {  // else there were registers alone
      const double readings = 2.0 * homes * static_cast<double>(district.axis.size);
      state.counters["import_readings"] = readings / district.import_seconds;
    }
    state.counters["refused"] = static_cast<double>(refused);
  }
  state.SetLabel(sharing == Sharing::on ? "shared" : "not shared");
}
void sizes(benchmark::internal::Benchmark* bench) {
  std::vector<std::int64_t> homes{1'000, 10'000};
  if (const char* more = std::getenv("XIAOYUAN_BENCH_HOMES")) {
    homes.push_back(std::atoi(more));
  }
  bench->ArgNames({"homes", "shared"})->ArgsProduct({homes, {0, 1}});
}
BENCHMARK(settle_month)
    ->Apply(sizes)
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

/// One meter's day is sent again with other values: taken, and the village's month settled again.
void corrected_day(benchmark::State& state) {
  District district(static_cast<int>(state.range(0)), Sharing::off);
  office::Office office = good(office::Office::open(*district.store, district.village));
  benchmark::DoNotOptimize(good(office.settle(january, district.later())));
  int times = 0;
  double settling = 0.0;
  for (auto _ : state) {
    readings::Intervals day = readings::empty_intervals(
        meter_of(7), Channel::imported,
        readings::day_axis(district.village.zone(), year(2026) / 1 / 12, std::chrono::minutes{15}),
        {1000});
    ++times;
    for (std::size_t i = 0; i < day.axis.size; ++i) {
      day.counts[i] = static_cast<std::int64_t>(i) + times;
      day.quality[i] = readings::Quality::measured;
    }
    readings::ArchiveWriter writer;
    writer.add(readings::seal(day), {"correction", district.later()});
    const office::ForeignFile file{"correction.readings", writer.finish()};
    state.SetIterationTime(seconds_of([&] {
      const office::IntakeTerms terms{.mapping = {},
                                      .mapping_text = "",
                                      .zone = district.village.zone(),
                                      .recorded_at = district.later() + std::chrono::hours{times},
                                      .resend = readings::Resend::correct,
                                      .on_progress = {}};
      benchmark::DoNotOptimize(good(office::take_file(*district.store, file, terms)));
    }));
    settling += seconds_of([&] {
      office::Office again = good(office::Office::open(*district.store, district.village));
      benchmark::DoNotOptimize(good(again.settle(january, district.later())));
    });
  }
  state.counters["settled_again_ms"] = 1000.0 * settling / times;
}
BENCHMARK(corrected_day)
    ->ArgName("homes")
    ->Arg(500)
    ->Iterations(20)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

const char* const csv_mapping = R"(
kind = "intervals"
zone = "Asia/Shanghai"
meter = "meter"
time = "time"
time_is = "start"
step_minutes = 15
[[value]]
column = "import_kwh"
channel = "imported"
unit = "kWh"
decimals = 3
[[value]]
column = "export_kwh"
channel = "exported"
unit = "kWh"
decimals = 3
)";

/// A CSV with a row a quarter hour into a new store.
void import_csv(benchmark::State& state) {
  const auto homes = static_cast<int>(state.range(0));
  const Zone zone = *Zone::find("Asia/Shanghai");
  const TimeAxis axis = readings::month_axis(zone, year(2026) / 1, std::chrono::minutes{15});
  office::ForeignFile file{"homes.csv", "meter,time,import_kwh,export_kwh\n"};
  for (int home = 0; home < homes; ++home) {
    const HomeMonth month = home_month(home, axis);
    for (std::size_t i = 0; i < axis.size; ++i) {
      file.bytes += fmt::format("{},2026-01-{:02} {:02}:{:02},{:.3f},{:.3f}\n", meter_of(home),
                                i / 96 + 1, i % 96 / 4, i % 4 * 15,
                                static_cast<double>(month.imported.counts[i]) / 1000.0,
                                static_cast<double>(month.exported.counts[i]) / 1000.0);
    }
  }
  for (auto _ : state) {
    const Place place;
    const auto store = good(store::open(place.file("store.db")));
    const office::IntakeTerms terms{.mapping = good(readings::read_mapping(csv_mapping, "m.toml")),
                                    .mapping_text = csv_mapping,
                                    .zone = zone,
                                    .recorded_at = axis.end(),
                                    .resend = readings::Resend::refuse,
                                    .on_progress = {}};
    benchmark::DoNotOptimize(good(office::take_file(*store, file, terms)));
  }
  state.SetItemsProcessed(state.iterations() * homes * 2 * static_cast<std::int64_t>(axis.size));
}
BENCHMARK(import_csv)
    ->ArgName("homes")
    ->Arg(500)
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void run(sqlite3* base, const char* sql) {
  if (sqlite3_exec(base, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(base));
  }
}

/// What one writes in an afternoon: a row an interval, summed and priced with doubles by SQL.
void plain_chain(benchmark::State& state) {
  const auto homes = static_cast<int>(state.range(0));
  const Zone zone = *Zone::find("Asia/Shanghai");
  const TimeAxis axis = readings::month_axis(zone, year(2026) / 1, std::chrono::minutes{15});
  for (auto _ : state) {
    const Place place;
    sqlite3* base = nullptr;
    sqlite3_open(place.file("plain.db").c_str(), &base);
    run(base,
        "pragma journal_mode = wal; create table r (meter text, channel int, at int, kwh "
        "real, primary key (meter, channel, at)); create table bill (meter text, channel "
        "int, kwh real, yuan real); begin");
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(base, "insert into r values (?, ?, ?, ?)", -1, &insert, nullptr);
    double importing = 0.0;
    for (int home = 0; home < homes; ++home) {
      const HomeMonth month = home_month(home, axis);
      importing += seconds_of([&] {
        for (const readings::Intervals* each : {&month.imported, &month.exported}) {
          for (std::size_t i = 0; i < axis.size; ++i) {
            sqlite3_bind_text(insert, 1, each->meter.c_str(), -1, SQLITE_STATIC);
            sqlite3_bind_int(insert, 2, static_cast<int>(each->channel));
            sqlite3_bind_int64(insert, 3, axis.at(i).time_since_epoch().count());
            sqlite3_bind_double(insert, 4, static_cast<double>(each->counts[i]) / 1000.0);
            sqlite3_step(insert);
            sqlite3_reset(insert);
          }
        }
      });
    }
    sqlite3_finalize(insert);
    importing += seconds_of([&] { run(base, "commit"); });
    state.SetIterationTime(seconds_of([&] {
      run(base,
          "begin; insert into bill select meter, channel, sum(kwh), round(sum(kwh) * case "
          "channel when 0 then -0.4883 else 0.3598 end, 2) from r group by meter, channel; "
          "commit");
    }));
    state.counters["import_readings"] = 2.0 * homes * static_cast<double>(axis.size) / importing;
    sqlite3_close(base);
  }
}
BENCHMARK(plain_chain)
    ->ArgName("homes")
    ->Arg(1'000)
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
