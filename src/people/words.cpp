#include "people/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace xiaoyuan::people {

namespace {

constexpr std::size_t most_grants = 100;
constexpr std::size_t most_of_name = 64;
constexpr std::size_t most_bytes = 4096;  // longer texts are not looked at

/// Full-width forms (U+FF01 to U+FF5E) are ASCII, 0xFEE0 higher.
char32_t half_width(char32_t c) { return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c; }

char32_t folded_character(char32_t c) {
  const char32_t narrow = half_width(c);
  return narrow >= U'A' && narrow <= U'Z' ? narrow + 32 : narrow;
}

void append(std::string& text, char32_t c) {
  const auto byte = [&text](char32_t value) { text += static_cast<char>(value); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | (c >> 6U));
    byte(0x80 | (c & 0x3FU));
  } else if (c < 0x10000) {
    byte(0xE0 | (c >> 12U));
    byte(0x80 | ((c >> 6U) & 0x3FU));
    byte(0x80 | (c & 0x3FU));
  } else {
    byte(0xF0 | (c >> 18U));
    byte(0x80 | ((c >> 12U) & 0x3FU));
    byte(0x80 | ((c >> 6U) & 0x3FU));
    byte(0x80 | (c & 0x3FU));
  }
}

/// Unified ideographs and their extensions.
bool is_chinese(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x20000 && c <= 0x323AF) || c == U'〇' || c == U'·';
}

bool is_of_name(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') || is_chinese(c) ||
         std::u32string_view(U"._-+@").find(c) != std::u32string_view::npos;
}

/// Control characters, and marks that turn or hide what stands beside them (Unicode: Cc, Cf, Zl,
/// Zp, tags).
bool is_unseen(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x61C || c == 0x180E ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c >= 0xE0000 && c <= 0xE007F);
}

/// "U+202E"
std::string code_of(char32_t c) { return fmt::format("U+{:04X}", static_cast<unsigned>(c)); }

std::unexpected<Errors> wrong(const std::string& field, Text what) {
  return fail(Fault::bad_input, std::move(what), {"", 0, field});
}

Result<void> check_text(std::string_view text, const std::string& field) {
  if (text.size() > most_bytes) {
    return wrong(field, {"is too long", "过长"});
  }
  if (!is_utf8(text)) {
    return wrong(field, {"is no well-formed UTF-8", "不是合法的 UTF-8 文本"});
  }
  return {};
}

bool needs_holder(Role role) { return role == Role::villager || role == Role::company; }

bool may_have_all_villages(Role role) { return role >= Role::grid_company; }

/// What is wrong with one grant; field "grants[2]".
Result<void> check_grant(const Grant& grant, const std::string& field) {
  const Text role = name_of(grant.role);
  for (const std::string* part : {&grant.village, &grant.holder}) {
    if (auto checked = check_line(*part, most_of_name, field); !checked) {
      return checked;
    }
    if (part->find('/') != std::string::npos) {
      return wrong(field, {"a name holds no /", "名称中不能有 /"});
    }
  }
  if (grant.role == Role::administrator && grant.village != "*") {
    return wrong(field, {"an administrator is one of the server: village has to be \"*\"",
                         "系统管理员面向整个服务器:village 应为“*”"});
  }
  if (grant.village.empty() || (grant.village == "*" && !may_have_all_villages(grant.role))) {
    return wrong(field, {fmt::format("{}: name the village", role.en),
                         fmt::format("{}:请填写村庄", role.zh)});
  }
  if (needs_holder(grant.role) == grant.holder.empty()) {
    const bool lacks = grant.holder.empty();
    return wrong(field,
                 {fmt::format("{}: {}", role.en,
                              lacks ? "name the household or party in holder" : "has no holder"),
                  fmt::format("{}:{}", role.zh,
                              lacks ? "请在 holder 中填写住户或主体" : "不应填写 holder")});
  }
  return {};
}

}  // namespace

std::u32string characters_of(std::string_view text) {
  std::u32string all;
  all.reserve(text.size());
  for (const char byte : text) {
    const auto value = static_cast<unsigned char>(byte);
    if ((value & 0xC0U) == 0x80U) {
      all.back() = (all.back() << 6U) | (value & 0x3FU);
    } else if (value < 0x80U) {
      all += value;
    } else {
      // The head of a character of 2, 3 or 4 bytes.
      all += static_cast<char32_t>(value & (value >= 0xF0U   ? 0x07U
                                            : value >= 0xE0U ? 0x0FU
                                                             : 0x1FU));
    }
  }
  return all;
}

std::string folded(std::string_view name) {
  std::string text;
  if (!is_utf8(name) || name.size() > most_bytes) {
    return text;
  }
  for (const char32_t c : characters_of(trimmed(name))) {
    append(text, folded_character(c));
  }
  return text;
}

Result<std::string> checked_name(std::string_view name) {
  if (auto checked = check_text(name, "name"); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  std::string text = folded(name);
  const std::u32string characters = characters_of(text);
  const auto strange = std::ranges::find_if_not(characters, is_of_name);
  if (strange != characters.end()) {
    return wrong(
        "name",
        {fmt::format("may hold letters a-z, digits, Chinese characters and . _ - + @; "
                     "found {}",
                     code_of(*strange)),
         fmt::format("只能使用字母 a-z、数字、汉字和 . _ - + @;发现字符 {}", code_of(*strange))});
  }
  if (characters.size() < 2 || characters.size() > most_of_name) {
    return wrong(
        "name",
        {fmt::format("expected 2 to {} characters, found {}", most_of_name, characters.size()),
         fmt::format("应为 2 至 {} 个字符,实为 {} 个", most_of_name, characters.size())});
  }
  return text;
}

Result<void> check_line(std::string_view text, std::size_t most, const std::string& field) {
  if (auto checked = check_text(text, field); !checked) {
    return checked;
  }
  const std::u32string characters = characters_of(text);
  if (const auto unseen = std::ranges::find_if(characters, is_unseen); unseen != characters.end()) {
    return wrong(field, {fmt::format("holds a mark that cannot be seen ({})", code_of(*unseen)),
                         fmt::format("含有不可见字符({})", code_of(*unseen))});
  }
  if (characters.size() > most) {
    return wrong(field,
                 {fmt::format("expected at most {} characters, found {}", most, characters.size()),
                  fmt::format("最多 {} 个字符,实为 {} 个", most, characters.size())});
  }
  return {};
}

Result<void> check_grants(const std::vector<Grant>& grants) {
  if (grants.size() > most_grants) {
    return wrong("grants", {fmt::format("expected at most {}", most_grants),
                            fmt::format("最多 {} 项", most_grants)});
  }
  Errors errors;
  for (std::size_t i = 0; i < grants.size(); ++i) {
    auto checked = check_grant(grants[i], fmt::format("grants[{}]", i));
    gather(checked, errors);
    if (std::find(grants.begin(), grants.begin() + static_cast<std::ptrdiff_t>(i), grants[i]) !=
        grants.begin() + static_cast<std::ptrdiff_t>(i)) {
      errors.push_back(
          {Fault::bad_input, {"stands twice", "重复"}, {"", 0, fmt::format("grants[{}]", i)}});
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return {};
}

}  // namespace xiaoyuan::people
