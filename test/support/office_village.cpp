#include "support/office_village.hpp"

#include "support/cases.hpp"

namespace xiaoyuan::office::test {

namespace {

using xiaoyuan::test::Folder;
using xiaoyuan::test::project_bytes;

constexpr std::string_view village_text = R"([village]
id = "small"
name = { en = "Small", zh = "小村" }
illustrative = true

[site]
region = "beijing"
grid_region = "north"
latitude_deg = 39.9
longitude_deg = 116.7
elevation_m = 20
time_zone = "Asia/Shanghai"

[plan]
first_day = 2026-01-01
step = "60min"
life_years = 25
seed = 1

[weather]
climate = "beijing"

[tariff]
import = "beijing-residential"
export = "beijing-feed-in"

[network]
source = "none"

[carbon]
factor = "mee-2022-beijing"

[[transformer]]
id = "T1"
rating_kva = 100
)";

constexpr std::string_view households_text =
    "id,name,owner,registered_by,mode,connected,transformer,phase,load_kwh,roof1_kwp,"
    "roof1_tilt_deg,roof1_azimuth_deg\n"
    "H1,张家,natural_person,natural_person,self_use_surplus,2024-04-20,T1,ABC,2400,5,20,180\n"
    "H2,王家,natural_person,natural_person,none,,T1,A,1500,,,\n"
    "H3,李家,company,company,full_export,2024-05-20,T1,ABC,2000,10,20,180\n";

constexpr std::string_view meters_text =
    "household,channel,meter,whole_digits,decimals,multiplier,from,to,most_w,note\n"
    "H1,imported,100,6,2,1,2025-11-01 00:00,,13200,\n"
    "H1,exported,100,6,2,1,2025-11-01 00:00,,13200,\n"
    "H1,generated,101,6,2,1,2025-11-01 00:00,,13200,\n"
    "H2,imported,102,6,2,1,2025-11-01 00:00,,13200,\n"
    "H3,imported,103,6,2,1,2025-11-01 00:00,,13200,\n"
    "H3,exported,104,6,2,1,2025-11-01 00:00,,13200,\n"
    "H3,generated,104,6,2,1,2025-11-01 00:00,,13200,\n";

constexpr std::string_view agreement_text = R"(first_month = "2026-01"
whole_kwh = "exact"
carbon_factor = "mee-2022-beijing"
certificates = "plant_owner"

[[party]]
id = "C1"
kind = "company"
name = { en = "company", zh = "光伏企业" }

[[roof_lease]]
id = "lease"
name = { en = "rent", zh = "租金" }
document = "contract 1"
first_month = "2026-01"
tenant = "C1"
households = ["H3"]
rent_yuan_per_kwp = 24
paid = "monthly"
due = "in_arrears"
)";

constexpr std::string_view registers_text =
    "meter,time,import_kwh,export_kwh,generation_kwh\n"
    "100,2026-01-01 00:00,1000.00,500.00,\n"
    "101,2026-01-01 00:00,,,900.00\n"
    "102,2026-01-01 00:00,2000.00,,\n"
    "103,2026-01-01 00:00,3000.00,,\n"
    "104,2026-01-01 00:00,,7000.00,7000.00\n"
    "100,2026-02-01 00:00,1120.50,580.25,\n"
    "101,2026-02-01 00:00,,,1100.00\n"
    "102,2026-02-01 00:00,2150.00,,\n"
    "103,2026-02-01 00:00,3200.00,,\n"
    "104,2026-02-01 00:00,,7300.00,7300.00\n";

constexpr std::string_view correction_text =
    "meter,time,import_kwh,export_kwh,generation_kwh\n"
    "102,2026-02-01 00:00,2160.00,,\n";

std::string intervals_text() {
  std::string text = "meter,time,import_kwh,export_kwh,generation_kwh\n";
  for (int hour = 0; hour < 48; ++hour) {
    const std::string of_day = std::to_string(hour % 24);
    text += "100,2026-01-0" + std::to_string(1 + hour / 24) + " " + (of_day.size() < 2 ? "0" : "") +
            of_day + ":00,0." + std::to_string(100 + hour) + ",0.010,\n";
  }
  return text;
}

Step import_step(const ForeignFile& file, const IntakeTerms& terms) {
  return [file, terms](store::Store& store) -> Result<void> {
    TRY(const Intake taken, take_file(store, file, terms));
    EXPECT_TRUE(taken.report.refused.empty() && taken.conflicts.empty()) << told(taken).en;
    return {};
  };
}

Step settle_step(Instant now) {
  return [now](store::Store& store) -> Result<void> {
    TRY(Office office, Office::open(store, small_village(), 1));
    TRY(const Run run, office.settle(month_of(2026, 1), now));
    EXPECT_TRUE(run.record.refused.empty());
    return {};
  };
}

}  // namespace

Files village_files(Folder folder) {
  Files files = xiaoyuan::test::files_of(folder);
  files.list = [folder, in_folder = files.list](const std::string& name) {
    if (!name.empty()) {
      return in_folder(name);
    }
    std::vector<std::string> names;
    for (const auto& [path, bytes] : folder) {
      if (path.find('/') == std::string::npos) {
        names.push_back(path);
      }
    }
    return names;
  };
  return files;
}

const Village& pilot() {
  static const Village read =
      got(read_village(village_files(xiaoyuan::test::shipped_folder("villages/xinggezhuang")),
                       xiaoyuan::test::shipped_share()));
  return read;
}

ForeignFile pilot_file(const std::string& name) {
  return {name, project_bytes("share/villages/xinggezhuang/readings/" + name)};
}

Folder small_folder() {
  return {{"village.toml", std::string(village_text)},
          {"households.csv", std::string(households_text)},
          {"meters.csv", std::string(meters_text)},
          {"settlement.toml", std::string(agreement_text)}};
}

const Village& small_village() {
  static const Village read =
      got(read_village(village_files(small_folder()), xiaoyuan::test::shipped_share()));
  return read;
}

ForeignFile small_registers() { return {"january.csv", std::string(registers_text)}; }
ForeignFile small_correction() { return {"corrected.csv", std::string(correction_text)}; }
ForeignFile small_intervals() { return {"hours.csv", intervals_text()}; }

IntakeTerms terms_by(const std::string& mapping, Instant recorded_at, readings::Resend resend) {
  const std::string name = "share/mappings/" + mapping + ".toml";
  IntakeTerms terms{.mapping = {},
                    .mapping_text = project_bytes(name),
                    .zone = got(Zone::find("Asia/Shanghai")),
                    .recorded_at = recorded_at,
                    .resend = resend,
                    .on_progress = {}};
  terms.mapping = got(readings::read_mapping(terms.mapping_text, name));
  return terms;
}

Instant day_at(int year, unsigned month, unsigned day) {
  return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} /
                               std::chrono::day{day}};
}

ledger::Period month_of(int year, int month) { return {year * 12 + month - 1}; }

std::vector<Step> small_story() {
  return {import_step(small_registers(), terms_by("registers", day_at(2026, 2, 2))),
          import_step(small_intervals(), terms_by("intervals_60", day_at(2026, 2, 2))),
          settle_step(day_at(2026, 2, 3)),
          import_step(small_correction(),
                      terms_by("registers", day_at(2026, 2, 9), readings::Resend::correct)),
          settle_step(day_at(2026, 2, 10))};
}

Content content_of(store::Store& store) {
  Content content;
  content.batches = got(store.batches());
  content.registers = got(store.registers({}));
  store::Asked all;
  all.versions = store::Versions::all;
  const auto done = store.days(all, [&](const store::StoredDay& day) {
    content.days.push_back(day);
    return true;
  });
  EXPECT_TRUE(done);
  content.entries = got(store.entries(0, got(store.book_size())));
  for (const std::string& name : got(store.documents(""))) {
    content.documents.push_back(got(store.document(name)).value());
  }
  return content;
}

std::map<std::string, std::int64_t> balances_of(const ledger::Book& book) {
  std::map<std::string, std::int64_t> balances;
  for (std::uint64_t entry = 0; entry < book.size(); ++entry) {
    const std::string code(book.key(entry));
    if (const auto account = book.account(code)) {
      const ledger::Balance& balance = book.balances().balance(*account);
      balances[code] = balance.credit();
    } else if (const auto pool = book.pool(code)) {
      const ledger::PoolAccounts& accounts = book.accounts_of(*pool);
      for (std::uint32_t i = 0; i < 10; ++i) {
        const ledger::Balance& balance = book.balances().balance({accounts.first + i});
        balances[code + "/" + std::to_string(i)] = balance.credit();
      }
    }
  }
  return balances;
}

}  // namespace xiaoyuan::office::test
