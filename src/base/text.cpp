#include "base/text.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace xiaoyuan {

namespace {
/// Optimal string alignment distance: insertions, deletions, changes, swapped neighbours.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before = std::exchange(last, std::exchange(row, before));
  }
  return last[b.size()];
}
}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) {
      text += separator;
    }
    text += word;
  }
  return text;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  const std::size_t first = text.find_first_not_of(white);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(white) - first + 1);
}

namespace {

/// Bytes that follow the first of a character, and the least and largest second one; -1: none does.
struct Utf8Lead {
  int followers = -1;
  unsigned char least = 0x80;
  unsigned char largest = 0xbf;
};

Utf8Lead utf8_lead(unsigned char first) {
  if (first > 0 && first < 0x80) {
    return {.followers = 0};
  }
  if (first >= 0xc2 && first <= 0xdf) {
    return {.followers = 1};
  }
  if (first >= 0xe0 && first <= 0xef) {
    return {.followers = 2,
            .least = static_cast<unsigned char>(first == 0xe0 ? 0xa0 : 0x80),
            .largest = static_cast<unsigned char>(first == 0xed ? 0x9f : 0xbf)};
  }
  if (first >= 0xf0 && first <= 0xf4) {
    return {.followers = 3,
            .least = static_cast<unsigned char>(first == 0xf0 ? 0x90 : 0x80),
            .largest = static_cast<unsigned char>(first == 0xf4 ? 0x8f : 0xbf)};
  }
  return {};
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Lead lead = utf8_lead(static_cast<unsigned char>(text[at]));
    if (lead.followers < 0 || at + static_cast<std::size_t>(lead.followers) >= text.size()) {
      return false;
    }
    for (int follower = 1; follower <= lead.followers; ++follower) {
      const auto byte = static_cast<unsigned char>(text[at + static_cast<std::size_t>(follower)]);
      if (byte < (follower == 1 ? lead.least : 0x80) ||
          byte > (follower == 1 ? lead.largest : 0xbf)) {
        return false;
      }
    }
    at += static_cast<std::size_t>(lead.followers) + 1;
  }
  return true;
}

std::vector<std::string_view> parts_of(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(end + 1);
  }
}

}  // namespace xiaoyuan
