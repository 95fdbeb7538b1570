// The words that people type: names to sign in by, what somebody is called, labels. What could
// deceive an eye (control and direction marks, letters of zero width) is refused; all else is kept
// as it was typed, and whoever shows it has to write it as text.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "people/account.hpp"

namespace xiaoyuan::people {

/// The characters of well-formed UTF-8.
std::u32string characters_of(std::string_view text);

/// The form in which names are compared: small letters, half width. "Li.Xiuying" → "li.xiuying".
std::string folded(std::string_view name);

/// 2 to 64 letters, digits, Chinese characters and . _ - + @, folded. Other alphabets are refused,
/// since their letters look like others.
Result<std::string> checked_name(std::string_view name);

/// At most so many characters, none of them a mark that cannot be seen.
Result<void> check_line(std::string_view text, std::size_t most, const std::string& field);

/// Each grant by itself: a village, household or party where its role needs one.
Result<void> check_grants(const std::vector<Grant>& grants);

}  // namespace xiaoyuan::people
