#include "api/open_api.hpp"

// The file is named by cmake/page.cmake.
__asm__(
    ".section .rodata\n"
    ".global xiaoyuan_open_api_begin\n"
    ".global xiaoyuan_open_api_end\n"
    "xiaoyuan_open_api_begin:\n"
    ".incbin \"" XIAOYUAN_OPEN_API
    "\"\n"
    "xiaoyuan_open_api_end:\n"
    ".byte 0\n"
    ".previous\n");

extern "C" {
extern const char xiaoyuan_open_api_begin[];  // NOLINT
extern const char xiaoyuan_open_api_end[];    // NOLINT
}

namespace xiaoyuan::api {

std::string_view open_api_yaml() {
  return {xiaoyuan_open_api_begin,
          static_cast<std::size_t>(xiaoyuan_open_api_end - xiaoyuan_open_api_begin)};
}

}  // namespace xiaoyuan::api
