// Expected failures are values: what went wrong, where in the user's files, and what is allowed.
#pragma once
#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace xiaoyuan {

enum class Fault {
  bad_input,
  not_found,
  unreadable,
  unwritable,
  impossible,
  interrupted,
  conflict
};

/// Where in the user's input: a file, a line (1 is the first; 0 is "the whole file") and a field.
struct Where {
  std::string file;
  int line = 0;
  std::string field;
};

struct Error {
  Fault fault = Fault::bad_input;
  Text what;
  Where where;
};

/// All that is wrong, in the order it was met. Readers of user data collect every error of a file.
using Errors = std::vector<Error>;

template <class T>
using Result = std::expected<T, Errors>;

/// A failure with one error.
std::unexpected<Errors> fail(Fault fault, Text what, Where where = {});

/// "village.toml:12: site.latitude: expected a number from -90 to 90, found 400"
std::string message(const Error& error, Language language);

/// Moves the errors of `result` to the end of `all`; true when there were none.
template <class T>
bool gather(Result<T>& result, Errors& all) {
  if (result) {
    return true;
  }
  for (Error& error : result.error()) {
    all.push_back(std::move(error));
  }
  return false;
}

}  // namespace xiaoyuan

#define XIAOYUAN_JOIN_(a, b) a##b
#define XIAOYUAN_JOIN(a, b) XIAOYUAN_JOIN_(a, b)
/// TRY(auto value, function()): takes the value, or returns the errors to the caller.
#define TRY(declaration, ...)                                                        \
  auto&& XIAOYUAN_JOIN(try_result_, __LINE__) = (__VA_ARGS__);                       \
  if (!XIAOYUAN_JOIN(try_result_, __LINE__)) {                                       \
    return std::unexpected(std::move(XIAOYUAN_JOIN(try_result_, __LINE__).error())); \
  }                                                                                  \
  declaration = std::move(*XIAOYUAN_JOIN(try_result_, __LINE__))
