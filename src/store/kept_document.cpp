#include "store/kept_document.hpp"

#include "store/compressed.hpp"

namespace xiaoyuan::store {

KeptDocument kept(const Document& document) {
  return {document.name, document.bytes.size(), sha256(document.bytes), compressed(document.bytes)};
}

Result<Document> opened(const KeptDocument& kept) {
  TRY(std::string bytes, expanded(kept.compressed, kept.size, kept.name));
  if (sha256(bytes) != kept.digest) {
    return fail(Fault::unreadable,
                {"is not what was kept; take the copy of a backup", "与存入时不符;请从备份恢复"},
                {kept.name, 0, ""});
  }
  return Document{kept.name, std::move(bytes)};
}

}  // namespace xiaoyuan::store
