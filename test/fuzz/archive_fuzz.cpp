// Any bytes as an archive of readings: what is read is written again to what reads the same, and
// the size of the pieces in which it is fed changes nothing.
#include "readings/archive.hpp"

#include "foreign.hpp"

namespace {

using namespace xiaoyuan;

std::size_t records_in(std::string_view bytes, std::size_t piece, std::string& again) {
  readings::ArchiveReader reader("a.xyr");
  readings::ArchiveWriter writer;
  std::size_t told = 0;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    reader.feed(bytes.substr(at, piece));
    for (auto record = reader.next(); !record || *record; record = reader.next()) {
      fuzz::expect_sense(record);
      ++told;
      if (!record) {
        continue;
      }
      if (const auto* packed = std::get_if<readings::ArchivedIntervals>(&**record)) {
        writer.add(packed->sealed, packed->from);
      } else {
        writer.add(std::get<readings::RegisterReading>(**record));
      }
    }
  }
  fuzz::expect_sense(reader.finish());
  again = writer.finish();
  return told;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text = fuzz::text(bytes, size);
  std::string whole;
  std::string pieces;
  expects(records_in(text, text.size() + 1, whole) == records_in(text, 13, pieces));
  expects(whole == pieces);
  const Zone zone = *Zone::find("UTC+8");
  const auto file = readings::read_archive(text, "a.xyr", zone);
  fuzz::expect_sense(file);
  if (file) {
    const auto again = readings::read_archive(whole, "a.xyr", zone);
    expects(again && again->registers == file->registers && again->days == file->days);
  }
  return 0;
}
