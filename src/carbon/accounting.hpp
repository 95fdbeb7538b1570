// In which account each generated kWh stands, so that nobody counts it twice.
//
//   self-used         the village claims it; it gets a non-tradable certificate
//   exported, claimed a tradable certificate is issued, and the village keeps or cancels it
//   certificate sold  the buyer claims it; the village may not
//   uncounted         curtailed, lost in the battery, exported from the battery (storage discharge
//                     earns no certificate), and what does not fill a certificate yet
//
//   self-used + exported, claimed + certificate sold + uncounted = generation + carried in
//
// to the mWh. A certificate is 1,000 kWh and the remainder is carried (green certificate rules,
// bornforlove.cn/news/8189.html): carried energy is uncounted until a later period fills its
// certificate, so over several periods each kWh still stands in one account.
#pragma once
#include <array>
#include <cstdint>

#include "base/money.hpp"
#include "base/text.hpp"
#include "carbon/factor.hpp"

namespace xiaoyuan::carbon {

inline constexpr MeteredEnergy certificate{1'000'000'000};  // 1,000 kWh

/// Where the generation of a period went; the parts add up to it.
struct Generation {
  MeteredEnergy self_used{};         ///< straight from the roofs
  MeteredEnergy self_used_stored{};  ///< by way of a battery
  MeteredEnergy exported{};          ///< straight from the roofs
  MeteredEnergy exported_stored{};   ///< by way of a battery
  MeteredEnergy battery_loss{};      ///< and what the battery gained over the period
  MeteredEnergy curtailed{};
  MeteredEnergy total() const;
};

/// The same as a plan knows it, kWh.
struct GenerationKwh {
  double generation = 0.0;
  double self_used_stored = 0.0;
  double exported = 0.0;
  double exported_stored = 0.0;
  double battery_loss = 0.0;
  double curtailed = 0.0;
};
/// In whole mWh. What is neither exported, stored, lost nor curtailed was used straight away, so
/// the parts add up to the rounded generation exactly.
Generation generation_of(const GenerationKwh& kwh);

struct CertificateTerms {
  double share_sold = 0.0;           ///< of the tradable certificates, to the nearest whole one
  MeteredEnergy carried_exported{};  ///< from the period before
  MeteredEnergy carried_self_used{};
};

struct Certificates {
  std::int64_t count = 0;
  MeteredEnergy carry;  ///< less than one certificate
};
/// 2,730 kWh with 400 carried in: 3 certificates, 130 kWh carried on.
Certificates certificates_of(MeteredEnergy energy, MeteredEnergy carried);

struct Claims {
  MeteredEnergy self_used;
  MeteredEnergy exported_claimed;
  MeteredEnergy certificate_sold;
  MeteredEnergy uncounted;
  Certificates self_use_certificates;  ///< non-tradable
  Certificates export_certificates;    ///< tradable; their carry is part of `uncounted`
  std::int64_t certificates_sold = 0;

  MeteredEnergy claimable() const { return self_used + exported_claimed; }
};

Claims claims_of(const Generation& generation, const CertificateTerms& terms = {});

enum class State { self_used, exported_claimed, certificate_sold, uncounted };
const std::vector<std::string>& names_of(State);

struct StateRow {
  State state = State::self_used;
  MeteredEnergy energy;
  double avoided_t = 0.0;  ///< that the village may claim: 0 when sold or uncounted
};
/// The four accounts in the order of State.
std::array<StateRow, 4> state_rows(const Claims& claims, const Factor& factor);

}  // namespace xiaoyuan::carbon
