// A seal breaks with any bit and any meter's name.
#include "readings/seal.hpp"

#include "made.hpp"

namespace xiaoyuan::readings {
namespace {

TEST(Seal, BreaksWithAnyBitAndAnyName) {
  const Intervals day = wh({local(2026, 10, 1), std::chrono::hours{6}, 4}, {100, 200, -1, 123'456});
  const Sealed sealed = seal(day);
  EXPECT_EQ(*opened(sealed), day);
  for (std::size_t bit = 0; bit < sealed.bytes.size() * 8; ++bit) {
    Sealed other = sealed;
    other.bytes[bit / 8] = static_cast<char>(other.bytes[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(opened(other).has_value()) << bit;
  }
  Sealed renamed = sealed;
  renamed.meter = "m2";
  EXPECT_EQ(errors_text(opened(renamed).error()),
            "readings of meter m2: the seal is broken; take the copy of a backup\n");
}

// Computed with Python's hashlib and a packing by hand: version 1, channel 0 in minutes, start
// 2026-10-01T00:00+08:00 = 29,846,400 minutes, a step of 360 minutes, 1 step, 1,000 mWh, one
// measured step, and a block: prediction `zero` (1), shift 6, 100 = one 1, a 0, six bits of 36.
TEST(Seal, IsTheDigestOfWhatTheHeaderSays) {
  const Intervals one = wh({local(2026, 10, 1), std::chrono::hours{6}, 1}, {100});
  const Sealed sealed = seal(one);
  EXPECT_EQ(hex(digest_of("m1", sealed.bytes)), hex(sealed.digest));
  EXPECT_EQ(hex(sealed.digest), "71698708f531bcf8005e97ccf495daaf5e66d5d3ef88a9128d0fb52632234e83");
}

}  // namespace
}  // namespace xiaoyuan::readings
