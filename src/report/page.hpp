// report.html: the page built from web/, with results.json laid into it. One file, no network.
#pragma once
#include <string>
#include <string_view>

namespace xiaoyuan::report {

/// The page that shows `results` (the text of results.json).
std::string page_html(std::string_view results);

}  // namespace xiaoyuan::report
