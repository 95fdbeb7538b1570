// carbon: what a published claim of avoided tonnes means under each factor, and the list of
// factors.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "carbon/inverse.hpp"
#include "carbon/quantity.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "desk/town_claims.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::cli {

namespace {

constexpr std::size_t name_width = 66;

Text same(const std::string& text) { return {text, text}; }

/// 2130000 → "2,130,000"
std::string grouped(double value) {
  std::string digits = fmt::format("{:.0f}", value);
  for (std::size_t at = digits.size(); at > 3; at -= 3) {
    digits.insert(at - 3, ",");
  }
  return digits;
}

/// `text` in a column of a terminal, where a Chinese character is two wide.
std::string padded(const std::string& text, std::size_t width) {
  std::size_t taken = 0;
  for (const char byte : text) {
    const auto code = static_cast<unsigned char>(byte);
    taken += code < 0x80 ? 1 : code >= 0xE0 ? 2 : code >= 0xC0 ? 1 : 0;
  }
  return text + std::string(width > taken ? width - taken : 0, ' ');
}

std::optional<double> amount_if(const std::string& word, const carbon::Measure& measure,
                                const char* option, Errors& errors) {
  if (word.empty()) {
    return std::nullopt;
  }
  auto amount = carbon::quantity_of(word, measure, {option, 0, ""});
  return gather(amount, errors) ? std::optional(*amount) : std::nullopt;
}

Result<desk::AskedClaim> read_question(const CarbonOptions& options,
                                       const model::Assumption& shipped_yield) {
  Errors errors;
  const auto tonnes = amount_if(options.claim, carbon::tonnes, "--claim", errors);
  const auto yield = amount_if(options.yield, carbon::yield_kwh_per_kwp, "--yield", errors);
  const auto kwp = amount_if(options.kwp, carbon::capacity_kwp, "--kwp", errors);
  const auto kwh = amount_if(options.kwh, carbon::energy_kwh, "--kwh", errors);
  const auto home = amount_if(options.kwp_per_home, carbon::capacity_kwp, "--kwp-per-home", errors);
  if (yield && kwp && kwh) {
    errors.push_back({Fault::bad_input,
                      {"give two of --yield, --kwp and --kwh: the third follows from them",
                       "--yield、--kwp 与 --kwh 只需给出两个,第三个由前两个得出"},
                      {"--yield", 0, ""}});
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  desk::AskedClaim asked;
  asked.claim.tonnes = *tonnes;
  asked.claim.kwp_per_home = home;
  if (yield) {
    asked.claim.yield_kwh_per_kwp = *yield;
    asked.yield_source = {"as given", "由 --yield 给定"};
  } else if (kwp && kwh) {
    asked.claim.yield_kwh_per_kwp = *kwh / *kwp;
    asked.yield_source = {"from --kwh and --kwp", "由 --kwh 与 --kwp 得出"};
  } else {
    asked.claim.yield_kwh_per_kwp = shipped_yield.value;
    asked.yield_source = same(shipped_yield.source);
  }
  if (kwh) {
    asked.claim.known_kwh = kwh;
  } else if (kwp) {
    asked.claim.known_kwh = *kwp * asked.claim.yield_kwh_per_kwp;
  }
  return asked;
}

/// A row of the claim's table, without what the factor is.
std::string meaning_cells(double kg_per_kwh, const carbon::Meaning& meaning, const char* mark) {
  std::string cells = fmt::format("  {:>7.4f}{} {:>13} {:>9}", kg_per_kwh, mark,
                                  grouped(meaning.kwh), grouped(meaning.kwp));
  if (meaning.homes) {
    cells += fmt::format(" {:>7}", grouped(*meaning.homes));
  }
  if (meaning.misfit) {
    const double tenths = std::round(1000.0 * *meaning.misfit);
    cells += fmt::format(" {:>+8.1f}%", tenths == 0.0 ? 0.0 : tenths / 10.0);
  }
  return cells;
}

/// Pads from the left, by the width in a terminal.
std::string right(const std::string& text, std::size_t width) {
  const std::string filled = padded(text, width);
  return filled.substr(text.size()) + text;
}

std::string head_of(const carbon::PublishedClaim& claim, Language language) {
  std::string head = fmt::format("  {:>7}  {:>13} {:>9}", "kg/kWh", "kWh", "kWp");
  if (claim.kwp_per_home) {
    head += " " + right(Text{"houses", "户数"}.in(language), 7);
  }
  if (claim.known_kwh) {
    head += " " + right(Text{"misfit", "偏差"}.in(language), 9);
  }
  return head + "  " + padded(Text{"year", "年份"}.in(language), 5) +
         padded(Text{"factor", "因子"}.in(language), name_width) +
         Text{"document", "文件"}.in(language) + "\n";
}

bool is_circulating(const carbon::Factor& factor, const carbon::FactorFile& file) {
  return std::ranges::find(file.wrong_values, factor.kg_per_kwh, &carbon::WrongValue::kg_per_kwh) !=
         file.wrong_values.end();
}

std::string factor_table(const desk::AskedClaim& asked, const std::vector<carbon::Explanation>& all,
                         const carbon::FactorFile& file, Language language) {
  std::string text;
  std::optional<carbon::Kind> kind;
  for (const carbon::Explanation& one : all) {
    const carbon::Factor& factor = *one.factor;
    if (kind != factor.kind) {
      kind = factor.kind;
      text +=
          "\n" + carbon::title_of(factor.kind).in(language) + "\n" + head_of(asked.claim, language);
    }
    text += meaning_cells(factor.kg_per_kwh, one.meaning, is_circulating(factor, file) ? "!" : " ");
    text += fmt::format("  {:<5}{}{}\n", factor.year, padded(factor.name.in(language), name_width),
                        factor.document);
  }
  return text;
}

std::string wrong_table(const desk::AskedClaim& asked, const carbon::FactorFile& file,
                        Language language) {
  std::string text =
      "\n" +
      Text{"Values in wrong circulation (!): if the claim was made with one of these, it is wrong",
           "误传数值(!):如减排量系按下列数值算得,则有误"}
          .in(language) +
      "\n";
  for (const carbon::WrongValue& wrong : file.wrong_values) {
    text += meaning_cells(wrong.kg_per_kwh, carbon::meaning_of(asked.claim, wrong.kg_per_kwh), "!");
    text += "  " + carbon::sentence_of(wrong, file.factors).in(language) + "\n";
  }
  return text;
}

/// Which factors explain the claim best, when the energy is known.
std::string fit_lines(const desk::AskedClaim& asked, const std::vector<carbon::Explanation>& fits,
                      const carbon::FactorFile& file, Language language) {
  if (fits.empty()) {
    return "";
  }
  const double implied = 1000.0 * asked.claim.tonnes / *asked.claim.known_kwh;
  std::string text = "\n" +
                     Text{fmt::format("The year's energy of {} kWh makes the claim {:.4f} kg/kWh.",
                                      grouped(*asked.claim.known_kwh), implied),
                          fmt::format("按年发电量 {} 千瓦时折算,该数据相当于 {:.4f} kg/kWh。",
                                      grouped(*asked.claim.known_kwh), implied)}
                         .in(language) +
                     "\n";
  constexpr std::size_t shown = 3;
  for (std::size_t i = 0; i < std::min(shown, fits.size()); ++i) {
    text += fmt::format("  {}. {}\n", i + 1, carbon::sentence_of(fits[i]).in(language));
  }
  constexpr double near = 0.01;
  for (const carbon::WrongValue& wrong : file.wrong_values) {
    const auto misfit = carbon::meaning_of(asked.claim, wrong.kg_per_kwh).misfit;
    if (misfit && std::abs(*misfit) <= near) {
      text += fmt::format("  ! {}\n", carbon::sentence_of(wrong, file.factors).in(language));
    }
  }
  return text;
}

std::string claim_text(const desk::AskedClaim& asked, const carbon::FactorFile& file,
                       Language language) {
  const carbon::PublishedClaim& claim = asked.claim;
  const Text title{
      fmt::format("What {:g} t of CO2 a year mean, at {:g} kWh/kWp a year ({}):", claim.tonnes,
                  claim.yield_kwh_per_kwp, asked.yield_source.en),
      fmt::format("年减排 {:g} 吨 CO2 的含义(按每千瓦年发电 {:g} 千瓦时;{}):", claim.tonnes,
                  claim.yield_kwh_per_kwp, asked.yield_source.zh)};
  const auto all = carbon::explanations(claim, file.factors);
  return title.in(language) + "\n" + factor_table(asked, all, file, language) +
         wrong_table(asked, file, language) +
         fit_lines(asked, carbon::best_fits(all), file, language);
}

/// Factors under their document and source; a new heading where either changes.
std::string factor_list(const std::vector<carbon::Factor>& factors, Language language) {
  std::string text;
  const carbon::Factor* before = nullptr;
  for (const carbon::Factor& factor : factors) {
    if (!before || before->document != factor.document || before->source != factor.source) {
      text += fmt::format("\n{}\n  {}{}\n", factor.document, Text{"source: ", "来源:"}.in(language),
                          factor.source);
    }
    before = &factor;
    const std::string until = factor.valid_to ? text_of(*factor.valid_to) : "";
    text += fmt::format("  {:<34}{:>7.4f}  {} – {:<10}  {:<22}  {:<4}  {}\n", factor.id,
                        factor.kg_per_kwh, text_of(factor.valid_from), until,
                        carbon::names_of(factor.kind)[static_cast<std::size_t>(factor.kind)],
                        factor.confidence, factor.name.in(language));
  }
  return text;
}

std::string factors_text(const carbon::FactorFile& file, Language language) {
  std::string text =
      Text{
          "Emission factors of the grid: id, kg CO2/kWh, valid, kind, confidence, "
          "name (without an end: until a newer one is chosen)\n",
          "电网排放因子:编号、kg CO2/kWh、有效期、类别、可信度、名称"
          "(无截止日期者,用至选用新因子为止)\n"}
          .in(language);
  text += factor_list(file.factors, language);
  text += "\n" +
          Text{
              "Footprints: what making a kWh emits; PV's avoided tonnes are not made with "
              "them",
              "发电碳足迹:每发一度电自身的排放,不用于计算光伏减排量"}
              .in(language);
  text += "\n" + factor_list(file.footprints, language);
  text += "\n" + Text{"Values in wrong circulation", "误传数值"}.in(language) + "\n";
  for (const carbon::WrongValue& wrong : file.wrong_values) {
    text += "  " + carbon::sentence_of(wrong, file.factors).in(language) + "\n";
  }
  return text;
}

Result<std::string> answer(const CarbonOptions& options, Language language) {
  if (options.claim.empty() && !options.list_factors) {
    return fail(Fault::bad_input,
                {"expected --claim <tonnes> (\"--claim 1130t\") or --factors",
                 "请给出 --claim <吨数>(如“--claim 1130t”)或 --factors"},
                {"carbon", 0, ""});
  }
  TRY(const auto root, store::share_folder());
  TRY(const desk::ShippedFactors shipped, desk::read_shipped_factors(store::folder(root)));
  if (options.list_factors) {
    return options.as_json ? desk::factors_json(shipped.factors)
                           : factors_text(shipped.factors, language);
  }
  TRY(const desk::AskedClaim asked, read_question(options, shipped.yield));
  return options.as_json ? desk::claim_json(asked, shipped.factors)
                         : claim_text(asked, shipped.factors, language);
}

}  // namespace

int run_carbon(const CarbonOptions& options, Language language) {
  const auto text = answer(options, language);
  if (!text) {
    return report_errors(text.error(), language);
  }
  fmt::print("{}", *text);
  return 0;
}

}  // namespace xiaoyuan::cli
