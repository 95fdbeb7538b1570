#include "desk/energy_transformers.hpp"

#include <algorithm>

#include "plan/transformer_limits.hpp"

namespace xiaoyuan::desk {

namespace {

/// DL/T 2041's typical moment, as plan/village_sums.cpp takes it.
bool is_typical(const Civil& time) {
  const bool is_mild =
      (time.month >= 3 && time.month <= 5) || (time.month >= 9 && time.month <= 11);
  return is_mild && time.weekday >= 1 && time.weekday <= 5 && time.hour() >= 10 && time.hour() < 14;
}

/// An hour's energy is its mean power.
double kw_of(MeteredEnergy energy) { return energy.kwh(); }

struct SeenHours {
  std::optional<std::size_t> typical{};
  double peak_pv_kw = 0.0;
};

SeenHours look_through(const TransformerHours& hours, const Zone& zone, double rating_kva,
                       TransformerRow& row) {
  SeenHours seen;
  row.impossible_steps = hours.impossible;
  const auto keep = [&](std::optional<SeenFlow>& worst, double kw, std::size_t hour) {
    if (kw > 0.0 && (!worst || kw > worst->kw)) {
      worst = {.kw = kw,
               .share_of_rating = kw / rating_kva,
               .at = hours.start + std::chrono::hours(hour)};
    }
  };
  for (std::size_t hour = 0; hour < hours.known_s.size(); ++hour) {
    if (!hours.is_whole(hour)) {
      continue;
    }
    ++row.hours_seen;
    const double reverse_kw = kw_of(hours.exported[hour]) - kw_of(hours.imported[hour]);
    keep(row.worst_reverse, reverse_kw, hour);
    keep(row.worst_import, -reverse_kw, hour);
    seen.peak_pv_kw = std::max(seen.peak_pv_kw, kw_of(hours.generated[hour]));
    const bool is_more = !seen.typical || hours.generated[hour] > hours.generated[*seen.typical];
    if (is_more && is_typical(zone.civil(hours.start + std::chrono::hours(hour)))) {
      seen.typical = hour;
    }
  }
  return seen;
}

HostingGrade grade_2025(GradeBasis basis, const hosting::Hosting2025& standard) {
  return {.basis = basis,
          .edition = GradeEdition::edition_2025,
          .grade = standard.grade,
          .allowed_kw = standard.allowed_kw,
          .room_kw = standard.room_kw,
          .room_after_registered_kw = standard.room_after_registered_kw};
}

HostingGrade grade_2019(GradeBasis basis, const hosting::Hosting2019& standard) {
  return {.basis = basis,
          .edition = GradeEdition::edition_2019,
          .grade = standard.grade,
          .room_kw = standard.room_kw};
}

void add_planned(const plan::TransformerYear& year, TransformerRow& row) {
  for (HostingGrade grade : {grade_2025(GradeBasis::plan, year.standard_2025),
                             grade_2019(GradeBasis::plan, year.standard_2019)}) {
    grade.load_kw = year.typical_load_kw;
    grade.pv_kw = year.typical_pv_kw;
    grade.connected_kw = year.connected_kw;
    row.grades.push_back(grade);
  }
}

/// What the readings of a transformer's typical hour make of it.
struct SeenMoment {
  const model::Transformer& transformer;
  const model::Assumptions& assumptions;
  const plan::TransformerYear& year;  ///< what is connected
  double load_kw = 0.0;
  double pv_kw = 0.0;
  double peak_pv_kw = 0.0;
};

void add_seen(const SeenMoment& moment, TransformerRow& row) {
  const model::Transformer& transformer = moment.transformer;
  const double connected_kw = moment.year.connected_kw;
  const double simultaneity = connected_kw > 0.0 && moment.peak_pv_kw > 0.0
                                  ? std::min(1.0, moment.peak_pv_kw / connected_kw)
                                  : 1.0;
  const hosting::Hosting2025 new_standard =
      hosting::hosting_2025({.load_kw = moment.load_kw,
                             .other_generation_kw = transformer.other_generation_kw,
                             .rating_kva = transformer.rating_kva,
                             .reverse_rate = moment.assumptions.value("grid.reverse_load_rate"),
                             .in_parallel = transformer.in_parallel,
                             .power_factor = moment.assumptions.value("grid.power_factor"),
                             .storage_kw = moment.year.storage_kw,
                             .simultaneity = simultaneity,
                             .connected_kw = connected_kw,
                             .registered_kw = transformer.registered_kw});
  const hosting::Hosting2019 old_standard =
      hosting::hosting_2019(moment.pv_kw + transformer.other_generation_kw, moment.load_kw,
                            transformer.rating_kva * transformer.in_parallel,
                            moment.assumptions.value("grid.margin_2019"));
  for (HostingGrade grade : {grade_2025(GradeBasis::readings, new_standard),
                             grade_2019(GradeBasis::readings, old_standard)}) {
    grade.load_kw = moment.load_kw;
    grade.pv_kw = moment.pv_kw;
    grade.connected_kw = connected_kw;
    row.grades.push_back(grade);
  }
}

void count_homes(const model::Village& village, std::vector<TransformerRow>& rows) {
  for (const model::Household& home : village.households) {
    TransformerRow& row = rows[home.transformer];
    ++row.homes;
    row.homes_with_pv += home.makes_energy() ? 1 : 0;
    row.capacity_kwp += home.capacity_kwp();
  }
}

}  // namespace

const std::vector<std::string>& words_of(GradeBasis) {
  static const std::vector<std::string> words{"plan", "readings"};
  return words;
}

const std::vector<std::string>& words_of(GradeEdition) {
  static const std::vector<std::string> words{"DL/T 2041-2025", "DL/T 2041-2019"};
  return words;
}

std::vector<TransformerRow> transformer_rows(const VillageFigures& figures,
                                             const PlannedYear& planned) {
  const model::Village& village = planned.inputs->village;
  std::vector<TransformerRow> rows(village.transformers.size());
  count_homes(village, rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const model::Transformer& transformer = village.transformers[i];
    rows[i].reverse_limit_kw = plan::limits_of(transformer, village.assumptions).export_kw;
    add_planned(planned.transformers[i], rows[i]);
    if (i >= figures.days->transformers.size()) {
      continue;
    }
    const TransformerHours& hours = figures.days->transformers[i];
    const SeenHours seen = look_through(hours, village.zone,
                                        transformer.rating_kva * transformer.in_parallel, rows[i]);
    if (seen.typical) {
      const std::size_t hour = *seen.typical;
      add_seen(
          {.transformer = transformer,
           .assumptions = village.assumptions,
           .year = planned.transformers[i],
           .load_kw = kw_of(hours.generated[hour] + hours.imported[hour] - hours.exported[hour]),
           .pv_kw = kw_of(hours.generated[hour]),
           .peak_pv_kw = seen.peak_pv_kw},
          rows[i]);
    }
  }
  return rows;
}

}  // namespace xiaoyuan::desk
