// The target of a request (RFC 9112 §3.2, RFC 3986) and its cookies (RFC 6265 §5.4), decoded once.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace xiaoyuan::http {

struct Target {
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;
};

/// Nothing where the target is refused: a path that does not begin with '/', an escape that is
/// none, text that is not UTF-8, a control character, a '\', an escaped '/', a part that is empty,
/// "." or "..": whatever could mean another path to somebody else. One '/' at the end is dropped.
std::optional<Target> read_target(std::string_view text);

/// Percent-decoded once; nothing where an escape is bad. In queries '+' is a space.
enum class Plus : unsigned char { stays, is_space };
std::optional<std::string> decoded(std::string_view text, Plus plus);

/// The value of the first cookie of this name in a Cookie header, without its quotes; "" if none.
std::string_view cookie_value(std::string_view header, std::string_view name);

/// ASCII letters alike, as in names of headers.
bool same_word(std::string_view a, std::string_view b);
/// A list of words with commas ("gzip, br;q=0.5") names this one; parameters are not looked at.
bool names_word(std::string_view list, std::string_view word);
/// Without spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace xiaoyuan::http
