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
constexpr std::size_t longest_meter_id = 64;

/// Two bits of a block say it.
enum class Prediction : std::uint8_t { repeat, zero, last, line };

/// Differences are taken modulo 2^64, so that no count overflows.
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
  std::string_view text() {
    const std::size_t length = number(longest_meter_id);
    is_sound = is_sound && length <= rest.size();
    const std::string_view taken = rest.substr(0, is_sound ? length : 0);
    rest.remove_prefix(taken.size());
    return taken;
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

std::unexpected<Errors> damaged(const std::string& name) {
  return fail(Fault::unreadable,
              {"is no packed readings, or damaged; take the copy of a backup",
               "不是压缩存储的读数,或已损坏;请从备份恢复"},
              {name, 0, ""});
}

}  // namespace

std::string pack(const Intervals& intervals) {
  expects(intervals.counts.size() == intervals.axis.size &&
          intervals.quality.size() == intervals.axis.size &&
          intervals.axis.size <= most_packed_steps && intervals.unit.mwh > 0 &&
          intervals.meter.size() <= longest_meter_id && intervals.axis.step.count() > 0);
  std::string bytes(1, packed_version);
  append_number(bytes, zigzag(bits_of(intervals.axis.start.time_since_epoch().count())));
  append_number(bytes, static_cast<std::uint64_t>(intervals.axis.step.count()));
  append_number(bytes, intervals.axis.size);
  append_number(bytes, static_cast<std::uint64_t>(intervals.unit.mwh));
  append_number(bytes, static_cast<std::uint64_t>(intervals.channel));
  append_number(bytes, intervals.meter.size());
  bytes += intervals.meter;
  append_qualities(bytes, intervals.quality);
  write_blocks(bytes, intervals.counts);
  return bytes;
}

Result<Intervals> unpack(std::string_view bytes, const std::string& name) {
  if (!bytes.empty() && bytes.front() != packed_version) {
    return fail(Fault::unreadable,
                {fmt::format("is packed in version {}; this program reads version {}",
                             static_cast<int>(bytes.front()), static_cast<int>(packed_version)),
                 fmt::format("压缩格式版本为 {},本程序只能读取版本 {}",
                             static_cast<int>(bytes.front()), static_cast<int>(packed_version))},
                {name, 0, ""});
  }
  HeadReader head{bytes.substr(std::min<std::size_t>(1, bytes.size()))};
  Intervals intervals;
  constexpr std::uint64_t year_9999_s = 253'402'300'799;
  const auto start = static_cast<std::int64_t>(unzigzag(head.number(2 * year_9999_s)));
  intervals.axis.start = Instant{std::chrono::seconds{start}};
  intervals.axis.step = std::chrono::seconds{static_cast<std::int64_t>(head.number(366UL * 86400))};
  intervals.axis.size = head.number(most_packed_steps);
  intervals.unit = {static_cast<std::int64_t>(head.number(1'000'000'000'000))};
  intervals.channel = Channel(head.number(2));
  intervals.meter = head.text();
  // A block has two bits at least: whoever promises more steps than that is lying.
  const bool can_hold = (intervals.axis.size + block_size - 1) / block_size <= head.rest.size() * 4;
  if (!head.is_sound || !can_hold || intervals.axis.step.count() == 0 || intervals.unit.mwh == 0) {
    return damaged(name);
  }
  intervals.quality.resize(intervals.axis.size);
  head.qualities(intervals.quality);
  intervals.counts.resize(intervals.axis.size);
  if (!head.is_sound || !read_blocks(head.rest, intervals.counts)) {
    return damaged(name);
  }
  return intervals;
}

}  // namespace xiaoyuan::readings
