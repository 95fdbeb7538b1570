// A text as the modules of a QR code (ISO/IEC 18004), for whoever draws it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace xiaoyuan::statement {

struct QrModules {
  int width = 0;
  std::vector<std::uint8_t> dark;  ///< row by row, 1 is dark
  bool is_dark(int row, int column) const {
    return dark[static_cast<std::size_t>(row) * static_cast<std::size_t>(width) +
                static_cast<std::size_t>(column)] != 0;
  }
};

/// The smallest code at error correction level L (paper that is printed once); nothing where the
/// text is too long for any.
std::optional<QrModules> qr_modules(const std::string& text);

}  // namespace xiaoyuan::statement
