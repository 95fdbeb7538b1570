#include "settle/shadow.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.hpp"
#include "settle/bills_words.hpp"

namespace xiaoyuan::settle {

namespace {

__extension__ typedef __int128 WideMoney;  // g++ and clang have it; -Wpedantic wants to be told

constexpr std::int64_t kwh_mwh = 1'000'000;

bool is_import(const BillInputs& inputs) {
  return inputs.tariff->schedule.tariff.direction == tariff::Direction::import_;
}

/// As a sheet states it: what was bought is above zero.
Money as_stated(const BillInputs& inputs, Money total) {
  return is_import(inputs) ? -total : total;
}

std::vector<const readings::Piece*> pieces_of(const BillInputs& inputs) {
  std::vector<const readings::Piece*> all;
  for (const Metered& part : inputs.metered) {
    for (const readings::Piece& piece : part.total.pieces) {
      all.push_back(&piece);
    }
  }
  return all;
}

/// What the cut of both readings takes from a piece that counts all digits.
MeteredEnergy cut_off(const readings::Piece& piece) {
  return {(piece.end.mwh % kwh_mwh - piece.start.mwh % kwh_mwh) * piece.multiplier};
}

/// Whether a piece counts all digits of its readings.
bool counts_all_digits(const readings::Piece& piece) {
  const std::int64_t apart = (piece.end - piece.start).mwh * piece.multiplier - piece.energy.mwh;
  return piece.rolled_over ? piece.energy.mwh % kwh_mwh != 0 : apart == 0;
}

class Search {
 public:
  explicit Search(const ShadowInputs& inputs) : asked_(inputs), inputs_(*inputs.inputs) {}

  Shadow found() {
    Shadow result{
        .household = inputs_.household,
        .channel = is_import(inputs_) ? readings::Channel::imported : readings::Channel::exported,
        .our_energy = asked_.bill->energy,
        .stated_energy = asked_.stated_energy,
        .our_money = as_stated(inputs_, asked_.bill->total()),
        .stated_money = asked_.stated_money,
        .findings = {}};
    if (result.stated_energy && *result.stated_energy != result.our_energy) {
      explain_energy(*result.stated_energy - result.our_energy);
    }
    if (result.stated_money && *result.stated_money != result.our_money) {
      explain_money(*result.stated_money - result.our_money);
    }
    result.findings = std::move(findings_);
    return result;
  }

 private:
  void add(Cause cause, Text why) { findings_.push_back({cause, std::move(why)}); }

  void explain_energy(MeteredEnergy apart) {
    const std::size_t before = findings_.size();
    find_cut(apart);
    const auto pieces = pieces_of(inputs_);
    for (const readings::Piece* piece : pieces) {
      if (pieces.size() > 1 && apart.mwh == -piece->energy.mwh) {
        add(Cause::missing_meter,
            {fmt::format("meter {} with {} kWh is left out", piece->meter,
                         short_kwh(piece->energy)),
             fmt::format("漏计电能表 {} 的 {} 千瓦时", piece->meter, short_kwh(piece->energy))});
      }
      const std::int64_t single = piece->energy.mwh / piece->multiplier;
      if (piece->multiplier > 1 && apart.mwh == single - piece->energy.mwh) {
        add(Cause::multiplier,
            {fmt::format("meter {} is billed without its multiplier {}", piece->meter,
                         piece->multiplier),
             fmt::format("电能表 {} 未乘倍率 {}", piece->meter, piece->multiplier)});
      }
    }
    if (findings_.size() == before) {
      add(Cause::unexplained, {fmt::format("{} kWh apart; no cause found", short_kwh(apart)),
                               fmt::format("电量相差 {} 千瓦时,原因待查", short_kwh(apart))});
    }
  }

  void find_cut(MeteredEnergy apart) {
    MeteredEnergy cut;
    MeteredEnergy kept;
    for (const readings::Piece* piece : pieces_of(inputs_)) {
      (counts_all_digits(*piece) ? cut : kept) += cut_off(*piece);
    }
    const MeteredEnergy rest{asked_.bill->energy.mwh % kwh_mwh};
    if (cut.mwh != 0 && apart.mwh == -cut.mwh) {
      add(Cause::whole_kwh, {"the readings are cut to whole kWh, ours keep all digits",
                             "对方将示数截为整千瓦时,我方按全部位数计算"});
    } else if (kept.mwh != 0 && apart == kept) {
      add(Cause::whole_kwh, {"all digits of the readings are billed, ours are cut to whole kWh",
                             "对方按示数全部位数计算,我方将示数截为整千瓦时"});
    } else if (rest.mwh != 0 && apart.mwh == -rest.mwh) {
      add(Cause::whole_kwh, {"the month's energy is cut to whole kWh, not the readings",
                             "对方将当月电量截为整千瓦时,而非截示数"});
    }
  }

  /// The money of the same month under something else; nothing where it cannot be billed so.
  std::optional<Money> billed(const BillInputs& inputs) const {
    const auto bill = is_import(inputs_) ? bought(inputs) : sold(inputs, asked_.terms);
    return bill ? std::optional{as_stated(inputs_, bill->total())} : std::nullopt;
  }

  /// The stated energy at our prices, where the total alone is billed.
  std::optional<Money> at_stated_energy() const {
    const bool is_plain = inputs_.metered.size() == 1 && inputs_.tariff->stretches.size() == 1 &&
                          inputs_.tariff->stretches[0].one_slot;
    if (!asked_.stated_energy || *asked_.stated_energy == asked_.bill->energy || !is_plain) {
      return std::nullopt;
    }
    BillInputs other = inputs_;
    other.metered[0].total.energy = *asked_.stated_energy;
    return billed(other);
  }

  /// All lines' exact products, rounded together.
  Money rounded_once() const {
    constexpr WideMoney one_fen = 1'000'000'000'000;  // mWh · 1e-8 yuan/kWh = 1e-12 fen
    WideMoney sum = 0;
    for (const StatementLine& line : asked_.bill->lines) {
      if (line.energy && line.price) {
        sum += static_cast<WideMoney>(line.energy->mwh) * line.price->units;
      }
    }
    const WideMoney size = sum < 0 ? -sum : sum;
    const auto fen = static_cast<std::int64_t>((size + one_fen / 2) / one_fen);
    return {sum < 0 ? -fen : fen};
  }

  void explain_money(Money apart) {
    const std::size_t before = findings_.size();
    const Money stated = *asked_.stated_money;
    if (at_stated_energy() == stated) {
      add(Cause::from_energy, {"our prices give the stated money for the stated energy",
                               "按我方电价计算对方电量,与对方金额一致"});
    }
    for (const MonthTariff* tariff : asked_.other_tariffs) {
      BillInputs other = inputs_;
      other.tariff = tariff;
      const auto& made = tariff->schedule;
      if (made.tariff.direction == inputs_.tariff->schedule.tariff.direction &&
          billed(other) == stated) {
        const std::string day = text_of(made.tariff.versions[made.slots[0].version].valid_from);
        add(Cause::price, {fmt::format("it is the money under \"{}\" from {}", made.tariff.id, day),
                           fmt::format("与电价“{}”({} 起)计算结果一致", made.tariff.id, day)});
      }
    }
    if (rounded_once() == stated) {
      add(Cause::one_rounding,
          {"the bill is rounded once, ours line by line", "对方整单一次四舍五入,我方逐行四舍五入"});
    }
    find_tier_year(stated);
    if (findings_.size() == before) {
      add(Cause::unexplained, {fmt::format("{} yuan apart; no cause found", text_of(apart)),
                               fmt::format("金额相差 {} 元,原因待查", text_of(apart))});
    }
  }

  void find_tier_year(Money stated) {
    if (!inputs_.counted || inputs_.counted->tier_period.mwh == 0) {
      return;
    }
    BillInputs other = inputs_;
    other.counted->tier_period = {};
    if (billed(other) == stated) {
      const std::string known = short_kwh(inputs_.counted->tier_period);
      add(Cause::tier_year,
          {fmt::format("its tiers begin with this month; the year had counted {} kWh before",
                       known),
           fmt::format("对方阶梯自本月起算,而年度此前已累计 {} 千瓦时", known)});
    }
  }

  const ShadowInputs& asked_;
  const BillInputs& inputs_;
  std::vector<Finding> findings_;
};

StatementLine apart_line(const Shadow& shadow) {
  const Text channel = readings::name_of(shadow.channel);
  StatementLine line;
  line.id =
      fmt::format("shadow.{}.{}", shadow.household,
                  readings::words_of(shadow.channel)[static_cast<std::size_t>(shadow.channel)]);
  line.section = Section::adjustment;
  line.label = {fmt::format("{}, {}: differs", shadow.household, channel.en),
                fmt::format("{}({}):不一致", shadow.household, channel.zh)};
  const auto figures = [](const auto& ours, const auto& stated, const Text& name) {
    return Text{fmt::format("{}: ours {}, stated {}; ", name.en, ours, stated),
                fmt::format("{}:我方 {},对方 {};", name.zh, ours, stated)};
  };
  if (shadow.stated_energy) {
    const Text text = figures(short_kwh(shadow.our_energy), short_kwh(*shadow.stated_energy),
                              {"kWh", "电量(千瓦时)"});
    line.explanation = {line.explanation.en + text.en, line.explanation.zh + text.zh};
    line.energy = *shadow.stated_energy - shadow.our_energy;
  }
  if (shadow.stated_money) {
    const Text text =
        figures(text_of(shadow.our_money), text_of(*shadow.stated_money), {"yuan", "金额(元)"});
    line.explanation = {line.explanation.en + text.en, line.explanation.zh + text.zh};
    line.amount = *shadow.stated_money - shadow.our_money;
  }
  std::vector<std::string> en;
  std::vector<std::string> zh;
  for (const Finding& finding : shadow.findings) {
    en.push_back(finding.why.en);
    zh.push_back(finding.why.zh);
  }
  line.explanation.en += joined(en, "; ");
  line.explanation.zh += joined(zh, ";");
  return line;
}

}  // namespace

const std::vector<std::string>& words_of(Cause /*unused*/) {
  static const std::vector<std::string> words{"whole_kwh",   "missing_meter", "multiplier",
                                              "from_energy", "price",         "one_rounding",
                                              "tier_year",   "unexplained"};
  return words;
}

Text name_of(Cause cause) {
  switch (cause) {
    case Cause::whole_kwh:
      return {"whole kWh", "取整方式"};
    case Cause::missing_meter:
      return {"missing meter", "漏计电能表"};
    case Cause::multiplier:
      return {"multiplier", "倍率"};
    case Cause::from_energy:
      return {"follows from the energy", "由电量差异引起"};
    case Cause::price:
      return {"price version", "电价版本"};
    case Cause::one_rounding:
      return {"rounding", "四舍五入方式"};
    case Cause::tier_year:
      return {"tier year", "阶梯累计起点"};
    case Cause::unexplained:
      break;
  }
  return {"unexplained", "原因待查"};
}

Shadow shadow(const ShadowInputs& inputs) {
  expects(inputs.inputs != nullptr && inputs.bill != nullptr);
  return Search{inputs}.found();
}

Stated stated_of(std::span<const readings::Statement> statements, const StatedOf& asked) {
  Stated stated;
  for (const readings::Statement& one : statements) {
    if (one.household != asked.household || one.from != asked.month.from ||
        one.to != asked.month.to) {
      continue;
    }
    if (one.channel == asked.channel) {
      stated.energy = stated.energy.value_or(MeteredEnergy{}) + one.energy;
    } else if (!one.channel && one.name == asked.money_name) {
      stated.money = stated.money.value_or(Money{}) + one.money;
    }
  }
  return stated;
}

std::vector<StatementLine> shadow_lines(std::span<const Shadow> shadows) {
  std::vector<StatementLine> lines;
  MeteredEnergy energy;
  std::size_t equal = 0;
  for (const Shadow& one : shadows) {
    if (one.is_equal()) {
      energy += one.our_energy;
      ++equal;
    } else {
      lines.push_back(apart_line(one));
    }
  }
  if (equal > 0) {
    StatementLine line;
    line.id = "shadow.equal";
    line.section = Section::adjustment;
    line.label = {"bills that agree", "一致的账单"};
    line.explanation = {
        fmt::format("{} of {} bills agree in all that is stated, to the fen", equal,
                    shadows.size()),
        fmt::format("{} 份账单中 {} 份与对方所列逐项一致,精确到分", shadows.size(), equal)};
    line.energy = energy;
    line.amount = Money{};
    lines.insert(lines.begin(), std::move(line));
  }
  return lines;
}

}  // namespace xiaoyuan::settle
