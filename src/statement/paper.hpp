// A4 pages to write and draw on, which become one PDF. Lengths are points (1/72 inch), y grows
// down. The only place that knows Pango and Cairo.
//
// A font map is kept for each thread and used again: opening the fonts costs more than a page.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "statement/qr.hpp"

namespace xiaoyuan::statement {

inline constexpr double page_width = 595.0;
inline constexpr double page_height = 842.0;

struct Ink {
  double red = 0.0;
  double green = 0.0;
  double blue = 0.0;
};

struct Box {
  double x = 0.0;
  double y = 0.0;
  double width = 0.0;
  double height = 0.0;
};

enum class Side { left, middle, right };
enum class Weight { regular, bold };
/// Text that is too long: goes on in the next line, or is cut with an ellipsis.
enum class Overflow { wrap, cut };

struct Look {
  double size = 11.0;
  Weight weight = Weight::regular;
  Ink ink{};
  Side side = Side::left;
  Overflow overflow = Overflow::wrap;
};

struct PaperInfo {
  std::string title;
  std::string created;  ///< "2026-10-31T00:00:00Z": stands in the file instead of the clock's
  Language language = Language::chinese;
};

class Paper {
 public:
  explicit Paper(const PaperInfo& info);
  ~Paper();
  Paper(const Paper&) = delete;
  Paper& operator=(const Paper&) = delete;

  /// Writes from the corner down, as wide as the box (its height does not matter); gives the height
  /// that was used.
  double write(const Box& box, std::string_view text, const Look& look);
  /// The height that `write` would use.
  double height_of(double width, std::string_view text, const Look& look);
  double width_of(std::string_view text, const Look& look);

  void fill(const Box& box, Ink ink);
  void rule(double x, double y, double width, Ink ink);
  /// With the four modules of quiet around it inside the box, which is square.
  void draw(const Box& box, const QrModules& modules);
  void next_page();

  /// The file; errors: the fonts of this machine have no Chinese, or Cairo failed.
  Result<std::string> finish();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace xiaoyuan::statement
