// An archive: all that a store holds as one file that any store can be filled from. The same
// content makes the same bytes, whichever store it comes from.
//
//   file  = "xiaoyuan.archive/1\n", blocks, and an empty block as the end
//   block = u32 size, u32 size compressed, zstd frame of a portion, seal
//   seal  = SHA-256 of the seal before (at first of the file's first line) and of the block up to
//   here
//
// So no byte can be changed, and no block be lost, added or moved without breaking a seal.
#pragma once
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

#include "store/store.hpp"

namespace xiaoyuan::store {

/// A portion as ledger/bytes.hpp writes such things, and back.
std::string bytes_of(const Portion& portion);
Result<Portion> read_portion(std::string_view bytes, const std::string& name);

class ArchiveWriter {
 public:
  explicit ArchiveWriter(std::ostream& file);
  void write(const Portion& portion);
  void finish();

 private:
  void write_block(std::string_view bytes, std::string_view frame);
  std::ostream& file_;
  Digest seal_;
};

class ArchiveReader {
 public:
  /// `name` is the file's in messages.
  ArchiveReader(std::istream& file, std::string name);
  /// The next portion; nothing at the end, where no byte may follow. After an error, no more.
  Result<std::optional<Portion>> next();

 private:
  std::unexpected<Errors> damaged() const;
  std::istream& file_;
  std::string name_;
  Digest seal_;
  std::uint64_t block_ = 0;
};

}  // namespace xiaoyuan::store
