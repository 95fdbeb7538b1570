#include "wires/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <vector>

namespace xiaoyuan::wires {

namespace {

constexpr std::size_t deepest = 32;

/// Walks the bytes and tells how far it came.
class Cursor {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor(const char* at, const char** seen) : at_(at), seen_(seen) {}
  const char& operator*() const { return *at_; }
  Cursor& operator++() {
    *seen_ = ++at_;
    return *this;
  }
  Cursor operator++(int) {
    Cursor before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const Cursor& a, const Cursor& b) { return a.at_ == b.at_; }

 private:
  const char* at_;
  const char** seen_;
};

/// Builds the tree from the parser's events.
class Builder {
 public:
  explicit Builder(std::string_view bytes) : counted_(bytes.data()), seen(bytes.data()) {}

  bool null() {
    if (!open_.empty() && open_.back().kind == Node::Kind::table) {
      open_.back().names.pop_back();
    }
    return true;
  }
  bool boolean(bool value) {
    Node node = made(Node::Kind::boolean, 0);
    node.truth = value;
    return put(std::move(node));
  }
  bool number_integer(std::int64_t value) { return number(static_cast<double>(value)); }
  bool number_unsigned(std::uint64_t value) { return number(static_cast<double>(value)); }
  bool number_float(double value, const std::string&) { return number(value); }
  bool string(std::string& value) {
    Node node = made(Node::Kind::text, 0);
    node.text = std::move(value);
    return put(std::move(node));
  }
  static bool binary(nlohmann::json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(Node::Kind::table); }
  bool start_array(std::size_t) { return open(Node::Kind::list); }
  bool key(std::string& name) {
    open_.back().names.push_back(std::move(name));
    return true;
  }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception& error) {
    what = error.what();
    return false;
  }
  int line() { return line_at(seen); }

  Node root;
  std::string what;
  bool is_too_deep = false;

 private:
  const char* counted_;
  int line_ = 1;

 public:
  const char* seen;

 private:
  int line_at(const char* place) {
    if (place > counted_) {
      line_ += static_cast<int>(std::count(counted_, place, '\n'));
      counted_ = place;
    }
    return line_;
  }
  /// `ahead`: how many bytes the parser has read beyond the value.
  Node made(Node::Kind kind, int ahead) {
    Node node;
    node.kind = kind;
    node.line = line_at(seen - ahead);
    return node;
  }
  bool number(double value) {
    Node node = made(Node::Kind::number, 1);
    node.number = value;
    return put(std::move(node));
  }
  bool open(Node::Kind kind) {
    is_too_deep = open_.size() >= deepest;
    open_.push_back(made(kind, 0));
    return !is_too_deep;
  }
  bool close() {
    Node node = std::move(open_.back());
    open_.pop_back();
    return put(std::move(node));
  }
  bool put(Node node) {
    if (open_.empty()) {
      root = std::move(node);
    } else {
      open_.back().list.push_back(std::move(node));
    }
    return true;
  }

  std::vector<Node> open_;
};

}  // namespace

Result<Node> parse_json(std::string_view bytes, const std::string& name) {
  if (!is_utf8(bytes)) {
    return fail(Fault::bad_input,
                {"is not UTF-8; save it as UTF-8", "不是 UTF-8 编码;请另存为 UTF-8"},
                {name, 0, ""});
  }
  Builder builder(bytes);
  const Cursor begin(bytes.data(), &builder.seen);
  const Cursor end(bytes.data() + bytes.size(), &builder.seen);
  if (!nlohmann::json::sax_parse(begin, end, &builder)) {
    const int line = builder.line();
    if (builder.is_too_deep) {
      return fail(Fault::bad_input,
                  {fmt::format("nests deeper than {} levels", deepest),
                   fmt::format("嵌套超过 {} 层", deepest)},
                  {name, line, ""});
    }
    return fail(Fault::bad_input,
                {fmt::format("not JSON: {}", builder.what),
                 fmt::format("不是有效的 JSON:{}", builder.what)},
                {name, line, ""});
  }
  if (builder.root.kind != Node::Kind::table) {
    return fail(Fault::bad_input, {"expected an object { … } at the top", "最外层应为对象 { … }"},
                {name, 1, ""});
  }
  return std::move(builder.root);
}

}  // namespace xiaoyuan::wires
