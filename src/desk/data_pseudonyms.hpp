// Pseudonyms of households in research data: the same in all sets of a release, others in the next.
//
//   pseudonym = the first 16 hexadecimal digits of HMAC-SHA256(key, household)      (RFC 2104)
//
// A release is a calendar year. Its key is 32 random bytes, made at its first use and kept in the
// village's store as the document "research/key/2026"; who has no key cannot turn a pseudonym back,
// nor try the few households that there are.
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "desk/village_desk.hpp"

namespace xiaoyuan::desk {

Digest hmac_sha256(std::string_view key, std::string_view message);

std::string pseudonym(std::string_view key, std::string_view household);

/// The release's key; made where there is none yet. Errors: those of the store.
Result<std::string> release_key(VillageDesk& village, int year, Instant now);

}  // namespace xiaoyuan::desk
