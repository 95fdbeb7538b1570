#include "office/intake.hpp"

#include <fmt/format.h>

#include <map>

#include "base/hash.hpp"
#include "plan/crew.hpp"
#include "readings/archive.hpp"

namespace xiaoyuan::office {

namespace {

constexpr std::size_t days_of_part = 5000;

/// What was read from a file, whatever its kind.
struct Content {
  std::vector<readings::RegisterReading> registers;
  std::vector<readings::Intervals> days;
};

Result<Content> read(const ForeignFile& file, const IntakeTerms& terms, Intake& intake) {
  if (!terms.mapping) {
    TRY(readings::ArchiveFile archive, readings::read_archive(file.bytes, file.name, terms.zone));
    intake.report = std::move(archive.report);
    return Content{std::move(archive.registers), std::move(archive.days)};
  }
  if (terms.mapping->kind == readings::TableKind::registers) {
    TRY(readings::RegisterFile sheet,
        readings::read_registers(file.bytes, file.name, *terms.mapping, terms.recorded_at));
    intake.report = std::move(sheet.report);
    intake.stated = sheet.statements.size();
    return Content{std::move(sheet.readings), {}};
  }
  TRY(readings::IntervalFile table,
      readings::read_intervals(file.bytes, file.name, *terms.mapping));
  intake.report = std::move(table.report);
  return Content{{}, std::move(table.days)};
}

using DayKey = std::tuple<std::string, readings::Channel, Instant>;

/// All versions of the days of a part, as they became known.
using KnownDays = std::map<DayKey, std::vector<readings::DayVersion>>;

Result<KnownDays> known_days(store::Store& store, std::span<const readings::Intervals> part,
                             Instant known_at) {
  KnownDays known;
  store::Asked asked{.meters = {},
                     .from = Instant::max(),
                     .to = Instant::min(),
                     .known_at = known_at,
                     .versions = store::Versions::all};
  for (const readings::Intervals& day : part) {
    if (asked.meters.empty() || asked.meters.back() != day.meter) {
      asked.meters.push_back(day.meter);
    }
    asked.from = std::min(asked.from, day.axis.start);
    asked.to = std::max(asked.to, day.axis.start);
  }
  Errors errors;
  auto done = store.days(asked, [&](const store::StoredDay& day) {
    auto opened = readings::opened({day.meter, day.packed, day.digest});
    if (gather(opened, errors)) {
      known[{day.meter, day.channel, day.start}].push_back(
          {std::move(*opened), day.source, day.recorded_at});
    }
    return true;
  });
  gather(done, errors);
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return known;
}

/// One file on its way into the store.
class Arrival {
 public:
  Arrival(store::Store& store, const ForeignFile& file, const IntakeTerms& terms, Intake& intake)
      : store_(store), file_(file), terms_(terms), intake_(intake) {}

  Result<void> take(Content content, const std::string& key) {
    const std::span<const readings::Intervals> days(content.days);
    const std::size_t parts = (days.size() + days_of_part - 1) / days_of_part;
    for (std::size_t part = 0; part < parts; ++part) {
      const std::size_t first = part * days_of_part;
      auto taken = take_part(days.subspan(first, std::min(days_of_part, days.size() - first)),
                             fmt::format("{}/{}", key, part + 1));
      if (!taken) {
        return taken;
      }
      if (terms_.on_progress && !terms_.on_progress(part + 1, parts + 1)) {
        return std::unexpected(plan::interrupted());
      }
    }
    return take_registers(std::move(content.registers), key);
  }

 private:
  Result<void> take_part(std::span<const readings::Intervals> part, const std::string& key) {
    TRY(const auto before, store_.batch(key));
    // A part that was taken before an interruption is not written again, but it is told of: beside
    // what was known before it.
    TRY(const auto known,
        known_days(store_, part,
                   before ? before->recorded_at - std::chrono::seconds{1} : Instant::max()));
    store::Batch batch{.key = key, .recorded_at = terms_.recorded_at};
    for (const readings::Intervals& day : part) {
      const auto place = known.find({day.meter, day.channel, day.axis.start});
      if (place == known.end()) {
        intake_.steps_taken += day.axis.size - readings::missing_count(day);
        put(batch, day);
      } else {
        put_beside(batch, place->second, day);
      }
    }
    return before ? Result<void>{} : write(batch);
  }

  void put(store::Batch& batch, const readings::Intervals& day) {
    readings::Sealed sealed = readings::seal(day);
    batch.days.push_back({.meter = day.meter,
                          .channel = day.channel,
                          .start = day.axis.start,
                          .recorded_at = terms_.recorded_at,
                          .source = file_.name,
                          .packed = std::move(sealed.bytes),
                          .digest = sealed.digest});
  }

  void put_beside(store::Batch& batch, std::span<const readings::DayVersion> versions,
                  const readings::Intervals& day) {
    const readings::Intervals& known = versions.back().intervals;
    if (known.axis != day.axis) {
      intake_.conflicts.push_back(
          {Fault::conflict,
           {fmt::format("meter {} has this day in steps of {} s, the file in steps of {} s",
                        day.meter, known.axis.step.count(), day.axis.step.count()),
            fmt::format("电表 {} 当日已有 {} 秒步长的曲线,文件步长为 {} 秒", day.meter,
                        known.axis.step.count(), day.axis.step.count())},
           {file_.name, 0, text_of(day.axis.start)}});
      return;
    }
    const readings::SortedDay sorted = readings::sort_out(versions, day, terms_.resend);
    intake_.steps_taken += sorted.taken;
    intake_.steps_corrected += sorted.corrected;
    intake_.steps_repeated += sorted.duplicates;
    for (const std::size_t step : sorted.conflicts) {
      intake_.conflicts.push_back(
          {Fault::conflict,
           {fmt::format("meter {}: {} kWh is known, the file says {} kWh; not taken "
                        "(only as a correction)",
                        day.meter, readings::kwh_text(known.at(step), 3),
                        readings::kwh_text(day.at(step), 3)),
            fmt::format("电表 {}:已有 {} kWh,文件为 {} kWh,未采用(按更正导入时才采用)", day.meter,
                        readings::kwh_text(known.at(step), 3),
                        readings::kwh_text(day.at(step), 3))},
           {file_.name, 0, text_of(day.axis.at(step))}});
    }
    if (sorted.is_new()) {
      put(batch, sorted.day);
    }
  }

  Result<void> take_registers(std::vector<readings::RegisterReading> sent, const std::string& key) {
    store::Batch batch{.key = key, .recorded_at = terms_.recorded_at};
    if (!sent.empty()) {
      TRY(auto versions, store_.registers({}));
      const readings::Registers known(std::move(versions));
      readings::SortedReadings sorted = readings::sort_out(known, std::move(sent), terms_.resend);
      intake_.registers_taken = sorted.taken.size();
      intake_.registers_repeated = sorted.duplicates.size();
      for (const readings::Conflict& conflict : sorted.conflicts) {
        complain(conflict);
      }
      batch.registers = std::move(sorted.taken);
    }
    const Text report = told(intake_);
    batch.documents.push_back({key + "/file", file_.bytes});
    if (terms_.mapping) {
      batch.documents.push_back({key + "/mapping", terms_.mapping_text});
    }
    batch.documents.push_back({key + "/report", report.en + "\n" + report.zh + "\n"});
    return write(batch);
  }

  void complain(const readings::Conflict& conflict) {
    const Text name = readings::name_of(conflict.sent.key);
    const std::string known = readings::kwh_text(conflict.known.value);
    const std::string sent = readings::kwh_text(conflict.sent.value);
    intake_.conflicts.push_back(
        {Fault::conflict,
         {fmt::format("{}: {} is known ({}), the file says {}; not taken (only as a "
                      "correction)",
                      name.en, known, conflict.known.source, sent),
          fmt::format("{}:已有示数 {}({}),文件为 {},未采用(按更正导入时才采用)", name.zh, known,
                      conflict.known.source, sent)},
         {file_.name, 0, ""}});
  }

  Result<void> write(const store::Batch& batch) {
    TRY(const store::Written written, store_.write(batch));
    static_cast<void>(written);
    return {};
  }

  store::Store& store_;
  const ForeignFile& file_;
  const IntakeTerms& terms_;
  Intake& intake_;
};

void tell(const Errors& errors, Text& text) {
  constexpr std::size_t most_told = 20;
  for (std::size_t i = 0; i < std::min(errors.size(), most_told); ++i) {
    text.en += "\n  " + message(errors[i], Language::english);
    text.zh += "\n  " + message(errors[i], Language::chinese);
  }
  if (errors.size() > most_told) {
    text.en += fmt::format("\n  and {} more", errors.size() - most_told);
    text.zh += fmt::format("\n  另有 {} 条", errors.size() - most_told);
  }
}

}  // namespace

bool is_archive(std::string_view bytes) { return bytes.starts_with("xiaoyuan.readings/"); }

Result<Intake> take_file(store::Store& store, const ForeignFile& file, const IntakeTerms& terms) {
  const std::string_view how = terms.resend == readings::Resend::correct ? "correct" : "refuse";
  const std::string key =
      "import/" + hex(sha256({how, "\n", terms.mapping_text, "\n", file.bytes}));
  Intake intake;
  intake.report.file = file.name;
  TRY(const auto before, store.batch(key));
  if (before) {
    intake.before = before->recorded_at;
    return intake;
  }
  TRY(Content content, read(file, terms, intake));
  if (auto taken = Arrival(store, file, terms, intake).take(std::move(content), key); !taken) {
    return std::unexpected(std::move(taken.error()));
  }
  return intake;
}

Text told(const Intake& intake) {
  const std::string& file = intake.report.file;
  if (intake.before) {
    return {fmt::format("{}: was imported at {}, nothing to do", file, text_of(*intake.before)),
            fmt::format("{}:已于 {} 导入,无需重复", file, text_of(*intake.before))};
  }
  Text text{
      fmt::format("{}: {} rows; {} registers and {} intervals taken, {} corrected, {} repeated, {} "
                  "refused, {} in conflict",
                  file, intake.report.rows, intake.registers_taken, intake.steps_taken,
                  intake.steps_corrected, intake.registers_repeated + intake.steps_repeated,
                  intake.report.refused.size(), intake.conflicts.size()),
      fmt::format("{}:{} 行;采用示数 {} 条、曲线 {} 点,更正 {},重复 {},拒绝 {},冲突 {}", file,
                  intake.report.rows, intake.registers_taken, intake.steps_taken,
                  intake.steps_corrected, intake.registers_repeated + intake.steps_repeated,
                  intake.report.refused.size(), intake.conflicts.size())};
  if (intake.stated > 0) {
    text.en +=
        fmt::format("; {} figures of the sheet itself kept to be held against ours", intake.stated);
    text.zh += fmt::format(";另存表内所列 {} 项,供核对", intake.stated);
  }
  tell(intake.report.refused, text);
  tell(intake.conflicts, text);
  if (!intake.report.ignored_columns.empty()) {
    text.en += "\n  columns not read: " + joined(intake.report.ignored_columns);
    text.zh += "\n  未读取的列:" + joined(intake.report.ignored_columns, "、");
  }
  return text;
}

}  // namespace xiaoyuan::office
