// Days of 23, 24 and 25 hours, clocks that ran wrong, and days that come in pieces.
#include "readings/intervals.hpp"

#include "made.hpp"

namespace xiaoyuan::readings {
namespace {

using std::chrono::year;

TEST(Intervals, DaysAreAsLongAsTheZoneSays) {
  const Zone berlin = *Zone::find("Europe/Berlin");
  const std::chrono::minutes quarter{15};
  EXPECT_EQ(day_axis(berlin, year{2026} / 3 / 29, quarter).size, 92U);
  EXPECT_EQ(day_axis(berlin, year{2026} / 3 / 30, quarter).size, 96U);
  EXPECT_EQ(day_axis(berlin, year{2026} / 10 / 25, quarter).size, 100U);
  EXPECT_EQ(month_axis(berlin, year{2026} / 10, quarter).size, 31U * 96U + 4U);
  EXPECT_EQ(day_axis(*Zone::find("Asia/Shanghai"), year{2026} / 10 / 25, quarter).size, 96U);
  EXPECT_EQ(month_axis(beijing(), year{2026} / 12, quarter).end(), local(2027, 1, 1));
}

TEST(Intervals, AClockThatRanAheadIsMovedBack) {
  const TimeAxis axis{local(2026, 10, 1), std::chrono::minutes{15}, 8};
  const Intervals raw = wh(axis, {1, 2, 3, 4, 5, 6, -1, 8});
  // From 00:30 on the clock showed 15 minutes more; it was set right at 01:30.
  const ClockShift shift{
      .meter = "m1", .from = axis.at(2), .to = axis.at(6), .ahead = std::chrono::minutes{15}};
  const Unshifted done = unshifted(raw, std::vector{shift});
  // Shown 00:45–01:15 are true 00:30–01:00, shown 01:30 (missing) is true 01:15.
  EXPECT_EQ(done.moved, 3U);
  EXPECT_EQ(done.doubted, 0U);
  EXPECT_EQ(done.note.outcome, Outcome::acted);
  EXPECT_EQ(done.intervals.counts[2], 3 + 4);  // 00:30 was shown before the shift and after
  EXPECT_EQ(done.intervals.quality[2], Quality::edited);
  EXPECT_EQ(done.intervals.counts[4], 6);
  EXPECT_EQ(total(done.intervals), total(raw));
  EXPECT_EQ(unshifted(raw, {}).intervals, raw);
  EXPECT_EQ(unshifted(raw, {}).note.outcome, Outcome::skipped);
}

TEST(Intervals, AShiftOfPartOfAStepIsNotGuessed) {
  const TimeAxis axis{local(2026, 10, 1), std::chrono::minutes{15}, 4};
  const Intervals raw = wh(axis, {1, 2, 3, 4});
  const ClockShift shift{
      .meter = "m1", .from = axis.at(0), .to = axis.end(), .ahead = std::chrono::minutes{4}};
  const Unshifted done = unshifted(raw, std::vector{shift});
  EXPECT_EQ(done.intervals, raw);
  EXPECT_EQ(done.doubted, 3U);  // what it showed at 00:00 was before the shift began
  EXPECT_EQ(done.note.outcome, Outcome::failed);
  ClockShift other = shift;
  other.meter = "m2";
  EXPECT_EQ(unshifted(raw, std::vector{other}).note.outcome, Outcome::passed);
}

TEST(Intervals, ADayThatComesInPiecesIsPutTogether) {
  const TimeAxis axis{local(2026, 10, 1), std::chrono::hours{6}, 4};
  const Intervals known = wh(axis, {1, 2, -1, -1});
  const SortedDay more = sort_out(known, wh(axis, {-1, 2, 3, -1}), Resend::refuse);
  EXPECT_EQ(more.day, wh(axis, {1, 2, 3, -1}));
  EXPECT_EQ(more.taken, 1U);
  EXPECT_EQ(more.duplicates, 1U);
  EXPECT_TRUE(more.is_new());
  const SortedDay refused = sort_out(more.day, wh(axis, {9, 2, -1, 4}), Resend::refuse);
  EXPECT_EQ(refused.day, wh(axis, {1, 2, 3, 4}));
  EXPECT_EQ(refused.conflicts, (std::vector<std::size_t>{0}));
  const SortedDay corrected = sort_out(more.day, wh(axis, {9, 2, -1, -1}), Resend::correct);
  EXPECT_EQ(corrected.day, wh(axis, {9, 2, 3, -1}));
  EXPECT_EQ(corrected.corrected, 1U);
  EXPECT_FALSE(sort_out(more.day, more.day, Resend::refuse).is_new());
}

TEST(Intervals, ADayThatWasCorrectedIsNotUndoneByItsOldFile) {
  const TimeAxis axis{local(2026, 10, 1), std::chrono::hours{6}, 4};
  const Intervals first = wh(axis, {1, 2, 3, 4});
  std::vector<DayVersion> versions;
  EXPECT_EQ(sort_out(versions, first, Resend::refuse).taken, 4U);
  versions.push_back({first, "october.csv", local(2026, 11, 1)});
  const SortedDay corrected = sort_out(versions, wh(axis, {1, 9, 3, -1}), Resend::correct);
  EXPECT_EQ(corrected.day, wh(axis, {1, 9, 3, 4}));
  EXPECT_EQ(corrected.corrected, 1U);
  versions.push_back({corrected.day, "corrections.csv", local(2026, 11, 5)});
  const SortedDay again = sort_out(versions, first, Resend::refuse);
  EXPECT_FALSE(again.is_new());
  EXPECT_EQ(again.day, corrected.day);
  EXPECT_EQ(again.duplicates, 4U);
  EXPECT_TRUE(again.conflicts.empty());
  EXPECT_EQ(sort_out(versions, wh(axis, {-1, 5, -1, -1}), Resend::refuse).conflicts,
            std::vector<std::size_t>{1});
  EXPECT_EQ(sort_out(versions, first, Resend::correct).day, first);
}

TEST(Intervals, PiecesOfAMonthAreLaidSideBySide) {
  const TimeAxis axis{local(2026, 10, 1), std::chrono::hours{6}, 8};
  Intervals fine = wh({local(2026, 10, 2), std::chrono::hours{6}, 4}, {5, 6, -1, 8});
  fine = in_unit(fine, {500});
  const std::vector pieces{wh({local(2026, 10, 1), std::chrono::hours{6}, 4}, {1, 2, 3, 4}), fine};
  const Intervals whole = laid_over(axis, pieces);
  EXPECT_EQ(whole, in_unit(wh(axis, {1, 2, 3, 4, 5, 6, -1, 8}), {500}));
  EXPECT_EQ(total(whole).mwh, 29'000);
}

}  // namespace
}  // namespace xiaoyuan::readings
