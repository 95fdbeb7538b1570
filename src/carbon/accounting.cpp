#include "carbon/accounting.hpp"

#include <cmath>

#include "base/check.hpp"

namespace xiaoyuan::carbon {

MeteredEnergy Generation::total() const {
  return self_used + self_used_stored + exported + exported_stored + battery_loss + curtailed;
}

Generation generation_of(const GenerationKwh& kwh) {
  Generation parts;
  parts.self_used_stored = MeteredEnergy::of(kwh.self_used_stored);
  parts.exported = MeteredEnergy::of(kwh.exported);
  parts.exported_stored = MeteredEnergy::of(kwh.exported_stored);
  parts.battery_loss = MeteredEnergy::of(kwh.battery_loss);
  parts.curtailed = MeteredEnergy::of(kwh.curtailed);
  parts.self_used = MeteredEnergy::of(kwh.generation) - parts.total();
  // Six roundings of half a mWh may leave a hair below zero; more is the caller's mistake.
  constexpr MeteredEnergy hair{3};
  expects(parts.self_used + hair >= MeteredEnergy{});
  if (parts.self_used < MeteredEnergy{}) {
    MeteredEnergy& largest = parts.exported < parts.curtailed ? parts.curtailed : parts.exported;
    largest += parts.self_used;
    parts.self_used = {};
  }
  return parts;
}

Certificates certificates_of(MeteredEnergy energy, MeteredEnergy carried) {
  expects(energy >= MeteredEnergy{} && carried >= MeteredEnergy{} && carried < certificate);
  const MeteredEnergy all = energy + carried;
  return {all.mwh / certificate.mwh, {all.mwh % certificate.mwh}};
}

Claims claims_of(const Generation& generation, const CertificateTerms& terms) {
  expects(fraction.holds(terms.share_sold));
  Claims claims;
  claims.self_use_certificates = certificates_of(generation.self_used, terms.carried_self_used);
  claims.export_certificates = certificates_of(generation.exported, terms.carried_exported);
  const std::int64_t issued = claims.export_certificates.count;
  claims.certificates_sold = std::llround(terms.share_sold * static_cast<double>(issued));
  claims.self_used = generation.self_used + generation.self_used_stored;
  claims.certificate_sold = {claims.certificates_sold * certificate.mwh};
  claims.exported_claimed = {(issued - claims.certificates_sold) * certificate.mwh};
  claims.uncounted = generation.exported_stored + generation.battery_loss + generation.curtailed +
                     claims.export_certificates.carry;
  return claims;
}

const std::vector<std::string>& names_of(State) {
  static const std::vector<std::string> names{"self_used", "exported_claimed", "certificate_sold",
                                              "uncounted"};
  return names;
}

std::array<StateRow, 4> state_rows(const Claims& claims, const Factor& factor) {
  const auto row = [&factor](State state, MeteredEnergy energy) {
    const bool claimed = state == State::self_used || state == State::exported_claimed;
    return StateRow{state, energy, claimed ? avoided_t(energy.kwh(), factor) : 0.0};
  };
  return {row(State::self_used, claims.self_used),
          row(State::exported_claimed, claims.exported_claimed),
          row(State::certificate_sold, claims.certificate_sold),
          row(State::uncounted, claims.uncounted)};
}

}  // namespace xiaoyuan::carbon
