#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace xiaoyuan {

void stop_at(std::source_location here) {
  std::fprintf(stderr, "xiaoyuan: internal error: a promise is broken at %s:%u (%s)\n",
               here.file_name(), static_cast<unsigned>(here.line()), here.function_name());
  std::abort();
}

}  // namespace xiaoyuan
