#include "desk/plans_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/csv.hpp"
#include "base/expected.hpp"
#include "desk/plans_words.hpp"
#include "model/households.hpp"

namespace xiaoyuan::desk {

namespace {

constexpr std::string_view changes_name = "changes";

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    return std::string(text);
  }
  std::string as_text = "\"";
  for (const char letter : text) {
    as_text += letter == '"' ? "\"\"" : std::string(1, letter);
  }
  return as_text + '"';
}

/// The table of households.csv as text that can be changed.
struct Rows {
  std::vector<std::string> header;
  std::vector<std::pair<int, std::vector<std::string>>> rows;  ///< line and cells

  std::size_t column(const std::string& name) {
    const auto found = std::ranges::find(header, name);
    if (found != header.end()) {
      return static_cast<std::size_t>(found - header.begin());
    }
    header.push_back(name);
    return header.size() - 1;
  }
  std::string cell(std::size_t row, std::size_t at) const {
    const auto& cells = rows[row].second;
    return at < cells.size() ? std::string(trimmed(cells[at])) : "";
  }
  void put(std::size_t row, std::size_t at, const std::string& text) {
    auto& cells = rows[row].second;
    cells.resize(std::max(cells.size(), at + 1));
    cells[at] = text;
  }
  std::string csv(int header_line) const;
};

std::string line_of(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    line += (i > 0 ? "," : "") + csv_cell(cells[i]);
  }
  return line + "\n";
}

std::string Rows::csv(int header_line) const {
  std::string text;
  int line = 1;
  const auto write = [&](int at, const std::vector<std::string>& cells) {
    for (; line < at; ++line) {
      text += '\n';
    }
    const std::string written = line_of(cells);
    line += static_cast<int>(std::ranges::count(written, '\n'));
    text += written;
  };
  write(header_line, header);
  for (const auto& [at, cells] : rows) {
    write(at, cells);
  }
  return text;
}

Rows rows_of(const CsvTable& table) {
  Rows rows;
  for (const std::string_view name : table.rows.front().cells) {
    rows.header.emplace_back(trimmed(name));
  }
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    const auto& cells = table.rows[i].cells;
    rows.rows.emplace_back(table.rows[i].line,
                           std::vector<std::string>(cells.begin(), cells.end()));
  }
  return rows;
}

/// Every household by its id.
std::map<std::string, std::size_t> index_of_ids(Rows& rows) {
  std::map<std::string, std::size_t> index;
  const std::size_t id = rows.column("id");
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    index.emplace(rows.cell(row, id), row);
  }
  return index;
}

void complain_of_row(const RowChange& change, const std::map<std::string, std::size_t>& index,
                     Errors& errors) {
  if (change.household != "*" && !index.contains(change.household)) {
    std::vector<std::string> known;
    for (const auto& [id, row] : index) {
      known.push_back(id);
    }
    errors.push_back({Fault::bad_input,
                      unknown_name(change.household, known),
                      {std::string(changes_name), 0, "households.household"}});
  }
  for (const auto& [column, cell] : change.cells) {
    const auto& known = model::household_columns();
    if (column == "id" || std::ranges::find(known, column) == known.end()) {
      errors.push_back({Fault::bad_input,
                        unknown_name(column, known),
                        {std::string(changes_name), 0, "households.columns"}});
    }
  }
}

void put_cells(const RowChange& change, const std::map<std::string, std::size_t>& index,
               Rows& rows) {
  for (const auto& [column, cell] : change.cells) {
    const std::size_t at = rows.column(column);
    for (const auto& [id, row] : index) {
      if (change.household == "*" || change.household == id) {
        rows.put(row, at, cell);
      }
    }
  }
}

void write_table(std::string& toml, std::string_view prefix, const KeysAndValues& keys) {
  for (const auto& [key, value] : keys) {
    toml += fmt::format("{}{} = {}\n", prefix, key, value);
  }
}

/// The block that is laid behind village.toml.
std::string scenario_block(const std::string& id, const std::string& name, const Changes& changes) {
  const std::string both = toml_text(name);
  std::string text =
      fmt::format("\n[[scenario]]\nid = \"{}\"\nname = {{ en = {}, zh = {} }}\n", id, both, both);
  write_table(text, "set.", changes.set);
  write_table(text, "households.", changes.everyone);
  write_table(text, "transformers.", changes.transformers);
  return text;
}

/// A name that no scenario of the file has.
std::string free_scenario(std::string_view toml) {
  std::string id = "as-changed";
  while (toml.find(id) != std::string_view::npos) {
    id += '-';
  }
  return id;
}

}  // namespace

Result<std::string> with_cells(std::string_view households, const std::vector<RowChange>& rows) {
  TRY(const CsvTable table, parse_csv(households, "households.csv"));
  if (table.rows.empty()) {
    return std::string(households);  // its reader says what is wrong
  }
  Rows changed = rows_of(table);
  const auto index = index_of_ids(changed);
  Errors errors;
  for (const RowChange& change : rows) {
    complain_of_row(change, index, errors);
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  for (const RowChange& change : rows) {
    put_cells(change, index, changed);
  }
  return changed.csv(table.rows.front().line);
}

Errors ChangedVillage::told(Errors errors) const {
  for (Error& error : errors) {
    if (error.where.file == "village.toml" && error.where.line > own_lines) {
      error.where.file = changes_name;
      error.where.line = 0;
    }
  }
  return errors;
}

Result<ChangedVillage> lay_changes(const Files& village, const Changes& changes,
                                   const std::string& name) {
  ChangedVillage changed;
  TRY(changed.toml, village.read("village.toml"));
  TRY(changed.households, village.read("households.csv"));
  changed.own_lines = static_cast<int>(std::ranges::count(changed.toml, '\n')) + 1;
  if (changes.need_scenario()) {
    changed.scenario = free_scenario(changed.toml);
    changed.toml += scenario_block(changed.scenario, name, changes);
  }
  if (!changes.rows.empty()) {
    TRY(changed.households, with_cells(changed.households, changes.rows));
  }
  changed.files = {[village, toml = changed.toml, households = changed.households](
                       const std::string& file) -> Result<std::string> {
                     if (file == "village.toml") {
                       return toml;
                     }
                     return file == "households.csv" ? households : village.read(file);
                   },
                   village.list};
  return changed;
}

}  // namespace xiaoyuan::desk
