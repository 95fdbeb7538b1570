#include "readings/packed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/check.hpp"
#include "readings/bits.hpp"

namespace xiaoyuan::readings {

namespace {

constexpr char packed_version = 1;
constexpr std::size_t block_size = 16;
/// Of the second byte: two bits of the channel, and whether times are minutes.
constexpr unsigned channel_bits = 3;
constexpr unsigned in_minutes_bit = 4;

/// Two bits of a block say it.
enum class Prediction : std::uint8_t { repeat, zero, last, line };

/// Differences are taken modulo 2^64: a damaged file must not run a number over.
std::uint64_t bits_of(std::int64_t count) { return static_cast<std::uint64_t>(count); }

std::uint64_t zigzag(std::uint64_t difference) {
  return (difference << 1) ^ (std::uint64_t{0} - (difference >> 63));
}
std::uint64_t unzigzag(std::uint64_t folded) {
  return (folded >> 1) ^ (std::uint64_t{0} - (folded & 1));
}

void append_number(std::string& bytes, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) {
    bytes.push_back(static_cast<char>(value | 0x80));
  }
  bytes.push_back(static_cast<char>(value));
}

/// The counts before a block, from which its own are predicted.
struct Past {
  std::uint64_t last = 0;
  std::uint64_t before = 0;
  void push(std::uint64_t count) {
    before = last;
    last = count;
  }
  std::uint64_t predicted(Prediction prediction) const {
    switch (prediction) {
      case Prediction::zero:
        return 0;
      case Prediction::line:
        return 2 * last - before;
      case Prediction::repeat:
      case Prediction::last:
        break;
    }
    return last;
  }
};

struct Block {
  Prediction prediction = Prediction::repeat;
  int shift = 0;
  std::uint64_t cost = 2;
  std::array<std::uint64_t, block_size> left{};
};

/// Bits of the residuals with a shift; saturates where an outlier would need very many.
std::uint64_t cost_of(std::span<const std::uint64_t> left, int shift) {
  std::uint64_t ones = 0;
  for (const std::uint64_t each : left) {
    ones += std::min(each >> shift, std::uint64_t{1} << 32);
  }
  return ones + left.size() * static_cast<std::uint64_t>(shift + 1) + 8;
}

/// The best shift: near the logarithm of the mean, and for outliers beyond it. The cost is convex
/// in the shift, so one walks down it.
void choose_shift(Block& block, std::size_t size) {
  const std::span<const std::uint64_t> left(block.left.data(), size);
  std::uint64_t mean = 0;
  for (const std::uint64_t each : left) {
    mean += each / size;
  }
  int shift = mean == 0 ? 0 : static_cast<int>(std::bit_width(mean)) - 1;
  std::uint64_t cost = cost_of(left, shift);
  for (const int way : {1, -1}) {
    while (shift + way >= 0 && shift + way <= 63) {
      const std::uint64_t next = cost_of(left, shift + way);
      if (next >= cost) {
        break;
      }
      cost = next;
      shift += way;
    }
  }
  block.shift = shift;
  block.cost = cost;
}

Block with(Prediction prediction, std::span<const std::int64_t> counts, Past past) {
  Block block{.prediction = prediction};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::uint64_t count = bits_of(counts[i]);
    const std::uint64_t rest = count - past.predicted(prediction);
    block.left[i] = prediction == Prediction::zero ? rest : zigzag(rest);
    past.push(count);
  }
  choose_shift(block, counts.size());
  return block;
}

Block best_block(std::span<const std::int64_t> counts, const Past& past) {
  if (std::ranges::all_of(counts, [&](auto count) { return bits_of(count) == past.last; })) {
    return {};
  }
  Block best = with(Prediction::last, counts, past);
  if (std::ranges::none_of(counts, [](auto count) { return count < 0; })) {
    if (Block other = with(Prediction::zero, counts, past); other.cost < best.cost) {
      best = other;
    }
  }
  if (Block other = with(Prediction::line, counts, past); other.cost < best.cost) {
    best = other;
  }
  return best;
}

void write_blocks(std::string& bytes, const std::vector<std::int64_t>& counts) {
  BitWriter bits(bytes);
  Past past;
  for (std::size_t i = 0; i < counts.size(); i += block_size) {
    const std::span block(counts.data() + i, std::min(block_size, counts.size() - i));
    const Block best = best_block(block, past);
    bits.write(static_cast<std::uint64_t>(best.prediction), 2);
    if (best.prediction != Prediction::repeat) {
      bits.write(static_cast<std::uint64_t>(best.shift), 6);
      for (std::size_t k = 0; k < block.size(); ++k) {
        bits.write_ones(best.left[k] >> best.shift);
        bits.write(0, 1);
        bits.write_wide(best.left[k] & ((std::uint64_t{1} << best.shift) - 1), best.shift);
      }
    }
    for (const std::int64_t count : block) {
      past.push(bits_of(count));
    }
  }
  bits.finish();
}

bool read_blocks(std::string_view bytes, std::vector<std::int64_t>& counts) {
  BitReader bits(bytes);
  Past past;
  for (std::size_t i = 0; i < counts.size() && !bits.ran_out(); i += block_size) {
    const auto prediction = Prediction(bits.read(2));
    const bool repeats = prediction == Prediction::repeat;
    const int shift = repeats ? 0 : static_cast<int>(bits.read(6));
    for (std::size_t k = i; k < std::min(i + block_size, counts.size()); ++k) {
      std::uint64_t count = past.last;
      if (!repeats) {
        const std::uint64_t high = bits.read_ones() << shift;
        const std::uint64_t rest = high | bits.read(shift);
        count =
            past.predicted(prediction) + (prediction == Prediction::zero ? rest : unzigzag(rest));
      }
      counts[k] = static_cast<std::int64_t>(count);
      past.push(count);
    }
  }
  return bits.is_at_end();
}

/// Takes the head apart; `is_sound` stays true as long as every number is one.
struct HeadReader {
  std::string_view rest;
  bool is_sound = true;

  std::uint64_t number(std::uint64_t most) {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (rest.empty()) {
        break;
      }
      const auto byte = static_cast<unsigned char>(rest.front());
      rest.remove_prefix(1);
      const std::uint64_t part = byte & 0x7FU;
      const bool overflows = shift == 63 && part > 1;
      const bool is_padded = shift > 0 && byte == 0;  // one number, one way to write it
      value |= part << shift;
      if (byte < 0x80) {
        is_sound = is_sound && !overflows && !is_padded && value <= most;
        return is_sound ? value : 0;
      }
    }
    is_sound = false;
    return 0;
  }
  void qualities(std::vector<Quality>& into) {
    std::uint64_t last = 4;
    for (std::size_t i = 0; i < into.size() && is_sound;) {
      const std::uint64_t run = number(into.size() * 4 + 3);
      const std::size_t length = run / 4;
      is_sound = is_sound && length > 0 && length <= into.size() - i && run % 4 != last;
      if (is_sound) {
        std::fill_n(into.begin() + static_cast<std::ptrdiff_t>(i), length, Quality(run % 4));
      }
      last = run % 4;
      i += length;
    }
  }
};

void append_qualities(std::string& bytes, const std::vector<Quality>& quality) {
  for (std::size_t i = 0; i < quality.size();) {
    std::size_t end = i;
    while (end < quality.size() && quality[end] == quality[i]) {
      ++end;
    }
    append_number(bytes, (end - i) * 4 + static_cast<std::uint64_t>(quality[i]));
    i = end;
  }
}

bool holds_possible(const Intervals& intervals) {
  const std::int64_t most = intervals.unit.mwh > 0 ? most_of_step.mwh / intervals.unit.mwh : 0;
  return std::ranges::all_of(intervals.counts,
                             [&](std::int64_t count) { return count <= most && count >= -most; });
}

std::unexpected<Errors> refused(const std::string& meter, const Text& what) {
  return fail(Fault::unreadable, {fmt::format("readings of meter {}: {}", meter, what.en),
                                  fmt::format("电能表 {} 的读数:{}", meter, what.zh)});
}

std::unexpected<Errors> damaged(const std::string& meter) {
  return refused(meter, {"the packed bytes are damaged; take the copy of a backup",
                         "压缩数据已损坏;请从备份恢复"});
}

/// The head, up to the qualities; `is_sound` of the reader says whether it was one.
Intervals read_head(HeadReader& head, unsigned char flags) {
  constexpr std::uint64_t year_9999_s = 253'402'300'799;
  constexpr std::uint64_t longest_step_s = 366UL * 86400;
  const std::int64_t divisor = (flags & in_minutes_bit) != 0 ? 60 : 1;
  Intervals intervals;
  intervals.channel = Channel(flags & channel_bits);
  const auto start = static_cast<std::int64_t>(unzigzag(head.number(2 * year_9999_s)));
  const auto step = static_cast<std::int64_t>(head.number(longest_step_s));
  intervals.axis.start = Instant{std::chrono::seconds{start * divisor}};
  intervals.axis.step = std::chrono::seconds{step * divisor};
  intervals.axis.size = head.number(most_packed_steps);
  intervals.unit = {static_cast<std::int64_t>(head.number(most_of_step.mwh))};
  const bool has_flags =
      flags <= (channel_bits | in_minutes_bit) && intervals.channel <= Channel::generated;
  // A block has two bits at least: whoever promises more steps than that is lying.
  const bool can_hold = (intervals.axis.size + block_size - 1) / block_size <= head.rest.size() * 4;
  head.is_sound = head.is_sound && has_flags && can_hold && step > 0 && intervals.unit.mwh > 0;
  return intervals;
}

}  // namespace

std::string pack(const Intervals& intervals) {
  expects(holds_possible(intervals) && intervals.counts.size() == intervals.axis.size &&
          intervals.quality.size() == intervals.axis.size &&
          intervals.axis.size <= most_packed_steps && intervals.unit.mwh > 0 &&
          intervals.axis.step.count() > 0);
  const std::int64_t start = intervals.axis.start.time_since_epoch().count();
  const std::int64_t step = intervals.axis.step.count();
  const bool in_minutes = start % 60 == 0 && step % 60 == 0;
  const std::int64_t divisor = in_minutes ? 60 : 1;
  std::string bytes(1, packed_version);
  bytes.push_back(static_cast<char>(static_cast<unsigned>(intervals.channel) |
                                    (in_minutes ? in_minutes_bit : 0U)));
  append_number(bytes, zigzag(bits_of(start / divisor)));
  append_number(bytes, static_cast<std::uint64_t>(step / divisor));
  append_number(bytes, intervals.axis.size);
  append_number(bytes, static_cast<std::uint64_t>(intervals.unit.mwh));
  append_qualities(bytes, intervals.quality);
  write_blocks(bytes, intervals.counts);
  return bytes;
}

Result<Intervals> unpack(std::string_view bytes, const std::string& meter) {
  if (bytes.size() < 2) {
    return damaged(meter);
  }
  if (bytes[0] != packed_version) {
    const int found = static_cast<unsigned char>(bytes[0]);
    const int known = packed_version;
    return refused(
        meter, {fmt::format("packed in version {}; this program reads version {}", found, known),
                fmt::format("压缩格式版本为 {},本程序只能读取版本 {}", found, known)});
  }
  HeadReader head{bytes.substr(2)};
  Intervals intervals = read_head(head, static_cast<unsigned char>(bytes[1]));
  if (!head.is_sound) {
    return damaged(meter);
  }
  intervals.meter = meter;
  intervals.quality.resize(intervals.axis.size);
  head.qualities(intervals.quality);
  intervals.counts.resize(intervals.axis.size);
  if (!head.is_sound || !read_blocks(head.rest, intervals.counts) || !holds_possible(intervals)) {
    return damaged(meter);
  }
  return intervals;
}

}  // namespace xiaoyuan::readings
