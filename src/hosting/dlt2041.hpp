// How much distributed PV a transformer may carry: DL/T 2041-2025, and the 2019 edition it
// replaced.
//
// 2025 (equipment level):  S_d = (P − P_G + β·S·cosθ + P_ESS + ΔP_ESS) / τ_max
//   P load at the typical moment (kW), P_G generation that is not distributed, β the largest
//   allowed reverse load rate (0.80; n in parallel: (n−1)/n, two of them 0.5), S rating (kVA; of
//   all), P_ESS charging power of present storage, ΔP_ESS of expected storage, τ_max = ΣP_DR,max /
//   ΣS_DR,rated. C1 = S_d − connected, C2 = C1 − registered and not yet connected. green: C2 > 0;
//   yellow: C2 ≤ 0 < C1; red: C1 ≤ 0. One published implementation adds ΔP_ESS after the division:
//   `StorageTerm` keeps both.
// 2019:  λ = (P_D − P_L) / S_e;  green λ ≤ 0, yellow 0 < λ ≤ 80 %, red above;
//   P_m = (1 − λ)·S_e·k_r is what may still be connected.
//
// The text of the standard itself was not at hand; both forms are relayed (share/assumptions.toml).
#pragma once
#include "base/text.hpp"

namespace xiaoyuan::hosting {

enum class Grade { green, yellow, red };
Text name_of(Grade grade);

enum class StorageTerm { before_division, after_division };

/// β of n transformers in parallel: when one fails the others take its flow.
double allowed_reverse_rate(double rate, int in_parallel);

struct Hosting2025Input {
  double load_kw = 0.0;
  double other_generation_kw = 0.0;
  double rating_kva = 0.0;    ///< of one transformer
  double reverse_rate = 0.8;  ///< β
  int in_parallel = 1;
  double power_factor = 0.95;
  double storage_kw = 0.0;
  double expected_storage_kw = 0.0;
  double simultaneity = 1.0;  ///< τ_max
  double connected_kw = 0.0;
  double registered_kw = 0.0;
  StorageTerm storage_term = StorageTerm::before_division;
};

struct Hosting2025 {
  double allowed_kw = 0.0;                ///< S_d
  double room_kw = 0.0;                   ///< C1
  double room_after_registered_kw = 0.0;  ///< C2
  double reverse_rate = 0.0;              ///< β that was used, after the parallel rule
  Grade grade = Grade::green;
};

Hosting2025 hosting_2025(const Hosting2025Input& input);

struct Hosting2019 {
  double lambda = 0.0;
  double room_kw = 0.0;  ///< P_m
  Grade grade = Grade::green;
};

/// `generation_kw` is P_D, `load_kw` P_L, `rating_kva` S_e, `margin` k_r (0.8).
Hosting2019 hosting_2019(double generation_kw, double load_kw, double rating_kva, double margin);

}  // namespace xiaoyuan::hosting
