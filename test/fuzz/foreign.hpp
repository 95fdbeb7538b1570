// What every fuzz target asks of a reader of foreign bytes: a value, or errors that say something.
#pragma once
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/check.hpp"
#include "base/error.hpp"

namespace xiaoyuan::fuzz {

inline std::string_view text(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

/// A failure names at least one error, and each speaks both languages.
template <class T>
void expect_sense(const Result<T>& result) {
  if (result) {
    return;
  }
  expects(!result.error().empty());
  for (const Error& error : result.error()) {
    expects(!error.what.en.empty() && !error.what.zh.empty() && error.where.line >= 0);
    expects(!message(error, Language::english).empty());
  }
}

/// "None holds NaN", as the headers promise.
inline void expect_numbers(const std::vector<double>& values) {
  for (const double value : values) {
    expects(!std::isnan(value));
  }
}

}  // namespace xiaoyuan::fuzz
