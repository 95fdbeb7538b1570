// The journal of people: line 42 is the document "people/00000042" of a store, in a batch of that
// key. The key is claimed by whoever writes first, so two programs never write the same line.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "people/people.hpp"
#include "store/store.hpp"

namespace xiaoyuan::people {

/// An account with what only the journal knows of it.
struct AccountRecord {
  Account account;
  std::string password_hash;
};

/// What is known of a secret.
struct SecretRecord {
  std::string id;  ///< "s12" of a session, "t9" of a token
  std::string account;
  Digest key;
  std::string label{};  ///< of a token
  std::optional<Instant> until{};
};

/// A deed, and what it made of the people.
struct Line {
  Deed deed;
  std::optional<AccountRecord> account{};  ///< as it is from now on
  std::optional<SecretRecord> secret{};    ///< that is good from now on
  std::string ended{};                     ///< session or token that is not from now on
  std::map<std::string, Instant> used{};   ///< sessions and tokens, when last
  bool is_deed() const { return used.empty(); }
};

std::string bytes_of(const Line& line);
Result<Line> line_from(std::string_view bytes, const std::string& name);

class Journal {
 public:
  explicit Journal(std::unique_ptr<store::Store> store) : store_(std::move(store)) {}

  /// Lines that were written since; each in its turn.
  Result<void> read_new(const std::function<void(Line)>& each);
  /// As the next line, whose number it gets. False: another program was faster; read_new first.
  Result<bool> append(Line& line);
  /// One that is there already.
  Result<Line> line(std::uint64_t number);
  std::uint64_t next() const { return next_; }

 private:
  std::unique_ptr<store::Store> store_;
  std::uint64_t next_ = 1;
};

}  // namespace xiaoyuan::people
