// People on every kind of store, and what the tests ask of them.
#pragma once
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "people/people.hpp"
#include "store/memory.hpp"
#include "store/open.hpp"
#include "support/cases.hpp"
#include "support/postgres_server.hpp"
#include "support/temporary_folder.hpp"

namespace xiaoyuan::people::test {

using namespace std::chrono_literals;

inline constexpr Instant noon{std::chrono::seconds{1'795'000'000}};
inline const std::string good_password = "槐树底下第三家的院子";

inline By by(Instant at, const std::string& peer = "192.0.2.7") {
  return {.account = "", .peer = peer, .at = at};
}

inline std::unique_ptr<People> opened(const std::string& where) {
  auto people = People::open(where);
  EXPECT_TRUE(people) << message(people.error().front(), Language::english);
  return std::move(*people);
}

inline NewAccount administrator(const std::string& name = "admin") {
  return {.name = name,
          .display = "管理员",
          .password = good_password,
          .grants = {{Role::administrator, "*"}},
          .password_is = PasswordIs::theirs};
}
inline NewAccount villager(const std::string& name, const std::string& house) {
  return {.name = name,
          .display = "",
          .password = good_password,
          .grants = {{Role::villager, "xinggezhuang", house}},
          .password_is = PasswordIs::theirs};
}

template <class T>
Error first_error(const Result<T>& result) {
  EXPECT_FALSE(result);
  return result ? Error{} : result.error().front();
}

}  // namespace xiaoyuan::people::test
