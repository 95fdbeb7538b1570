// What the pages of all statements share: margins, colours, head and foot, the start of a new page
// when one is full.
#pragma once
#include <string>
#include <vector>

#include "statement/paper.hpp"
#include "statement/sheet.hpp"

namespace xiaoyuan::statement {

inline constexpr double margin = 42.0;
inline constexpr double text_width = page_width - 2 * margin;
inline constexpr double foot_y = page_height - 40.0;

inline constexpr Ink black{0.10, 0.12, 0.11};
inline constexpr Ink grey{0.40, 0.43, 0.41};
inline constexpr Ink pale{0.80, 0.83, 0.81};
inline constexpr Ink ground{0.945, 0.960, 0.940};
inline constexpr Ink green{0.16, 0.47, 0.29};
inline constexpr Ink blue{0.20, 0.40, 0.64};
inline constexpr Ink orange{0.80, 0.45, 0.10};
inline constexpr Ink red{0.70, 0.17, 0.13};

/// A statement being written, page by page.
struct Pages {
  Paper& paper;
  const Sheet& sheet;
  const Style& style;
  double y = margin;
  int page = 1;

  const std::string& in(const Text& text) const { return text.in(style.language); }
  /// Ends this page with its number and begins the next with a short head.
  void turn();
  /// Turns the page where less than this is left; true when it did.
  bool need(double height);
  void foot();
};

/// Village, title, whose it is; on the first page.
void write_head(Pages& pages);
/// "上网售电" with a line under it.
void write_title(Pages& pages, const std::string& title);
/// What the marks mean, where there are some.
void write_footnotes(Pages& pages);
/// QR code and how to check it; nothing where there is no proof.
void write_proof(Pages& pages);

struct Cell {
  std::string text;
  Ink ink = black;
  Weight weight = Weight::regular;
};
struct ColumnPlace {
  double x = 0.0;
  double width = 0.0;
  Side side = Side::left;
};
/// One row of cells, each cut to its column; gives the height.
double write_row(Pages& pages, const std::vector<ColumnPlace>& columns,
                 const std::vector<Cell>& cells, double size);

/// All lines by section with energy, price and amount, then the total.
void write_lines(Pages& pages);

/// Each of these writes one statement into the file, its last page not yet ended.
void write_household(Pages& pages);
void write_party(Pages& pages);
void write_reconciliation(Pages& pages);

}  // namespace xiaoyuan::statement
