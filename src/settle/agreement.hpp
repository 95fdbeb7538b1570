// Reads settlement.toml: what the parties of a village have agreed on beside the grid company's
// tariffs. Nothing in it has a usual value that costs anybody money: what is not agreed is not
// paid.
//
//   first_month = "2026-10"
//   whole_kwh = "truncated_readings"      # or exact: how the grid company's bill makes whole kWh
//   carbon_factor = "mee-2023-north"
//   certificates = "plant_owner"          # or household: who owns certificates of a leased roof
//   [sharing]                             # off where the table is missing
//   mode = "virtual_credit"; key = "dynamic"; price_yuan_per_kwh = 0.42; document = "…"
//   gate = "GATE"                         # the village's own meter: where the mode bills it, or
//                                         # where what nobody's meter counts is to be booked
//   [[party]]
//   id = "C1"; kind = "company"; name = { en = "…", zh = "…" }
//   [[roof_lease]]                        # and loan, dividend, service_fee: see Contract
//   id = "lease"; document = "…"; first_month = "2026-10"; tenant = "C1"; households = ["H001"]
//   rent_yuan_per_kwp = 60; paid = "quarterly"; due = "in_arrears"
//
// Contracts run by whole months. The standard lease of roofs (NEA and CPIA, 2025-12-19,
// nea.gov.cn/20251219/e7e3bbcaf9b248e0a48a298b135b75e1) leaves the rent to the parties: by area, by
// capacity, or as a part of the income.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/money.hpp"
#include "readings/quantity.hpp"
#include "settle/sharing.hpp"
#include "settle/statement.hpp"

namespace xiaoyuan::settle {

/// The grid company is a party of every village.
inline constexpr std::string_view grid_company = "grid";

struct Party {
  std::string id;
  Holder kind = Holder::company;
  Text name;
};

/// How often something is paid, and whether before or after the months that it is for.
enum class Paid : std::uint8_t { monthly, quarterly, yearly };
enum class Due : std::uint8_t { in_arrears, in_advance };

/// Rents are of a year.
struct RentPerKwp {
  Money a_year;
};
struct RentPerSquareMetre {
  Money a_year;
};
struct RentFixed {
  Money a_year;  ///< for each roof
};
/// A part of what the grid company pays for the roof's energy, month by month.
struct RentOfIncome {
  std::int64_t ppm = 0;
};
using Rent = std::variant<RentPerKwp, RentPerSquareMetre, RentFixed, RentOfIncome>;

/// The tenant owns the plant on the roof, and what the grid company pays for it.
struct RoofLease {
  std::string tenant;
  std::vector<std::string> households;
  Rent rent;
  Paid paid = Paid::monthly;
  Due due = Due::in_arrears;
};

struct Loan {
  std::string lender;
  std::string borrower;  ///< a household or a party
  Money instalment;      ///< each month of the contract
};

enum class DividendBy : std::uint8_t { capacity, equally, parts };

/// What a co-operative gives its members of the surplus that its statement shows.
struct Dividend {
  std::string party;
  std::int64_t ppm = 0;  ///< of the surplus
  Paid every = Paid::monthly;
  DividendBy by = DividendBy::capacity;
  std::vector<std::string> members;  ///< households
  std::vector<std::int64_t> parts;   ///< beside members, where `by` is parts
};

/// Which kWh of a household a fee is for.
enum class FeeBasis : std::uint8_t { made, self_used, sold, bought };
struct FeePerKwh {
  FeeBasis basis = FeeBasis::made;
  Price price;
};
using Fee = std::variant<Money, FeePerKwh>;  ///< money: a month

/// From one to another: either a party or a household; `each_of` puts every household named there
/// in the place of the one that is left empty.
struct ServiceFee {
  std::string payer;
  std::string payee;
  std::vector<std::string> each_of;
  Fee fee;
};

struct Contract {
  std::string id;
  Text name;
  std::string document;
  ledger::Period first;
  std::optional<ledger::Period> last;
  std::variant<RoofLease, Loan, Dividend, ServiceFee> terms;
  int line = 0;  ///< of the file

  bool holds(ledger::Period month) const { return first <= month && (!last || month <= *last); }
};

enum class CertificateOwner : std::uint8_t { plant_owner, household };

/// The rule of settle/sharing.hpp, and the price between neighbours.
struct SharingAgreement {
  SharingMode mode = SharingMode::off;
  SharingKey key = SharingKey::dynamic;
  std::vector<std::string> members;   ///< beside `weights`; by prosumer_first: who is served first
  std::vector<std::int64_t> weights;  ///< parts of a million
  Price price;
  /// The household id under which meters.csv names the village's own meter; "" where there is none.
  std::string gate{};
  std::string document;
  int line = 0;
};

struct Agreement {
  std::string file;
  ledger::Period first_month;
  readings::WholeKwh whole_kwh = readings::WholeKwh::exact;
  std::string carbon_factor;
  CertificateOwner certificates = CertificateOwner::plant_owner;
  SharingAgreement sharing;
  std::vector<Party> parties;       ///< by id, the grid company among them
  std::vector<Contract> contracts;  ///< by id
};

/// All that is wrong at once, by line and key.
Result<Agreement> read_agreement(std::string_view bytes, const std::string& name);

const std::vector<std::string>& words_of(Paid);
const std::vector<std::string>& words_of(Due);
const std::vector<std::string>& words_of(DividendBy);
const std::vector<std::string>& words_of(FeeBasis);
const std::vector<std::string>& words_of(CertificateOwner);

/// The party with this id; null when there is none.
const Party* party_of(const Agreement& agreement, std::string_view id);

}  // namespace xiaoyuan::settle
