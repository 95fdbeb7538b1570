// Passwords: which ones are taken, and argon2id (RFC 9106, by libsodium) to keep and compare them.
//
// Long and not common is what counts (NIST SP 800-63B §5.1.1.2): no rule asks for digits or marks,
// none ends a password by its age.
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace xiaoyuan::people {

constexpr std::size_t least_of_password = 10;    ///< characters
constexpr std::size_t most_of_password = 1'024;  ///< bytes

/// `name` as it is compared. Errors: too short, too long, the name, a common one.
Result<void> check_password(std::string_view password, std::string_view name,
                            const std::string& field);

/// "$argon2id$v=19$m=65536,t=2,p=1$…": some 100 ms and 64 MiB.
Result<std::string> hashed(std::string_view password);

/// The same work for every hash. An empty hash is nobody's, and takes as long to say no.
bool is_password(std::string_view password, const std::string& hash);

/// One of the most common passwords of ten characters or more, or made of one short pattern.
bool is_common(std::string_view password);

}  // namespace xiaoyuan::people
