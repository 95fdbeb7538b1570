#include "readings/estimation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/check.hpp"
#include "readings/shares.hpp"
#include "readings/similar.hpp"

namespace xiaoyuan::readings {

namespace {

/// The written rule's window of generation, in minutes of the local day, and its longest line.
constexpr int window_from_minute = 6 * 60;
constexpr int window_to_minute = 18 * 60;
constexpr std::size_t longest_line = 2;

/// A step between two anchors, or before the first or after the last (then `target` is nothing).
struct Stretch {
  std::size_t from = 0;
  std::size_t to = 0;
  std::optional<MeteredEnergy> target;
};

/// One run over one series. `shape` holds what a rule says of a missing step, in mWh.
struct Estimator {
  const EstimationInputs& inputs;
  Intervals series;
  std::vector<std::optional<std::int64_t>> before;  ///< raw energy by step, mWh
  std::vector<std::optional<std::int64_t>> shape;
  std::vector<std::optional<Rule>> taken_out_by;
  std::vector<std::optional<Rule>> made_by;
  std::int64_t raw_unit_mwh = 0;
  std::vector<int> minutes;  ///< of the local day, by step
  std::vector<RuleNote> notes;
  bool contradicts = false;

  Estimator(const Intervals& raw, const EstimationInputs& given);

  void note(Rule rule, Outcome outcome, Text why) {
    notes.push_back({rule, outcome, std::move(why)});
  }
  void note_count(Rule rule, std::size_t count, const Text& what, const Text& none);
  bool in_window(std::size_t i) const {
    return minutes[i] >= window_from_minute && minutes[i] < window_to_minute;
  }
  bool lacks(std::size_t i) const { return series.is_missing(i) && !shape[i]; }
  void take_out(std::size_t i, Rule rule);
  void take_out_negatives();
  void take_out_spikes();
  /// The most that a step may hold: what could have flowed, and the unit's rounding.
  std::optional<MeteredEnergy> possible_in_step() const;
  std::vector<Stretch> stretches();
  void shape_window(const std::vector<Stretch>& all);
  void shape_lines();
  void shape_by_efficiency();
  void shape_by_similar_days();
  std::optional<std::int64_t> similar_mean(std::size_t i) const;
  std::optional<std::int64_t> from_similar(std::size_t i) const;
  void settle(const std::vector<Stretch>& all);
  std::size_t settle_one(const Stretch& stretch);
  void put(std::size_t i, std::int64_t energy_mwh);
  void check_sums(const std::vector<Stretch>& all);
  std::int64_t tolerance_mwh(const Stretch& stretch) const;
  Estimation result() &&;
};

Estimator::Estimator(const Intervals& raw, const EstimationInputs& given)
    : inputs(given),
      series(raw),
      before(raw.axis.size),
      shape(raw.axis.size),
      taken_out_by(raw.axis.size),
      made_by(raw.axis.size),
      raw_unit_mwh(raw.unit.mwh) {
  for (const Civil& civil : given.zone.civil(raw.axis)) {
    minutes.push_back(civil.minute);
  }
  for (std::size_t i = 0; i < raw.axis.size; ++i) {
    if (!raw.is_missing(i)) {
      before[i] = raw.at(i).mwh;
    }
  }
  // Anchors and regional efficiencies are finer than an interval may be: estimates have to hit
  // them.
  std::int64_t unit = std::gcd(raw.unit.mwh, std::int64_t{1000});
  for (const Anchor& anchor : given.anchors) {
    unit = std::gcd(unit, anchor.energy.mwh);
  }
  series = in_unit(std::move(series), {unit});
}

void Estimator::note_count(Rule rule, std::size_t count, const Text& what, const Text& none) {
  if (count == 0) {
    note(rule, Outcome::passed, none);
  } else {
    note(rule, Outcome::acted,
         {fmt::format("{} steps {}", count, what.en), fmt::format("{} 个点{}", count, what.zh)});
  }
}

void Estimator::take_out(std::size_t i, Rule rule) {
  series.counts[i] = 0;
  series.quality[i] = Quality::missing;
  taken_out_by[i] = rule;
}

void Estimator::take_out_negatives() {
  std::size_t count = 0;
  for (std::size_t i = 0; i < series.axis.size; ++i) {
    if (series.counts[i] < 0) {
      take_out(i, Rule::negative_interval);
      ++count;
    }
  }
  note_count(Rule::negative_interval, count, {"were negative and taken out", "为负值,已剔除"},
             {"no step is negative", "无负值点"});
}

std::optional<MeteredEnergy> Estimator::possible_in_step() const {
  const auto most = inputs.most_w ? energy_of(*inputs.most_w, series.axis.step) : std::nullopt;
  return most ? std::optional(*most + MeteredEnergy{raw_unit_mwh}) : std::nullopt;
}

void Estimator::take_out_spikes() {
  const auto most = possible_in_step();
  if (!most) {
    note(Rule::spike, Outcome::skipped, {"the point's most power is not known", "计量点容量未知"});
    return;
  }
  std::size_t count = 0;
  for (std::size_t i = 0; i < series.axis.size; ++i) {
    if (series.at(i) > *most) {
      take_out(i, Rule::spike);
      ++count;
    }
  }
  note_count(Rule::spike, count,
             {"were more than could have flowed and taken out", "超过容量上限,已剔除"},
             {"no step is more than could have flowed", "无超过容量上限的点"});
}

/// The axis cut at its anchors. An anchor off the axis's steps cannot be used, and is named.
std::vector<Stretch> Estimator::stretches() {
  std::vector<Stretch> all;
  std::size_t begun = 0;
  const Anchor* last = nullptr;
  for (const Anchor& anchor : inputs.anchors) {
    const auto offset = anchor.at - series.axis.start;
    if (offset.count() < 0 || anchor.at > series.axis.end() ||
        offset % series.axis.step != std::chrono::seconds{0}) {
      note(Rule::anchor, Outcome::skipped,
           {fmt::format("the reading of {} stands at no step of the axis", text_of(anchor.at)),
            fmt::format("{} 的示数不在曲线时标上", text_of(anchor.at))});
      continue;
    }
    const auto here = static_cast<std::size_t>(offset / series.axis.step);
    const auto target = last ? std::optional(anchor.energy - last->energy) : std::nullopt;
    if (here > begun) {
      all.push_back({begun, here, target});
    }
    begun = here;
    last = &anchor;
  }
  if (begun < series.axis.size) {
    all.push_back({begun, series.axis.size, std::nullopt});
  }
  return all;
}

/// Outside 06–18 generation is spread evenly from the freeze where nothing inside is missing too;
/// else what is missing lies inside, and outside there is none.
void Estimator::shape_window(const std::vector<Stretch>& all) {
  if (series.channel != Channel::generated) {
    note(Rule::generation_window, Outcome::skipped, {"not generation", "非发电量"});
    return;
  }
  std::size_t count = 0;
  for (const Stretch& stretch : all) {
    bool inside = false;
    for (std::size_t i = stretch.from; i < stretch.to; ++i) {
      inside = inside || (lacks(i) && in_window(i));
    }
    for (std::size_t i = stretch.from; i < stretch.to; ++i) {
      if (lacks(i) && !in_window(i)) {
        shape[i] = inside || !stretch.target ? 0 : 1;
        made_by[i] = Rule::generation_window;
        ++count;
      }
    }
  }
  note_count(Rule::generation_window, count, {"outside 06:00 to 18:00", "位于 06:00 至 18:00 之外"},
             {"nothing is missing outside 06:00 to 18:00", "06:00 至 18:00 之外无缺失"});
}

void Estimator::shape_lines() {
  std::size_t count = 0;
  for (std::size_t i = 0; i < series.axis.size; ++i) {
    std::size_t end = i;
    while (end < series.axis.size && lacks(end)) {
      ++end;
    }
    const bool has_ends =
        i > 0 && end < series.axis.size && !series.is_missing(i - 1) && !series.is_missing(end);
    if (end > i && end - i <= longest_line && has_ends) {
      const auto steps = static_cast<std::int64_t>(end - i + 1);
      for (std::size_t k = i; k < end; ++k) {
        const auto part = static_cast<std::int64_t>(k - i + 1);
        const std::int64_t sum = series.at(i - 1).mwh * (steps - part) + series.at(end).mwh * part;
        shape[k] = (2 * sum + steps) / (2 * steps);
        made_by[k] = Rule::linear;
      }
      count += end - i;
    }
    i = std::max(i, end);
  }
  note_count(Rule::linear, count, {"lie on a line between their neighbours", "按相邻点线性插值"},
             {"no hole of one or two steps between two readings", "无连续不超过 2 点的缺失"});
}

void Estimator::shape_by_efficiency() {
  if (series.channel != Channel::generated || !inputs.efficiency) {
    note(Rule::regional_efficiency, Outcome::skipped,
         series.channel != Channel::generated
             ? Text{"not generation", "非发电量"}
             : Text{"no generation efficiency of the region was given", "未给出同地区发电效率"});
    return;
  }
  const RegionalEfficiency& region = *inputs.efficiency;
  expects(region.mwh_per_kwp.size() == series.axis.size && region.capacity_wp >= 0);
  std::size_t count = 0;
  for (std::size_t i = 0; i < series.axis.size; ++i) {
    if (lacks(i)) {
      shape[i] = std::max<std::int64_t>(0, region.mwh_per_kwp[i]) * region.capacity_wp / 1000;
      made_by[i] = Rule::regional_efficiency;
      ++count;
    }
  }
  note_count(Rule::regional_efficiency, count, {"follow the region", "按同地区发电效率推算"},
             {"no longer hole", "无较长缺失"});
}

std::optional<std::int64_t> Estimator::similar_mean(std::size_t i) const {
  std::int64_t sum = 0;
  for (std::size_t day = 0; day < similar_day_count; ++day) {
    if (day >= inputs.similar.size() || !inputs.similar[day][i]) {
      return std::nullopt;  // the rule says four, and three are not four
    }
    sum += inputs.similar[day][i]->mwh;
  }
  constexpr auto days = static_cast<std::int64_t>(similar_day_count);
  return sum >= 0 ? (2 * sum + days) / (2 * days) : sum / days;
}

std::optional<std::int64_t> Estimator::from_similar(std::size_t i) const {
  const auto mean = similar_mean(i);
  if (!mean || series.channel == Channel::imported) {
    return mean ? std::optional(std::max<std::int64_t>(0, *mean)) : std::nullopt;
  }
  if (!inputs.generated || !inputs.imported || inputs.generated->is_missing(i) ||
      inputs.imported->is_missing(i)) {
    return std::nullopt;
  }
  const std::int64_t surplus = inputs.generated->at(i).mwh + inputs.imported->at(i).mwh - *mean;
  return std::max<std::int64_t>(0, surplus);
}

void Estimator::shape_by_similar_days() {
  if (series.channel == Channel::generated) {
    note(Rule::similar_days, Outcome::skipped, {"generation follows the region", "发电量不适用"});
    return;
  }
  expects(!inputs.generated || inputs.generated->axis == series.axis);
  expects(!inputs.imported || inputs.imported->axis == series.axis);
  for (const auto& day : inputs.similar) {
    expects(day.size() == series.axis.size);
  }
  std::size_t count = 0;
  std::size_t without = 0;
  for (std::size_t i = 0; i < series.axis.size; ++i) {
    if (lacks(i)) {
      shape[i] = from_similar(i);
      if (shape[i]) {
        made_by[i] = Rule::similar_days;
      }
      ++(shape[i] ? count : without);
    }
  }
  if (without > 0) {
    note(Rule::similar_days, count > 0 ? Outcome::acted : Outcome::skipped,
         {fmt::format("{} steps from the mean of four similar days; for {} there are not four, or "
                      "generation and import are missing too",
                      count, without),
          fmt::format("{} 个点取四个相似日均值;另有 {} 个点相似日不足四天,或发电、用网数据同时缺失",
                      count, without)});
  } else {
    note_count(Rule::similar_days, count,
               {"from the mean of four similar days", "取四个相似日均值"},
               {"no longer hole", "无较长缺失"});
  }
}

void Estimator::put(std::size_t i, std::int64_t energy_mwh) {
  series.counts[i] = (energy_mwh + series.unit.mwh / 2) / series.unit.mwh;
  // What was taken out and replaced is an edit; what was never there is an estimate.
  series.quality[i] = before[i] ? Quality::edited : Quality::estimated;
}

/// Estimates of one stretch. Returns how many steps were anchored.
std::size_t Estimator::settle_one(const Stretch& stretch) {
  std::vector<std::size_t> holes;
  std::vector<std::int64_t> weights;
  bool complete = true;
  for (std::size_t i = stretch.from; i < stretch.to; ++i) {
    if (series.is_missing(i)) {
      complete = complete && shape[i].has_value();
      holes.push_back(i);
      weights.push_back(shape[i].value_or(0));
    }
  }
  const std::int64_t known = sum_of(series, stretch.from, stretch.to).mwh;
  const std::int64_t left = stretch.target ? stretch.target->mwh - known : 0;
  const bool anchored = stretch.target && complete && left >= -tolerance_mwh(stretch);
  if (holes.empty()) {
    return 0;
  }
  if (!anchored) {
    // Where some holes have no rule the others stand as they are, if the registers leave as much.
    const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    const bool has_room = !stretch.target || sum <= left;
    for (const std::size_t hole : holes) {
      if (shape[hole] && has_room) {
        const auto most = possible_in_step();
        put(hole, most ? std::min(*shape[hole], most->mwh) : *shape[hole]);
      }
    }
    return 0;
  }
  const auto most = possible_in_step();
  const std::int64_t most_count =
      (most ? most->mwh : std::numeric_limits<std::int64_t>::max()) / series.unit.mwh;
  const auto parts =
      shares_up_to(most_count, std::max<std::int64_t>(0, left) / series.unit.mwh, weights);
  if (!parts) {
    contradicts = true;
    note(Rule::sum_check, Outcome::failed,
         {fmt::format(
              "from {} the registers leave {} kWh for {} missing steps, more than could have "
              "flowed",
              text_of(series.axis.at(stretch.from)), kwh_text({left}, 3), holes.size()),
          fmt::format("自 {} 起,表码差尚余 {} kWh,{} 个缺失点按容量无法容纳",
                      text_of(series.axis.at(stretch.from)), kwh_text({left}, 3), holes.size())});
    return 0;
  }
  for (std::size_t k = 0; k < holes.size(); ++k) {
    put(holes[k], (*parts)[k] * series.unit.mwh);
  }
  return holes.size();
}

void Estimator::settle(const std::vector<Stretch>& all) {
  std::size_t anchored = 0;
  std::size_t free = 0;
  for (const Stretch& stretch : all) {
    const std::size_t missing_before = missing_count(series);
    const std::size_t here = settle_one(stretch);
    anchored += here;
    free += missing_before - missing_count(series) - here;
  }
  if (anchored + free == 0) {
    note(Rule::anchor, Outcome::skipped, {"nothing was estimated", "无估算点"});
    return;
  }
  note(Rule::anchor, anchored > 0 ? Outcome::acted : Outcome::skipped,
       {fmt::format("{} estimates sum to the registers; {} stand between no two readings", anchored,
                    free),
        fmt::format("{} 个估算点之和与表码差相等;{} 个点前后没有两次示数", anchored, free)});
}

/// What registers leave out at both ends, and intervals by their last digit.
std::int64_t Estimator::tolerance_mwh(const Stretch& stretch) const {
  return inputs.register_step.mwh +
         static_cast<std::int64_t>(stretch.to - stretch.from) * raw_unit_mwh / 2;
}

void Estimator::check_sums(const std::vector<Stretch>& all) {
  std::size_t looked = 0;
  for (const Stretch& stretch : all) {
    bool complete = true;
    for (std::size_t i = stretch.from; i < stretch.to; ++i) {
      complete = complete && !series.is_missing(i);
    }
    if (!stretch.target) {
      continue;
    }
    ++looked;
    const std::int64_t apart = sum_of(series, stretch.from, stretch.to).mwh - stretch.target->mwh;
    const std::int64_t tolerance = tolerance_mwh(stretch);
    if (apart > tolerance || (complete && -apart > tolerance)) {
      contradicts = true;
      const std::string from = text_of(series.axis.at(stretch.from));
      const std::string sum = kwh_text({apart + stretch.target->mwh}, 3);
      const std::string by = kwh_text(*stretch.target, 3);
      note(Rule::sum_check, Outcome::failed,
           {fmt::format("from {} the intervals sum to {} kWh, the registers say {} kWh", from, sum,
                        by),
            fmt::format("自 {} 起曲线合计 {} kWh,表码差为 {} kWh", from, sum, by)});
    } else if (!complete) {
      note(Rule::sum_check, Outcome::skipped,
           {fmt::format("from {} steps are missing", text_of(series.axis.at(stretch.from))),
            fmt::format("自 {} 起仍有缺失点", text_of(series.axis.at(stretch.from)))});
    }
  }
  if (looked == 0) {
    note(Rule::sum_check, Outcome::skipped,
         {"no two readings to hold it against", "没有可比对的两次示数"});
  } else if (!contradicts) {
    note(Rule::sum_check, Outcome::passed,
         {fmt::format("{} stretches between readings looked at", looked),
          fmt::format("已比对 {} 段示数区间", looked)});
  }
}

Estimation Estimator::result() && {
  Estimation done;
  done.version = std::move(series);
  done.rules = std::move(notes);
  const Intervals& now = done.version;
  for (std::size_t i = 0; i < now.axis.size; ++i) {
    done.grade = worse(done.grade, grade_of(now.quality[i]));
    const auto after = now.is_missing(i) ? std::nullopt : std::optional(now.at(i));
    const auto was = before[i] ? std::optional(MeteredEnergy{*before[i]}) : std::nullopt;
    if (was != after) {
      done.edits.push_back(
          {now.axis.at(i), was, after, taken_out_by[i], after ? made_by[i] : std::nullopt});
    }
  }
  if (contradicts) {
    done.grade = Grade::refused;
  }
  return done;
}

}  // namespace

Estimation estimate(const Intervals& raw, const EstimationInputs& inputs) {
  expects(std::ranges::is_sorted(inputs.anchors, {}, &Anchor::at));
  Estimator estimator(raw, inputs);
  estimator.take_out_negatives();
  estimator.take_out_spikes();
  const std::vector<Stretch> stretches = estimator.stretches();
  estimator.shape_window(stretches);
  estimator.shape_lines();
  estimator.shape_by_efficiency();
  estimator.shape_by_similar_days();
  estimator.settle(stretches);
  estimator.check_sums(stretches);
  return std::move(estimator).result();
}

}  // namespace xiaoyuan::readings
