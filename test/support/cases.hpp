// Finds the cases: real inputs and numbers that we did not make. They lie beside the checkout and
// not in it; a user's clone skips their tests by name, and with CI=true a missing one fails.
#pragma once
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace xiaoyuan::test {

/// The bytes of ../shared/cases/<name>, or nothing when the cases are not there.
std::optional<std::string> case_bytes(const std::string& name);
/// The bytes of a file of the checkout ("share/tariffs/…").
std::string project_bytes(const std::string& name);
/// True where a missing case is a failure (CI=true).
bool cases_required();

/// The columns of a CSV text by name; text cells are kept as text.
struct Columns {
  explicit Columns(const std::string& bytes, int lines_to_skip = 0);
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> cells;  ///< by column
  const std::vector<std::string>& text(const std::string& name) const;
  /// Empty cells are NaN.
  std::vector<double> numbers(const std::string& name) const;
};

}  // namespace xiaoyuan::test

/// CASE_OR_SKIP(bytes, "solar/x.csv"): ends the test as skipped (or failed in CI) when it is
/// missing.
#define CASE_OR_SKIP(variable, name)                                 \
  const auto variable##_found = ::xiaoyuan::test::case_bytes(name);  \
  if (!variable##_found) {                                           \
    if (::xiaoyuan::test::cases_required()) {                        \
      FAIL() << "missing case " << (name);                           \
    }                                                                \
    GTEST_SKIP() << "no case " << (name) << " beside this checkout"; \
  }                                                                  \
  const std::string& variable = *variable##_found
