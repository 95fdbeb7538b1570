#include "report/page.hpp"

#include "base/check.hpp"

// The built page (web/dist/report.html) lies in the program as bytes; cmake/page.cmake names it.
__asm__(
    ".section .rodata\n"
    ".global xiaoyuan_page_begin\n"
    ".global xiaoyuan_page_end\n"
    "xiaoyuan_page_begin:\n"
    ".incbin \"" XIAOYUAN_PAGE
    "\"\n"
    "xiaoyuan_page_end:\n"
    ".byte 0\n"
    ".previous\n");

extern "C" {
extern const char xiaoyuan_page_begin[];  // NOLINT
extern const char xiaoyuan_page_end[];    // NOLINT
}

namespace xiaoyuan::report {

std::string page_html(std::string_view results) {
  const std::string_view page(xiaoyuan_page_begin,
                              static_cast<std::size_t>(xiaoyuan_page_end - xiaoyuan_page_begin));
  constexpr std::string_view mark = "__RESULTS__";
  const std::size_t at = page.find(mark);
  expects(at != std::string_view::npos);
  std::string html(page.substr(0, at));
  html.reserve(page.size() + results.size() + results.size() / 16);
  for (const char letter : results) {
    // A "<" could end the script element that holds the results.
    if (letter == '<') {
      html += "\\u003c";
    } else {
      html += letter;
    }
  }
  html += page.substr(at + mark.size());
  return html;
}

}  // namespace xiaoyuan::report
