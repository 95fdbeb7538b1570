#include "report/workbook.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <array>

#include "report/version.hpp"
#include "report/workbook_tables.hpp"

namespace xiaoyuan::report {

namespace {

double value_of(const Cell& cell) {
  if (const double* number = std::get_if<double>(&cell)) {
    return *number;
  }
  const Formula* formula = std::get_if<Formula>(&cell);
  return formula ? formula->value : 0.0;
}

/// A file in memory that libxlsxwriter can open by name; its bytes are taken out again.
class MemoryFile {
 public:
  MemoryFile() : file_(memfd_create("households.xlsx", MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (file_ >= 0) {
      close(file_);
    }
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string name() const { return fmt::format("/proc/self/fd/{}", file_); }
  std::string bytes() const {
    const off_t size = lseek(file_, 0, SEEK_END);
    std::string all(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
    std::size_t done = 0;
    while (done < all.size()) {
      const ssize_t read =
          pread(file_, all.data() + done, all.size() - done, static_cast<off_t>(done));
      if (read <= 0) {
        return {};
      }
      done += static_cast<std::size_t>(read);
    }
    return all;
  }

 private:
  int file_;
};

std::unexpected<Errors> cannot_write(const char* why) {
  return fail(Fault::unwritable,
              {fmt::format("cannot be made: {}", why), fmt::format("无法生成:{}", why)},
              {"households.xlsx", 0, ""});
}

/// Lays tables into a workbook, a sheet each.
class Book {
 public:
  Book(const std::string& file, Language language)
      : book_(workbook_new(file.c_str())), language_(language) {
    static constexpr std::array<const char*, 6> numbers{"@",        "#,##0",  "#,##0.0",
                                                        "#,##0.00", "0.0000", "0.0%"};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      looks_[i] = workbook_add_format(book_);
      format_set_num_format(looks_[i], numbers[i]);
      totals_[i] = workbook_add_format(book_);
      format_set_num_format(totals_[i], numbers[i]);
      format_set_bold(totals_[i]);
      format_set_top(totals_[i], LXW_BORDER_THIN);
    }
    header_ = workbook_add_format(book_);
    format_set_bold(header_);
    format_set_text_wrap(header_);
    format_set_align(header_, LXW_ALIGN_CENTER);
    format_set_align(header_, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bg_color(header_, 0xE8F0E4);
    format_set_bottom(header_, LXW_BORDER_THIN);
  }
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;
  ~Book() {
    if (book_) {
      lxw_workbook_free(book_);
    }
  }

  void describe(const Text& title, const Date& created);
  void add(const Table& table);
  /// Writes the file and gives the first error that was met, or nothing.
  const char* finish();

 private:
  void note(lxw_error error) {
    if (error_ == LXW_NO_ERROR) {
      error_ = error;
    }
  }
  void put(lxw_worksheet* sheet, std::size_t row, std::size_t column, const Cell& cell,
           lxw_format* format);
  void put_header(lxw_worksheet* sheet, const Table& table);
  void put_totals(lxw_worksheet* sheet, const Table& table);

  lxw_workbook* book_;
  Language language_;
  lxw_error error_ = LXW_NO_ERROR;
  std::array<lxw_format*, 6> looks_{};
  std::array<lxw_format*, 6> totals_{};
  lxw_format* header_ = nullptr;
};

void Book::describe(const Text& title, const Date& created) {
  std::string name = title.in(language_);
  std::string program = fmt::format("xiaoyuan {}", program_version());
  lxw_doc_properties properties{};
  properties.title = name.data();
  properties.comments = program.data();
  properties.created = std::chrono::system_clock::to_time_t(std::chrono::sys_days(created));
  note(workbook_set_properties(book_, &properties));
}

void Book::put(lxw_worksheet* sheet, std::size_t row, std::size_t column, const Cell& cell,
               lxw_format* format) {
  const auto r = static_cast<lxw_row_t>(row);
  const auto c = static_cast<lxw_col_t>(column);
  if (const double* number = std::get_if<double>(&cell)) {
    note(worksheet_write_number(sheet, r, c, *number, format));
  } else if (const std::string* text = std::get_if<std::string>(&cell)) {
    note(worksheet_write_string(sheet, r, c, text->c_str(), format));
  } else if (const Formula* formula = std::get_if<Formula>(&cell)) {
    note(worksheet_write_formula_num(sheet, r, c, formula->text.c_str(), format, formula->value));
  }
}

void Book::put_header(lxw_worksheet* sheet, const Table& table) {
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    const Column& one = table.columns[column];
    const std::string& unit = one.unit.in(language_);
    const std::string& title = one.title.in(language_);
    put(sheet, 0, column, unit.empty() ? title : fmt::format("{} ({})", title, unit), header_);
    const auto c = static_cast<lxw_col_t>(column);
    note(worksheet_set_column(sheet, c, c, one.width, nullptr));
  }
  note(worksheet_set_row(sheet, 0, 32.0, nullptr));
}

/// A ratio's formula, where there is something to divide by.
Cell ratio_cell(const Ratio& ratio, std::size_t row, double part, double whole) {
  if (!(whole > 0.0)) {
    return {};
  }
  return Formula{fmt::format("={}/{}", address(row, ratio.part), address(row, ratio.whole)),
                 part / whole};
}

void Book::put_totals(lxw_worksheet* sheet, const Table& table) {
  const std::size_t last = table.rows.size();
  std::vector<double> sums(table.columns.size(), 0.0);
  bool any = false;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    any = any || table.columns[column].total == Total::sum;
    for (const auto& row : table.rows) {
      sums[column] += value_of(row[column]);
    }
  }
  if (!any || table.rows.empty()) {
    return;
  }
  put(sheet, last + 1, 0, Text{"Total (of the rows shown)", "合计(随筛选)"}.in(language_),
      totals_[0]);
  for (std::size_t column = 1; column < table.columns.size(); ++column) {
    const Column& one = table.columns[column];
    lxw_format* format = totals_[static_cast<std::size_t>(one.look)];
    if (one.total == Total::sum) {
      // 109 adds up the rows that the filter shows, and Excel keeps such a row out of the filter.
      put(sheet, last + 1, column,
          Formula{fmt::format("=SUBTOTAL(109,{}:{})", address(1, column), address(last, column)),
                  sums[column]},
          format);
    } else if (one.ratio) {
      put(sheet, last + 1, column,
          ratio_cell(*one.ratio, last + 1, sums[one.ratio->part], sums[one.ratio->whole]), format);
    } else {
      note(worksheet_write_blank(sheet, static_cast<lxw_row_t>(last + 1),
                                 static_cast<lxw_col_t>(column), format));
    }
  }
}

void Book::add(const Table& table) {
  lxw_worksheet* sheet = workbook_add_worksheet(book_, table.name.in(language_).c_str());
  if (!sheet) {
    note(LXW_ERROR_MEMORY_MALLOC_FAILED);
    return;
  }
  put_header(sheet, table);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto& row = table.rows[i];
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      const Column& one = table.columns[column];
      const Cell cell = one.ratio ? ratio_cell(*one.ratio, i + 1, value_of(row[one.ratio->part]),
                                               value_of(row[one.ratio->whole]))
                                  : row[column];
      put(sheet, i + 1, column, cell, looks_[static_cast<std::size_t>(one.look)]);
    }
  }
  put_totals(sheet, table);
  const auto last_row = static_cast<lxw_row_t>(table.rows.size());
  note(worksheet_autofilter(sheet, 0, 0, last_row,
                            static_cast<lxw_col_t>(table.columns.size() - 1)));
  worksheet_freeze_panes(sheet, 1, 1);
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, 9);  // A4
  worksheet_fit_to_pages(sheet, 1, 0);
  note(worksheet_repeat_rows(sheet, 0, 0));
}

const char* Book::finish() {
  lxw_workbook* book = book_;
  book_ = nullptr;  // closed and freed by the library, whatever it answers
  note(workbook_close(book));
  return error_ == LXW_NO_ERROR ? nullptr : lxw_strerror(error_);
}

}  // namespace

Result<std::string> households_workbook(const plan::Inputs& inputs, const plan::Study& study,
                                        Language language) {
  const MemoryFile file;
  Book book(file.name(), language);
  book.describe(inputs.village.name, inputs.times.front().date());
  for (const Table& table : workbook_tables(inputs, study, language)) {
    book.add(table);
  }
  if (const char* why = book.finish()) {
    return cannot_write(why);
  }
  std::string bytes = file.bytes();
  if (bytes.empty()) {
    return cannot_write("the memory file is empty");
  }
  return bytes;
}

}  // namespace xiaoyuan::report
