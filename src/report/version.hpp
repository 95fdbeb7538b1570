// Which program made a result.
#pragma once

namespace xiaoyuan::report {

/// "0.1.0"
const char* program_version();

}  // namespace xiaoyuan::report
