#include "statement/proof_text.hpp"

#include <array>

#include "base/check.hpp"
#include "ledger/bytes.hpp"

namespace xiaoyuan::statement {

namespace {

constexpr std::string_view proof_head = "xiaoyuan-proof/1:";
constexpr std::string_view sixty_four =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t longest_proof_text = 8192;

std::string base64url(std::string_view bytes) {
  std::string text;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char byte : bytes) {
    held = (held << 8U) | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 6; bits -= 6) {
      text += sixty_four[(held >> (bits - 6)) & 63U];
    }
  }
  if (bits > 0) {
    text += sixty_four[(held << (6 - bits)) & 63U];
  }
  return text;
}

/// Nothing where a character is none of the sixty-four. What is left over at the end is found by
/// writing the result again.
std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char character : text) {
    const std::size_t value = sixty_four.find(character);
    if (value == std::string_view::npos) {
      return std::nullopt;
    }
    held = (held << 6U) | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes += static_cast<char>((held >> bits) & 255U);
    }
  }
  return bytes;
}

std::string without_space(std::string_view text) {
  std::string kept;
  for (const char character : text) {
    if (character != ' ' && character != '\t' && character != '\n' && character != '\r') {
      kept += character;
    }
  }
  return kept;
}

std::unexpected<Errors> no_proof(std::string_view found, const Where& where) {
  const std::string begin(found.substr(0, 24));
  const std::string shown = is_utf8(begin) ? begin : "?";
  return fail(
      Fault::bad_input,
      {"expected a proof as a statement's QR code has it, \"xiaoyuan-proof/1:\" and letters "
       "after it, found \"" +
           shown + "\"",
       "应为对账单二维码中的证明文本(以“xiaoyuan-proof/1:”开头),实为“" + shown + "”"},
      where);
}

}  // namespace

std::string proof_text(const settle::EntryProof& proof) {
  expects(proof.proof.size == proof.head.size);
  ledger::ByteWriter bytes;
  bytes.text(proof.key);
  bytes.digest(proof.entry_hash);
  bytes.digest(proof.head.root);
  bytes.raw(ledger::bytes_of(proof.proof));
  return std::string(proof_head) + base64url(bytes.take());
}

Result<settle::EntryProof> read_proof_text(std::string_view text, const Where& where) {
  if (text.size() > longest_proof_text) {
    return no_proof(text, where);
  }
  const std::string kept = without_space(text);
  if (!kept.starts_with(proof_head)) {
    return no_proof(kept, where);
  }
  const auto bytes = from_base64url(std::string_view(kept).substr(proof_head.size()));
  if (!bytes) {
    return no_proof(kept, where);
  }
  ledger::ByteReader reader(*bytes);
  settle::EntryProof proof;
  proof.key = reader.text();
  proof.entry_hash = reader.digest();
  proof.head.root = reader.digest();
  if (reader.has_failed()) {
    return no_proof(kept, where);
  }
  TRY(proof.proof,
      ledger::read_inclusion(std::string_view(*bytes).substr(reader.at()), where.file));
  proof.head.size = proof.proof.size;
  // One proof has one spelling: spare bits at the end are refused.
  if (proof_text(proof) != kept) {
    return no_proof(kept, where);
  }
  return proof;
}

}  // namespace xiaoyuan::statement
