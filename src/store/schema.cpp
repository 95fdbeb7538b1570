#include "store/schema.hpp"

#include <fmt/format.h>

namespace xiaoyuan::store {

std::string digest_of(const SchemaStep& step) { return hex(sha256(step.sql)); }

Result<std::size_t> steps_taken(std::span<const SchemaStep> steps, std::span<const TakenStep> taken,
                                const std::string& where) {
  if (taken.size() > steps.size()) {
    return fail(Fault::unreadable,
                {fmt::format("was made by a newer program: its schema has step {}, this program "
                             "knows {}; use the newer program",
                             taken.size(), steps.size()),
                 fmt::format("由更新版本的程序建立:其数据库结构为第 {} 版,本程序只支持到第 {} 版;"
                             "请使用新版本程序",
                             taken.size(), steps.size())},
                {where, 0, ""});
  }
  for (std::size_t i = 0; i < taken.size(); ++i) {
    if (taken[i].number != static_cast<int>(i) + 1 || taken[i].digest != digest_of(steps[i])) {
      return fail(Fault::unreadable,
                  {fmt::format("step {} of its schema, \"{}\", is not this program's; it was made "
                               "by another version",
                               i + 1, steps[i].name),
                   fmt::format("数据库结构第 {} 步“{}”与本程序不符,系由其他版本建立", i + 1,
                               steps[i].name)},
                  {where, 0, ""});
    }
  }
  return taken.size();
}

}  // namespace xiaoyuan::store
