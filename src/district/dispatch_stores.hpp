// The second stores of a dispatch from its table and a few words: a tank that columns heat_kw and
// cop describe, a load that may wait from column shift_kw.
#pragma once
#include <optional>

#include "district/dispatch_table.hpp"
#include "optimum/joint.hpp"

namespace xiaoyuan::district {

/// A hot-water or buffer tank; errors name each word as the command line does (--tank-kwh).
struct TankTerms {
  std::optional<double> capacity_kwh;  ///< heat in use
  std::optional<double> heater_kw;     ///< electric
  double loss_per_hour = 0.0;          ///< of the stored heat
  std::optional<double> start_kwh;     ///< heat, where the schedule is not cyclic
};

/// A load that may wait.
struct ShiftTerms {
  std::optional<double> power_kw;  ///< at most
  std::optional<double> hours;     ///< of a window, where the table names none
};

enum class StoreKind { tank, shift };

/// Owns the stores and their series.
class DispatchStores {
 public:
  /// Errors: words without their columns and columns without their words, windows that are no whole
  /// rows, a load above its power.
  static Result<DispatchStores> of(const DispatchTable& table, const TankTerms& tank,
                                   const ShiftTerms& shift, const optimum::DispatchProblem& home);
  const std::vector<optimum::SecondStore>& stores() const { return stores_; }
  const std::vector<StoreKind>& kinds() const { return kinds_; }

 private:
  DispatchStores() = default;
  // Spans of stores_ point into these; moving a vector leaves its elements where they are.
  std::vector<double> heat_kwh_, cop_;
  std::optional<optimum::ShiftableLoad> load_;
  std::vector<optimum::SecondStore> stores_;
  std::vector<StoreKind> kinds_;
};

/// Errors about stores[j] as the user knows them: by the words that give the store.
Errors in_words_of(Errors errors, const std::vector<StoreKind>& kinds);

}  // namespace xiaoyuan::district
