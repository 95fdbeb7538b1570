#include "statement/paper.hpp"

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <cstdint>
#include <cstring>

namespace xiaoyuan::statement {

namespace {

constexpr const char* family = "Noto Sans CJK SC";

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};

/// A thread's fonts, opened once.
struct Fonts {
  std::unique_ptr<PangoFontMap, Unref> map{pango_cairo_font_map_new()};
};

PangoFontMap* fonts_of_this_thread() {
  static thread_local const Fonts fonts;
  return fonts.map.get();
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

struct Paper::Parts {
  std::string bytes;
  cairo_surface_t* surface = nullptr;
  cairo_t* cairo = nullptr;
  PangoContext* context = nullptr;
  PangoLayout* layout = nullptr;
  PangoFontDescription* font = nullptr;

  void lay(double width, std::string_view text, const Look& look) const {
    pango_font_description_set_absolute_size(font, look.size * PANGO_SCALE);
    pango_font_description_set_weight(
        font, look.weight == Weight::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_width(layout, width < 0.0 ? -1 : static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_alignment(layout, look.side == Side::left     ? PANGO_ALIGN_LEFT
                                       : look.side == Side::middle ? PANGO_ALIGN_CENTER
                                                                   : PANGO_ALIGN_RIGHT);
    const bool cut = look.overflow == Overflow::cut;
    pango_layout_set_ellipsize(layout, cut ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
    pango_layout_set_single_paragraph_mode(layout, cut ? TRUE : FALSE);
    pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
  }
  double laid_height() const {
    int height = 0;
    pango_layout_get_size(layout, nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }
  void set(Ink ink) const { cairo_set_source_rgb(cairo, ink.red, ink.green, ink.blue); }
};

Paper::Paper(const PaperInfo& info) : parts_(std::make_unique<Parts>()) {
  Parts& parts = *parts_;
  parts.surface =
      cairo_pdf_surface_create_for_stream(append, &parts.bytes, page_width, page_height);
  cairo_pdf_surface_set_metadata(parts.surface, CAIRO_PDF_METADATA_TITLE, info.title.c_str());
  cairo_pdf_surface_set_metadata(parts.surface, CAIRO_PDF_METADATA_CREATOR, "xiaoyuan");
  cairo_pdf_surface_set_metadata(parts.surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                 info.created.c_str());
  parts.cairo = cairo_create(parts.surface);
  parts.context = pango_font_map_create_context(fonts_of_this_thread());
  pango_context_set_language(
      parts.context,
      pango_language_from_string(info.language == Language::chinese ? "zh-cn" : "en"));
  pango_cairo_update_context(parts.cairo, parts.context);
  parts.layout = pango_layout_new(parts.context);
  pango_layout_set_wrap(parts.layout, PANGO_WRAP_WORD_CHAR);
  parts.font = pango_font_description_new();
  pango_font_description_set_family_static(parts.font, family);
}

Paper::~Paper() {
  pango_font_description_free(parts_->font);
  g_object_unref(parts_->layout);
  g_object_unref(parts_->context);
  cairo_destroy(parts_->cairo);
  cairo_surface_destroy(parts_->surface);
}

double Paper::write(const Box& box, std::string_view text, const Look& look) {
  const Parts& parts = *parts_;
  if (text.empty()) {
    return 0.0;
  }
  parts.lay(box.width, text, look);
  parts.set(look.ink);
  cairo_move_to(parts.cairo, box.x, box.y);
  pango_cairo_show_layout(parts.cairo, parts.layout);
  return parts.laid_height();
}

double Paper::height_of(double width, std::string_view text, const Look& look) {
  if (text.empty()) {
    return 0.0;
  }
  parts_->lay(width, text, look);
  return parts_->laid_height();
}

double Paper::width_of(std::string_view text, const Look& look) {
  parts_->lay(-1.0, text, look);
  int width = 0;
  pango_layout_get_size(parts_->layout, &width, nullptr);
  return static_cast<double>(width) / PANGO_SCALE;
}

void Paper::fill(const Box& box, Ink ink) {
  parts_->set(ink);
  cairo_rectangle(parts_->cairo, box.x, box.y, box.width, box.height);
  cairo_fill(parts_->cairo);
}

void Paper::rule(double x, double y, double width, Ink ink) {
  parts_->set(ink);
  cairo_set_line_width(parts_->cairo, 0.7);
  cairo_move_to(parts_->cairo, x, y);
  cairo_line_to(parts_->cairo, x + width, y);
  cairo_stroke(parts_->cairo);
}

void Paper::draw(const Box& box, const QrModules& modules) {
  // An image: as rectangles a code took four times the time of its page. Several pixels a module,
  // so that a renderer's rounding leaves modules square.
  constexpr int quiet = 4;
  constexpr int pixels = 3;
  constexpr std::uint32_t light = 0xFFFFFF;
  const int side = (modules.width + 2 * quiet) * pixels;
  cairo_surface_t* image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
  const int stride = cairo_image_surface_get_stride(image);
  unsigned char* data = cairo_image_surface_get_data(image);
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      const int r = row / pixels - quiet;
      const int c = column / pixels - quiet;
      const bool is_inside = r >= 0 && c >= 0 && r < modules.width && c < modules.width;
      const std::uint32_t pixel = is_inside && modules.is_dark(r, c) ? 0U : light;
      const std::ptrdiff_t place =
          static_cast<std::ptrdiff_t>(row) * stride + static_cast<std::ptrdiff_t>(column) * 4;
      std::memcpy(data + place, &pixel, sizeof pixel);
    }
  }
  cairo_surface_mark_dirty(image);
  cairo_t* cairo = parts_->cairo;
  cairo_save(cairo);
  cairo_translate(cairo, box.x, box.y);
  cairo_scale(cairo, box.width / side, box.width / side);
  cairo_set_source_surface(cairo, image, 0.0, 0.0);
  cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_NEAREST);
  cairo_paint(cairo);
  cairo_restore(cairo);
  cairo_surface_destroy(image);
}

void Paper::next_page() { cairo_show_page(parts_->cairo); }

Result<std::string> Paper::finish() {
  parts_->lay(-1.0, "发电收益", {});
  if (pango_layout_get_unknown_glyphs_count(parts_->layout) > 0) {
    return fail(Fault::not_found,
                {"no font of this machine has Chinese; install one (Debian: fonts-noto-cjk)",
                 "本机没有中文字体,请安装(Debian:fonts-noto-cjk)"});
  }
  cairo_show_page(parts_->cairo);
  cairo_surface_finish(parts_->surface);
  const cairo_status_t status = cairo_surface_status(parts_->surface);
  if (status != CAIRO_STATUS_SUCCESS) {
    const char* why = cairo_status_to_string(status);
    return fail(Fault::unwritable, {fmt::format("the PDF cannot be made: {}", why),
                                    fmt::format("无法生成 PDF:{}", why)});
  }
  return std::move(parts_->bytes);
}

}  // namespace xiaoyuan::statement
