#include "base/units.hpp"

#include <gtest/gtest.h>

namespace xiaoyuan {
using namespace literals;

static_assert(3_kW * 2_h == 6_kWh);
static_assert(6_kWh / 2_h == 3_kW);
static_assert(6_kWh / 3_kW == 2_h);

template <class A, class B>
concept Addable = requires(A a, B b) { a + b; };
static_assert(Addable<Power, Power>);
static_assert(!Addable<Power, Energy>);
static_assert(!Addable<Irradiance, Power>);

TEST(Units, ARatioOfTwoIsANumber) { EXPECT_DOUBLE_EQ(6_kWh / 4_kWh, 1.5); }

}  // namespace xiaoyuan
