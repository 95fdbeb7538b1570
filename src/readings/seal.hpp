// Packed intervals under a seal: whoever holds the digest can tell whether a single bit of a
// meter's stored day or month, or the meter that it is kept under, has changed.
//
//   digest = SHA-256("xiaoyuan readings 1" | 0 | meter | 0 | packed bytes)
#pragma once
#include <string>

#include "base/hash.hpp"
#include "readings/packed.hpp"

namespace xiaoyuan::readings {

struct Sealed {
  std::string meter;
  std::string bytes;
  Digest digest;
};

Digest digest_of(std::string_view meter, std::string_view bytes);
Sealed seal(const Intervals& intervals);
/// Errors: the digest is another one; what unpack refuses.
Result<Intervals> opened(const Sealed& sealed);

}  // namespace xiaoyuan::readings
