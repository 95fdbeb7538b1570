#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "report/network_words.hpp"
#include "report/results_parts.hpp"

namespace xiaoyuan::report {

namespace {

constexpr std::size_t causes_shown = 12;

/// Writes the wires of a village; buses are numbered anew, from each transformer outwards.
class NetworkWriter {
 public:
  NetworkWriter(const plan::Inputs& inputs, const plan::Study& study)
      : inputs_(inputs),
        wires_(*inputs.wires),
        study_(study),
        found_(*study.network),
        network_(found_.village.network),
        number_of_bus_(network_.buses.size()) {
    for (std::size_t i = 0; i < found_.feeders.order.size(); ++i) {
      number_of_bus_[found_.feeders.order[i]] = i;
    }
  }

  Json json() const;

 private:
  std::string at(std::size_t step) const { return local_time(inputs_, step); }
  Json use_json(const wires::LimitUse& use) const;
  Json use_json(const std::optional<wires::LimitUse>& use) const {
    return use && use->is_known() ? use_json(*use) : Json(nullptr);
  }
  Json limits() const;
  Json buses() const;
  Json lines() const;
  Json transformers() const;
  Json checks(const std::vector<hosting::GradeCheck>& checks) const;
  Json houses() const;
  Json why(const std::optional<wires::Why>& why) const;
  Json hours_beyond() const;
  Json hardest() const;
  Json losses() const;
  Json hosting() const;
  Json random(std::size_t transformer) const;
  Json remedies() const;

  const plan::Inputs& inputs_;
  const plan::WiresInput& wires_;
  const plan::Study& study_;
  const plan::VillageNetwork& found_;
  const wires::Network& network_;
  std::vector<std::size_t> number_of_bus_;
};

Json NetworkWriter::use_json(const wires::LimitUse& use) const {
  const std::optional<std::string> wire = wire_of(use);
  return {{"kind", wires::key_of(use.kind)},
          {"element", wires::element_name(use, network_, found_.terminals)},
          {"wire", wire ? Json(*wire) : Json(nullptr)},
          {"at", at(use.step)},
          {"value", number(use.value)},
          {"limit", number(use.limit)},
          {"used", number(use.used)},
          {"text", both(wires::explained(use, network_, found_.terminals))}};
}

Json NetworkWriter::limits() const {
  const wires::Limits& limits = found_.village.limits;
  return {{"nominal_v", number(limits.nominal_v)},
          {"highest_v", number(limits.nominal_v * (1.0 + limits.above))},
          {"lowest_v", number(limits.nominal_v * (1.0 - limits.below))},
          {"unbalance", number(limits.unbalance)},
          {"reverse_rate", number(limits.reverse_rate)}};
}

/// Volts of every bus in a moment; null where none were found.
std::vector<Json> volts_by_bus(const std::vector<wires::ProfilePoint>& profile, std::size_t buses) {
  std::vector<Json> volts(buses, Json{nullptr, nullptr, nullptr});
  for (const wires::ProfilePoint& point : profile) {
    volts[point.bus] = rough_numbers({point.volts.begin(), point.volts.end()}, 6);
  }
  return volts;
}

Json NetworkWriter::buses() const {
  const auto highest = volts_by_bus(found_.at_highest, network_.buses.size());
  const auto lowest = volts_by_bus(found_.at_lowest, network_.buses.size());
  std::vector<Json> houses(network_.buses.size(), nullptr);
  for (const hosting::House& house : found_.village.houses) {
    houses[house.bus] = house.id;
  }
  Json list = Json::array();
  for (const std::size_t bus : found_.feeders.order) {
    const wires::FeederPlace& place = found_.feeders.places[bus];
    const std::optional<Position>& position = wires_.positions[bus];
    list.push_back(
        {{"name", network_.buses[bus].name},
         {"x_m", position ? number(position->x_m) : Json(nullptr)},
         {"y_m", position ? number(position->y_m) : Json(nullptr)},
         {"above", place.above == bus ? Json(nullptr) : Json(number_of_bus_[place.above])},
         {"transformer", *place.transformer},
         {"from_transformer_m", number(place.from_transformer_m)},
         {"volts_at_highest", highest[bus]},
         {"volts_at_lowest", lowest[bus]},
         {"house", houses[bus]}});
  }
  return list;
}

Json NetworkWriter::lines() const {
  Json list = Json::array();
  for (std::size_t i = 0; i < network_.lines.size(); ++i) {
    const wires::Line& line = network_.lines[i];
    if (!found_.feeders.places[line.from].transformer) {
      continue;  // of the 10 kV side
    }
    const wires::LineYear& year = found_.assessment.lines[i];
    const bool is_rated = line.rating_a.has_value();
    list.push_back({{"name", line.name},
                    {"from", number_of_bus_[line.from]},
                    {"to", number_of_bus_[line.to]},
                    {"length_m", number(1000.0 * line.length_km)},
                    {"type", network_.types[line.type].name},
                    {"parallel", line.parallel},
                    {"rating_a", number(line.rating_a)},
                    {"most_a", number(std::max(year.forward.most.value, year.reverse.most.value))},
                    {"loading", is_rated ? number(year.forward.loading) : Json(nullptr)},
                    {"reverse_loading", is_rated ? number(year.reverse.loading) : Json(nullptr)},
                    {"hours_beyond", number(year.forward.hours_beyond + year.reverse.hours_beyond)},
                    {"loss_kwh", number(year.loss_kwh)}});
  }
  return list;
}

Json NetworkWriter::checks(const std::vector<hosting::GradeCheck>& checks) const {
  Json list = Json::array();
  for (const hosting::GradeCheck& check : checks) {
    if (check.use.is_known()) {
      list.push_back({{"key", wires::key_of(check.use.kind)},
                      {"is_kept", check.is_kept()},
                      {"use", use_json(check.use)}});
    }
  }
  return list;
}

Json NetworkWriter::transformers() const {
  Json list = Json::array();
  for (std::size_t i = 0; i < network_.transformers.size(); ++i) {
    const wires::Transformer& transformer = network_.transformers[i];
    const wires::TransformerYear& year = found_.assessment.transformers[i];
    const plan::TransformerYear& planned = study_.transformers[wires_.transformers[i]];
    const auto& checked = found_.checks[i];
    list.push_back({{"id", transformer.name},
                    {"rating_kva", number(transformer.rating_kva)},
                    {"bus", number_of_bus_[transformer.low]},
                    {"tap_percent", number(transformer.tap_percent)},
                    {"loading", number(year.forward.loading)},
                    {"reverse_loading", number(year.reverse.loading)},
                    {"phase_loading", number(year.phase_loading)},
                    {"hours_beyond", number(year.forward.hours_beyond)},
                    {"reverse_hours_beyond", number(year.reverse.hours_beyond)},
                    {"kwh_beyond", number(year.forward.kwh_beyond)},
                    {"reverse_kwh_beyond", number(year.reverse.kwh_beyond)},
                    {"load_loss_kwh", number(year.load_loss_kwh)},
                    {"no_load_loss_kwh", number(year.no_load_loss_kwh)},
                    {"duration_kw", rough_numbers(year.duration_kw, 6)},
                    {"grade", name_of(hosting::checked(planned.standard_2025.grade, checked)).en},
                    {"grade_quick", name_of(planned.standard_2025.grade).en},
                    {"checks", checks(checked)}});
  }
  return list;
}

Json NetworkWriter::houses() const {
  Json list = Json::array();
  for (std::size_t i = 0; i < found_.village.houses.size(); ++i) {
    const hosting::House& house = found_.village.houses[i];
    const wires::TerminalYear& year = found_.assessment.terminals[i];
    const bool is_three = house.phases == wires::Phases::abc;
    Json json{{"id", house.id},
              {"bus", number_of_bus_[house.bus]},
              {"transformer", house.transformer},
              {"phases", letters_of(house.phases)},
              {"pv_kw", number(house.pv_kw)},
              {"highest_v", number(year.highest_v.value)},
              {"highest_at", at(year.highest_v.step)},
              {"lowest_v", number(year.lowest_v.value)},
              {"lowest_at", at(year.lowest_v.step)},
              {"hours_above", number(year.hours_above)},
              {"hours_below", number(year.hours_below)},
              {"fed_kwh_above", number(year.fed_kwh_above)},
              {"drawn_kwh_below", number(year.drawn_kwh_below)},
              {"unbalance_95", is_three ? number(year.unbalance_95) : Json(nullptr)},
              {"hours_unbalanced", number(year.hours_unbalanced)},
              {"duration_highest_v", rough_numbers(year.highest_duration_v, 6)},
              {"room_kw", number(house.room_kw)},
              {"more_kw", nullptr},
              {"wires_kw", nullptr},
              {"more_is_bounded", nullptr},
              {"binding", nullptr}};
    if (found_.room) {
      const hosting::HouseCapacity& more = found_.room->houses[i];
      json["more_kw"] = number(more.more_kw);
      json["wires_kw"] = number(more.wires_kw);
      json["more_is_bounded"] = more.is_bounded;
      json["binding"] = use_json(more.binding);
    }
    list.push_back(std::move(json));
  }
  return list;
}

Json NetworkWriter::why(const std::optional<wires::Why>& why) const {
  if (!why) {
    return nullptr;
  }
  Json causes = Json::array();
  double others_v = 0.0;
  for (std::size_t i = 0; i < why->causes.size(); ++i) {
    const wires::Cause& cause = why->causes[i];
    if (i < causes_shown) {
      causes.push_back({{"house", found_.terminals[cause.terminal].name},
                        {"fed_kw", number(cause.fed_kw)},
                        {"volts", number(cause.volts)}});
    } else {
      others_v += cause.volts;
    }
  }
  return {{"house", found_.terminals[why->terminal].name},
          {"wire", letter_of(why->wire)},
          {"at", at(why->step)},
          {"volts", number(why->volts)},
          {"unloaded_v", number(why->unloaded_v)},
          {"line_m", number(why->line_m)},
          {"causes", std::move(causes)},
          {"others_volts", number(others_v)}};
}

Json NetworkWriter::hours_beyond() const {
  Json json;
  for (std::size_t kind = 0; kind < wires::limit_kinds; ++kind) {
    json[wires::key_of(static_cast<wires::LimitKind>(kind))] =
        number(found_.assessment.hours_beyond[kind]);
  }
  return json;
}

Json NetworkWriter::hardest() const {
  Json list = Json::array();
  for (const wires::LimitUse& use : found_.assessment.hardest) {
    if (use.is_known()) {
      list.push_back(use_json(use));
    }
  }
  return list;
}

Json NetworkWriter::losses() const {
  const wires::Assessment& year = found_.assessment;
  return {{"line_kwh", number(year.line_loss_kwh)},
          {"transformer_kwh", number(year.transformer_loss_kwh)},
          {"share_of_drawn",
           number(share(year.line_loss_kwh + year.transformer_loss_kwh, year.drawn_kwh))}};
}

Json NetworkWriter::random(std::size_t transformer) const {
  const auto& all = found_.room->random;
  const auto found = std::ranges::find(all, transformer, &hosting::RandomAdopters::transformer);
  if (found == all.end()) {
    return nullptr;
  }
  Json points = Json::array();
  for (const hosting::RandomAdopters::Point& point : found->share_that_keeps) {
    points.push_back(numbers({point.kw, point.share}));
  }
  Json binding = Json::object();
  for (std::size_t kind = 0; kind < wires::limit_kinds; ++kind) {
    if (found->binding[kind] > 0.0) {
      binding[wires::key_of(static_cast<wires::LimitKind>(kind))] = number(found->binding[kind]);
    }
  }
  return {{"draws", found->draws},           {"adopter_kw", number(found->adopter_kw)},
          {"p05_kw", number(found->p05_kw)}, {"p25_kw", number(found->p25_kw)},
          {"p50_kw", number(found->p50_kw)}, {"p75_kw", number(found->p75_kw)},
          {"p95_kw", number(found->p95_kw)}, {"share_that_keeps", std::move(points)},
          {"binding", std::move(binding)},   {"unbounded_share", number(found->unbounded_share)}};
}

Json NetworkWriter::hosting() const {
  if (!found_.room) {
    return nullptr;
  }
  Json areas = Json::array();
  for (const hosting::AreaCapacity& area : found_.room->areas) {
    const plan::TransformerYear& planned =
        study_.transformers[wires_.transformers[area.transformer]];
    areas.push_back({{"transformer", area.transformer},
                     {"more_kw", number(area.capacity.kw)},
                     {"is_bounded", area.capacity.is_bounded},
                     {"binding", use_json(area.capacity.binding)},
                     {"dlt2041_kw", number(planned.standard_2025.room_kw)},
                     {"random", random(area.transformer)}});
  }
  const bool is_even = found_.room->spreading == hosting::Spreading::evenly;
  return {{"spreading", is_even ? "evenly" : "by_room"}, {"areas", std::move(areas)}};
}

Json NetworkWriter::remedies() const {
  Json list = Json::array();
  for (const hosting::Remedy& remedy : found_.remedies) {
    Json moves = Json::array();
    for (const hosting::Move& move : remedy.moves) {
      moves.push_back({{"house", found_.village.houses[move.house].id},
                       {"from", letters_of(move.from)},
                       {"to", letters_of(move.to)}});
    }
    Json lines = Json::array();
    for (const std::size_t line : remedy.lines) {
      lines.push_back(network_.lines[line].name);
    }
    list.push_back({{"area", remedy.transformer},
                    {"key", remedy.key},
                    {"name", both(remedy.name)},
                    {"detail", both(remedy.detail)},
                    {"more_kw", number(remedy.more_kw)},
                    {"capacity_kw", number(remedy.capacity_kw)},
                    {"is_bounded", remedy.is_bounded},
                    {"cost_yuan", number(remedy.cost_yuan)},
                    {"yuan_per_kw", number(remedy.yuan_per_kw)},
                    {"missing", remedy.missing.empty() ? Json(nullptr) : Json(remedy.missing)},
                    {"lost_kwh", number(remedy.lost_kwh)},
                    {"binding", use_json(remedy.binding)},
                    {"proof", remedy.proof ? both(*remedy.proof) : Json(nullptr)},
                    {"moves", std::move(moves)},
                    {"lines", std::move(lines)}});
  }
  return list;
}

Json NetworkWriter::json() const {
  static constexpr std::array neutrals{"back_wire", "earthed", "own_wire"};
  static constexpr std::array made_of{"files", "positions", "counts"};
  Json not_made = Json::array();
  for (const Text& check : hosting::checks_not_made()) {
    not_made.push_back(both(check));
  }
  return {{"is_assumed", wires_.is_assumed()},
          {"made_of", made_of[static_cast<std::size_t>(wires_.from)]},
          {"note", both(wires_.note)},
          {"limits", limits()},
          {"neutral", neutrals[static_cast<std::size_t>(network_.neutral)]},
          {"buses", buses()},
          {"lines", lines()},
          {"transformers", transformers()},
          {"checks_not_made", std::move(not_made)},
          {"houses", houses()},
          {"highest", why(found_.highest)},
          {"lowest", why(found_.lowest)},
          {"hours_beyond", hours_beyond()},
          {"hardest", hardest()},
          {"durations",
           {{"highest_v", rough_numbers(found_.assessment.highest_duration_v, 6)},
            {"lowest_v", rough_numbers(found_.assessment.lowest_duration_v, 6)}}},
          {"losses", losses()},
          {"hosting", hosting()},
          {"remedies", remedies()}};
}

}  // namespace

Json network_json(const plan::Inputs& inputs, const plan::Study& study) {
  return study.network ? NetworkWriter(inputs, study).json() : Json(nullptr);
}

}  // namespace xiaoyuan::report
