#include "statement/html_text.hpp"

namespace xiaoyuan::statement {

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char character : text) {
    switch (character) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += character;
    }
  }
  return safe;
}

std::string both(const Text& text) {
  if (text.en == text.zh) {
    return escaped(text.en);
  }
  return "<span lang=\"zh\">" + escaped(text.zh) + "</span><span lang=\"en\">" + escaped(text.en) +
         "</span>";
}

}  // namespace xiaoyuan::statement
