// Figures that a tariff or a mechanism needs and no document at hand gives: the village writes them
// under [tariff.inputs], with [tariff] inputs_source; without them there is one clear error each.
#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/expected.hpp"
#include "base/zone.hpp"

namespace xiaoyuan {
class Fields;
}

namespace xiaoyuan::tariff {

/// What a price may be, yuan/kWh: one in fen is refused.
inline constexpr Range price_range{-5.0, 10.0};
inline constexpr std::size_t months_a_year = 12;
/// Energy of a year that a file or a village may give as a cap, kWh.
inline constexpr Range cap_range{0.0, 1e9};

/// number: 0.65 · season: "11,12,1" or "11-15/03-15" · days: "2026-10-01,2026-10-02" · date ·
/// months: one number, or twelve from January on.
enum class InputKind { number, season, days, date, months };

struct RequiredInput {
  std::string key;  ///< as the village writes it: base_price_yuan_per_kwh
  InputKind kind = InputKind::number;
  Text meaning;
};

/// What the village wrote, as text: numbers as they read back, lists joined by commas.
struct Given {
  std::map<std::string, std::string> values;
  std::string source;  ///< [tariff] inputs_source
};

/// What with_inputs does about a key that was not given.
enum class Missing { fails, stays_required };

/// [[required]] of a file.
std::vector<RequiredInput> read_required(Fields& fields);

/// "tariff … needs … (…), which no document at hand gives; write [tariff.inputs] …"
Text needs(const std::string& id, const RequiredInput& input);

/// Takes the given values of one tariff or mechanism, with an error for each that is missing or
/// makes no sense.
class InputReader {
 public:
  InputReader(std::string id, const Given& given, Where where, Missing missing);

  /// Each returns nothing when the key was not given or is wrong (the error is kept).
  std::optional<double> number(const RequiredInput& input);
  std::optional<std::vector<double>> numbers(const std::string& key);
  std::optional<Date> date(const RequiredInput& input);
  std::optional<std::vector<Date>> days(const RequiredInput& input);
  struct Span {
    std::vector<int> months;  ///< or, when empty, from … to
    std::chrono::month_day from;
    std::chrono::month_day to;
  };
  std::optional<Span> season(const RequiredInput& input);
  /// Twelve values; one value stands for all months.
  std::optional<std::vector<double>> months(const RequiredInput& input);

  void complain(const std::string& key, Text what);
  /// "base_price_yuan_per_kwh = 0.65 (source)" of what was taken; "" when nothing was.
  std::string taken() const;
  /// The errors, a missing source among them.
  Errors finish();

 private:
  const std::string* text(const RequiredInput& input);

  std::string id_;
  const Given& given_;
  Where where_;
  Missing missing_;
  Errors errors_;
  std::vector<std::string> taken_;
};

/// An error for each given key that none of `known` is, with the nearest.
Errors unknown_inputs(const Given& given, const std::vector<std::string>& known,
                      const Where& where);

}  // namespace xiaoyuan::tariff
