// The proof that a line's entry is in the book, as text: for a QR code and for whoever checks it.
//
//   "xiaoyuan-proof/1:" + base64url without padding (RFC 4648 §5) of
//   key text · hash of the entry · root · the bytes of the inclusion proof (ledger/proof.hpp)
// with texts as ledger/bytes.hpp writes them. Size and index stand in the inclusion proof. In a
// book of a million entries it has about 1,000 characters.
#pragma once
#include <string_view>

#include "base/error.hpp"
#include "settle/statement.hpp"

namespace xiaoyuan::statement {

/// The proof and the head have the same size.
std::string proof_text(const settle::EntryProof& proof);
/// White space is passed over: a text that was broken into lines reads too. Nothing is believed of
/// what is read: ask ledger::proves(proof.proof, proof.entry_hash, proof.head).
Result<settle::EntryProof> read_proof_text(std::string_view text, const Where& where);

}  // namespace xiaoyuan::statement
