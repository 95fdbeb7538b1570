#include "wires/opendss_text.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace xiaoyuan::wires {

namespace {

char closing(char open) {
  switch (open) {
    case '(':
      return ')';
    case '[':
      return ']';
    case '{':
      return '}';
    default:
      return open;
  }
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == ','; }

/// The words of a line; a bracket or a quote holds its words together and is taken off. "=" parts a
/// key from its value, with or without space around it.
class Words {
 public:
  explicit Words(std::string_view line) : rest_(line) {}

  /// False at the end; `broken` where a bracket is not closed.
  bool next(DssProperty& property) {
    std::string word;
    if (!take(word)) {
      return false;
    }
    skip();
    if (!rest_.empty() && rest_.front() == '=') {
      rest_.remove_prefix(1);
      property.key = folded(word);
      property.value.clear();
      take(property.value);
    } else {
      property = {"", std::move(word)};
    }
    return true;
  }
  bool broken = false;

 private:
  void skip() {
    while (!rest_.empty() && is_space(rest_.front())) {
      rest_.remove_prefix(1);
    }
  }
  bool take(std::string& word) {
    skip();
    if (rest_.empty()) {
      return false;
    }
    const char first = rest_.front();
    if (std::string_view("([{\"'").contains(first)) {
      const std::size_t end = rest_.find(closing(first), 1);
      if (end == std::string_view::npos) {
        broken = true;
        rest_ = {};
        return false;
      }
      word = trimmed(rest_.substr(1, end - 1));
      rest_.remove_prefix(end + 1);
      return true;
    }
    std::size_t end = 0;
    while (end < rest_.size() && !is_space(rest_[end]) && (rest_[end] != '=' || end == 0)) {
      ++end;
    }
    word = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return true;
  }

  std::string_view rest_;
};

std::string_view without_comment(std::string_view line) {
  return line.substr(0, std::min(line.find('!'), line.find("//")));
}

bool speaks_of_an_object(const std::string& verb) {
  return verb == "new" || verb == "edit" || verb == "batchedit";
}

}  // namespace

std::string folded(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return lower;
}

std::vector<std::string> dss_list(std::string_view value) {
  std::vector<std::string> all;
  std::string word;
  for (const char c : value) {
    if (is_space(c) || c == '\n') {
      if (!word.empty()) {
        all.push_back(std::move(word));
        word.clear();
      }
    } else {
      word.push_back(c);
    }
  }
  if (!word.empty()) {
    all.push_back(std::move(word));
  }
  return all;
}

Result<std::vector<DssCommand>> parse_dss(std::string_view bytes, const std::string& file) {
  if (!is_utf8(bytes)) {
    return fail(Fault::bad_input,
                {"is not UTF-8; save it as UTF-8", "不是 UTF-8 编码;请另存为 UTF-8"},
                {file, 0, ""});
  }
  std::vector<DssCommand> commands;
  Errors errors;
  int line_number = 0;
  while (!bytes.empty()) {
    ++line_number;
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    Words words(without_comment(bytes.substr(0, end)));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    DssProperty property;
    if (words.next(property)) {
      DssCommand command;
      command.where = {file, line_number, ""};
      command.verb = property.key.empty() ? folded(property.value) : property.key;
      if (speaks_of_an_object(command.verb) && words.next(property)) {
        const std::string object = folded(property.value);
        const std::size_t dot = object.find('.');
        command.class_name = object.substr(0, dot);
        command.name = dot == std::string::npos ? "" : object.substr(dot + 1);
      }
      while (words.next(property)) {
        command.properties.push_back(property);
      }
      commands.push_back(std::move(command));
    }
    if (words.broken) {
      errors.push_back({Fault::bad_input,
                        {"a bracket or a quote is not closed", "括号或引号没有闭合"},
                        {file, line_number, ""}});
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return commands;
}

}  // namespace xiaoyuan::wires
