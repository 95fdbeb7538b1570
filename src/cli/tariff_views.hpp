// What `xiaoyuan tariff` shows: lists, one day of a tariff, one month of a mechanism; as text and
// as JSON. Values in, text out.
#pragma once
#include <string>
#include <vector>

#include "base/text.hpp"
#include "tariff/day.hpp"
#include "tariff/mechanism.hpp"

namespace xiaoyuan::cli {

/// Everything that a name may mean.
struct TariffShelf {
  std::vector<tariff::Tariff> tariffs;
  std::vector<tariff::Mechanism> mechanisms;
};

/// A tariff after the given figures were put in, and the day looked up in it.
struct TariffDay {
  const tariff::Tariff* tariff = nullptr;
  tariff::DayTable table;
};

std::string list_text(const TariffShelf& shelf, Language language);
std::string list_json(const TariffShelf& shelf);
std::string day_text(const TariffDay& day, Language language);
std::string day_json(const TariffDay& day);
std::string month_text(const tariff::Mechanism& mechanism, const Date& day, Language language);
std::string month_json(const tariff::Mechanism& mechanism, const Date& day);

/// "needs …" for each figure that the village must give, one a line; "" when there is none.
std::string needs_text(const std::vector<tariff::RequiredInput>& required, Language language);

/// Rows of cells in columns of equal width, two blanks between them; a Chinese character is two
/// columns wide.
std::string aligned(const std::vector<std::vector<std::string>>& rows, std::string_view indent);

}  // namespace xiaoyuan::cli
