#include "office/reconciliation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace xiaoyuan::office {

namespace {

using readings::Channel;

std::string channel_word(Channel channel) {
  return readings::words_of(channel)[static_cast<std::size_t>(channel)];
}

bool is_ours(const Village& village, const std::string& household) {
  return std::ranges::any_of(village.model().households,
                             [&](const model::Household& home) { return home.id == household; });
}

/// What all sheets state, by household and channel.
class StatedFigures {
 public:
  struct Figure {
    settle::Stated stated;
    std::string document;
  };

  StatedFigures(const Village& village, const readings::Period& month, Reconciled& result)
      : village_(village), month_(month), result_(result) {}

  Result<void> read(const StatedSheet& sheet) {
    TRY(const readings::Mapping mapping, readings::read_mapping(sheet.mapping, sheet.file));
    if (mapping.kind != readings::TableKind::registers) {
      return {};
    }
    TRY(readings::RegisterFile file,
        readings::read_registers(sheet.bytes, sheet.file, mapping, Instant{}));
    std::ranges::move(file.report.refused, std::back_inserter(result_.refused));
    const std::vector<readings::Statement> known =
        known_among(std::move(file.statements), sheet.file);
    return take(known, sheet.file);
  }

  const std::map<std::pair<std::string, Channel>, Figure>& figures() const { return figures_; }
  const std::set<Channel>& channels() const { return channels_; }

 private:
  /// Those of the month, each with the village's name of its household.
  std::vector<readings::Statement> known_among(std::vector<readings::Statement> all,
                                               const std::string& file) {
    std::vector<readings::Statement> known;
    for (readings::Statement& one : all) {
      if (const std::string* household = household_of(one.meter)) {
        if (one.household != *household && is_ours(village_, one.household)) {
          result_.refused.push_back(another_household(one, *household, file));
          continue;
        }
        one.household = *household;
      } else if (!is_ours(village_, one.household)) {
        const std::string& name = one.meter.empty() ? one.household : one.meter;
        if (std::ranges::find(result_.strangers, name) == result_.strangers.end()) {
          result_.strangers.push_back(name);
        }
        continue;
      }
      if (one.from != month_.from || one.to != month_.to) {
        ++result_.other_months;
        continue;
      }
      known.push_back(std::move(one));
    }
    return known;
  }

  static Error another_household(const readings::Statement& one, const std::string& ours,
                                 const std::string& file) {
    return {Fault::conflict,
            {fmt::format("meter {} is of {}, the sheet names {}; not compared", one.meter, ours,
                         one.household),
             fmt::format("电能表 {} 属 {},表单写为 {},未核对", one.meter, ours, one.household)},
            {file, one.line, ""}};
  }

  const std::string* household_of(const std::string& meter) const {
    for (const readings::MeterPoint& point : village_.points) {
      for (const readings::Service& service : point.services) {
        if (service.meter == meter) {
          return &point.household;
        }
      }
    }
    return nullptr;
  }

  Result<void> take(const std::vector<readings::Statement>& statements, const std::string& file) {
    std::set<Channel> channels;
    std::set<std::string> money_names;
    for (const readings::Statement& one : statements) {
      if (one.channel) {
        channels.insert(*one.channel);
      } else {
        money_names.insert(one.name);
      }
    }
    if (money_names.size() > 1 || (!money_names.empty() && channels.size() != 1)) {
      return fail(Fault::bad_input,
                  {"its money belongs to no one channel: a mapping states the energy of one "
                   "channel and one amount; take a mapping for each",
                   "金额无法对应到唯一的电量方向:一个映射只列一个方向的电量与一项金额,请分别映射"},
                  {file, 0, ""});
    }
    const std::string money = money_names.empty() ? "" : *money_names.begin();
    std::set<std::string> households;
    for (const readings::Statement& one : statements) {
      households.insert(one.household);
    }
    for (const Channel channel : channels) {
      channels_.insert(channel);
      for (const std::string& household : households) {
        put(settle::stated_of(statements, {household, channel, money, month_}),
            {household, channel}, file);
      }
    }
    return {};
  }

  /// A later sheet adds what earlier ones do not state; what it states again stands.
  void put(const settle::Stated& stated, const std::pair<std::string, Channel>& key,
           const std::string& file) {
    if (!stated.energy && !stated.money) {
      return;
    }
    Figure& figure = figures_[key];
    figure.document = file;
    figure.stated.energy = stated.energy ? stated.energy : figure.stated.energy;
    figure.stated.money = stated.money ? stated.money : figure.stated.money;
  }

  const Village& village_;
  readings::Period month_;
  Reconciled& result_;
  std::map<std::pair<std::string, Channel>, Figure> figures_;
  std::set<Channel> channels_;
};

/// One household's bills beside what is stated of them.
class HouseholdBeside {
 public:
  HouseholdBeside(const StatedFigures& stated, Reconciled& result)
      : stated_(stated), result_(result) {}

  void hold(const settle::MemberBills& bills) {
    hold_one(bills, bills.bought, Channel::imported);
    hold_one(bills, bills.sold, Channel::exported);
    hold_one(bills, bills.made, Channel::generated);
  }

 private:
  void hold_one(const settle::MemberBills& bills, const std::optional<settle::MadeBill>& made,
                Channel channel) {
    const auto found = stated_.figures().find({bills.household, channel});
    const bool is_stated = found != stated_.figures().end();
    if (!made) {
      if (is_stated) {
        result_.not_settled.push_back({bills.household, channel});
      }
      return;
    }
    if (!is_stated) {
      if (stated_.channels().contains(channel)) {
        result_.unstated.push_back({bills.household, channel});
        result_.statement.lines.push_back(line_of(bills.household, channel, *made));
      }
      return;
    }
    const settle::Stated& stated = found->second.stated;
    settle::Shadow shadow =
        settle::shadow({.inputs = &made->inputs,
                        .bill = &made->bill,
                        .terms = bills.terms,
                        .stated_energy = stated.energy,
                        .stated_money = channel == Channel::generated ? std::nullopt : stated.money,
                        .other_tariffs = {}});
    shadow.channel = channel;
    settle::StatementLine line = line_of(bills.household, channel, *made);
    fill_theirs(line, shadow, found->second.document);
    result_.statement.lines.push_back(std::move(line));
    result_.shadows.push_back(std::move(shadow));
  }

  /// What the grid company gains: it is paid for what is bought, and pays for what is sold.
  static settle::StatementLine line_of(const std::string& household, Channel channel,
                                       const settle::MadeBill& made) {
    settle::StatementLine line;
    line.id = fmt::format("{}/{}", household, channel_word(channel));
    line.section = channel == Channel::imported ? settle::Section::bought : settle::Section::sold;
    line.label = readings::name_of(channel);
    line.energy = made.bill.energy;
    line.amount = -made.bill.total();
    line.grade = made.bill.grade;
    line.party = household;
    return line;
  }

  static void fill_theirs(settle::StatementLine& line, const settle::Shadow& shadow,
                          const std::string& document) {
    settle::Theirs theirs;
    theirs.document = document;
    theirs.energy = shadow.stated_energy;
    if (shadow.stated_money) {
      theirs.amount =
          shadow.channel == Channel::imported ? *shadow.stated_money : -*shadow.stated_money;
    } else {
      theirs.amount = line.amount;  // only energies are stated, so only they can differ
    }
    line.theirs = std::move(theirs);
    for (const settle::Finding& finding : shadow.findings) {
      const bool is_first = line.explanation.en.empty();
      line.explanation.en += (is_first ? "" : "; ") + finding.why.en;
      line.explanation.zh += (is_first ? "" : ";") + finding.why.zh;
    }
  }

  const StatedFigures& stated_;
  Reconciled& result_;
};

settle::Statement head_of(const Village& village, const settle::MonthInputs& inputs) {
  settle::Statement statement;
  statement.id = text_of(inputs.month) + "/grid/reconciliation";
  statement.holder = settle::Holder::grid_company;
  statement.party = "reconciliation";
  for (const settle::Party& party : village.agreement.parties) {
    if (party.kind == settle::Holder::grid_company) {
      statement.name = party.name;
    }
  }
  statement.village = inputs.village;
  statement.illustrative = inputs.illustrative;
  statement.month = inputs.month;
  statement.known_at = inputs.known_at;
  return statement;
}

}  // namespace

bool Reconciled::is_equal() const {
  return unstated.empty() && not_settled.empty() && refused.empty() && strangers.empty() &&
         std::ranges::all_of(shadows, &settle::Shadow::is_equal);
}

Result<std::vector<StatedSheet>> imported_sheets(store::Store& store) {
  constexpr std::string_view ending = "/mapping";
  TRY(const std::vector<std::string> names, store.documents("import/"));
  std::vector<StatedSheet> sheets;
  for (const std::string& name : names) {
    if (!name.ends_with(ending)) {
      continue;
    }
    TRY(const std::optional<store::Document> mapping, store.document(name));
    TRY(const readings::Mapping read, readings::read_mapping(mapping->bytes, name));
    if (read.statements.empty()) {
      continue;
    }
    const std::string file = name.substr(0, name.size() - ending.size()) + "/file";
    TRY(const std::optional<store::Document> bytes, store.document(file));
    if (bytes) {
      sheets.push_back({file, bytes->bytes, mapping->bytes});
    }
  }
  return sheets;
}

Result<Reconciled> reconcile(Office& office, const Village& village, ledger::Period month,
                             std::span<const StatedSheet> sheets) {
  Reconciled result{.month = month,
                    .shadows = {},
                    .unstated = {},
                    .not_settled = {},
                    .strangers = {},
                    .other_months = 0,
                    .refused = {},
                    .statement = {}};
  Errors errors;
  const auto hold = [&](const settle::MonthFrame& frame) {
    StatedFigures stated(village, frame.period(), result);
    for (const StatedSheet& sheet : sheets) {
      auto read = stated.read(sheet);
      gather(read, errors);
    }
    if (!errors.empty()) {
      return;
    }
    if (stated.figures().empty()) {
      errors.push_back(
          {Fault::not_found,
           {fmt::format("no sheet states anything of the village's meters in {}", text_of(month)),
            fmt::format("所给表单没有本村电能表 {} 的电量或金额", text_of(month))},
           {"", 0, ""}});
      return;
    }
    result.statement = head_of(village, frame.inputs());
    HouseholdBeside beside(stated, result);
    for (std::size_t i = 0; i < frame.members(); ++i) {
      beside.hold(settle::member_bills(frame, i));
    }
  };
  if (auto looked = office.look_into(month, hold); !looked) {
    return std::unexpected(std::move(looked.error()));
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return result;
}

}  // namespace xiaoyuan::office
