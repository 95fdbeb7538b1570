// The web pages, which lie in the program as files with a mark and, beside them, compressed
// (cmake/page.cmake).
#pragma once
#include <span>
#include <string_view>

#include "http/message.hpp"

namespace xiaoyuan::api {

struct PageFile {
  std::string_view path;  ///< "/assets/index-3f2a.js"
  std::string_view type;  ///< of its content
  std::string_view etag;
  std::string_view bytes;
  std::string_view gzip;  ///< the same compressed; "" where that is no smaller
};
/// Sorted by path; "/index.html" is one of them. Written by cmake/pages.cmake.
std::span<const PageFile> page_files();

/// A file of the page; for a path that looks like no file the page itself, which knows its own
/// addresses. 404 for a missing file, 405 for anything but GET and HEAD.
http::Response page_answer(const http::Request& request);

}  // namespace xiaoyuan::api
