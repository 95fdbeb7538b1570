// Short ways to talk to a book in tests.
#pragma once
#include <gtest/gtest.h>

#include "ledger/book.hpp"

namespace xiaoyuan::ledger::test {

inline Date day(int year, unsigned month, unsigned day) {
  return std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day);
}

inline Heading named(std::string key, Date dated = day(2026, 10, 31)) {
  return {std::move(key), dated, "memo"};
}

/// Applies a command that must be taken.
inline Applied taken(Book& book, const Command& command) {
  auto applied = book.apply(command);
  if (!applied) {
    ADD_FAILURE() << message(applied.error().front(), Language::english);
    return {};
  }
  EXPECT_EQ(applied->outcome, Applied::Outcome::taken);
  return *applied;
}

/// The first error of a command that must be refused and change nothing; "" where it was not.
inline std::string refusal_of(Book& book, const Command& command) {
  const Head before = book.head();
  auto applied = book.apply(command);
  EXPECT_EQ(book.head(), before);
  if (applied) {
    return "";
  }
  EXPECT_FALSE(applied.error().front().what.zh.empty());
  return message(applied.error().front(), Language::english);
}

inline AccountId opened(Book& book, std::string key, Unit unit = Unit::fen,
                        Limit limit = Limit::none, AccountKind kind = AccountKind::ordinary) {
  const Account account{"owner of " + key, {key, key}, unit, kind, limit};
  return taken(book, OpenAccount{named(std::move(key)), account}).account;
}

}  // namespace xiaoyuan::ledger::test
