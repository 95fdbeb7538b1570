// How many of the drawn problems a test looks at.
#pragma once
#include <cstdint>

namespace xiaoyuan::test {

/// Sanitizers make everything slow: there every tenth seed is enough. (The build says that they are
/// on, because the tests' own files are not sanitized.)
#ifdef XIAOYUAN_SANITIZED
inline constexpr std::uint64_t seed_step = 10;
#else
inline constexpr std::uint64_t seed_step = 1;
#endif

}  // namespace xiaoyuan::test
