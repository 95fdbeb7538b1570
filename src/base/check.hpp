// What must hold inside the program: a broken promise stops it, in release builds too.
#pragma once
#include <source_location>

namespace xiaoyuan {

/// Stops the program and says where.
[[noreturn]] void stop_at(std::source_location here);

/// Stops the program with file and line when `promise` is false. For errors of the programmer;
/// what a user can get wrong is a Result (error.hpp).
inline void expects(bool promise, std::source_location here = std::source_location::current()) {
  if (!promise) [[unlikely]] {
    stop_at(here);
  }
}

}  // namespace xiaoyuan
