// What an inverter does at a voltage: volt-watt, volt-var, cos φ(P).
//
//   P = min(P_told, f_vw(v)·S),   Q = f_vv(v)·S, or P·tan φ with cos φ = f_pf(P/S);
//   |Q| ≤ √(S² − P²): active power goes first.
// v is the voltage over the nominal one (of a three-phase inverter: the mean of its phases), S its
// rating, all powers fed in; the curves are broken lines.
#pragma once
#include "wires/network.hpp"

namespace xiaoyuan::wires {

struct FedIn {
  double kw = 0.0;
  double kvar = 0.0;
};

/// What the rule makes of what it was told, at voltage `v`.
FedIn obeyed(const InverterRule& rule, const FedIn& told, double v);

/// The largest change of power (shares of the rating) by a change of voltage (shares).
double steepest(const InverterRule& rule);

}  // namespace xiaoyuan::wires
