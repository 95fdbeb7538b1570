// One household's month: what its registers say, its bills, its contracts, its environmental value.
#include <fmt/format.h>

#include <algorithm>

#include "settle/contracts.hpp"
#include "settle/month_lines.hpp"

namespace xiaoyuan::settle {

namespace {

using readings::Channel;
using readings::Rate;

const readings::Service* service_at(const readings::MeterPoint& point, Instant at) {
  const auto serves = [&](const readings::Service& service) {
    return service.from <= at && (!service.to || at < *service.to);
  };
  const auto found = std::ranges::find_if(point.services, serves);
  return found != point.services.end() ? &*found : nullptr;
}

class MemberMonth {
 public:
  MemberMonth(const MonthFrame& frame, std::size_t i)
      : frame_(frame),
        inputs_(frame.inputs()),
        i_(i),
        member_(frame.member(i)),
        owner_(frame.plant_owner(i)) {}

  SettledMember run() {
    head();
    measure();
    if (settled_.refused.empty()) {
      buy();
      sell();
    }
    if (settled_.refused.empty()) {
      keep_contracts();
    }
    if (settled_.refused.empty()) {
      recognise();
    } else {
      refuse();
    }
    order_lines(settled_.statement);
    return std::move(settled_);
  }

  /// The same bills with what they are made of.
  MemberBills bills() {
    MemberBills all{
        .household = member_.id, .terms = member_.sale, .bought = {}, .sold = {}, .made = {}};
    measure();
    if (const readings::MeterPoint* point = frame_.point(i_, Channel::imported)) {
      all.bought = made_bill(*point, member_.import_tariff, member_.counted_bought);
    }
    if (const readings::MeterPoint* point = sale_point()) {
      all.sold = made_bill(*point, member_.export_tariff, member_.counted_sold);
    }
    if (made_ && member_.export_tariff != nullptr) {
      all.made = MadeBill{};
      all.made->inputs.household = member_.id;
      all.made->inputs.tariff = member_.export_tariff;
      all.made->inputs.metered.push_back(
          {.period = frame_.period(), .total = *made_, .by_rate = {}});
      all.made->bill.energy = made_->energy;
    }
    return settled_.refused.empty() ? std::move(all)
                                    : MemberBills{.household = member_.id,
                                                  .terms = member_.sale,
                                                  .bought = {},
                                                  .sold = {},
                                                  .made = {}};
  }

 private:
  std::optional<MadeBill> made_bill(const readings::MeterPoint& point, const MonthTariff* tariff,
                                    const std::optional<tariff::Counted>& counted) {
    if (tariff == nullptr) {
      return std::nullopt;
    }
    MadeBill made{.inputs = bill_inputs(point, *tariff), .bill = {}};
    made.inputs.counted = counted;
    if (!settled_.refused.empty()) {
      return std::nullopt;
    }
    auto bill =
        tariff == member_.import_tariff ? bought(made.inputs) : sold(made.inputs, member_.sale);
    if (!gather(bill, settled_.refused)) {
      return std::nullopt;
    }
    made.bill = std::move(*bill);
    return made;
  }

  void head() {
    Statement& statement = settled_.statement;
    statement.id = statement_id(inputs_.month, member_.id);
    statement.party = member_.id;
    statement.name = member_.name;
    statement.village = inputs_.village;
    statement.illustrative = inputs_.illustrative;
    statement.month = inputs_.month;
    statement.known_at = inputs_.known_at;
    settled_.counted_bought = member_.counted_bought.value_or(tariff::Counted{});
    settled_.counted_sold = member_.counted_sold.value_or(tariff::Counted{});
  }

  readings::QuantityRules rules() const {
    return {.whole_kwh = inputs_.agreement->whole_kwh, .known_at = inputs_.known_at};
  }

  std::optional<readings::Quantity> quantity_of(const readings::MeterPoint* point) {
    if (point == nullptr) {
      return std::nullopt;
    }
    auto quantity =
        readings::quantity(*point, Rate::total, *inputs_.registers, frame_.period(), rules());
    if (!gather(quantity, settled_.refused)) {
      return std::nullopt;
    }
    settled_.grade = worse(settled_.grade, quantity->grade);
    return std::move(*quantity);
  }

  /// Where all is sold, the plant's own meter is the meter of the sale.
  const readings::MeterPoint* sale_point() const {
    const readings::MeterPoint* exported = frame_.point(i_, Channel::exported);
    return exported == nullptr && member_.sale.mode == ExportMode::full_export
               ? frame_.point(i_, Channel::generated)
               : exported;
  }

  void measure() {
    MonthEnergy& energy = settled_.statement.energy;
    std::vector<StatementLine>& lines = settled_.statement.lines;
    made_ = quantity_of(frame_.point(i_, Channel::generated));
    sold_ =
        sale_point() == frame_.point(i_, Channel::generated) ? made_ : quantity_of(sale_point());
    bought_ = quantity_of(frame_.point(i_, Channel::imported));
    if (!made_ && sold_ && member_.sale.mode == ExportMode::full_export) {
      made_ = sold_;  // the meter of the sale is the plant's own
    }
    if (made_) {
      energy.made = made_->energy;
      lines.push_back(energy_line("energy.made", {"Made", "发电"}, Channel::generated, *made_));
    }
    if (made_ && (sold_ || member_.sale.mode == ExportMode::self_use)) {
      use_own(energy, lines);
    }
    if (sold_) {
      energy.sold = sold_->energy;
      lines.push_back(
          energy_line("energy.sold", {"Sent to the grid", "上网"}, sale_point()->channel, *sold_));
    }
    if (bought_) {
      energy.bought = bought_->energy;
      lines.push_back(energy_line("energy.bought", {"Taken from the grid", "购电"},
                                  Channel::imported, *bought_));
    }
  }

  void use_own(MonthEnergy& energy, std::vector<StatementLine>& lines) {
    auto own =
        sold_ ? readings::self_use(*made_, *sold_, member_.id) : Result<readings::Quantity>(*made_);
    if (!gather(own, settled_.refused)) {
      return;
    }
    energy.self_used = own->energy;
    StatementLine line =
        energy_line("energy.self_used", {"Used of one's own", "自用"}, Channel::generated, *own);
    line.explanation = {"what was made less what was sent to the grid", "发电量减去上网电量"};
    lines.push_back(std::move(line));
  }

  bool is_read(const readings::MeterPoint& point, Rate rate, Instant at) const {
    const readings::Service* service = service_at(point, at);
    return service != nullptr && inputs_.registers->find({service->meter, point.channel, rate, at},
                                                         inputs_.known_at) != nullptr;
  }

  std::optional<Metered> metered_over(const readings::MeterPoint& point, const MonthTariff& tariff,
                                      const readings::Period& period) {
    Metered metered;
    metered.period = period;
    auto total = readings::quantity(point, Rate::total, *inputs_.registers, period, rules());
    if (!gather(total, settled_.refused)) {
      return std::nullopt;
    }
    metered.total = std::move(*total);
    for (const Rate rate : rates_of(tariff)) {
      if (!is_read(point, rate, period.from) && !is_read(point, rate, period.to)) {
        continue;
      }
      auto quantity = readings::quantity(point, rate, *inputs_.registers, period, rules());
      if (!gather(quantity, settled_.refused)) {
        return std::nullopt;
      }
      metered.by_rate.push_back({rate, std::move(*quantity)});
    }
    return metered;
  }

  /// Registers divide the month where all days on which the price changes were read.
  BillInputs bill_inputs(const readings::MeterPoint& point, const MonthTariff& tariff) {
    BillInputs inputs;
    inputs.household = member_.id;
    inputs.tariff = &tariff;
    inputs.intervals = frame_.intervals(i_, point.channel);
    std::vector<readings::Period> periods;
    for (const PriceStretch& stretch : tariff.stretches) {
      periods.push_back(stretch.period);
    }
    const auto read = [&](const readings::Period& period) {
      return period.from == frame_.period().from || is_read(point, Rate::total, period.from);
    };
    if (!std::ranges::all_of(periods, read)) {
      periods.assign(1, frame_.period());
    }
    for (const readings::Period& period : periods) {
      if (auto metered = metered_over(point, tariff, period)) {
        inputs.metered.push_back(std::move(*metered));
      }
    }
    return inputs;
  }

  void lacks_point(Channel channel) {
    settled_.refused.push_back(
        {.fault = Fault::not_found,
         .what = {fmt::format("no metering point of {} is known; name its meter in meters.csv",
                              name_of(channel).en),
                  fmt::format("没有{}计量点;请在 meters.csv 中登记电表", name_of(channel).zh)},
         .where = {"", 0, member_.id}});
  }

  void flow(const StatementLine& line, std::string_view payer, std::string_view payee,
            Money amount) {
    settled_.flows.push_back({.group = member_.id,
                              .line = line.id,
                              .payer = std::string(payer),
                              .payee = std::string(payee),
                              .amount = amount});
  }

  void buy() {
    if (member_.import_tariff == nullptr || !frame_.is_billed(i_)) {
      return;
    }
    const readings::MeterPoint* point = frame_.point(i_, Channel::imported);
    if (point == nullptr) {
      lacks_point(Channel::imported);
      return;
    }
    BillInputs inputs = bill_inputs(*point, *member_.import_tariff);
    inputs.counted = member_.counted_bought;
    if (!settled_.refused.empty()) {
      return;
    }
    auto bill = bought(inputs);
    if (!gather(bill, settled_.refused)) {
      return;
    }
    settled_.counted_bought = bill->counted;
    settled_.grade = worse(settled_.grade, bill->grade);
    for (StatementLine& line : bill->lines) {
      flow(line, member_.id, grid_company, -line.amount.value_or(Money{}));
      settled_.statement.lines.push_back(std::move(line));
    }
  }

  void sell() {
    if (member_.export_tariff == nullptr || !frame_.is_billed(i_)) {
      return;
    }
    const readings::MeterPoint* point = sale_point();
    if (point == nullptr) {
      if (member_.sale.mode != ExportMode::self_use) {
        lacks_point(Channel::exported);
      }
      return;
    }
    BillInputs inputs = bill_inputs(*point, *member_.export_tariff);
    inputs.counted = member_.counted_sold;
    if (!settled_.refused.empty()) {
      return;
    }
    auto bill = sold(inputs, member_.sale);
    if (!gather(bill, settled_.refused)) {
      return;
    }
    settled_.counted_sold = bill->counted;
    settled_.grade = worse(settled_.grade, bill->grade);
    for (StatementLine& line : bill->lines) {
      take_income(line);
      settled_.statement.lines.push_back(std::move(line));
    }
  }

  void take_income(StatementLine& line) {
    const Money amount = line.amount.value_or(Money{});
    income_ += amount;
    flow(line, grid_company, owner_, amount);
    if (owner_ != member_.id && line.amount) {
      line.amount.reset();
      const Party* party = party_of(*inputs_.agreement, owner_);
      const Text owner = party == nullptr ? Text{owner_, owner_} : party->name;
      line.explanation.en +=
          fmt::format("; {} yuan go to {}, whose plant it is", text_of(amount), owner.en);
      line.explanation.zh += fmt::format(";{} 元归电站所有者{}", text_of(amount), owner.zh);
    }
  }

  void keep_contracts() {
    for (const Contract* contract : frame_.contracts(i_)) {
      if (const auto* lease = std::get_if<RoofLease>(&contract->terms)) {
        rent(*contract, *lease);
      } else if (const auto* loan = std::get_if<Loan>(&contract->terms)) {
        contract_flow(*contract, {member_.id, loan->lender, loan->instalment});
      } else if (const auto* fee = std::get_if<ServiceFee>(&contract->terms)) {
        pay_fee(*contract, *fee);
      }
    }
  }

  struct Payment {
    std::string_view payer;
    std::string_view payee;
    Money amount;
  };

  StatementLine* contract_flow(const Contract& contract, const Payment& payment) {
    if (payment.amount == Money{}) {
      return nullptr;
    }
    const Money gain = payment.payee == member_.id ? payment.amount : -payment.amount;
    settled_.statement.lines.push_back(contract_line(contract, gain, terms_of(contract)));
    StatementLine& line = settled_.statement.lines.back();
    flow(line, payment.payer, payment.payee, payment.amount);
    return &line;
  }

  void rent(const Contract& contract, const RoofLease& lease) {
    auto due = rent_due(contract, lease, inputs_.month,
                        {member_.capacity_wp, member_.roof_square_dm, income_});
    if (!due) {
      for (Error& error : due.error()) {
        error.where = {inputs_.agreement->file, contract.line, contract.id + "/" + member_.id};
      }
    }
    if (gather(due, settled_.refused)) {
      contract_flow(contract, {lease.tenant, member_.id, *due});
    }
  }

  std::optional<MeteredEnergy> basis(FeeBasis basis) const {
    const MonthEnergy& energy = settled_.statement.energy;
    switch (basis) {
      case FeeBasis::made:
        return energy.made;
      case FeeBasis::self_used:
        return energy.self_used;
      case FeeBasis::sold:
        return energy.sold;
      case FeeBasis::bought:
        return energy.bought;
    }
    return std::nullopt;
  }

  void pay_fee(const Contract& contract, const ServiceFee& fee) {
    const std::string& payer = fee.payer.empty() ? member_.id : fee.payer;
    const std::string& payee = fee.payee.empty() ? member_.id : fee.payee;
    if (const auto* money = std::get_if<Money>(&fee.fee)) {
      contract_flow(contract, {payer, payee, *money});
      return;
    }
    const FeePerKwh& per_kwh = std::get<FeePerKwh>(fee.fee);
    const std::optional<MeteredEnergy> energy = basis(per_kwh.basis);
    if (!energy) {
      settled_.refused.push_back(
          {.fault = Fault::bad_input,
           .what = {fmt::format("a fee is paid for kWh {} that nothing measures",
                                words_of(FeeBasis{})[static_cast<std::size_t>(per_kwh.basis)]),
                    "合同按电量计费,但该电量没有计量"},
           .where = {inputs_.agreement->file, contract.line, contract.id + "/" + member_.id}});
      return;
    }
    if (StatementLine* line =
            contract_flow(contract, {payer, payee, amount(*energy, per_kwh.price)})) {
      line->energy = energy;
      line->price = per_kwh.price;
    }
  }

  void recognise() {
    if (i_ == frame_.gate()) {
      return;  // the plants behind it have meters of their own
    }
    const MonthEnergy& energy = settled_.statement.energy;
    settled_.recognised = recognised({.made = energy.made,
                                      .sold = energy.sold,
                                      .storage = member_.storage,
                                      .sold_from_storage = member_.sold_from_storage},
                                     inputs_.factor);
    settled_.recognised.owner =
        inputs_.agreement->certificates == CertificateOwner::household ? member_.id : owner_;
    std::vector<StatementLine>& lines = settled_.statement.lines;
    if (energy.made && member_.storage == Storage::unknown) {
      lines.push_back(unknown_storage_line());
    } else if (energy.made && inputs_.factor != nullptr) {
      lines.push_back(avoided_line(settled_.recognised, *inputs_.factor));
    }
  }

  /// The energy that is known stays; there is no money, and the reasons stand there.
  void refuse() {
    std::vector<StatementLine>& lines = settled_.statement.lines;
    std::erase_if(lines, [](const StatementLine& line) { return line.section != Section::energy; });
    for (std::size_t i = 0; i < settled_.refused.size(); ++i) {
      lines.push_back(refusal_line(i + 1, settled_.refused[i]));
    }
    settled_.flows.clear();
    settled_.counted_bought = member_.counted_bought.value_or(tariff::Counted{});
    settled_.counted_sold = member_.counted_sold.value_or(tariff::Counted{});
    settled_.grade = readings::Grade::refused;
  }

  const MonthFrame& frame_;
  const MonthInputs& inputs_;
  std::size_t i_;
  const Member& member_;
  const std::string& owner_;
  SettledMember settled_;
  std::optional<readings::Quantity> made_;
  std::optional<readings::Quantity> sold_;
  std::optional<readings::Quantity> bought_;
  Money income_;
};

}  // namespace

MemberBills member_bills(const MonthFrame& frame, std::size_t i) {
  return MemberMonth(frame, i).bills();
}

SettledMember settle_member(const MonthFrame& frame, std::size_t i) {
  return MemberMonth(frame, i).run();
}

}  // namespace xiaoyuan::settle
