// A day or a month of intervals in few bytes, without loss: the form in which they are stored,
// sealed and sent.
//
// Blocks of 16 counts. Each block takes the cheapest of four predictions x' of a count x: the block
// repeats the count before it (no further bits), x' = 0 (only where no count is negative), x' = the
// count before, x' = the line through the two before. What is left, r = x − x' (taken as it is
// where x' = 0, zig-zag otherwise so that small negative numbers are small), is written as a Rice
// code: r >> k ones and a zero, then the k low bits of r; k is the block's best.
//
//   version 1 | channel, unit of time | start | step | steps | unit (mWh) | runs of quality |
//   blocks
//
// Times are whole minutes where they can be, else seconds. Numbers of the head are LEB128 (7 bits a
// byte). The meter is not in it: it is the key under which the bytes are kept.
// Source of the code: R. F. Rice, "Some practical universal noiseless coding techniques",
// JPL 79-22, 1979. Why not zstd: docs/adr/0014-readings.md.
#pragma once
#include <string>
#include <string_view>

#include "readings/intervals.hpp"

namespace xiaoyuan::readings {

/// Nobody packs more: a year of minutes.
inline constexpr std::size_t most_packed_steps = 366UL * 1440UL;

/// The bytes of intervals; equal intervals have equal bytes. Steps hold no more than most_of_step.
std::string pack(const Intervals& intervals);

/// The intervals of a meter's packed bytes; every byte belongs to them. Errors: another version,
/// bytes that end too early or go on, numbers that no intervals have.
Result<Intervals> unpack(std::string_view bytes, const std::string& meter);

}  // namespace xiaoyuan::readings
