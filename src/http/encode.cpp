#include "http/encode.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>

#include "base/check.hpp"
#include "http/target.hpp"

namespace xiaoyuan::http {
namespace {

constexpr std::size_t least_bytes = std::size_t{4} * 1024;

std::string_view value_of(const Response& response, std::string_view name) {
  const auto found = std::ranges::find_if(
      response.headers, [&](const Header& each) { return same_word(each.name, name); });
  return found == response.headers.end() ? std::string_view{} : std::string_view{found->value};
}

bool is_text(std::string_view type) {
  static constexpr std::array kinds = {"application/json",     "application/problem+json",
                                       "application/geo+json", "application/yaml",
                                       "application/xml",      "image/svg+xml"};
  type = trimmed(type.substr(0, type.find(';')));
  return (type.starts_with("text/") && type != "text/event-stream") ||
         std::ranges::find(kinds, type) != kinds.end();
}

std::string gzip(const std::string& plain) {
  constexpr int with_gzip_head = 16 + MAX_WBITS;
  z_stream stream{};
  expects(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, with_gzip_head, MAX_MEM_LEVEL,
                       Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  expects(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace

bool takes_gzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    const std::string_view item = accept_encoding.substr(0, accept_encoding.find(','));
    accept_encoding.remove_prefix(std::min(item.size() + 1, accept_encoding.size()));
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    if (same_word(trimmed(item.substr(0, semicolon)), "gzip")) {
      const std::string_view weight = item.substr(semicolon);
      const std::size_t q = weight.find("q=");
      return q == weight.npos ||
             trimmed(weight.substr(q + 2)).find_first_not_of("0.") != weight.npos;
    }
  }
  return false;
}

void encode(Response& response, Takes takes) {
  constexpr std::size_t most_bytes = 1U << 30U;  // zlib counts in 32 bits
  if (!response.body || response.body->size() < least_bytes || response.body->size() > most_bytes ||
      !value_of(response, "Content-Encoding").empty() ||
      !is_text(value_of(response, "Content-Type"))) {
    return;
  }
  response.headers.push_back({"Vary", "Accept-Encoding"});
  if (takes == Takes::gzip) {
    response.headers.push_back({"Content-Encoding", "gzip"});
    response.body = std::make_shared<const std::string>(gzip(*response.body));
  }
}

}  // namespace xiaoyuan::http
