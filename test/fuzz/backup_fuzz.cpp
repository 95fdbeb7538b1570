// Any bytes as a portion of an archive, and as an archive whose seals were made to fit.
#include "store/archive.hpp"

#include <sstream>

#include "foreign.hpp"
#include "store/batch.hpp"

namespace {

using namespace xiaoyuan;

/// Reads an archive to its end or its first error.
void read_all(const std::string& bytes) {
  std::istringstream file(bytes);
  store::ArchiveReader reader(file, "x");
  while (true) {
    const auto portion = reader.next();
    fuzz::expect_sense(portion);
    if (!portion || !*portion) {
      return;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text = fuzz::text(bytes, size);
  read_all(std::string(text));
  const auto portion = store::read_portion(text, "x");
  fuzz::expect_sense(portion);
  if (portion) {
    expects(store::bytes_of(*portion) == text);
    fuzz::expect_sense(store::arranged(*portion));
    std::ostringstream file;
    store::ArchiveWriter writer(file);
    writer.write(*portion);
    writer.finish();
    read_all(file.str());
    // A block whose seal holds and whose frame is anything.
    const std::string whole = file.str();
    std::string line = whole.substr(0, whole.find('\n') + 1);
    std::string sizes("\x08\0\0\0", 4);
    for (int shift = 0; shift < 32; shift += 8) {
      sizes += static_cast<char>((size >> shift) & 0xFFU);
    }
    const Digest seal = sha256({view_of(sha256(line)), sizes, text});
    line += sizes;
    line += text;
    line += view_of(seal);
    read_all(line);
  }
  return 0;
}
