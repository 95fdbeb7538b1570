#include <fmt/format.h>

#include <algorithm>

#include "statement/figures.hpp"
#include "statement/pages.hpp"
#include "statement/words.hpp"

namespace xiaoyuan::statement {

namespace {

constexpr Ink white{1.0, 1.0, 1.0};

void write_tiles(Pages& pages) {
  const auto figures = figures_of(pages.sheet);
  constexpr double gap = 8.0;
  constexpr double height = 76.0;
  const double width = (text_width - 3.0 * gap) / 4.0;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const double x = margin + static_cast<double>(i) * (width + gap);
    const bool is_money = i + 1 == figures.size();
    const bool pays = is_money && pages.sheet.statement.total() < Money{};
    pages.paper.fill({x, pages.y, width, height}, is_money ? (pays ? red : green) : ground);
    const Ink ink = is_money ? white : black;
    pages.paper.write({x, pages.y + 4.0, width, 0.0}, pages.in(figures[i].label),
                      {.size = 13.5, .ink = ink, .side = Side::middle});
    const double size = figures[i].value.size() > 8 ? 20.0 : 25.0;
    pages.paper.write({x, pages.y + 22.0, width, 0.0}, figures[i].value,
                      {.size = size, .weight = Weight::bold, .ink = ink, .side = Side::middle});
    pages.paper.write({x, pages.y + 56.0, width, 0.0}, pages.in(figures[i].unit),
                      {.size = 10.5, .ink = ink, .side = Side::middle});
  }
  pages.y += height + 10.0;
}

Ink ink_of(FlowKind kind) {
  switch (kind) {
    case FlowKind::made:
      return green;
    case FlowKind::used:
      return {0.36, 0.52, 0.38};
    case FlowKind::bought:
      return blue;
    case FlowKind::sold:
      return orange;
    case FlowKind::shared_in:
    case FlowKind::shared_out:
      return {0.45, 0.36, 0.60};
    case FlowKind::open:
      return red;
  }
  return grey;
}

void write_bar(Pages& pages, const Text& name, const std::vector<Flow>& flows,
               MeteredEnergy total) {
  constexpr double name_width = 52.0;
  constexpr double height = 24.0;
  pages.paper.write({margin, pages.y + 3.0, name_width, 0.0}, pages.in(name),
                    {.size = 12.0, .weight = Weight::bold, .ink = black});
  double x = margin + name_width;
  const double whole = text_width - name_width;
  for (const Flow& flow : flows) {
    const double width =
        whole * static_cast<double>(flow.energy.mwh) / static_cast<double>(total.mwh);
    pages.paper.fill({x, pages.y, width, height}, ink_of(flow.kind));
    const std::string text =
        fmt::format("{} {}", pages.in(name_of(flow.kind)), kwh_text(flow.energy));
    const Look look{.size = 11.5,
                    .weight = Weight::bold,
                    .ink = white,
                    .side = Side::middle,
                    .overflow = Overflow::cut};
    if (pages.paper.width_of(text, look) < width) {  // else the lines below tell it
      pages.paper.write({x, pages.y + 3.5, width, 0.0}, text, look);
    }
    x += width;
  }
  pages.y += height + 4.0;
}

void write_balance(Pages& pages) {
  const auto balance = balance_of(pages.sheet.statement.energy);
  if (!balance) {
    return;
  }
  pages.y += pages.paper.write({margin, pages.y, text_width, 0.0},
                               pages.in({"Where the energy came from, and where it went (kWh)",
                                         "电从哪里来,用到哪里去(千瓦时)"}),
                               {.size = 11.5, .ink = grey}) +
             3.0;
  write_bar(pages, {"In", "来电"}, balance->in, balance->total);
  write_bar(pages, {"Out", "去向"}, balance->out, balance->total);
  pages.y += 4.0;
}

/// The months before and this one: money above and below one line.
void write_history(Pages& pages) {
  std::vector<PastMonth> months = pages.sheet.history;
  if (months.empty()) {
    return;
  }
  months.push_back({pages.sheet.statement.month, pages.sheet.statement.total()});
  constexpr std::size_t most = 13;
  if (months.size() > most) {
    months.erase(months.begin(), months.end() - most);
  }
  std::int64_t highest = 1;
  std::int64_t lowest = 0;
  for (const PastMonth& month : months) {
    highest = std::max(highest, month.total.fen);
    lowest = std::min(lowest, month.total.fen);
  }
  constexpr double chart_height = 56.0;
  constexpr double label_height = 11.0;
  pages.need(chart_height + 62.0);
  pages.y +=
      pages.paper.write(
          {margin, pages.y, text_width, 0.0},
          pages.in({"Month by month (yuan; below the line: to pay)", "近月收益(元,线下为应付)"}),
          {.size = 11.5, .ink = grey}) +
      label_height + 2.0;
  const double scale = chart_height / static_cast<double>(highest - lowest);
  const double zero = pages.y + static_cast<double>(highest) * scale;
  const double step = text_width / static_cast<double>(months.size());
  for (std::size_t i = 0; i < months.size(); ++i) {
    const double x = margin + static_cast<double>(i) * step;
    const double height = static_cast<double>(months[i].total.fen) * scale;
    const bool is_now = i + 1 == months.size();
    const Ink ink = height < 0.0 ? red : is_now ? green : Ink{0.60, 0.75, 0.64};
    pages.paper.fill(
        {x + step * 0.18, std::min(zero, zero - height), step * 0.64, std::abs(height)}, ink);
    const Look look{.size = 9.0,
                    .weight = is_now ? Weight::bold : Weight::regular,
                    .ink = is_now ? black : grey,
                    .side = Side::middle};
    const double label_y = height < 0.0 ? zero - height + 1.0 : zero - height - label_height - 1.0;
    pages.paper.write({x, label_y, step, 0.0}, fmt::format("{:.0f}", months[i].total.yuan()), look);
    const std::int32_t number = months[i].month.month % 12 + 1;
    pages.paper.write({x, pages.y + chart_height + label_height + 1.0, step, 0.0},
                      pages.in({std::to_string(number), std::to_string(number) + "月"}), look);
  }
  pages.paper.rule(margin, zero, text_width, grey);
  pages.y += chart_height + 2.0 * label_height + 8.0;
}

void write_changes(Pages& pages) {
  const settle::Statement& statement = pages.sheet.statement;
  if (!statement.last_month) {
    return;
  }
  const Money difference = statement.total() - *statement.last_month;
  write_title(pages, pages.in({"Compared with last month", "与上月相比"}));
  const bool less = difference < Money{};
  const std::string size = yuan_text(less ? -difference : difference);
  pages.y +=
      pages.paper.write(
          {margin, pages.y, text_width, 0.0},
          pages.in(
              {fmt::format("Last month {} yuan, this month {} yuan: {} yuan {}.",
                           signed_yuan(*statement.last_month), signed_yuan(statement.total()), size,
                           less ? "less" : "more"),
               fmt::format("上月 {} 元,本月 {} 元,{} {} 元。", signed_yuan(*statement.last_month),
                           signed_yuan(statement.total()), less ? "减少" : "增加", size)}),
          {.size = 12.0, .weight = Weight::bold, .ink = black}) +
      2.0;
  const std::vector<ColumnPlace> columns{{margin, 130.0, Side::left},
                                         {margin + 130.0, text_width - 220.0, Side::left},
                                         {margin + text_width - 90.0, 90.0, Side::right}};
  for (const settle::Change& change : statement.changes) {
    pages.need(20.0);
    pages.y += write_row(pages, columns,
                         {{pages.in(change.label)},
                          {pages.in(change.explanation), grey},
                          {signed_yuan(change.difference),
                           change.difference < Money{} ? red : black, Weight::bold}},
                         11.5) +
               1.0;
  }
}

void write_disputes(Pages& pages) {
  if (pages.sheet.disputes.empty()) {
    return;
  }
  write_title(pages, pages.in({"Disputes", "争议处理"}));
  for (const DisputeNote& dispute : pages.sheet.disputes) {
    const bool is_open = dispute.state == DisputeState::open;
    const std::string amount = yuan_text(dispute.frozen);
    const std::string since = text_of(is_open ? dispute.opened : dispute.resolved);
    const Text state =
        is_open ? Text{fmt::format("open since {}; {} yuan are frozen, the rest is paid", since,
                                   amount),
                       fmt::format("{} 起处理中,冻结 {} 元,其余照付", since, amount)}
                : Text{fmt::format("resolved on {}", since), fmt::format("{} 已办结", since)};
    const std::string text = fmt::format("· {} {} {}", pages.in(dispute.reason), pages.in(state),
                                         pages.in(dispute.outcome));
    const Look look{.size = 11.5, .ink = is_open ? red : black};
    pages.need(pages.paper.height_of(text_width, text, look));
    pages.y += pages.paper.write({margin, pages.y, text_width, 0.0}, text, look) + 1.0;
  }
}

}  // namespace

void write_household(Pages& pages) {
  write_head(pages);
  write_tiles(pages);
  write_balance(pages);
  write_history(pages);
  write_lines(pages);
  write_footnotes(pages);
  write_changes(pages);
  write_disputes(pages);
  write_proof(pages);
}

}  // namespace xiaoyuan::statement
