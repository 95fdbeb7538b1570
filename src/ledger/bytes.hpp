// Canonical bytes: whole numbers as little-endian of fixed width, texts as length and UTF-8. One
// value has one spelling, so equal bytes and equal content are the same thing.
#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/hash.hpp"

namespace xiaoyuan::ledger {

class ByteWriter {
 public:
  template <std::integral T>
  void number(T value) {
    auto rest = static_cast<std::make_unsigned_t<T>>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      bytes_ += static_cast<char>(rest & 0xFFU);
      rest = static_cast<std::make_unsigned_t<T>>(static_cast<std::uint64_t>(rest) >> 8U);
    }
  }
  void text(std::string_view text) {
    number(static_cast<std::uint32_t>(text.size()));
    bytes_ += text;
  }
  void digest(const Digest& digest) { bytes_ += view_of(digest); }
  void raw(std::string_view bytes) { bytes_ += bytes; }

  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads foreign bytes: after the first thing that is not there, every read gives zero or "", and
/// `is_whole` says so at the end.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  template <std::integral T>
  T number() {
    if (!has(sizeof(T))) {
      return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      value |= std::uint64_t{static_cast<unsigned char>(bytes_[at_ + i])} << (8U * i);
    }
    at_ += sizeof(T);
    return static_cast<T>(static_cast<std::make_unsigned_t<T>>(value));
  }
  std::string text();
  /// Any bytes after their length.
  std::string raw();
  Digest digest();
  /// A count of things that take at least `size` bytes each: one that cannot be there fails at
  /// once, before anything is made of it.
  std::uint32_t count(std::size_t size);
  /// What was read is not allowed.
  void refuse() { failed_ = true; }

  /// Everything was there, was allowed, and nothing is left.
  bool is_whole() const { return !failed_ && at_ == bytes_.size(); }
  bool has_failed() const { return failed_; }
  /// Where reading stands, or stopped.
  std::size_t at() const { return at_; }

 private:
  bool has(std::size_t size) {
    failed_ = failed_ || bytes_.size() - at_ < size;
    return !failed_;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace xiaoyuan::ledger
