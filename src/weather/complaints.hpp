// What is wrong in one weather file: its errors kept up to twenty, then counted.
#pragma once
#include <string>

#include "base/csv.hpp"
#include "base/error.hpp"

namespace xiaoyuan::weather {

class Complaints {
 public:
  explicit Complaints(std::string file) : file_(std::move(file)) {}
  void add(int line, std::string field, Text what);
  /// A number of a cell; complains and returns range.least when it is none or out of range.
  double number(const CsvRow& row, std::size_t index, const std::string& field, const Range& range);
  bool empty() const { return errors_.empty(); }
  /// All errors; the last one says how many more there were.
  Errors take();
  const std::string& file() const { return file_; }

 private:
  std::string file_;
  Errors errors_;
  int more_ = 0;
};

}  // namespace xiaoyuan::weather
