#include "report/version.hpp"

namespace xiaoyuan::report {

const char* program_version() { return XIAOYUAN_VERSION; }

}  // namespace xiaoyuan::report
