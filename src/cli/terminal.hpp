// What a command says: results on standard output, errors and progress on standard error.
#pragma once
#include <chrono>
#include <string>

#include "base/error.hpp"

namespace xiaoyuan::cli {

/// The language of the session: --lang, else LC_ALL, LC_MESSAGES or LANG, else English.
Language language_of(int argc, const char* const* argv);

/// Prints every error and returns the exit code of the first: 2 for bad input, 130 when
/// interrupted, 1 for the rest.
int report_errors(const Errors& errors, Language language);

/// True from the first Ctrl-C or SIGTERM on, once catch_interrupts() was called.
bool interrupted();
void catch_interrupts();

/// A bar with rate and time left, on a terminal; silent elsewhere.
class Progress {
 public:
  /// `counted` says what is counted: households, years.
  Progress(const Text& label, const Text& counted, Language language);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void show(std::size_t done, std::size_t all);

 private:
  std::string label_;
  std::string counted_;
  Language language_;
  bool is_terminal_;
  std::chrono::steady_clock::time_point begin_;
  std::chrono::steady_clock::time_point last_;
};

}  // namespace xiaoyuan::cli
