// Typed reading of a TOML table that collects every error: file, line, field, what was expected.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/document.hpp"
#include "base/error.hpp"
#include "base/expected.hpp"

namespace xiaoyuan {

/// A table being read. Every accessor notes its key as known; finish() reports the keys that nobody
/// asked for. After an error an accessor returns a harmless value and reading goes on.
class Fields {
 public:
  /// `errors` outlives the reader and receives what is wrong.
  Fields(const Node& table, std::string file, Errors& errors, std::string path = "");

  bool has(std::string_view key);
  double number(std::string_view key, const Range& range = any_number);
  double number_or(std::string_view key, double otherwise, const Range& range = any_number);
  /// A whole number; 1.5 is an error.
  int whole_or(std::string_view key, int otherwise, const Range& range);
  std::optional<double> number_if(std::string_view key, const Range& range = any_number);
  /// A list of numbers; `count` 0 allows any length.
  std::vector<double> numbers(std::string_view key, const Range& range, std::size_t count = 0);
  std::string text(std::string_view key);
  std::string text_or(std::string_view key, std::string_view otherwise);
  std::vector<std::string> texts(std::string_view key);
  /// A value of any kind as one would write it: numbers as they read back, lists joined by commas.
  std::string written(std::string_view key);
  /// Every value of this table and the tables in it, as "a.b = 3"; all its keys are noted as known.
  std::vector<std::string> all_written();
  /// { en = "…", zh = "…" }
  Text both(std::string_view key);
  bool truth_or(std::string_view key, bool otherwise);
  Date date(std::string_view key);
  std::optional<Date> date_if(std::string_view key);
  /// The index of the value among `choices`.
  std::size_t choice(std::string_view key, const std::vector<std::string>& choices);
  std::size_t choice_or(std::string_view key, const std::vector<std::string>& choices,
                        std::size_t otherwise);
  /// How sure a figure is: the field `confidence`, one of high, med, low.
  std::string confidence();
  /// A sub-table; an empty one (with an error) when it is missing.
  Fields table(std::string_view key);
  std::optional<Fields> table_if(std::string_view key);
  /// [[key]]: a list of tables, empty when missing.
  std::vector<Fields> tables(std::string_view key);
  /// The keys of this table, all noted as known (for tables whose keys are names).
  std::vector<std::string> keys();

  Where where(std::string_view key) const;
  int line() const { return table_->line; }
  void complain(std::string_view key, Text what);
  /// Reports unknown keys with the nearest known one.
  void finish();

 private:
  const Node* find(std::string_view key, Node::Kind kind, bool required);
  std::string path_of(std::string_view key) const;

  const Node* table_;
  std::string file_;
  Errors* errors_;
  std::string path_;
  std::vector<std::string> known_;
};

}  // namespace xiaoyuan
