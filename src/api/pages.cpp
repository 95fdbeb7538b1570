#include "api/pages.hpp"

#include <algorithm>

#include "api/answers.hpp"
#include "base/check.hpp"
#include "http/encode.hpp"

namespace xiaoyuan::api {

namespace {

const PageFile* page_file(std::string_view path) {
  const auto files = page_files();
  const auto found = std::ranges::lower_bound(files, path, {}, &PageFile::path);
  return found != files.end() && found->path == path ? &*found : nullptr;
}

/// Shared by all answers: the bytes of a file are copied once.
http::Bytes kept_bytes(std::string_view bytes) {
  return std::make_shared<const std::string>(bytes);
}

/// Beside page_files(), in the same order: what answers share.
struct KeptFile {
  http::Bytes bytes, gzip;
};
const std::vector<KeptFile>& kept_files() {
  static const std::vector<KeptFile> kept = [] {
    std::vector<KeptFile> all;
    for (const PageFile& file : page_files()) {
      all.push_back({kept_bytes(file.bytes), kept_bytes(file.gzip)});
    }
    return all;
  }();
  return kept;
}

}  // namespace

http::Response page_answer(const http::Request& request) {
  if (request.method != http::Method::get && request.method != http::Method::head) {
    http::Response refused =
        problem(Refusal{405, {"A page can only be read", "页面只能读取"}}, Language::english);
    refused.headers.push_back({"Allow", "GET, HEAD"});
    return refused;
  }
  const PageFile* file = page_file(request.path);
  if (file == nullptr) {
    const std::string_view last =
        std::string_view(request.path).substr(request.path.rfind('/') + 1);
    if (last.contains('.')) {
      return problem(Refusal{404, {"There is no such file", "没有此文件"}}, Language::english);
    }
    file = page_file("/index.html");
    expects(file != nullptr);
  }
  const KeptFile& kept = kept_files()[static_cast<std::size_t>(file - page_files().data())];
  // Names below /assets/ hold a hash of their content.
  const bool never_changes = file->path.starts_with("/assets/");
  http::Response response{
      .status = 200,
      .headers = {{"Content-Type", std::string(file->type)},
                  {"Cache-Control",
                   never_changes ? "public, max-age=31536000, immutable" : "no-cache"},
                  {"ETag", std::string(file->etag)},
                  {"Vary", "Accept-Encoding"}},
      .body = kept.bytes,
      .events = {}};
  if (request.header("If-None-Match") == file->etag) {
    response.status = 304;
    response.body = nullptr;
  } else if (!file->gzip.empty() && http::takes_gzip(request.header("Accept-Encoding"))) {
    response.headers.push_back({"Content-Encoding", "gzip"});
    response.body = kept.gzip;
  }
  return response;
}

}  // namespace xiaoyuan::api
