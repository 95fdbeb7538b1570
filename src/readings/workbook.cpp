// XLSX: a ZIP archive (libzip) of XML parts (expat). Workbooks come from outside, so everything
// that a part can claim about its size is limited before it is believed.
#include <expat.h>
#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <memory>

#include "readings/decimal.hpp"
#include "readings/sheet.hpp"

namespace xiaoyuan::readings {

namespace {

constexpr std::size_t most_part_bytes = std::size_t{64} << 20U;
constexpr std::size_t most_columns = 1024;
constexpr std::size_t most_cells = 5'000'000;
constexpr std::size_t most_depth = 64;  // of elements: the parser remembers all that are open
constexpr int most_rows = 1'048'576;
/// Workbooks count days from 1899-12-30 (so that 1900 may stay a leap year), or from 1904-01-01.
constexpr int day_zero_1900 = -25569;
constexpr int day_zero_1904 = -24107;

using Archive = std::unique_ptr<zip_t, void (*)(zip_t*)>;
using Attributes = std::map<std::string, std::string, std::less<>>;

/// What a walk through a part calls, with names without their prefixes.
struct Handlers {
  std::function<void(std::string_view, const Attributes&)> begin;
  std::function<void(std::string_view)> end;
  std::function<void(std::string_view)> text;
  XML_Parser parser = nullptr;
  std::size_t depth = 0;
  bool refused = false;
  void refuse() {
    refused = true;
    XML_StopParser(parser, XML_FALSE);
  }
};

std::string_view without_prefix(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

void on_begin(void* data, const XML_Char* name, const XML_Char** pairs) {
  auto* handlers = static_cast<Handlers*>(data);
  if (++handlers->depth > most_depth) {
    return handlers->refuse();
  }
  Attributes attributes;
  for (; *pairs; pairs += 2) {
    attributes.emplace(without_prefix(pairs[0]), pairs[1]);
  }
  if (handlers->begin) {
    handlers->begin(without_prefix(name), attributes);
  }
}
void on_end(void* data, const XML_Char* name) {
  auto* handlers = static_cast<Handlers*>(data);
  --handlers->depth;
  if (handlers->end) {
    handlers->end(without_prefix(name));
  }
}
void on_text(void* data, const XML_Char* text, int length) {
  auto* handlers = static_cast<Handlers*>(data);
  if (handlers->text) {
    handlers->text({text, static_cast<std::size_t>(length)});
  }
}
/// No workbook needs a document type; attacks do.
void on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  static_cast<Handlers*>(data)->refuse();
}

bool walk(std::string_view xml, Handlers& handlers) {
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, void (*)(XML_Parser)> parser(
      XML_ParserCreate("UTF-8"), XML_ParserFree);
  if (!parser || xml.size() > most_part_bytes) {
    return false;
  }
  handlers.parser = parser.get();
  XML_SetUserData(parser.get(), &handlers);
  XML_SetElementHandler(parser.get(), on_begin, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  const auto status = XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), XML_TRUE);
  return status == XML_STATUS_OK && !handlers.refused;
}

std::string of(const Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : found->second;
}

/// A part of the archive; nothing when it is not there, too large or damaged.
std::optional<std::string> part_of(zip_t* archive, const std::string& name) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat(archive, name.c_str(), 0, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE) ||
      stat.size > most_part_bytes) {
    return std::nullopt;
  }
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen(archive, name.c_str(), 0),
                                                               zip_fclose);
  if (!file) {
    return std::nullopt;
  }
  std::string bytes(stat.size, '\0');  // a part that is longer than it says is cut, and fails below
  const zip_int64_t read = zip_fread(file.get(), bytes.data(), bytes.size());
  char beyond = 0;
  if (read != static_cast<zip_int64_t>(bytes.size()) || zip_fread(file.get(), &beyond, 1) != 0) {
    return std::nullopt;
  }
  return bytes;
}

struct Named {
  std::string name;
  std::string relation;
};

/// The sheets of xl/workbook.xml, and how it counts days.
bool read_names(std::string_view xml, std::vector<Named>& sheets, int& day_zero) {
  Handlers handlers;
  handlers.begin = [&](std::string_view name, const Attributes& attributes) {
    if (name == "sheet" && sheets.size() < most_columns) {
      sheets.push_back({of(attributes, "name"), of(attributes, "id")});
    } else if (name == "workbookPr") {
      const std::string says = of(attributes, "date1904");
      day_zero = says == "1" || says == "true" ? day_zero_1904 : day_zero_1900;
    }
  };
  return walk(xml, handlers);
}

/// Relation → part.
bool read_relations(std::string_view xml, std::map<std::string, std::string>& parts) {
  Handlers handlers;
  handlers.begin = [&](std::string_view name, const Attributes& attributes) {
    if (name == "Relationship" && parts.size() < most_columns) {
      std::string target = of(attributes, "Target");
      target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
      parts.emplace(of(attributes, "Id"), std::move(target));
    }
  };
  return walk(xml, handlers);
}

/// Texts that cells name by their number. What is said for readers of Chinese aloud (rPh) is no
/// part of a text.
bool read_texts(std::string_view xml, std::vector<std::string>& texts) {
  Handlers handlers;
  bool inside = false;
  bool aloud = false;
  handlers.begin = [&](std::string_view name, const Attributes&) {
    if (name == "si") {
      texts.emplace_back();
      if (texts.size() > most_cells) {
        handlers.refuse();
      }
    }
    aloud = aloud || name == "rPh";
    inside = name == "t" && !aloud && !texts.empty();
  };
  handlers.end = [&](std::string_view name) {
    aloud = aloud && name != "rPh";
    inside = false;
  };
  handlers.text = [&](std::string_view text) {
    if (inside) {
      texts.back() += text;
    }
  };
  return walk(xml, handlers);
}

/// "AB12" → 27; nothing when it is no cell, or too far to the right.
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0;
  std::size_t letters = 0;
  for (; letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z';
       ++letters) {
    column = column * 26 + static_cast<std::size_t>(reference[letters] - 'A') + 1;
    if (column > most_columns) {
      return std::nullopt;
    }
  }
  return letters == 0 ? std::nullopt : std::optional(column - 1);
}

/// Fills a table from a sheet's XML.
struct SheetFiller {
  const std::vector<std::string>& texts;
  CsvTable& table;
  Handlers handlers{};
  CsvRow row{};
  std::size_t cells = 0;
  std::size_t column = 0;
  std::string kind{};
  std::string value{};
  bool inside = false;

  bool fill(std::string_view xml);
  void begin(std::string_view name, const Attributes& attributes);
  void end(std::string_view name);
  void begin_row(const Attributes& attributes);
  void add_cell();
};

void SheetFiller::begin_row(const Attributes& attributes) {
  const std::string number = of(attributes, "r");
  const int last = table.rows.empty() ? 0 : table.rows.back().line;
  row = {};
  row.line = last + 1;
  if (!number.empty()) {
    std::from_chars(number.data(), number.data() + number.size(), row.line);
  }
  if (row.line <= last || row.line > most_rows) {
    handlers.refuse();
  }
}

void SheetFiller::begin(std::string_view name, const Attributes& attributes) {
  if (name == "row") {
    begin_row(attributes);
  } else if (name == "c") {
    const std::string reference = of(attributes, "r");
    const auto at = reference.empty() ? std::optional(row.cells.size()) : column_of(reference);
    if (!at || *at >= most_columns || *at < row.cells.size()) {
      handlers.refuse();
      return;
    }
    column = *at;
    kind = of(attributes, "t");
    value.clear();
  }
  inside = name == "v" || name == "t";
}

void SheetFiller::add_cell() {
  std::size_t number = 0;
  if (kind == "s") {
    const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    if (read.ec != std::errc{} || number >= texts.size()) {
      handlers.refuse();
      return;
    }
    value = texts[number];
  } else if (kind.empty() || kind == "n") {
    value = value.empty() ? value : as_shown(value);
  }
  cells += column + 1 - row.cells.size();
  if (cells > most_cells || !(value.empty() || is_utf8(value))) {
    handlers.refuse();
    return;
  }
  row.cells.resize(column);
  row.cells.emplace_back(table.store.emplace_back(value));
}

void SheetFiller::end(std::string_view name) {
  inside = false;
  if (name == "c") {
    add_cell();
  } else if (name == "row" && std::ranges::any_of(row.cells, [](std::string_view cell) {
               return !trimmed(cell).empty();
             })) {
    table.rows.push_back(std::move(row));
    row = {};
  }
}

bool SheetFiller::fill(std::string_view xml) {
  handlers.begin = [this](std::string_view name, const Attributes& attributes) {
    begin(name, attributes);
  };
  handlers.end = [this](std::string_view name) { end(name); };
  handlers.text = [this](std::string_view text) {
    if (inside) {
      value += text;
    }
  };
  return walk(xml, handlers);
}

/// The sheet of a name, or the only one whose name begins so; the first where no name is given.
const Named* sheet_of(const std::vector<Named>& sheets, std::string_view wanted) {
  const Named* found = nullptr;
  for (const Named& sheet : sheets) {
    if (wanted.empty() || sheet.name == wanted) {
      return &sheet;
    }
    if (sheet.name.starts_with(wanted)) {
      if (found) {
        return nullptr;
      }
      found = &sheet;
    }
  }
  return found;
}

std::unexpected<Errors> damaged_workbook(const std::string& name) {
  return fail(Fault::bad_input,
              {"is no XLSX workbook, or damaged, or too large; save it anew, or as CSV UTF-8",
               "不是 XLSX 工作簿,或已损坏,或过大;请重新保存,或另存为“CSV UTF-8”"},
              {name, 0, ""});
}

Archive open_archive(std::string_view bytes) {
  const auto close = [](zip_t* archive) { zip_discard(archive); };
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
  if (source && !archive) {
    zip_source_free(source);
  }
  zip_error_fini(&error);
  return {archive, close};
}

}  // namespace

Result<Sheet> read_workbook(std::string_view bytes, const std::string& name,
                            std::string_view sheet) {
  const Archive archive = open_archive(bytes);
  const auto workbook = archive ? part_of(archive.get(), "xl/workbook.xml") : std::nullopt;
  const auto relations =
      archive ? part_of(archive.get(), "xl/_rels/workbook.xml.rels") : std::nullopt;
  std::vector<Named> sheets;
  std::map<std::string, std::string> parts;
  Sheet read;
  read.day_zero = day_zero_1900;
  if (!workbook || !relations || !read_names(*workbook, sheets, *read.day_zero) ||
      !read_relations(*relations, parts) || sheets.empty()) {
    return damaged_workbook(name);
  }
  const Named* wanted = sheet_of(sheets, sheet);
  if (!wanted) {
    std::vector<std::string> known;
    for (const Named& each : sheets) {
      known.push_back(each.name);
    }
    return fail(Fault::bad_input, choice_expected(known, sheet), {name, 0, "sheet"});
  }
  std::vector<std::string> texts;
  if (const auto shared = part_of(archive.get(), "xl/sharedStrings.xml")) {
    if (!read_texts(*shared, texts)) {
      return damaged_workbook(name);
    }
  }
  const auto xml = part_of(archive.get(), parts[wanted->relation]);
  SheetFiller filler{.texts = texts, .table = read.table};
  if (!xml || !filler.fill(*xml)) {
    return damaged_workbook(name);
  }
  return read;
}

}  // namespace xiaoyuan::readings
