// A sentence for people, in both languages of the project.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace xiaoyuan {

enum class Language { english, chinese };

/// The same sentence in English and Chinese. Every string that a user sees is one.
struct Text {
  std::string en;
  std::string zh;
  const std::string& in(Language language) const { return language == Language::chinese ? zh : en; }
  friend bool operator==(const Text&, const Text&) = default;
};

/// The candidate nearest to `word` by edit distance, or "" when none is near enough to be meant.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// "a, b, c"
std::string joined(const std::vector<std::string>& words, std::string_view separator = ", ");

/// `text` without white space at its ends.
std::string_view trimmed(std::string_view text);

/// True when every byte belongs to a well-formed UTF-8 character, and none is NUL.
bool is_utf8(std::string_view text);

/// The parts of `text` between separators, each trimmed.
std::vector<std::string_view> parts_of(std::string_view text, char separator);

}  // namespace xiaoyuan
