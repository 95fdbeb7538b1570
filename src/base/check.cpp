#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace xiaoyuan {

namespace {
[[noreturn]] void stop(const std::source_location& here) {
  std::fprintf(stderr, "xiaoyuan: internal error: a promise is broken at %s:%u (%s)\n",
               here.file_name(), static_cast<unsigned>(here.line()), here.function_name());
  std::abort();
}
}  // namespace

void expects(bool promise, std::source_location here) {
  if (!promise) [[unlikely]] {
    stop(here);
  }
}

}  // namespace xiaoyuan
