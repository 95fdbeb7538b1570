// How much each house lifts each other's voltage: the derivatives of voltages by powers, at a
// solved moment.
//
// With I = conj(S)·v·f(|v|²) at every connection and v = v_0 − Z·I,
//   dI = conj(S)·(f·dv + v·f'·2·Re(v̄·dv)) + conj(dS)·v·f,   dv = −Z·dI,
// solved by the same sweeps as the power flow itself, eight columns side by side; exact to its
// tolerance. An inverter that follows the voltage is taken at what it does in that moment.
#pragma once
#include <vector>

#include "wires/flow.hpp"

namespace xiaoyuan::wires {

struct Sensitivities {
  std::size_t size = 0;  ///< connections
  /// [seen · size + fed]: volts at `seen` (phase to neutral; of a three-phase connection the mean
  /// of its phases) for one kW more fed in at `fed`.
  std::vector<double> volts_per_kw;
  std::vector<double> volts_per_kvar;

  double by_kw(std::size_t seen, std::size_t fed) const { return volts_per_kw[seen * size + fed]; }
  double by_kvar(std::size_t seen, std::size_t fed) const {
    return volts_per_kvar[seen * size + fed];
  }
};

/// Errors as of solve().
Result<Sensitivities> sensitivities(const Flow& flow, const Powers& powers,
                                    const Accuracy& accuracy = {});

}  // namespace xiaoyuan::wires
