#include "settle/sharing_print.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "readings/meter.hpp"

namespace xiaoyuan::settle {

namespace {

/// 237500 mWh: "237.5".
void append_sharing_wh(std::string& text, std::int64_t mwh) {
  text += fmt::format("{}", mwh / 1000);
  if (mwh % 1000 != 0) {
    text += fmt::format(".{:03}", mwh % 1000);
    text.resize(text.find_last_not_of('0') + 1);
  }
}

std::string sharing_csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) {
    return text;
  }
  std::string quoted = "\"";
  for (const char letter : text) {
    quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
  }
  return quoted + "\"";
}

/// Characters of Chinese are two columns wide on a terminal.
std::size_t sharing_width(const std::string& text) {
  std::size_t width = 0;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    width += byte < 0x80 || (byte >= 0xC0 && byte < 0xE0) ? 1 : byte >= 0xE0 ? 2 : 0;
  }
  return width;
}

void append_sharing_row(std::string& text, const std::vector<std::string>& cells,
                        std::size_t first_width) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::size_t width = i == 0 ? first_width : 15;
    const std::string space(width - std::min(width, sharing_width(cells[i])), ' ');
    text += i == 0 ? cells[i] + space : space + cells[i];
  }
  text += '\n';
}

std::vector<std::string> sharing_totals_row(const std::string& name, const MemberTotal& total,
                                            std::int64_t mwh_per_count) {
  std::vector<std::string> cells{name};
  for (const std::int64_t count : {total.imported_wh, total.received_wh, total.from_grid_wh(),
                                   total.exported_wh, total.sold_wh, total.to_grid_wh()}) {
    cells.push_back(readings::kwh_text({count * mwh_per_count}, mwh_per_count == 1000 ? 3 : 6));
  }
  return cells;
}

}  // namespace

std::string sharing_csv(const SharingFile& file, const SharedMonth& month) {
  const SharingTable& table = file.table;
  const std::size_t members = table.members.size();
  std::vector<std::string> names;
  for (const std::string& member : table.members) {
    names.push_back(sharing_csv_cell(member));
  }
  std::string csv = "time,member,import_wh,received_wh,from_grid_wh,export_wh,sold_wh,to_grid_wh\n";
  for (std::size_t at = 0; at < month.received_wh.size(); ++at) {
    csv += sharing_csv_cell(file.times[at / members]);
    csv += ',';
    csv += names[at % members];
    for (const std::int64_t count :
         {table.imported_wh[at], month.received_wh[at],
          table.imported_wh[at] - month.received_wh[at], table.exported_wh[at], month.sold_wh[at],
          table.exported_wh[at] - month.sold_wh[at]}) {
      csv += ',';
      append_sharing_wh(csv, count * file.mwh_per_count);
    }
    csv += '\n';
  }
  return csv;
}

std::string sharing_text(const SharingFile& file, const SharedMonth& month, const SharingRule& rule,
                         Language language) {
  const Text days = file.days > 0
                        ? Text{fmt::format("{} {}", file.days, file.days == 1 ? "day" : "days"),
                               fmt::format("{} 天", file.days)}
                        : Text{"without dates, one day", "无日期,按一天处理"};
  const Text name = name_of(rule.key);
  const Text unit =
      file.mwh_per_count == 1000 ? Text{"whole Wh", "瓦时"} : Text{"whole mWh", "毫瓦时"};
  const Text head{fmt::format("{}: {} members, {} intervals, {}, in {}", name.en,
                              file.table.members.size(), file.times.size(), days.en, unit.en),
                  fmt::format("{}:{} 个成员,{} 个时段,{},按整{}分配", name.zh,
                              file.table.members.size(), file.times.size(), days.zh, unit.zh)};
  std::string text = head.in(language) + "\n";
  if (file.rounded > 0) {
    text += Text{fmt::format("{} cells were rounded to the mWh\n", file.rounded),
                 fmt::format("有 {} 个单元格四舍五入至毫瓦时\n", file.rounded)}
                .in(language);
  }
  const std::vector<Text> headings{{"kWh", "千瓦时"},        {"import", "用网电量"},
                                   {"received", "村内受入"}, {"from grid", "购自电网"},
                                   {"export", "送出电量"},   {"sold", "村内售出"},
                                   {"to grid", "上网电量"}};
  std::vector<std::string> cells;
  for (const Text& heading : headings) {
    cells.push_back(heading.in(language));
  }
  std::size_t first_width = 8;
  for (const std::string& member : file.table.members) {
    first_width = std::max(first_width, sharing_width(member) + 1);
  }
  append_sharing_row(text, cells, first_width);
  MemberTotal sum;
  const auto totals = member_totals(file.table, month);
  for (std::size_t i = 0; i < totals.size(); ++i) {
    append_sharing_row(text,
                       sharing_totals_row(file.table.members[i], totals[i], file.mwh_per_count),
                       first_width);
    sum.imported_wh += totals[i].imported_wh;
    sum.received_wh += totals[i].received_wh;
    sum.exported_wh += totals[i].exported_wh;
    sum.sold_wh += totals[i].sold_wh;
  }
  append_sharing_row(text,
                     sharing_totals_row(Text{"sum", "合计"}.in(language), sum, file.mwh_per_count),
                     first_width);
  return text;
}

}  // namespace xiaoyuan::settle
