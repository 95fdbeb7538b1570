// Numbered steps that make the tables of a store: each is taken once, in order, and the store
// remembers which it took and the digest of their text.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/hash.hpp"

namespace xiaoyuan::store {

/// A step's number is its place, from 1; its text never changes once it was released.
struct SchemaStep {
  std::string_view name;
  std::string_view sql;
};

struct TakenStep {
  int number = 0;
  std::string digest;  ///< hexadecimal SHA-256 of the text
};

std::span<const SchemaStep> sqlite_schema();
std::span<const SchemaStep> postgres_schema();

std::string digest_of(const SchemaStep& step);

/// How many of the steps were taken. Errors: the store knows a step that this program does not (it
/// was made by a newer one), or a step of another text.
Result<std::size_t> steps_taken(std::span<const SchemaStep> steps, std::span<const TakenStep> taken,
                                const std::string& where);

}  // namespace xiaoyuan::store
