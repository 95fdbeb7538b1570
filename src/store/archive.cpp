#include "store/archive.hpp"

#include <fmt/format.h>

#include <istream>
#include <ostream>

#include "ledger/bytes.hpp"
#include "ledger/proof.hpp"
#include "store/compressed.hpp"
#include "store/row_values.hpp"

namespace xiaoyuan::store {

namespace {

constexpr std::string_view first_line = "xiaoyuan.archive/1\n";

void write(ledger::ByteWriter& bytes, const BatchRecord& record) {
  bytes.text(record.key);
  bytes.digest(record.content);
  bytes.number(seconds(record.recorded_at));
  for (const std::uint64_t count :
       {record.registers, record.days, record.entries, record.documents}) {
    bytes.number(count);
  }
}

void read(ledger::ByteReader& bytes, BatchRecord& record) {
  record.key = bytes.text();
  record.content = bytes.digest();
  record.recorded_at = instant(bytes.number<std::int64_t>());
  for (std::uint64_t* count :
       {&record.registers, &record.days, &record.entries, &record.documents}) {
    *count = bytes.number<std::uint64_t>();
  }
}

/// An enumeration's value that is none is refused.
template <class Enum>
Enum read_word(ledger::ByteReader& bytes, Enum last) {
  const auto value = static_cast<Enum>(bytes.number<std::uint8_t>());
  if (value > last) {
    bytes.refuse();
  }
  return value;
}

void write(ledger::ByteWriter& bytes, const readings::RegisterReading& reading) {
  bytes.text(reading.key.meter);
  bytes.number(static_cast<std::uint8_t>(reading.key.channel));
  bytes.number(static_cast<std::uint8_t>(reading.key.rate));
  bytes.number(seconds(reading.key.at));
  bytes.number(reading.value.mwh);
  bytes.number(static_cast<std::uint8_t>(reading.quality));
  bytes.text(reading.source);
  bytes.number(seconds(reading.recorded_at));
}

void read(ledger::ByteReader& bytes, readings::RegisterReading& reading) {
  reading.key.meter = bytes.text();
  reading.key.channel = read_word(bytes, readings::Channel::generated);
  reading.key.rate = read_word(bytes, readings::Rate::deep_valley);
  reading.key.at = instant(bytes.number<std::int64_t>());
  reading.value = {bytes.number<std::int64_t>()};
  reading.quality = read_word(bytes, readings::Quality::missing);
  reading.source = bytes.text();
  reading.recorded_at = instant(bytes.number<std::int64_t>());
}

void write(ledger::ByteWriter& bytes, const StoredDay& day) {
  bytes.text(day.meter);
  bytes.number(static_cast<std::uint8_t>(day.channel));
  bytes.number(seconds(day.start));
  bytes.number(seconds(day.recorded_at));
  bytes.text(day.source);
  bytes.text(day.packed);
  bytes.digest(day.digest);
}

void read(ledger::ByteReader& bytes, StoredDay& day) {
  day.meter = bytes.text();
  day.channel = read_word(bytes, readings::Channel::generated);
  day.start = instant(bytes.number<std::int64_t>());
  day.recorded_at = instant(bytes.number<std::int64_t>());
  day.source = bytes.text();
  day.packed = bytes.raw();
  day.digest = bytes.digest();
}

void write(ledger::ByteWriter& bytes, const ledger::Entry& entry) {
  bytes.number(entry.number);
  bytes.text(entry.key);
  bytes.text(entry.bytes);
  bytes.digest(entry.hash);
}

void read(ledger::ByteReader& bytes, ledger::Entry& entry) {
  entry.number = bytes.number<std::uint64_t>();
  entry.key = bytes.text();
  entry.bytes = bytes.raw();
  entry.hash = bytes.digest();
}

void write(ledger::ByteWriter& bytes, const Document& document) {
  bytes.text(document.name);
  bytes.text(document.bytes);
}

void read(ledger::ByteReader& bytes, Document& document) {
  document.name = bytes.text();
  document.bytes = bytes.raw();
}

template <class Row>
void write_all(ledger::ByteWriter& bytes, const std::vector<Row>& rows) {
  bytes.number(static_cast<std::uint32_t>(rows.size()));
  for (const Row& row : rows) {
    write(bytes, row);
  }
}

template <class Row>
void read_all(ledger::ByteReader& bytes, std::vector<Row>& rows) {
  constexpr std::size_t least_size = 8;  // of two lengths
  rows.resize(bytes.count(least_size));
  for (Row& row : rows) {
    read(bytes, row);
  }
}

/// The two sizes before a block's frame.
std::string sizes_of(std::size_t size, std::size_t frame_size) {
  ledger::ByteWriter head;
  head.number(static_cast<std::uint32_t>(size));
  head.number(static_cast<std::uint32_t>(frame_size));
  return head.take();
}

/// As many bytes as there are, at most `size`; what is only claimed is not set aside.
std::string read_bytes(std::istream& file, std::size_t size) {
  constexpr std::size_t step = std::size_t{1} << 20U;
  std::string bytes;
  while (bytes.size() < size && file) {
    const std::size_t at = bytes.size();
    bytes.resize(std::min(size, at + step));
    file.read(bytes.data() + at, static_cast<std::streamsize>(bytes.size() - at));
    bytes.resize(at + static_cast<std::size_t>(file.gcount()));
  }
  return bytes;
}

}  // namespace

std::string bytes_of(const Portion& portion) {
  ledger::ByteWriter bytes;
  write_all(bytes, portion.batches);
  write_all(bytes, portion.registers);
  write_all(bytes, portion.days);
  write_all(bytes, portion.entries);
  write_all(bytes, portion.documents);
  return bytes.take();
}

Result<Portion> read_portion(std::string_view bytes, const std::string& name) {
  ledger::ByteReader reader(bytes);
  Portion portion;
  read_all(reader, portion.batches);
  read_all(reader, portion.registers);
  read_all(reader, portion.days);
  read_all(reader, portion.entries);
  read_all(reader, portion.documents);
  if (!reader.is_whole()) {
    return fail(Fault::unreadable,
                {fmt::format("byte {} of a portion belongs to nothing", reader.at()),
                 fmt::format("数据块第 {} 字节无法解读", reader.at())},
                {name, 0, ""});
  }
  return portion;
}

ArchiveWriter::ArchiveWriter(std::ostream& file) : file_(file), seal_(sha256(first_line)) {
  file_ << first_line;
}

void ArchiveWriter::write_block(std::string_view bytes, std::string_view frame) {
  const std::string sizes = sizes_of(bytes.size(), frame.size());
  seal_ = sha256({view_of(seal_), sizes, frame});
  file_ << sizes << frame << view_of(seal_);
}

void ArchiveWriter::write(const Portion& portion) {
  const std::string bytes = bytes_of(portion);
  write_block(bytes, compressed(bytes));
}

void ArchiveWriter::finish() {
  write_block("", "");
  file_.flush();
}

ArchiveReader::ArchiveReader(std::istream& file, std::string name)
    : file_(file), name_(std::move(name)), seal_(sha256(first_line)) {
  if (read_bytes(file_, first_line.size()) != first_line) {
    file_.setstate(std::ios::failbit);
  }
}

std::unexpected<Errors> ArchiveReader::damaged() const {
  return fail(
      Fault::unreadable,
      {fmt::format("is damaged or no archive: block {} is not whole; take another backup", block_),
       fmt::format("不是备份文件或已损坏:第 {} 块不完整,请改用其他备份", block_)},
      {name_, 0, ""});
}

Result<std::optional<Portion>> ArchiveReader::next() {
  ++block_;
  const std::string sizes = read_bytes(file_, 8);
  ledger::ByteReader head(sizes);
  const auto size = head.number<std::uint32_t>();
  const std::string frame = read_bytes(file_, head.number<std::uint32_t>());
  const std::string seal = read_bytes(file_, sizeof(Digest));
  seal_ = sha256({view_of(seal_), sizes, frame});
  if (!file_ || seal != view_of(seal_)) {
    file_.setstate(std::ios::failbit);
    return damaged();
  }
  if (size == 0) {
    return file_.peek() == std::istream::traits_type::eof() ? Result<std::optional<Portion>>()
                                                            : damaged();
  }
  TRY(const std::string bytes, expanded(frame, size, name_));
  TRY(Portion portion, read_portion(bytes, name_));
  return portion;
}

}  // namespace xiaoyuan::store
