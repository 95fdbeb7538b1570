// Bits in a row, lowest first, for the packed form of intervals.
#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace xiaoyuan::readings {

class BitWriter {
 public:
  explicit BitWriter(std::string& bytes) : bytes_(&bytes) {}
  /// The `count` (0–56) low bits of `value`; the others are 0.
  void write(std::uint64_t value, int count) {
    held_ |= value << held_count_;
    held_count_ += count;
    while (held_count_ >= 8) {
      bytes_->push_back(static_cast<char>(held_));
      held_ >>= 8;
      held_count_ -= 8;
    }
  }
  /// Any count up to 64.
  void write_wide(std::uint64_t value, int count) {
    if (count > 32) {
      write(value & 0xFFFFFFFFU, 32);
      write(value >> 32, count - 32);
    } else {
      write(value, count);
    }
  }
  void write_ones(std::uint64_t count) {
    for (; count >= 32; count -= 32) {
      write(0xFFFFFFFFU, 32);
    }
    write((std::uint64_t{1} << count) - 1, static_cast<int>(count));
  }
  void finish() {
    if (held_count_ > 0) {
      bytes_->push_back(static_cast<char>(held_));
    }
    held_ = 0;
    held_count_ = 0;
  }

 private:
  std::string* bytes_;
  std::uint64_t held_ = 0;
  int held_count_ = 0;
};

/// Beyond the last byte there are zeros; `ran_out` says that some were read.
class BitReader {
 public:
  explicit BitReader(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t read(int count) {
    if (count == 0) {
      return 0;
    }
    std::uint64_t value = window() & (~std::uint64_t{0} >> (64 - std::min(count, 56)));
    position_ += static_cast<std::size_t>(std::min(count, 56));
    if (count > 56) {
      value |= read(count - 56) << 56;
    }
    return value;
  }
  /// The ones before the next zero, which is taken too.
  std::uint64_t read_ones() {
    std::uint64_t ones = 0;
    while (!ran_out()) {
      const auto here =
          static_cast<std::size_t>(std::countr_one(window() & ~(std::uint64_t{0xFF} << 56)));
      ones += here;
      position_ += here;
      if (here < 56) {
        ++position_;
        break;
      }
    }
    return ones;
  }
  bool ran_out() const { return position_ > bytes_.size() * 8; }
  /// Everything was read but the padding of the last byte, which is zeros.
  bool is_at_end() {
    const std::size_t left = bytes_.size() * 8 - position_;
    return !ran_out() && left < 8 && read(static_cast<int>(left)) == 0;
  }

 private:
  /// At least 56 bits from the position on.
  std::uint64_t window() const {
    const std::size_t byte = position_ / 8;
    std::uint64_t value = 0;
    if (byte + 8 <= bytes_.size()) {
      std::memcpy(&value, bytes_.data() + byte, 8);
    } else if (byte < bytes_.size()) {
      std::memcpy(&value, bytes_.data() + byte, bytes_.size() - byte);
    }
    return value >> (position_ % 8);
  }

  std::string_view bytes_;
  std::size_t position_ = 0;
};

}  // namespace xiaoyuan::readings
