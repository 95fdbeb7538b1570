// The log of a book outside it: rebuilding a book from stored entries, and verifying one that came
// from elsewhere with nothing but its bytes and the heads that one keeps.
//
//   file = "xiaoyuan.book/1\n", then for each entry u32 length and bytes
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/book.hpp"

namespace xiaoyuan::ledger {

/// Takes a stored entry as the book's next. It is refused when it is not what was stored once:
/// number, key, bytes and hash must agree, and the book must take the command anew.
Result<void> replay(Book& book, const Entry& entry);

/// The book of these entries, from the first.
Result<Book> rebuilt(std::span<const Entry> entries);

/// A file of entries, and back. Their numbers, keys and hashes follow from the bytes.
std::string exported(std::span<const Entry> entries);
Result<std::vector<Entry>> read_exported(std::string_view file, const std::string& name);

/// The head of a book that holds together: every entry follows from those before it, debits equal
/// credits in every unit, and every known head is the head that the book had at that size.
Result<Head> verified(std::span<const Entry> entries, std::span<const Head> known);

}  // namespace xiaoyuan::ledger
