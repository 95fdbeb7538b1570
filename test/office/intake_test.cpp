// Files of readings on their way into a store: once, whole, and with a word about each row that was
// not taken.
#include "store/memory.hpp"
#include "support/cases.hpp"
#include "support/office_village.hpp"

namespace xiaoyuan::office::test {
namespace {

const Instant recorded_at = day_at(2026, 11, 2);
const Instant later = day_at(2026, 11, 20);

IntakeTerms archive_terms() {
  IntakeTerms terms = terms_by("registers", recorded_at);
  terms.mapping.reset();
  terms.mapping_text.clear();
  return terms;
}

TEST(Intake, OfTheSameFileTwiceDoesNothing) {
  const auto store = store::open_memory();
  const Intake once =
      got(take_file(*store, pilot_file("registers.csv"), terms_by("registers", recorded_at)));
  EXPECT_EQ(told(once).en,
            "registers.csv: 1497 rows; 2057 registers and 0 intervals taken, 0 corrected, 0 "
            "repeated, 0 refused, 0 in conflict");
  EXPECT_EQ(told(once).zh,
            "registers.csv:1497 行;采用示数 2057 条、曲线 0 点,更正 0,重复 0,拒绝 0,冲突 0");
  const Content before = content_of(*store);
  ASSERT_EQ(before.registers.size(), 2057U);
  const Intake again =
      got(take_file(*store, pilot_file("registers.csv"), terms_by("registers", later)));
  EXPECT_EQ(again.before, recorded_at);
  EXPECT_EQ(told(again).en, "registers.csv: was imported at 2026-11-02T00:00:00Z, nothing to do");
  EXPECT_EQ(told(again).zh, "registers.csv:已于 2026-11-02T00:00:00Z 导入,无需重复");
  EXPECT_EQ(content_of(*store), before);
}

TEST(Intake, KeepsTheFileItsMappingAndTheReport) {
  const auto store = store::open_memory();
  const IntakeTerms terms = terms_by("registers", recorded_at);
  const Intake taken = got(take_file(*store, small_registers(), terms));
  const Content content = content_of(*store);
  ASSERT_EQ(content.batches.size(), 1U);
  const std::string& key = content.batches.front().key;
  const auto bytes = [&](const char* what) {
    return got(store->document(key + what)).value_or(store::Document{}).bytes;
  };
  EXPECT_EQ(bytes("/file"), small_registers().bytes);
  EXPECT_EQ(bytes("/mapping"), terms.mapping_text);
  EXPECT_EQ(bytes("/report"), told(taken).en + "\n" + told(taken).zh + "\n");
}

TEST(Intake, UnderAnotherMappingOrNameTakesNoReadingTwice) {
  const auto store = store::open_memory();
  IntakeTerms terms = terms_by("registers", recorded_at);
  got(take_file(*store, small_registers(), terms));
  const Content before = content_of(*store);
  terms.mapping_text += "\n# the same, said once more\n";
  terms.recorded_at = later;
  const Intake other = got(take_file(*store, small_registers(), terms));
  EXPECT_FALSE(other.before);
  EXPECT_EQ(other.registers_taken, 0U);
  EXPECT_EQ(other.registers_repeated, before.registers.size());
  EXPECT_EQ(content_of(*store).registers, before.registers);
  EXPECT_EQ(got(store->batches()).size(), 2U);
  // One file's name is no part of what it says.
  EXPECT_TRUE(got(take_file(*store, {"copy.csv", small_registers().bytes}, terms)).before);
}

TEST(Intake, RefusesARegisterThatContradictsUnlessItIsACorrection) {
  const auto store = store::open_memory();
  got(take_file(*store, small_registers(), terms_by("registers", recorded_at)));
  const Content before = content_of(*store);
  const Intake refused = got(take_file(*store, small_correction(), terms_by("registers", later)));
  ASSERT_EQ(refused.conflicts.size(), 1U);
  EXPECT_EQ(refused.conflicts.front().fault, Fault::conflict);
  EXPECT_EQ(told(refused).en,
            "corrected.csv: 1 rows; 0 registers and 0 intervals taken, 0 corrected, 0 repeated, 0 "
            "refused, 1 in conflict\n"
            "  corrected.csv: meter 102: import, total, 2026-01-31T16:00:00Z: 2150.00 is known "
            "(january.csv), the file says 2160.00; not taken (only as a correction)");
  EXPECT_NE(told(refused).zh.find("已有示数 2150.00(january.csv),文件为 2160.00,未采用"
                                  "(按更正导入时才采用)"),
            std::string::npos)
      << told(refused).zh;
  EXPECT_EQ(content_of(*store).registers, before.registers);

  const Intake corrected = got(take_file(*store, small_correction(),
                                         terms_by("registers", later, readings::Resend::correct)));
  EXPECT_EQ(corrected.registers_taken, 1U);
  EXPECT_EQ(content_of(*store).registers.size(), before.registers.size() + 1);
  // What the correction has replaced is no news, whoever sends it again.
  const Intake old = got(take_file(*store, {"again.csv", small_registers().bytes + "\n"},
                                   terms_by("registers", later)));
  EXPECT_EQ(old.registers_repeated, before.registers.size());
  EXPECT_TRUE(old.conflicts.empty());
}

TEST(Intake, RefusesAnHourThatContradictsUnlessItIsACorrection) {
  const auto store = store::open_memory();
  const auto take = [&](const std::string& name, const std::string& rows,
                        readings::Resend resend = readings::Resend::refuse) {
    return got(
        take_file(*store, {name, "meter,time,import_kwh,export_kwh,generation_kwh\n" + rows},
                  terms_by("intervals_60", name == "first.csv" ? recorded_at : later, resend)));
  };
  const std::string first = "990000000114,2026-06-10 17:00,0.300,,\n990000000114,2026-06-10 18:00,";
  EXPECT_EQ(take("first.csv", first + "0.412,,\n").steps_taken, 2U);
  const ForeignFile contradicting = pilot_file("contradicting.csv");
  const Intake refused = got(take_file(*store, contradicting, terms_by("intervals_60", later)));
  EXPECT_EQ(told(refused).en,
            "contradicting.csv: 1 rows; 0 registers and 0 intervals taken, 0 corrected, 0 "
            "repeated, 0 refused, 1 in conflict\n"
            "  contradicting.csv: 2026-06-10T10:00:00Z: meter 990000000114: 0.412 kWh is known, "
            "the file says 1.412 kWh; not taken (only as a correction)");
  EXPECT_EQ(told(refused).zh,
            "contradicting.csv:1 行;采用示数 0 条、曲线 0 点,更正 0,重复 0,拒绝 0,冲突 1\n"
            "  contradicting.csv: 2026-06-10T10:00:00Z: 电表 990000000114:已有 0.412 "
            "kWh,文件为 1.412 kWh,未采用(按更正导入时才采用)");
  EXPECT_EQ(content_of(*store).days.size(), 1U);

  const Intake corrected = got(
      take_file(*store, contradicting, terms_by("intervals_60", later, readings::Resend::correct)));
  EXPECT_EQ(corrected.steps_corrected, 1U);
  EXPECT_EQ(content_of(*store).days.size(), 2U) << "the old version of the day stays";
  const Intake old = take("again.csv", first + "0.412,,\n\n");
  EXPECT_EQ(old.steps_repeated, 2U);
  EXPECT_TRUE(old.conflicts.empty()) << told(old).en;
  EXPECT_EQ(content_of(*store).days.size(), 2U);
}

TEST(Intake, RefusesADayInOtherSteps) {
  const auto store = store::open_memory();
  got(take_file(*store, small_intervals(), terms_by("intervals_60", recorded_at)));
  const std::string half_hour =
      "meter,time,import_kwh,export_kwh,generation_kwh\n100,2026-01-01 00:30,0.050,,\n";
  IntakeTerms terms = terms_by("intervals_60", later);
  const std::size_t at = terms.mapping_text.find("step_minutes = 60");
  ASSERT_NE(at, std::string::npos);
  terms.mapping_text.replace(at, 17, "step_minutes = 30");
  terms.mapping = got(readings::read_mapping(terms.mapping_text, "half_hours.toml"));
  const Intake refused = got(take_file(*store, {"half.csv", half_hour}, terms));
  ASSERT_EQ(refused.conflicts.size(), 1U);
  EXPECT_EQ(message(refused.conflicts.front(), Language::english),
            "half.csv: 2025-12-31T16:00:00Z: meter 100 has this day in steps of 3600 s, the file "
            "in steps of 1800 s");
  EXPECT_EQ(message(refused.conflicts.front(), Language::chinese),
            "half.csv: 2025-12-31T16:00:00Z: 电表 100 当日已有 3600 秒步长的曲线,文件步长为 "
            "1800 秒");
}

TEST(Intake, NamesTheRowThatIsWrongAndTakesTheOthers) {
  const auto store = store::open_memory();
  const ForeignFile file{"rows.csv",
                         "meter,time,import_kwh,export_kwh,generation_kwh,note\n"
                         "100,2026-01-01 00:00,1000.00,,,\n"
                         "100,2026-13-01 00:00,1001.00,,,\n"
                         "100,2026-02-01 00:00,1e3,,,\n"};
  const Intake taken = got(take_file(*store, file, terms_by("registers", recorded_at)));
  EXPECT_EQ(taken.registers_taken, 1U);
  ASSERT_EQ(taken.report.refused.size(), 2U);
  EXPECT_EQ(taken.report.refused[0].where.line, 3);
  EXPECT_EQ(taken.report.refused[1].where.line, 4);
  EXPECT_NE(told(taken).en.find("\n  rows.csv:3: time:"), std::string::npos) << told(taken).en;
  EXPECT_NE(told(taken).en.find("\n  columns not read: note"), std::string::npos);
  EXPECT_NE(told(taken).zh.find("\n  未读取的列:note"), std::string::npos);
}

TEST(Intake, ThatWasStoppedGoesOnAndHoldsTheSameAsInOneGo) {
  const ForeignFile archive = pilot_file("intervals.xyr");
  const auto whole = store::open_memory();
  std::size_t parts = 0;
  IntakeTerms terms = archive_terms();
  terms.on_progress = [&](std::size_t /*done*/, std::size_t all) {
    parts = all;
    return true;
  };
  const Intake once = got(take_file(*whole, archive, terms));
  ASSERT_GT(parts, 3U);

  const auto halting = store::open_memory();
  std::size_t left = 1;
  terms.on_progress = [&](std::size_t /*done*/, std::size_t /*all*/) { return left-- > 1; };
  const auto stopped = take_file(*halting, archive, terms);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().front().fault, Fault::interrupted);
  EXPECT_EQ(got(halting->batches()).size(), 1U) << "the first part stays";
  terms.on_progress = {};
  const Intake rest = got(take_file(*halting, archive, terms));
  EXPECT_EQ(told(rest), told(once)) << "the report is of the whole file";
  const Content expected = content_of(*whole);
  const Content found = content_of(*halting);
  EXPECT_TRUE(found.days == expected.days);
  EXPECT_TRUE(found.documents == expected.documents);
  EXPECT_EQ(found.batches, expected.batches) << "nothing is there twice";
  EXPECT_TRUE(got(take_file(*halting, archive, terms)).before);
}

}  // namespace
}  // namespace xiaoyuan::office::test
