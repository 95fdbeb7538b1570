// A document as SQLite and PostgreSQL keep it: compressed, under the digest of its bytes.
#pragma once
#include <cstdint>

#include "store/store.hpp"

namespace xiaoyuan::store {

struct KeptDocument {
  std::string name;
  std::uint64_t size = 0;
  Digest digest;
  std::string compressed;
};

KeptDocument kept(const Document& document);
/// The document again. Errors: its bytes are not those that were kept.
Result<Document> opened(const KeptDocument& kept);

}  // namespace xiaoyuan::store
