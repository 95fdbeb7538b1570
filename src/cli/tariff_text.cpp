#include <fmt/format.h>

#include <algorithm>

#include "cli/tariff_views.hpp"

namespace xiaoyuan::cli {

namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr std::string_view indent = "  ";

std::string price_text(Price price) {
  std::string text = fmt::format("{:.8f}", price.yuan_per_kwh());
  constexpr std::size_t least_decimals = 4;
  const std::size_t least = text.find('.') + 1 + least_decimals;
  while (text.size() > least && text.back() == '0') {
    text.pop_back();
  }
  return text;
}

/// Columns of a terminal that a text takes: East Asian characters take two, block bars one.
std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool continues = (byte & 0xC0U) == 0x80U;
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
    // U+3000 and above begin with E3 80; the blocks and dashes of U+2000 with E2.
    const bool is_wide = byte >= 0xE3 && !(byte == 0xE3 && next < 0x80);
    width += continues ? 0 : is_wide ? 2 : 1;
  }
  return width;
}

Text valid_text(const tariff::Version& version) {
  const std::string from = version.valid_from_waits ? "?" : text_of(version.valid_from);
  if (!version.valid_to) {
    return {from + " onwards", from + " 起"};
  }
  return {fmt::format("{} to {}", from, text_of(*version.valid_to)),
          fmt::format("{} 至 {}", from, text_of(*version.valid_to))};
}

Text direction_text(tariff::Direction direction) {
  return direction == tariff::Direction::import_ ? Text{"import", "购电"} : Text{"export", "上网"};
}

std::string count_text(std::size_t needed, Language language) {
  const Text text{fmt::format("needs {}", needed), fmt::format("待填 {} 项", needed)};
  return needed == 0 ? "" : text.in(language);
}

/// What a period costs, or the figures it waits for.
std::string cost_text(const tariff::Period& period, Language language) {
  if (!period.rule) {
    std::string text = price_text(period.price);
    for (std::size_t tier = 1; tier < period.by_tier.size(); ++tier) {
      text += " / " + price_text(period.by_tier[tier]);
    }
    return text;
  }
  const tariff::PriceRule& rule = *period.rule;
  const std::string& floating = rule.floating.empty() ? rule.base : rule.floating;
  const double factor = rule.ratio - 1.0;
  std::string formula = rule.base;
  if (std::abs(factor) > 1e-12) {
    formula += fmt::format(" {} {:g} × {}", factor < 0 ? "−" : "+", std::abs(factor), floating);
  }
  return Text{"needs ", "待填 "}.in(language) + formula;
}

std::string windows_text(const TariffDay& day, Language language) {
  Rows rows{{Text{"from", "起"}.in(language), Text{"to", "止"}.in(language), "",
             Text{"period", "时段"}.in(language), Text{"yuan/kWh", "元/千瓦时"}.in(language)}};
  for (const tariff::DayWindow& window : windows_of(day.table)) {
    std::string cost = cost_text(*window.period, language);
    if (const auto* subsidy = subsidy_of(*day.tariff, day.table, *window.period)) {
      cost += fmt::format("  −{} {}", price_text(subsidy->price), subsidy->label.in(language));
    }
    rows.push_back({tariff::clock_text(window.from_minute), tariff::clock_text(window.to_minute),
                    tariff::bar_of(window.period->kind), window.period->label.in(language), cost});
  }
  return aligned(rows, indent);
}

std::string tiers_text(const tariff::Tiers& tiers, Language language) {
  const bool yearly = tiers.period == tariff::TierPeriod::year;
  std::string text =
      yearly ? Text{"Tiers, by the kWh of the year so far:", "阶梯(按年累计电量):"}.in(language)
             : Text{"Tiers, by the kWh of the month so far:", "阶梯(按当月电量):"}.in(language);
  Rows rows{
      {Text{"tier", "档"}.in(language), Text{"beyond kWh", "超过(千瓦时)"}.in(language),
       tiers.have_tables
           ? Text{"yuan/kWh: the prices above, in this order", "上列电价依次对应各档"}.in(language)
           : Text{"adds yuan/kWh", "加价(元/千瓦时)"}.in(language)}};
  for (std::size_t tier = 0; tier < tiers.additions.size(); ++tier) {
    std::string limit = "0";
    if (tier > 0) {
      limit = tiers.limits_kwh.empty()
                  ? Text{"needs tier_limits_kwh", "待填 tier_limits_kwh"}.in(language)
                  : fmt::format("{}", tiers.limits_kwh[tier - 1]);
    }
    rows.push_back({fmt::format("{}", tier + 1), limit,
                    tiers.have_tables ? "" : price_text(tiers.additions[tier])});
  }
  return text + "\n" + aligned(rows, indent);
}

/// Whence figures come, as rows of a table.
struct Origin {
  std::string document;
  std::string source;
  std::string confidence;
  std::string valid;
};

std::string origin_text(const Origin& origin, const Text& note, Language language) {
  Rows rows{{Text{"document", "文件"}.in(language), origin.document},
            {Text{"source", "来源"}.in(language), origin.source},
            {Text{"confidence", "可信度"}.in(language), origin.confidence},
            {Text{"valid", "有效期"}.in(language), origin.valid}};
  if (!note.en.empty()) {
    rows.push_back({Text{"note", "说明"}.in(language), note.in(language)});
  }
  return aligned(rows, "");
}

std::string tariff_rows(const TariffShelf& shelf, Language language) {
  Rows rows{{Text{"name", "名称"}.in(language), Text{"region", "地区"}.in(language),
             Text{"customer", "用户"}.in(language), Text{"direction", "方向"}.in(language),
             Text{"valid", "有效期"}.in(language), Text{"confidence", "可信度"}.in(language),
             Text{"inputs", "待填"}.in(language)}};
  for (const tariff::Tariff& tariff : shelf.tariffs) {
    const std::string needed = count_text(input_keys(tariff).size(), language);
    for (const tariff::Version& version : tariff.versions) {
      rows.push_back({tariff.id, tariff.region, tariff.customer,
                      direction_text(tariff.direction).in(language),
                      valid_text(version).in(language), version.confidence, needed});
    }
  }
  return aligned(rows, "");
}

std::string mechanism_rows(const TariffShelf& shelf, Language language) {
  Rows rows{{Text{"mechanism (Document 136)", "机制电价(136 号文)"}.in(language),
             Text{"region", "地区"}.in(language), Text{"yuan/kWh", "元/千瓦时"}.in(language),
             Text{"confidence", "可信度"}.in(language), Text{"inputs", "待填"}.in(language)}};
  for (const tariff::Mechanism& mechanism : shelf.mechanisms) {
    rows.push_back({mechanism.id, mechanism.region,
                    mechanism.price == Price{} ? "?" : price_text(mechanism.price),
                    mechanism.confidence, count_text(mechanism.required.size(), language)});
  }
  return aligned(rows, "");
}

}  // namespace

std::string aligned(const std::vector<std::vector<std::string>>& rows, std::string_view indent_by) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      widths[i] = std::max(widths[i], width_of(row[i]));
    }
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line(indent_by);
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) {
        line += std::string(widths[i] - width_of(row[i]) + 2, ' ');
      }
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

std::string needs_text(const std::vector<tariff::RequiredInput>& required, Language language) {
  if (required.empty()) {
    return "";
  }
  Rows rows;
  for (const tariff::RequiredInput& input : required) {
    rows.push_back({input.key, input.meaning.in(language)});
  }
  const Text head{
      "Needs these figures, which no document at hand gives; write them under "
      "[tariff.inputs] of village.toml (here: --given key=value):",
      "以下数值现有文件中未找到,请在 village.toml 的 [tariff.inputs] 中填写(此处可用 "
      "--given 键=值):"};
  return "\n" + head.in(language) + "\n" + aligned(rows, indent);
}

std::string list_text(const TariffShelf& shelf, Language language) {
  std::string text = tariff_rows(shelf, language);
  if (!shelf.mechanisms.empty()) {
    text += "\n" + mechanism_rows(shelf, language);
  }
  return text;
}

std::string day_text(const TariffDay& day, Language language) {
  const tariff::Tariff& tariff = *day.tariff;
  const tariff::Version& version = tariff.versions[day.table.version];
  const std::string date = text_of(day.table.date);
  const Text holiday{", holiday", ",节假日"};
  std::string text = fmt::format("{} ({})\n{}  {}{}\n\n", tariff.name.in(language), tariff.id, date,
                                 day.table.season->label.in(language),
                                 day.table.holidays ? holiday.in(language) : "");
  text += fmt::format("{0}{1}\n{0}0     6     12    18    24\n\n", indent, bar_of(day.table));
  text += windows_text(day, language) + "\n";
  if (version.tiers) {
    text += tiers_text(*version.tiers, language) + "\n";
  }
  text += origin_text(
      {version.document, version.source, version.confidence, valid_text(version).in(language)},
      tariff.note, language);
  return text + needs_text(tariff.required, language);
}

std::string month_text(const tariff::Mechanism& mechanism, const Date& day, Language language) {
  const auto month = static_cast<std::size_t>(static_cast<unsigned>(day.month()) - 1);
  const auto waits = [&](const std::string& key) {
    return std::ranges::find(mechanism.required, key, &tariff::RequiredInput::key) !=
           mechanism.required.end();
  };
  const auto shown = [&](const char* key, const std::string& value) {
    return waits(key) ? Text{"needs ", "待填 "}.in(language) + key : value;
  };
  Rows rows{{Text{"mechanism price", "机制电价"}.in(language),
             shown("mechanism_price_yuan_per_kwh", price_text(mechanism.price))},
            {Text{"part of the energy sold", "机制电量比例"}.in(language),
             shown("mechanism_ratio", fmt::format("{:g} %", mechanism.ratio * 100.0))},
            {Text{"market price of the month", "当月市场电价"}.in(language),
             shown("market_price_yuan_per_kwh", price_text(mechanism.market[month]))},
            {Text{"reference price of the month", "当月市场交易均价"}.in(language),
             shown("reference_price_yuan_per_kwh", price_text(mechanism.reference[month]))}};
  if (mechanism.yearly_cap_kwh) {
    rows.push_back({Text{"cap of a year, kWh", "年度机制电量上限(千瓦时)"}.in(language),
                    fmt::format("{}", *mechanism.yearly_cap_kwh)});
  }
  if (mechanism.required.empty()) {
    const double market = mechanism.market[month].yuan_per_kwh();
    rows.push_back({Text{"a kWh sold earns", "每千瓦时上网收入"}.in(language),
                    price_text(Price::of(
                        effective_yuan_per_kwh(mechanism, static_cast<int>(month) + 1, market)))});
  }
  const std::string from = waits("mechanism_valid_from") ? "?" : text_of(mechanism.valid_from);
  const Text valid{from + " onwards", from + " 起"};
  return fmt::format(
      "{} ({})\n{}\n\n{}\n{}{}", mechanism.name.in(language), mechanism.id,
      text_of(day).substr(0, 7), aligned(rows, indent),
      origin_text({mechanism.document, mechanism.source, mechanism.confidence, valid.in(language)},
                  mechanism.note, language),
      needs_text(mechanism.required, language));
}

}  // namespace xiaoyuan::cli
