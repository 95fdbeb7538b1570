#include "statement/qr.hpp"

#include <qrencode.h>

#include <memory>

namespace xiaoyuan::statement {

std::optional<QrModules> qr_modules(const std::string& text) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_L), QRcode_free);
  if (!code) {
    return std::nullopt;
  }
  QrModules modules{.width = code->width, .dark = {}};
  const auto count = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
  modules.dark.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    modules.dark.push_back(code->data[i] & 1U);
  }
  return modules;
}

}  // namespace xiaoyuan::statement
