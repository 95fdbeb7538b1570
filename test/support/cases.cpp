#include "support/cases.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "base/csv.hpp"

namespace xiaoyuan::test {

namespace {
std::optional<std::string> bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return std::nullopt;
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}
}  // namespace

std::optional<std::string> case_bytes(const std::string& name) {
  const char* folder = std::getenv("XIAOYUAN_CASES");
  const std::filesystem::path root =
      folder ? std::filesystem::path(folder)
             : std::filesystem::path(XIAOYUAN_SOURCE) / ".." / "shared" / "cases";
  return bytes_of(root / name);
}

std::string project_bytes(const std::string& name) {
  const auto bytes = bytes_of(std::filesystem::path(XIAOYUAN_SOURCE) / name);
  if (!bytes) {
    throw std::runtime_error("no file " + name + " in the checkout");
  }
  return *bytes;
}

bool cases_required() {
  const char* ci = std::getenv("CI");
  return ci != nullptr && std::string(ci) == "true";
}

Columns::Columns(const std::string& bytes, int lines_to_skip) {
  std::size_t from = 0;
  for (int i = 0; i < lines_to_skip; ++i) {
    from = bytes.find('\n', from) + 1;
  }
  const auto table = parse_csv(std::string_view(bytes).substr(from), "case");
  if (!table) {
    throw std::runtime_error(message(table.error().front(), Language::english));
  }
  for (const auto& cell : table->rows.front().cells) {
    names.emplace_back(trimmed(cell));
  }
  cells.resize(names.size());
  for (std::size_t row = 1; row < table->rows.size(); ++row) {
    for (std::size_t i = 0; i < names.size() && i < table->rows[row].cells.size(); ++i) {
      cells[i].emplace_back(trimmed(table->rows[row].cells[i]));
    }
  }
}

const std::vector<std::string>& Columns::text(const std::string& name) const {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) {
    throw std::runtime_error("no column " + name);
  }
  return cells[static_cast<std::size_t>(found - names.begin())];
}

std::vector<double> Columns::numbers(const std::string& name) const {
  std::vector<double> all;
  for (const std::string& cell : text(name)) {
    all.push_back(parse_number(cell).value_or(std::nan("")));
  }
  return all;
}

}  // namespace xiaoyuan::test
