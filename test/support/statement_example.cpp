#include "support/statement_example.hpp"

#include <fmt/format.h>

#include <bit>

#include "base/check.hpp"
#include "base/hash.hpp"

namespace xiaoyuan::statement::test {

namespace {

using settle::Section;
using settle::StatementLine;

const ledger::Period october = ledger::Period::of(2026, 10);
constexpr std::int64_t kwh = 1'000'000;  // mWh
const Text village{"Xiaodong Gezhuang (example)", "小东各庄村(示例)"};
const std::string retail_document = "京发改〔2025〕示例号 居民生活用电价格";
const std::string feed_in_document = "京发改〔2021〕示例号 上网电价";

Instant local_midnight(int year, unsigned month, unsigned day) {
  const std::chrono::sys_days date =
      std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day);
  return Instant(date) - std::chrono::hours(8);
}

const readings::Period whole_october{local_midnight(2026, 10, 1), local_midnight(2026, 11, 1)};

StatementLine plain_line(std::string id, Section section, Text label) {
  StatementLine line;
  line.id = std::move(id);
  line.section = section;
  line.label = std::move(label);
  return line;
}

StatementLine money_line(std::string id, Section section, Text label, Money amount) {
  StatementLine line = plain_line(std::move(id), section, std::move(label));
  line.amount = amount;
  line.entry = fmt::format("2026-10/H001/{}", line.id);
  return line;
}

enum class Side { pays, gains };

StatementLine energy_line(StatementLine line, MeteredEnergy energy, Price price, Side side) {
  line.energy = energy;
  line.price = price;
  const Money money = amount(energy, price);
  line.amount = side == Side::pays ? -money : money;
  line.entry = fmt::format("2026-10/H001/{}", line.id);
  return line;
}

settle::Source source(readings::Channel channel, std::string meter, readings::Period period,
                      std::int64_t start_mwh, std::int64_t end_mwh) {
  settle::Source one;
  one.channel = channel;
  one.piece = {.meter = std::move(meter),
               .multiplier = 1,
               .period = period,
               .start = {start_mwh},
               .end = {end_mwh},
               .rolled_over = false,
               .energy = {end_mwh - start_mwh}};
  return one;
}

/// A proof that holds, without the million entries before it: the siblings are drawn.
settle::EntryProof drawn_proof(std::uint64_t entries, std::string key) {
  settle::EntryProof proof;
  proof.entry_hash = ledger::hash_of_entry(key);
  proof.key = std::move(key);
  proof.proof.size = entries;
  Digest root = proof.entry_hash;
  const int height = static_cast<int>(std::bit_width(entries - 1));
  for (int level = 0; level < height; ++level) {
    proof.proof.path.push_back(sha256(fmt::format("sibling {}", level)));
    root = ledger::hash_of_pair(root, proof.proof.path.back());
  }
  proof.head = {entries, root};
  expects(ledger::proves(proof.proof, proof.entry_hash, proof.head));
  return proof;
}

void add_energy_lines(settle::Statement& statement) {
  StatementLine made = plain_line("energy.made", Section::energy, {"Made", "光伏发电"});
  made.energy = MeteredEnergy{812'400'000};
  made.explanation = {"The generation meter's register, end less start.", "发电表当月止码减起码。"};
  made.sources = {source(readings::Channel::generated, "G-20471", whole_october, 10'204'130'000,
                         11'016'530'000)};
  made.rules = {{readings::Rule::negative_difference, readings::Outcome::passed, {}},
                {readings::Rule::most_power,
                 readings::Outcome::passed,
                 {"812.40 kWh of at most 7,440.00", "812.40 千瓦时,上限 7,440.00"}},
                {readings::Rule::clock_shift,
                 readings::Outcome::skipped,
                 {"the meter's clock was not compared", "未比对电表时钟"}}};
  statement.lines.push_back(std::move(made));
  StatementLine used = plain_line("energy.self", Section::energy, {"Used at home", "自发自用"});
  used.energy = MeteredEnergy{301'650'000};
  used.explanation = {"Generation less export.", "发电量减上网电量。"};
  statement.lines.push_back(std::move(used));
}

void add_bought_lines(settle::Statement& statement) {
  StatementLine bought = energy_line(
      plain_line("bought.tier-1", Section::bought, {"Residential, first tier", "居民用电 第一档"}),
      {186'000'000}, {48'830'000}, Side::pays);
  bought.explanation = {"Whole kWh of the readings of the import meter; 186 of the year's 2,880.",
                        "按购电表整千瓦时示数计,年度第一档 2,880 千瓦时内。"};
  bought.document = retail_document;
  bought.version = "beijing-residential from 2021-01-01";
  bought.grade = readings::Grade::estimated;
  const Instant swap = local_midnight(2026, 10, 17) + std::chrono::hours(10);
  bought.sources = {
      source(readings::Channel::imported, "D-88102", {whole_october.from, swap}, 99'921'000'000,
             99'998'000'000),
      source(readings::Channel::imported, "D-91377", {swap, whole_october.to}, 0, 109'000'000)};
  bought.sources.back().grade = readings::Grade::estimated;
  bought.rules = {{readings::Rule::meter_change,
                   readings::Outcome::acted,
                   {"two meters served the point", "计量点当月换表,分两段计算"}},
                  {readings::Rule::rollover, readings::Outcome::passed, {}},
                  {readings::Rule::similar_days,
                   readings::Outcome::acted,
                   {"the freeze of 1 November was estimated from four similar days",
                    "11 月 1 日冻结示数按四个相似日估算"}}};
  statement.lines.push_back(std::move(bought));
}

void add_sold_lines(settle::Statement& statement) {
  StatementLine sold =
      energy_line(plain_line("sold.feed-in", Section::sold, {"Surplus sold", "余电上网"}),
                  {510'750'000}, {35'980'000}, Side::gains);
  sold.explanation = {"The export meter's register at the feed-in price.",
                      "上网表止码减起码,按上网电价结算。"};
  sold.document = feed_in_document;
  sold.version = "beijing-feed-in from 2021-08-01";
  sold.sources = {source(readings::Channel::exported, "D-88102-E", whole_october, 4'100'250'000,
                         4'611'000'000)};
  statement.lines.push_back(std::move(sold));
  StatementLine mechanism = energy_line(plain_line("mechanism.difference", Section::mechanism,
                                                   {"Contract for difference", "机制电价差价结算"}),
                                        {408'600'000}, {-1'200'000}, Side::gains);
  mechanism.explanation = {"80 % of the export, mechanism price less the market's mean.",
                           "上网电量的 80%,机制电价与市场均价之差。"};
  mechanism.document = "发改价格〔2025〕136号";
  mechanism.version = "example-mechanism from 2026-01-01";
  statement.lines.push_back(std::move(mechanism));
}

void add_contract_lines(settle::Statement& statement) {
  const auto add = [&](std::string id, Section section, Text label, std::int64_t fen,
                       Text explanation, std::string document) {
    StatementLine line = money_line(std::move(id), section, std::move(label), {fen});
    line.explanation = std::move(explanation);
    line.document = std::move(document);
    statement.lines.push_back(std::move(line));
  };
  add("contracts.rent", Section::contracts, {"Roof rent from the company", "屋顶租金(企业支付)"},
      5'000, {"24 panels at 25 yuan a year, a twelfth.", "24 块组件,每块每年 25 元,按月支付。"},
      "屋顶租赁合同 第 4 条");
  add("contracts.loan", Section::contracts, {"Loan instalment 14 of 96", "光伏贷 第 14/96 期还款"},
      -9'850, {"Equal instalments.", "等额本息。"}, "借款合同 2025-0817");
  add("contracts.dividend", Section::contracts, {"Co-operative dividend", "合作社分红"}, 2'417,
      {"2 of 160 shares.", "160 股中的 2 股。"}, "合作社章程 第 21 条");
  StatementLine late = energy_line(plain_line("adjustment.2026-08.sold", Section::adjustment,
                                              {"August: export corrected", "8 月上网电量更正"}),
                                   {-12'500'000}, {35'980'000}, Side::gains);
  late.grade = readings::Grade::edited;
  late.explanation = {"A reading of 1 September was corrected on 12 October.",
                      "9 月 1 日示数于 10 月 12 日更正,差额计入本月。"};
  late.version = "beijing-feed-in from 2021-08-01";
  statement.lines.push_back(std::move(late));
  StatementLine green =
      plain_line("environment.avoided", Section::environment, {"CO2 avoided", "减少二氧化碳排放"});
  green.gco2e = 459'814;
  green.certificates = 0;
  green.explanation = {"812.40 kWh at 0.5660 kg/kWh; certificates carry 510.75 kWh on.",
                       "812.40 千瓦时 × 0.5660 千克/千瓦时;绿证结转 510.75 千瓦时。"};
  green.version = "example-factor 2024";
  statement.lines.push_back(std::move(green));
}

settle::Statement statement_of(settle::Holder holder, std::string party, Text name) {
  settle::Statement statement;
  statement.id = "2026-10/" + party;
  statement.holder = holder;
  statement.party = std::move(party);
  statement.name = std::move(name);
  statement.village = village;
  statement.illustrative = true;
  statement.month = october;
  statement.known_at = local_midnight(2026, 11, 3);
  return statement;
}

}  // namespace

Style style_of(Language language) { return {language, *Zone::find("Asia/Shanghai")}; }

Sheet household_example(std::uint64_t entries) {
  Sheet sheet{.statement =
                  statement_of(settle::Holder::household, "H001", {"Li Xiuying", "李秀英"})};
  settle::Statement& statement = sheet.statement;
  statement.revision = 2;
  statement.energy = {.made = MeteredEnergy{812'400'000},
                      .self_used = MeteredEnergy{301'650'000},
                      .sold = MeteredEnergy{510'750'000},
                      .bought = MeteredEnergy{186'000'000},
                      .shared_in = {},
                      .shared_out = {}};
  add_energy_lines(statement);
  add_bought_lines(statement);
  add_sold_lines(statement);
  add_contract_lines(statement);
  const Money change{-2'630};
  statement.last_month = statement.total() - change;
  statement.changes = {
      {{"Less sun", "日照减少"},
       {"104.2 kWh less made than in September.", "比 9 月少发电 104.2 千瓦时。"},
       {-1'911}},
      {{"Bought more", "购电增加"}, {"5.5 kWh more bought.", "多购电 5.5 千瓦时。"}, {-269}},
      {{"August corrected", "8 月更正"},
       {"A reading was corrected.", "更正 8 月上网示数。"},
       {-450}}};
  for (int i = 0; i < 12; ++i) {
    const std::int64_t fen =
        std::vector<std::int64_t>{2'100,  -3'900, -5'600, -1'200, 3'050, 7'420,
                                  10'960, 12'810, 11'230, 9'640,  8'805, statement.last_month->fen}
            [static_cast<std::size_t>(i)];
    sheet.history.push_back({ledger::Period{october.month - 12 + i}, {fen}});
  }
  using namespace std::chrono;
  sheet.disputes = {{.key = "2026-10/dispute/1",
                     .line = "bought.tier-1",
                     .reason = {"The household doubts the estimate after the change of meter.",
                                "用户对换表后的估算电量有异议。"},
                     .frozen = {1'465},
                     .state = DisputeState::open,
                     .opened = year{2026} / 11 / 4},
                    {.key = "2026-09/dispute/3",
                     .line = "contracts.rent",
                     .reason = {"The rent of September came late.", "9 月租金迟付。"},
                     .frozen = {5'000},
                     .state = DisputeState::resolved,
                     .opened = year{2026} / 10 / 9,
                     .resolved = year{2026} / 10 / 15,
                     .outcome = {"It was paid; the posting stands.", "租金已到账,原账目不变。"}}};
  statement.proof = drawn_proof(entries, "2026-10/H001/sold.feed-in");
  return sheet;
}

Sheet plain_household_example() {
  Sheet sheet{.statement = statement_of(settle::Holder::household, "H002", {"Zhang Wei", "张伟"})};
  sheet.statement.energy.bought = MeteredEnergy{143'000'000};
  StatementLine bought = energy_line(
      plain_line("bought.tier-1", Section::bought, {"Residential, first tier", "居民用电 第一档"}),
      {143'000'000}, {48'830'000}, Side::pays);
  bought.document = retail_document;
  sheet.statement.lines.push_back(std::move(bought));
  return sheet;
}

Sheet numbered_household(int number) {
  Sheet sheet = household_example();
  settle::Statement& statement = sheet.statement;
  statement.party = fmt::format("H{:03}", number);
  statement.id = "2026-10/" + statement.party;
  statement.name = {fmt::format("Household {}", number), fmt::format("第{}户", number)};
  for (StatementLine& line : statement.lines) {
    if (line.id == "sold.feed-in") {
      line.energy = *line.energy + MeteredEnergy{number * kwh};
      line.amount = amount(*line.energy, *line.price);
    }
  }
  statement.energy.made = *statement.energy.made + MeteredEnergy{number * kwh};
  statement.energy.sold = *statement.energy.sold + MeteredEnergy{number * kwh};
  statement.lines.front().energy = statement.energy.made;
  return sheet;
}

Sheet committee_example(int households) {
  Sheet sheet{.statement = statement_of(settle::Holder::committee, "committee",
                                        {"Village committee", "村民委员会"})};
  settle::Statement& statement = sheet.statement;
  Member sum;
  settle::MonthEnergy energy{.made = MeteredEnergy{},
                             .self_used = MeteredEnergy{},
                             .sold = MeteredEnergy{},
                             .bought = MeteredEnergy{},
                             .shared_in = {},
                             .shared_out = {}};
  for (int number = 1; number <= households; ++number) {
    sheet.members.push_back(member_of(numbered_household(number).statement));
    const Member& member = sheet.members.back();
    *energy.made += *member.energy.made;
    *energy.self_used += *member.energy.self_used;
    *energy.sold += *member.energy.sold;
    *energy.bought += *member.energy.bought;
    sum.sold += member.sold;
    sum.bought += member.bought;
  }
  statement.energy = energy;
  statement.lines = {money_line("bought.total", Section::bought,
                                {"Bills of all households", "全村购电电费"}, sum.bought),
                     money_line("sold.total", Section::sold,
                                {"Surplus of all households", "全村余电收入"}, sum.sold)};
  return sheet;
}

Sheet company_example() {
  Sheet sheet{.statement = statement_of(settle::Holder::company, "company-1",
                                        {"Example Solar Ltd.", "示例光伏公司"})};
  settle::Statement& statement = sheet.statement;
  statement.lines.push_back(energy_line(
      plain_line("sold.feed-in", Section::sold, {"Leased roofs, sold", "租赁屋顶上网电量"}),
      {21'480'000'000}, {35'980'000}, Side::gains));
  statement.lines.push_back(money_line("contracts.rent", Section::contracts,
                                       {"Rent, 41 roofs", "屋顶租金 41 户"}, {-205'000}));
  statement.lines.push_back(money_line("contracts.service", Section::contracts,
                                       {"Operation fee", "运维服务费"}, {-38'660}));
  for (int number = 1; number <= 12; ++number) {
    Member member = member_of(numbered_household(number).statement);
    member.bought = {};
    member.sold = {};
    member.adjustment = {};
    member.contracts = {5'000};
    member.total = {5'000};
    sheet.members.push_back(std::move(member));
  }
  return sheet;
}

Sheet grid_company_example() {
  Sheet sheet{.statement = statement_of(settle::Holder::grid_company, "grid",
                                        {"Grid company, county branch", "县供电公司"})};
  for (int number = 1; number <= 40; ++number) {
    const settle::Statement household = numbered_household(number).statement;
    for (const StatementLine& line : household.lines) {
      if (line.section != Section::bought && line.section != Section::sold) {
        continue;
      }
      StatementLine ours = line;
      ours.id = fmt::format("{}/{}", household.party, line.id);
      ours.party = household.party;
      ours.amount = -*line.amount;
      settle::Theirs theirs{.energy = line.energy,
                            .price = line.price,
                            .amount = ours.amount,
                            .document = "电费账单 2026-10"};
      if (number == 7 && line.section == Section::sold) {  // they paid 12 kWh less
        theirs.energy = *line.energy - MeteredEnergy{12 * kwh};
        theirs.amount = -amount(*theirs.energy, *line.price);
      } else if (number == 19 && line.section == Section::bought) {  // the fen was cut
        theirs.amount = *ours.amount - Money{1};
      }
      if (number != 23) {  // their paper of one household is missing
        ours.theirs = std::move(theirs);
      }
      sheet.statement.lines.push_back(std::move(ours));
    }
  }
  return sheet;
}

}  // namespace xiaoyuan::statement::test
