#include "desk/data_pseudonyms.hpp"

#include <unistd.h>

#include <array>

namespace xiaoyuan::desk {

namespace {

constexpr std::size_t block_bytes = 64;  // of SHA-256
constexpr std::size_t key_bytes = 32;
constexpr std::size_t pseudonym_digits = 16;

std::string masked(std::string_view key, char mask) {
  std::string block(key);
  block.resize(block_bytes, '\0');
  for (char& byte : block) {
    byte = static_cast<char>(byte ^ mask);
  }
  return block;
}

Result<std::string> kept_key(store::Store& store, const std::string& name) {
  TRY(const std::optional<store::Document> document, store.document(name));
  return document ? document->bytes : std::string();
}

Result<std::string> new_key() {
  std::string key(key_bytes, '\0');
  if (getentropy(key.data(), key.size()) != 0) {
    return fail(Fault::impossible, {"the system gives no random bytes", "系统无法提供随机数"});
  }
  return key;
}

}  // namespace

Digest hmac_sha256(std::string_view key, std::string_view message) {
  constexpr char inner = 0x36;
  constexpr char outer = 0x5C;
  const Digest shortened = sha256(key);
  const std::string_view used = key.size() > block_bytes ? view_of(shortened) : key;
  const Digest first = sha256({masked(used, inner), message});
  return sha256({masked(used, outer), view_of(first)});
}

std::string pseudonym(std::string_view key, std::string_view household) {
  return hex(hmac_sha256(key, household)).substr(0, pseudonym_digits);
}

Result<std::string> release_key(VillageDesk& village, int year, Instant now) {
  const std::string name = "research/key/" + std::to_string(year);
  std::string key;
  auto looked = village.look([&](Table& table) -> Result<void> {
    TRY(key, kept_key(table.store, name));
    return {};
  });
  if (!looked) {
    return std::unexpected(std::move(looked.error()));
  }
  if (!key.empty()) {
    return key;
  }
  auto worked = village.work([&](Table& table) -> Result<void> {
    TRY(key, kept_key(table.store, name));  // somebody else may have been first
    if (!key.empty()) {
      return {};
    }
    TRY(key, new_key());
    if (auto mine = check_owner(table, office::Use::write, now); !mine) {
      return mine;
    }
    store::Batch batch{.key = name, .recorded_at = now};
    batch.documents.push_back({name, key});
    TRY(const store::Written written, table.store.write(batch));
    static_cast<void>(written);
    return {};
  });
  if (!worked) {
    return std::unexpected(std::move(worked.error()));
  }
  return key;
}

}  // namespace xiaoyuan::desk
