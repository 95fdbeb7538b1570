#include "ledger/log.hpp"

#include <fmt/format.h>

#include "ledger/bytes.hpp"
#include "ledger/codec.hpp"

namespace xiaoyuan::ledger {

namespace {

constexpr std::string_view magic = "xiaoyuan.book/1\n";

std::string entry_name(std::uint64_t number, std::string_view key) {
  return fmt::format("entry {} \"{}\"", number, key);
}

}  // namespace

Result<void> replay(Book& book, const Entry& entry) {
  const std::string name = entry_name(entry.number, entry.key);
  TRY(const Command command, read_command(entry.bytes, name));
  if (entry.number != book.size() || entry.key != heading_of(command).key ||
      entry.hash != hash_of_entry(entry.bytes)) {
    return fail(
        Fault::bad_input,
        {fmt::format("number, key and hash do not belong to these bytes as entry {}", book.size()),
         fmt::format("序号、键或摘要与第 {} 条的字节不符", book.size())},
        {name, 0, ""});
  }
  TRY(const Applied applied, book.apply(command));
  if (applied.outcome == Applied::Outcome::repeated) {
    return fail(Fault::bad_input,
                {fmt::format("repeats entry {}", applied.entry.number),
                 fmt::format("与第 {} 条重复", applied.entry.number)},
                {name, 0, ""});
  }
  return {};
}

Result<Book> rebuilt(std::span<const Entry> entries) {
  Book book;
  for (const Entry& entry : entries) {
    if (auto taken = replay(book, entry); !taken) {
      return std::unexpected(std::move(taken.error()));
    }
  }
  return book;
}

std::string exported(std::span<const Entry> entries) {
  ByteWriter file;
  for (const Entry& entry : entries) {
    file.number(static_cast<std::uint32_t>(entry.bytes.size()));
    file.raw(entry.bytes);
  }
  return std::string(magic) + file.take();
}

Result<std::vector<Entry>> read_exported(std::string_view file, const std::string& name) {
  if (!file.starts_with(magic)) {
    return fail(Fault::bad_input,
                {"expected an exported book, which begins with \"xiaoyuan.book/1\"",
                 "应为导出的账本,以“xiaoyuan.book/1”开头"},
                {name, 0, ""});
  }
  ByteReader reader(file.substr(magic.size()));
  std::vector<Entry> entries;
  while (!reader.is_whole()) {
    Entry entry{.number = entries.size(), .key = {}, .bytes = reader.raw(), .hash = {}};
    if (reader.has_failed()) {
      return fail(Fault::bad_input,
                  {fmt::format("ends within entry {}", entry.number),
                   fmt::format("第 {} 条未完即止", entry.number)},
                  {name, 0, ""});
    }
    TRY(const Command command, read_command(entry.bytes, entry_name(entry.number, name)));
    entry.key = heading_of(command).key;
    entry.hash = hash_of_entry(entry.bytes);
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<Head> verified(std::span<const Entry> entries, std::span<const Head> known) {
  TRY(const Book book, rebuilt(entries));
  Errors errors;
  if (!book.balances().is_conserved()) {
    errors.push_back({Fault::impossible,
                      {"debits do not equal credits", "借贷不平"},
                      {text_of(book.head()), 0, ""}});
  }
  for (const Head& head : known) {
    if (head.size > book.size()) {
      errors.push_back({Fault::bad_input,
                        {fmt::format("the book ends at entry {}, before this head", book.size()),
                         fmt::format("账本只有 {} 条,短于该账本头", book.size())},
                        {text_of(head), 0, ""}});
    } else if (book.log().head(head.size) != head) {
      errors.push_back(
          {Fault::bad_input,
           {fmt::format("is not the head that the book had with {} entries: they were changed",
                        head.size),
            fmt::format("与账本前 {} 条的账本头不符:账目已被改动", head.size)},
           {text_of(head), 0, ""}});
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return book.head();
}

}  // namespace xiaoyuan::ledger
