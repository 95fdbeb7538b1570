// Two texts of one file of figures, version by version.
#pragma once
#include <string>
#include <vector>

#include "desk/figures.hpp"

namespace xiaoyuan::desk {

struct FigureTexts {
  std::string before;
  std::string after;
};

/// Versions by their first day, or ids.
struct Compared {
  struct Contradicted {
    std::string name;
    int line = 0;  ///< of the new text; 0: it is missing there
  };
  std::vector<std::string> added{};
  std::vector<std::string> ended{};          ///< had no end and have one
  std::vector<Contradicted> contradicted{};  ///< are missing, or say another thing
};

Result<Compared> compare_figures(FigureKind kind, const FigureTexts& texts,
                                 const std::string& file);

}  // namespace xiaoyuan::desk
