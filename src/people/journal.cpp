#include "people/journal.hpp"

#include <fmt/format.h>

namespace xiaoyuan::people {

namespace {

std::string name_of_line(std::uint64_t number) { return fmt::format("people/{:08}", number); }

}  // namespace

Result<void> Journal::read_new(const std::function<void(Line)>& each) {
  while (true) {
    const std::string name = name_of_line(next_);
    TRY(const std::optional<store::Document> document, store_->document(name));
    if (!document) {
      return {};
    }
    TRY(Line line, line_from(document->bytes, name));
    line.deed.number = next_;
    ++next_;
    each(std::move(line));
  }
}

Result<bool> Journal::append(Line& line) {
  const std::string name = name_of_line(next_);
  const auto written = store_->write({.key = name,
                                      .recorded_at = line.deed.at,
                                      .registers = {},
                                      .days = {},
                                      .entries = {},
                                      .documents = {{name, bytes_of(line)}}});
  if (!written) {
    if (written.error().front().fault == Fault::conflict) {
      return false;
    }
    return std::unexpected(written.error());
  }
  if (*written == store::Written::before) {
    return false;  // the same words of another program: its line, not this one
  }
  line.deed.number = next_;
  ++next_;
  return true;
}

Result<Line> Journal::line(std::uint64_t number) {
  const std::string name = name_of_line(number);
  TRY(const std::optional<store::Document> document, store_->document(name));
  if (!document) {
    return fail(Fault::unreadable, {"a line of the journal is missing", "日志缺失一行"},
                {name, 0, ""});
  }
  TRY(Line line, line_from(document->bytes, name));
  line.deed.number = number;
  return line;
}

}  // namespace xiaoyuan::people
