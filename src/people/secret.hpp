// Secrets: what a session's cookie and a program's token carry, and the codes that a server prints.
// A secret is 256 random bits; kept is only its SHA-256, so the store gives nobody away. Since a
// secret is random, an unsalted fast hash of it cannot be turned back.
#pragma once
#include <string>
#include <string_view>

#include "base/hash.hpp"

namespace xiaoyuan::people {

/// 43 letters, digits, - and _ (RFC 4648 §5).
std::string new_secret();

/// Under which a secret is known.
Digest key_of(std::string_view secret);

/// What the writes of a session have to bring along: made from its secret, and tells nothing of it.
std::string csrf_of(std::string_view secret);

/// A code to be typed once: "7K2M-9QXD-T4HW-03ZB", 80 random bits, without I, L, O and U.
std::string new_code();

/// Compares in a time that does not depend on where they differ.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace xiaoyuan::people
