#include "readings/seal.hpp"

#include <fmt/format.h>

namespace xiaoyuan::readings {

Digest digest_of(std::string_view meter, std::string_view bytes) {
  static constexpr std::string_view domain{"xiaoyuan readings 1\0", 20};
  static constexpr std::string_view end{"\0", 1};
  return sha256({domain, meter, end, bytes});
}

Sealed seal(const Intervals& intervals) {
  std::string bytes = pack(intervals);
  const Digest digest = digest_of(intervals.meter, bytes);
  return {intervals.meter, std::move(bytes), digest};
}

Result<Intervals> opened(const Sealed& sealed) {
  if (digest_of(sealed.meter, sealed.bytes) != sealed.digest) {
    return fail(Fault::unreadable,
                {fmt::format("readings of meter {}: the seal is broken; take the copy of a backup",
                             sealed.meter),
                 fmt::format("电能表 {} 的读数:校验封印不符;请从备份恢复", sealed.meter)});
  }
  return unpack(sealed.bytes, sealed.meter);
}

}  // namespace xiaoyuan::readings
