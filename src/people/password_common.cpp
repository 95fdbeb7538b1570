// Passwords that are tried first and are long enough to be taken otherwise: rows of keys and
// digits, words with digits behind them, the rhymes in digits that are common in Chinese.
#include <algorithm>
#include <array>

#include "people/password.hpp"
#include "people/words.hpp"

namespace xiaoyuan::people {

namespace {

constexpr std::array<std::string_view, 70> common{
    "0123456789",   "0987654321",   "1111111111",     "1122334455",    "1212121212",
    "123123123123", "123123123a",   "1231231231",     "1234512345",    "123456123456",
    "1234567890",   "12345678900",  "1234567891",     "12345678910",   "123456789a",
    "123456789abc", "123456789q",   "123456789qq",    "1234qwerasdf",  "1314520520",
    "147258369a",   "1472583690",   "1q2w3e4r5t",     "1q2w3e4r5t6y",  "1qaz2wsx3edc",
    "3141592653",   "5201314520",   "52013145201314", "9876543210",    "a123456789",
    "aa123456789",  "aaaaaaaaaa",   "abc123456789",   "abcd123456",    "abcd1234567",
    "abcdefghij",   "admin12345",   "admin123456",    "administrator", "asd123456789",
    "asdfghjkl1",   "asdfghjkl;",   "baseball123",    "changeme123",   "football123",
    "iloveyou123",  "iloveyou1314", "letmein123",     "michael123",    "p@ssw0rd123",
    "pass123456",   "password00",   "password01",     "password11",    "password12",
    "password123",  "password1234", "passw0rd123",    "q123456789",    "q1w2e3r4t5",
    "qazwsxedcrfv", "qq123456789",  "qwer123456",     "qwerty1234",    "qwerty12345",
    "qwerty123456", "qwertyuiop",   "woaini1314",     "woaini1314520", "woaini520520",
};

/// One to four characters again and again: "abababababab".
bool is_repeated(const std::u32string& text) {
  for (std::size_t length = 1; length <= 4; ++length) {
    bool repeats = true;
    for (std::size_t i = length; i < text.size() && repeats; ++i) {
      repeats = text[i] == text[i - length];
    }
    if (repeats) {
      return true;
    }
  }
  return false;
}

/// Each character is the next, or each the one before: "23456789:;", "zyxwvutsrq".
bool is_a_row(const std::u32string& text) {
  const auto rises = [](char32_t a, char32_t b) { return b != a + 1; };
  const auto falls = [](char32_t a, char32_t b) { return a != b + 1; };
  return std::ranges::adjacent_find(text, rises) == text.end() ||
         std::ranges::adjacent_find(text, falls) == text.end();
}

}  // namespace

bool is_common(std::string_view password) {
  const std::string text = folded(password);
  const std::u32string characters = characters_of(text);
  return std::ranges::find(common, text) != common.end() || is_repeated(characters) ||
         is_a_row(characters);
}

}  // namespace xiaoyuan::people
