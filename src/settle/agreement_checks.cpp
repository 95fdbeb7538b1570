#include "settle/agreement_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/expected.hpp"
#include "settle/postings.hpp"

namespace xiaoyuan::settle {

namespace {

template <class... Kinds>
struct Cases : Kinds... {
  using Kinds::operator()...;
};

class AgreementChecks {
 public:
  AgreementChecks(const Agreement& agreement, Errors& errors)
      : agreement_(agreement), errors_(errors) {}

  void run() {
    for (const Party& party : agreement_.parties) {
      party_ids_.push_back(party.id);
    }
    once(party_ids_, "party");
    std::vector<std::string> contracts;
    for (const Contract& contract : agreement_.contracts) {
      contracts.push_back(contract.id);
    }
    once(contracts, "contract");
    for (const Party& party : agreement_.parties) {
      reserved(party);
    }
    for (const Contract& contract : agreement_.contracts) {
      must_be_parties(contract);
      two_sides(contract);
      listed_once(contract);
    }
    leased_once();
    dividends_fit();
    shares_fit();
  }

 private:
  void complain(int line, std::string field, Text what) {
    errors_.push_back({.fault = Fault::bad_input,
                       .what = std::move(what),
                       .where = {agreement_.file, line, std::move(field)}});
  }

  /// No two parties, and no two contracts, have one id; nor a party and a contract: both name a
  /// posting.
  void once(const std::vector<std::string>& ids, const std::string& kind) {
    for (const std::string& id : ids) {
      if (!id.empty() && !seen_.insert(id).second) {
        complain(0, kind + ".id",
                 {fmt::format("{} stands twice", id), fmt::format("{} 出现两次", id)});
      }
    }
  }

  void reserved(const Party& party) {
    for (const std::string_view name : {rounding_party, unaccounted_party, avoided_party}) {
      if (party.id == name) {
        complain(0, "party.id",
                 {fmt::format("{} is a name of the book's own", name),
                  fmt::format("{} 为账本自用名称", name)});
      }
    }
  }

  void must_be_party(const Contract& contract, const std::string& field, const std::string& id) {
    if (!id.empty() && std::ranges::find(party_ids_, id) == party_ids_.end()) {
      complain(contract.line, contract.id + "." + field, unknown_name(id, party_ids_));
    }
  }

  void must_be_parties(const Contract& contract) {
    if (const auto* lease = std::get_if<RoofLease>(&contract.terms)) {
      must_be_party(contract, "tenant", lease->tenant);
    } else if (const auto* loan = std::get_if<Loan>(&contract.terms)) {
      must_be_party(contract, "lender", loan->lender);
    } else if (const auto* dividend = std::get_if<Dividend>(&contract.terms)) {
      must_be_party(contract, "party", dividend->party);
    }
  }

  /// Nobody pays himself.
  void two_sides(const Contract& contract) {
    const auto* loan = std::get_if<Loan>(&contract.terms);
    const auto* fee = std::get_if<ServiceFee>(&contract.terms);
    const bool same =
        (loan != nullptr && loan->lender == loan->borrower) ||
        (fee != nullptr && (fee->payer == fee->payee ||
                            std::ranges::any_of(fee->each_of, [&](const std::string& household) {
                              return household == fee->payer || household == fee->payee;
                            })));
    if (same) {
      complain(contract.line, contract.id,
               {"expected two different sides", "合同双方应为不同主体"});
    }
  }

  void listed_once(const Contract& contract) {
    std::set<std::string_view> listed;
    for (const NamedInContract& named : names_in(contract)) {
      if (named.is_household && !listed.insert(named.name).second) {
        complain(contract.line, fmt::format("{}.{}", contract.id, named.field),
                 {fmt::format("{} is listed twice", named.name),
                  fmt::format("{} 重复列出", named.name)});
      }
    }
  }

  void leased_once() {
    std::map<std::string_view, std::vector<const Contract*>> leases;
    for (const Contract& contract : agreement_.contracts) {
      const auto* lease = std::get_if<RoofLease>(&contract.terms);
      if (lease == nullptr) {
        continue;
      }
      for (const std::string& household : lease->households) {
        for (const Contract* other : leases[household]) {
          if (other != &contract && overlap(*other, contract)) {
            complain(contract.line, contract.id + ".households",
                     {fmt::format("the roof of {} is leased by {} in the same months", household,
                                  other->id),
                      fmt::format("{} 的屋顶在相同月份已由合同 {} 出租", household, other->id)});
          }
        }
        leases[household].push_back(&contract);
      }
    }
  }

  static bool overlap(const Contract& a, const Contract& b) {
    return (!a.last || b.first <= *a.last) && (!b.last || a.first <= *b.last);
  }

  /// A surplus is given away once.
  void dividends_fit() {
    std::map<std::string_view, std::int64_t> given;
    for (const Contract& contract : agreement_.contracts) {
      const auto* dividend = std::get_if<Dividend>(&contract.terms);
      if (dividend == nullptr) {
        continue;
      }
      std::int64_t& ppm = given[dividend->party];
      const bool fitted = ppm <= 1'000'000;
      ppm += dividend->ppm;
      if (fitted && ppm > 1'000'000) {
        complain(contract.line, contract.id + ".percent_of_surplus",
                 {fmt::format("{} would give away more than its surplus", dividend->party),
                  fmt::format("{} 分配的比例合计超过结余的 100%", dividend->party)});
      }
      if (dividend->members.empty() ||
          (dividend->by == DividendBy::parts &&
           std::ranges::all_of(dividend->parts, [](std::int64_t part) { return part == 0; }))) {
        complain(contract.line, contract.id + ".members",
                 {"expected members to give to", "应列出参与分红的成员"});
      }
    }
  }

  void shares_fit() {
    std::int64_t sum = 0;
    for (const std::int64_t weight : agreement_.sharing.weights) {
      sum += weight;
    }
    if (sum > 1'000'000) {
      complain(agreement_.sharing.line, "sharing.percent",
               {"the shares add up to more than 100 per cent", "各户比例合计超过 100%"});
    }
    const bool fixed = agreement_.sharing.key == SharingKey::static_weights ||
                       agreement_.sharing.key == SharingKey::static_offered_again;
    if (agreement_.sharing.mode != SharingMode::off && fixed &&
        agreement_.sharing.weights.empty()) {
      complain(agreement_.sharing.line, "sharing.percent",
               {fmt::format("key {} needs [sharing.percent] with each member's share",
                            name_of(agreement_.sharing.key).en),
                fmt::format("分配方式 {} 需要在 [sharing.percent] 中写明各户比例",
                            name_of(agreement_.sharing.key).zh)});
    }
  }

  const Agreement& agreement_;
  Errors& errors_;
  std::vector<std::string> party_ids_;
  std::set<std::string> seen_;
};

}  // namespace

std::vector<NamedInContract> names_in(const Contract& contract) {
  std::vector<NamedInContract> names;
  const auto households = [&](std::string_view field, const std::vector<std::string>& list) {
    for (const std::string& name : list) {
      names.push_back({field, name, true});
    }
  };
  std::visit(Cases{[&](const RoofLease& lease) { households("households", lease.households); },
                   [&](const Loan& loan) { names.push_back({"borrower", loan.borrower}); },
                   [&](const Dividend& dividend) { households("members", dividend.members); },
                   [&](const ServiceFee& fee) {
                     households("each_of", fee.each_of);
                     if (!fee.payer.empty()) {
                       names.push_back({"payer", fee.payer});
                     }
                     if (!fee.payee.empty()) {
                       names.push_back({"payee", fee.payee});
                     }
                   }},
             contract.terms);
  return names;
}

void check_agreement(const Agreement& agreement, Errors& errors) {
  AgreementChecks(agreement, errors).run();
}

}  // namespace xiaoyuan::settle
