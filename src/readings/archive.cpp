#include "readings/archive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/check.hpp"

namespace xiaoyuan::readings {

namespace {

constexpr std::string_view archive_head = "xiaoyuan.readings/1\n";
constexpr std::size_t digest_size = sizeof(Digest::bytes);
constexpr std::size_t longest_body = std::size_t{16} << 20;  // a year of minutes takes a tenth
constexpr std::size_t longest_name = 64;
constexpr std::size_t longest_source = 1024;
/// Bytes that were read stay before the others until they are so many.
constexpr std::size_t most_behind = std::size_t{1} << 16;

template <class Whole>
void put_number(std::string& bytes, Whole value) {
  auto left = static_cast<std::uint64_t>(value);
  for (std::size_t i = 0; i < sizeof(Whole); ++i, left >>= 8) {
    bytes.push_back(static_cast<char>(left & 0xFF));
  }
}

/// Takes a body apart; a body that is too short is noticed once, at the end.
class BodyReader {
 public:
  explicit BodyReader(std::string_view body) : body_(body) {}
  template <class Whole>
  Whole number() {
    const std::string_view part = text(sizeof(Whole));
    std::uint64_t value = 0;
    for (std::size_t i = part.size(); i > 0; --i) {
      value = (value << 8) | static_cast<unsigned char>(part[i - 1]);
    }
    return static_cast<Whole>(value);
  }
  std::string_view text(std::size_t size) {
    if (body_.size() < size) {
      is_good_ = false;
      size = 0;
    }
    const std::string_view part = body_.substr(0, size);
    body_.remove_prefix(size);
    return part;
  }
  std::string name() {
    const auto size = number<std::uint8_t>();
    is_good_ = is_good_ && size > 0 && size <= longest_name;
    std::string name(text(size));
    is_good_ = is_good_ && is_utf8(name);
    return name;
  }
  Instant instant() { return Instant{std::chrono::seconds{number<std::int64_t>()}}; }
  std::string_view rest() { return text(body_.size()); }
  /// A value of an enumeration whose last one is `last`.
  template <class Word>
  Word word(Word last) {
    const auto value = number<std::uint8_t>();
    is_good_ = is_good_ && value <= static_cast<std::uint8_t>(last);
    return Word(value);
  }
  bool is_good() const { return is_good_; }
  bool is_whole() const { return is_good_ && body_.empty(); }

 private:
  std::string_view body_;
  bool is_good_ = true;
};

void put_name(std::string& bytes, const std::string& name) {
  expects(!name.empty() && name.size() <= longest_name);
  put_number(bytes, static_cast<std::uint8_t>(name.size()));
  bytes += name;
}

Digest digest_of_record(char kind, std::string_view body) {
  static constexpr std::string_view domain{"xiaoyuan archive 1\0", 19};
  return sha256({domain, std::string_view(&kind, 1), body});
}

/// The digest of all records so far and one more.
Digest chained(const Digest& all, const Digest& next) {
  return sha256({view_of(all), view_of(next)});
}

Text no_body() { return {"holds what no reading can be", "内容不是有效的读数"}; }
Text ends_early() {
  return {"ends too early; it was cut off on its way: fetch it again",
          "文件不完整,可能传输中断;请重新获取"};
}

}  // namespace

ArchiveWriter::ArchiveWriter() : bytes_(archive_head) {}

void ArchiveWriter::put(char kind, std::string_view body, const Digest& digest) {
  expects(!is_finished_ && body.size() <= longest_body);
  bytes_.push_back(kind);
  put_number(bytes_, static_cast<std::uint32_t>(body.size()));
  bytes_ += body;
  bytes_ += view_of(digest);
  all_ = chained(all_, digest);
  ++count_;
}

void ArchiveWriter::come_from(const Provenance& from) {
  if (from_ == from) {
    return;
  }
  from_ = from;
  std::string body;
  put_number(body, std::int64_t{from.recorded_at.time_since_epoch().count()});
  body += from.source;
  expects(from.source.size() <= longest_source);
  put('S', body, digest_of_record('S', body));
}

void ArchiveWriter::add(const Sealed& sealed, const Provenance& from) {
  come_from(from);
  std::string body;
  put_name(body, sealed.meter);
  body += sealed.bytes;
  put('I', body, sealed.digest);
}

void ArchiveWriter::add(const RegisterReading& reading) {
  come_from({reading.source, reading.recorded_at});
  std::string body;
  put_name(body, reading.key.meter);
  put_number(body, static_cast<std::uint8_t>(reading.key.channel));
  put_number(body, static_cast<std::uint8_t>(reading.key.rate));
  put_number(body, std::int64_t{reading.key.at.time_since_epoch().count()});
  put_number(body, reading.value.mwh);
  put_number(body, static_cast<std::uint8_t>(reading.quality));
  put('R', body, digest_of_record('R', body));
}

std::string ArchiveWriter::take() { return std::exchange(bytes_, {}); }

std::string ArchiveWriter::finish() {
  std::string body;
  put_number(body, count_);
  const Digest all = all_;
  put('E', body, all);
  is_finished_ = true;
  return take();
}

void ArchiveReader::feed(std::string_view bytes) {
  if (at_ > most_behind) {
    bytes_.erase(0, at_);
    at_ = 0;
  }
  bytes_ += bytes;
}

std::unexpected<Errors> ArchiveReader::broken(Text what) {
  return fail(Fault::unreadable,
              {fmt::format("record {}: {}", record_, what.en),
               fmt::format("第 {} 条记录:{}", record_, what.zh)},
              {name_, record_, ""});
}

std::unexpected<Errors> ArchiveReader::stop(Text what) {
  is_stopped_ = true;
  return broken(std::move(what));
}

Result<bool> ArchiveReader::read_head() {
  const std::string_view begun = std::string_view(bytes_).substr(0, archive_head.size());
  if (!archive_head.starts_with(begun)) {
    is_stopped_ = true;
    return fail(Fault::bad_input,
                {"is no archive of readings of version 1, which begins with xiaoyuan.readings/1",
                 "不是第 1 版读数归档文件(应以 xiaoyuan.readings/1 开头)"},
                {name_, 0, ""});
  }
  has_head_ = begun.size() == archive_head.size();
  at_ = has_head_ ? archive_head.size() : 0;
  return has_head_;
}

Result<std::optional<ArchiveReader::Raw>> ArchiveReader::next_raw() {
  constexpr std::size_t before_body = 1 + sizeof(std::uint32_t);
  const std::string_view left = std::string_view(bytes_).substr(at_);
  if (left.size() < before_body) {
    return std::nullopt;
  }
  const std::size_t size = BodyReader(left.substr(1)).number<std::uint32_t>();
  if (has_ended_ || !std::string_view("SIRE").contains(left[0]) || size > longest_body) {
    ++record_;
    return stop(has_ended_ ? Text{"the file goes on after its end", "结束记录之后仍有内容"}
                           : Text{"no record begins here; the rest cannot be read",
                                  "此处不是记录的开头,其后内容无法读取"});
  }
  if (left.size() < before_body + size + digest_size) {
    return std::nullopt;
  }
  ++record_;
  Raw raw{.kind = left[0], .body = left.substr(before_body, size), .digest = {}};
  std::memcpy(raw.digest.bytes.data(), left.data() + before_body + size, digest_size);
  at_ += before_body + size + digest_size;
  return raw;
}

Result<void> ArchiveReader::read_end(const Raw& raw) {
  BodyReader body(raw.body);
  const auto count = body.number<std::uint64_t>();
  has_ended_ = true;
  if (!body.is_whole() || count != count_ || raw.digest != all_) {
    return broken(
        {"the end does not fit the records before it: some are missing, changed or in "
         "another order",
         "结束记录与前文不符:有记录缺失、被改动或次序不同"});
  }
  return {};
}

Result<std::optional<ArchiveRecord>> ArchiveReader::opened_record(const Raw& raw) {
  const Text changed{"the seal is broken; fetch the file again or take the copy of a backup",
                     "校验封印不符;请重新获取文件或从备份恢复"};
  BodyReader body(raw.body);
  if (raw.kind == 'I') {
    std::string meter = body.name();
    const std::string_view packed = body.rest();
    if (!body.is_good() || !from_) {
      return broken(no_body());
    }
    if (digest_of(meter, packed) != raw.digest) {
      return broken(changed);
    }
    return ArchivedIntervals{{std::move(meter), std::string(packed), raw.digest}, *from_};
  }
  if (digest_of_record(raw.kind, raw.body) != raw.digest) {
    return broken(changed);
  }
  if (raw.kind == 'S') {
    const Instant recorded_at = body.instant();
    const std::string_view source = body.rest();
    if (!body.is_good() || source.size() > longest_source || !is_utf8(source)) {
      return broken(no_body());
    }
    from_ = {std::string(source), recorded_at};
    return std::nullopt;
  }
  RegisterReading reading;
  reading.key.meter = body.name();
  reading.key.channel = body.word(Channel::generated);
  reading.key.rate = body.word(Rate::deep_valley);
  reading.key.at = body.instant();
  reading.value = {body.number<std::int64_t>()};
  reading.quality = body.word(Quality::missing);
  if (!body.is_whole() || !from_) {
    return broken(no_body());
  }
  reading.source = from_->source;
  reading.recorded_at = from_->recorded_at;
  return reading;
}

Result<std::optional<ArchiveRecord>> ArchiveReader::next() {
  if (!has_head_ && !is_stopped_) {
    if (auto head = read_head(); !head) {
      return std::unexpected(std::move(head.error()));
    }
  }
  while (has_head_ && !is_stopped_) {
    TRY(const std::optional<Raw> raw, next_raw());
    if (!raw) {
      break;
    }
    if (raw->kind == 'E') {
      if (auto end = read_end(*raw); !end) {
        return std::unexpected(std::move(end.error()));
      }
      continue;
    }
    all_ = chained(all_, raw->digest);
    ++count_;
    TRY(std::optional<ArchiveRecord> record, opened_record(*raw));
    if (record) {
      return record;
    }
  }
  return std::nullopt;
}

Result<void> ArchiveReader::finish() const {
  if (is_stopped_ || (has_ended_ && at_ == bytes_.size())) {
    return {};  // what stopped it was said already
  }
  return fail(Fault::unreadable, ends_early(), {name_, record_, ""});
}

std::vector<Intervals> days_of(const Intervals& intervals, const Zone& zone) {
  std::vector<Intervals> days;
  const TimeAxis& axis = intervals.axis;
  for (std::size_t i = 0; i < axis.size;) {
    const TimeAxis day = day_axis(zone, zone.civil(axis.at(i)).date(), axis.step);
    const auto offset = static_cast<std::size_t>((axis.at(i) - day.start) / axis.step);
    const bool is_on_grid = (axis.at(i) - day.start) % axis.step == std::chrono::seconds{0};
    if (!is_on_grid || offset >= day.size) {  // no local day is made of such steps
      return {intervals};
    }
    const std::size_t count = std::min(day.size - offset, axis.size - i);
    Intervals piece = empty_intervals(intervals.meter, intervals.channel, day, intervals.unit);
    const auto from = static_cast<std::ptrdiff_t>(i);
    const auto to = static_cast<std::ptrdiff_t>(i + count);
    const auto at = static_cast<std::ptrdiff_t>(offset);
    std::copy(intervals.counts.begin() + from, intervals.counts.begin() + to,
              piece.counts.begin() + at);
    std::copy(intervals.quality.begin() + from, intervals.quality.begin() + to,
              piece.quality.begin() + at);
    if (missing_count(piece) < day.size) {
      days.push_back(std::move(piece));
    }
    i += count;
  }
  return days;
}

namespace {

/// A few bytes open a long stretch: a small file must not become a huge one.
constexpr std::size_t most_archived_steps = 200'000'000;

/// Whether the axis can be cut into days of this calendar.
bool has_days(const TimeAxis& axis) {
  using namespace std::chrono;
  constexpr sys_days first{year{1900} / 1 / 1};
  constexpr sys_days last{year{9999} / 1 / 1};
  return axis.step <= hours{1} && days{1} % axis.step == seconds{0} && axis.start >= first &&
         axis.end() <= last;
}

struct ArchiveTaker {
  ArchiveFile& file;
  const Zone& zone;
  const std::string& name;
  std::size_t steps = 0;

  void refuse(Text what) {
    const auto record = static_cast<int>(file.report.rows);
    file.report.refused.push_back({Fault::bad_input, std::move(what), {name, record, ""}});
  }
  void take(const ArchivedIntervals& archived) {
    auto intervals = unpack(archived.sealed.bytes, archived.sealed.meter);
    if (!intervals) {
      refuse(std::move(intervals.error().front().what));
      return;
    }
    if (!has_days(intervals->axis)) {
      refuse({"its steps do not make up days", "时段长度无法组成整日"});
      return;
    }
    steps += intervals->axis.size;
    if (steps > most_archived_steps) {
      refuse({"the file holds more than can be read at once; split it",
              "文件内容过多,无法一次读入;请拆分"});
      return;
    }
    std::ranges::move(days_of(*intervals, zone), std::back_inserter(file.days));
    const std::size_t missing = missing_count(*intervals);
    file.report.readings += intervals->axis.size - missing;
    file.report.empty += missing;
  }
  void take(const RegisterReading& reading) {
    file.registers.push_back(reading);
    ++file.report.readings;
  }
};

}  // namespace

Result<ArchiveFile> read_archive(std::string_view bytes, const std::string& name,
                                 const Zone& zone) {
  constexpr std::size_t piece = std::size_t{1} << 20;
  ArchiveReader reader(name);
  ArchiveFile file;
  file.report.file = name;
  ArchiveTaker taker{.file = file, .zone = zone, .name = name, .steps = 0};
  for (std::size_t at = 0; at == 0 || at < bytes.size(); at += piece) {
    reader.feed(bytes.substr(at, piece));
    for (;;) {
      auto record = reader.next();
      if (!record) {
        if (record.error().front().where.line == 0) {
          return std::unexpected(std::move(record.error()));
        }
        std::ranges::move(record.error(), std::back_inserter(file.report.refused));
        continue;
      }
      if (!*record) {
        break;
      }
      file.report.rows = static_cast<std::size_t>(reader.record());
      std::visit([&](const auto& each) { taker.take(each); }, **record);
    }
  }
  if (auto whole = reader.finish(); !whole) {
    return std::unexpected(std::move(whole.error()));
  }
  file.report.rows = static_cast<std::size_t>(reader.record());
  return file;
}

}  // namespace xiaoyuan::readings
