#include "http/reader.hpp"

// Boost 1.74's parser alone, without its streams.
#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cstring>
#include <limits>
#include <string>

#include "base/check.hpp"
#include "http/target.hpp"

namespace xiaoyuan::http {
namespace {

namespace beast = boost::beast;

constexpr std::size_t most_headers = 100;
constexpr std::size_t first_room = 4 * 1024;
constexpr std::size_t body_room = 16 * 1024;
constexpr std::size_t most_chunk_words = 256;  // of a chunk's extensions, which nobody uses

std::optional<Method> method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get:
      return Method::get;
    case beast::http::verb::head:
      return Method::head;
    case beast::http::verb::post:
      return Method::post;
    case beast::http::verb::put:
      return Method::put;
    case beast::http::verb::patch:
      return Method::patch;
    case beast::http::verb::delete_:
      return Method::remove;
    case beast::http::verb::options:
      return Method::options;
    default:
      return std::nullopt;
  }
}

/// What Beast reads, as our request.
class HeadParser final : public beast::http::basic_parser<true> {
 public:
  HeadParser() {
    header_limit(std::numeric_limits<std::uint32_t>::max());  // the reader's room is the limit
    body_limit(std::numeric_limits<std::uint64_t>::max());    // set when the head is known
  }

  Request request;
  std::string target;
  bool method_known = false;
  bool http_10 = false;

 private:
  using Code = boost::system::error_code;
  using View = beast::string_view;

  void on_request_impl(beast::http::verb verb, View, View text, int version, Code&) override {
    const auto method = method_of(verb);
    method_known = method.has_value();
    request.method = method.value_or(Method::get);
    target.assign(text.data(), text.size());
    http_10 = version == 10;
  }
  void on_response_impl(int, View, int, Code&) override {}
  void on_field_impl(beast::http::field, View name, View value, Code& error) override {
    if (head_is_done_) {
      return;  // a trailer: never a header
    }
    if (request.headers.size() >= most_headers) {
      error = beast::http::error::header_limit;
      return;
    }
    request.headers.push_back({{name.data(), name.size()}, {value.data(), value.size()}});
  }
  void on_header_impl(Code&) override { head_is_done_ = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>& size, Code&) override {
    // No more at once than a stranger has sent.
    request.body.reserve(std::min<std::uint64_t>(size.value_or(0), 64 * 1024));
  }
  std::size_t on_body_impl(View bytes, Code&) override {
    request.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  void on_chunk_header_impl(std::uint64_t, View words, Code& error) override {
    if (words.size() > most_chunk_words) {
      error = beast::http::error::bad_chunk_extension;
    }
  }
  std::size_t on_chunk_body_impl(std::uint64_t, View bytes, Code& error) override {
    return on_body_impl(bytes, error);
  }
  void on_finish_impl(Code&) override {}

  bool head_is_done_ = false;
};

/// RFC 3986's characters of a host and its port.
bool is_host(std::string_view host) {
  return host.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
             "-._~%!$&'()*+,;=:[]") == std::string_view::npos;
}

int status_of(const boost::system::error_code& error, std::string_view line) {
  if (error == beast::http::error::body_limit) {
    return 413;
  }
  if (error == beast::http::error::header_limit) {
    return 431;
  }
  line = line.substr(0, line.find('\r'));
  const bool names_version =
      std::ranges::count(line, ' ') == 2 && line.find(" HTTP/") != std::string_view::npos;
  return error == beast::http::error::bad_version && names_version ? 505 : 400;
}

/// What is wrong with a head that Beast has read; 0: nothing.
int wrong_with_head(const HeadParser& parser) {
  std::size_t hosts = 0;
  std::size_t lengths = 0;
  std::size_t codings = 0;
  for (const Header& header : parser.request.headers) {
    if (same_word(header.name, "Host")) {
      ++hosts;
      if (!is_host(header.value)) {
        return 400;
      }
    } else if (same_word(header.name, "Content-Length")) {
      ++lengths;
      if (header.value.find_first_not_of("0123456789") != std::string::npos) {
        return 400;
      }
    } else if (same_word(header.name, "Transfer-Encoding")) {
      ++codings;
      if (!same_word(header.value, "chunked")) {
        return 501;
      }
    }
  }
  if (hosts > 1 || (hosts == 0 && !parser.http_10) || lengths > 1 || codings > 1 ||
      (codings > 0 && (lengths > 0 || parser.http_10))) {
    return 400;
  }
  return parser.method_known ? 0 : 501;
}

}  // namespace

struct RequestReader::State {
  State(const Limits& its_limits, const BodyLimit& its_body_limit)
      : limits(its_limits), body_limit(its_body_limit) {}

  const Limits& limits;
  const BodyLimit& body_limit;
  std::unique_ptr<char[]> bytes;
  std::size_t capacity = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t scanned = 0;  // of what waits, for the end of the head
  std::optional<HeadParser> parser{};
  Within within = Within::nothing;
  bool is_lent = false;  // the room is being filled
  bool is_whole = false;
  int status = 0;

  std::size_t most() const { return std::max(limits.head_bytes, first_room); }
  std::string_view waiting() const { return {bytes.get() + begin, end - begin}; }
  // No byte moves here: a read into the room may be under way.
  void consume(std::size_t count) { begin += count; }
  Found malformed(int its_status) {
    status = its_status;
    return Found::malformed;
  }
  void make_room();
  std::optional<std::size_t> head_end();
  Found read_head();
  Found judge_head();
  Found read_body();
};

void RequestReader::State::make_room() {
  const std::size_t held = end - begin;
  const std::size_t wish = within == Within::body ? std::min(body_room, most())
                           : held * 2 > capacity  ? std::min(capacity * 2, most())
                                                  : capacity;
  if (const std::size_t size = std::max(wish, first_room); size > capacity) {
    auto larger = std::make_unique_for_overwrite<char[]>(size);
    if (held > 0) {
      std::memcpy(larger.get(), bytes.get() + begin, held);
    }
    bytes = std::move(larger);
    capacity = size;
  } else if (begin > 0) {
    std::memmove(bytes.get(), bytes.get() + begin, held);
  }
  begin = 0;
  end = held;
}

/// The size of a head that is whole. Refuses at once what no head may hold.
std::optional<std::size_t> RequestReader::State::head_end() {
  const std::string_view text = waiting();
  for (std::size_t at = text.find('\n', scanned); at != text.npos; at = text.find('\n', at + 1)) {
    if (at == 0 || text[at - 1] != '\r') {
      status = 400;
      return std::nullopt;
    }
    if (at + 1 == text.size() || (text[at + 1] == '\r' && at + 2 == text.size())) {
      scanned = at;
      return std::nullopt;
    }
    if (text[at + 1] == ' ' || text[at + 1] == '\t') {
      status = 400;
      return std::nullopt;
    }
    if (text[at + 1] == '\r' && text[at + 2] == '\n') {
      return at + 3;
    }
    scanned = at + 1;
  }
  if (text.size() >= most()) {
    status = text.find('\n') == text.npos ? 414 : 431;
  }
  return std::nullopt;
}

RequestReader::Found RequestReader::State::read_head() {
  if (!parser) {
    if (waiting().size() < 2) {
      return Found::nothing;
    }
    if (waiting().starts_with("\r\n")) {
      consume(2);  // RFC 9112 §2.2: an empty line before a request is let pass, once
    }
    parser.emplace();
  }
  const std::string_view text = waiting();
  if (text.empty() || text == "\r") {
    return Found::nothing;
  }
  within = Within::head;
  if (text.front() < 'A' || text.front() > 'z') {
    return malformed(400);  // no method begins so: TLS on a plain port, say
  }
  const auto size = head_end();
  if (!size) {
    return status != 0 ? Found::malformed : Found::nothing;
  }
  boost::system::error_code error;
  const std::size_t used = parser->put({text.data(), *size}, error);
  if (error) {
    return malformed(status_of(error, text));
  }
  if (!parser->is_header_done() || used != *size) {
    return malformed(400);
  }
  consume(used);
  scanned = 0;
  return judge_head();
}

RequestReader::Found RequestReader::State::judge_head() {
  if (const int wrong = wrong_with_head(*parser); wrong != 0) {
    return malformed(wrong);
  }
  if (parser->target.size() > limits.head_bytes / 2) {
    return malformed(414);
  }
  auto target = read_target(parser->target);
  if (!target) {
    return malformed(400);
  }
  parser->request.path = std::move(target->path);
  parser->request.query = std::move(target->query);
  const std::string_view expectation = parser->request.header("Expect");
  if (!expectation.empty() && !same_word(expectation, "100-continue")) {
    return malformed(417);
  }
  if (parser->is_done()) {
    is_whole = true;
    within = Within::nothing;
    return Found::request;
  }
  within = Within::body;
  const std::size_t largest = body_limit ? body_limit(parser->request) : limits.body_bytes;
  if (parser->content_length().value_or(0) > largest) {
    return malformed(413);
  }
  parser->body_limit(largest);
  if (!expectation.empty() && !parser->http_10 && begin == end) {
    return Found::expects;
  }
  return read_body();
}

RequestReader::Found RequestReader::State::read_body() {
  // The shortest end of a chunked body is "0 CR LF CR LF"; Beast 1.74 asserts on the way to it when
  // it comes in parts (basic_parser.ipp, parse_chunk_header).
  const std::size_t least = parser->chunked() ? 5 : 1;
  while (end - begin >= least) {
    boost::system::error_code error;
    const std::string_view text = waiting();
    const std::size_t used = parser->put({text.data(), text.size()}, error);
    consume(used);
    if (error == beast::http::error::need_more) {
      // What does not fit the room is no chunk's line and no trailer.
      return end - begin >= most() ? malformed(431) : Found::nothing;
    }
    if (error) {
      return malformed(error == beast::http::error::body_limit ? 413 : 400);
    }
    if (parser->is_done()) {
      is_whole = true;
      within = Within::nothing;
      return Found::request;
    }
  }
  return Found::nothing;
}

RequestReader::RequestReader(const Limits& limits, const BodyLimit& body_limit)
    : state_(std::make_unique<State>(limits, body_limit)) {}
RequestReader::~RequestReader() = default;

std::span<char> RequestReader::room() {
  if (state_->end - state_->begin >= state_->most()) {
    return {};
  }
  state_->make_room();
  state_->is_lent = true;
  return {state_->bytes.get() + state_->end, state_->capacity - state_->end};
}

void RequestReader::filled(std::size_t bytes) {
  state_->end += bytes;
  state_->is_lent = false;
}

RequestReader::Found RequestReader::look() {
  if (state_->status != 0) {
    return Found::malformed;
  }
  if (state_->is_whole) {
    return Found::request;
  }
  return state_->within == Within::body ? state_->read_body() : state_->read_head();
}

Request RequestReader::take() {
  expects(state_->is_whole);
  Request request = std::move(state_->parser->request);
  state_->parser.reset();
  state_->is_whole = false;
  return request;
}

Manner RequestReader::manner() const {
  expects(state_->is_whole);
  return {.keep_alive = state_->parser->keep_alive(), .is_http_10 = state_->parser->http_10};
}

int RequestReader::status() const { return state_->status; }
RequestReader::Within RequestReader::within() const { return state_->within; }
bool RequestReader::has_more() const { return state_->begin < state_->end; }

std::size_t RequestReader::declared_bytes() const {
  return state_->within == Within::body ? state_->parser->content_length().value_or(0) : 0;
}

void RequestReader::drop() {
  if (state_->is_lent) {
    return;
  }
  state_->bytes.reset();
  state_->capacity = state_->begin = state_->end = state_->scanned = 0;
}

}  // namespace xiaoyuan::http
