// Households of a village with their settled months, the village's sums of them, and the list that
// is searched, sorted and read page by page.
#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "desk/energy.hpp"
#include "desk/village_view.hpp"

namespace xiaoyuan::desk {

/// What a statement says of money with the grid.
struct GridMoney {
  Money earned;  ///< for energy sold, with the mechanism's difference
  Money paid;    ///< for energy bought, above zero
  friend bool operator==(const GridMoney&, const GridMoney&) = default;
};

struct HouseholdMonth {
  std::string month;  ///< "2026-10"
  int revision = 1;
  Energy energy;
  GridMoney money;
  Money total;  ///< what the household gains
  std::optional<std::int64_t> gco2e{};
  bool estimated = false;
  std::size_t open_disputes = 0;
};

HouseholdMonth month_of(const std::string& month, const StatementView& statement);
/// The settled months of a household, in their order.
std::vector<HouseholdMonth> months_of(const VillageView& view, std::string_view household);

/// Sums of a household's months of a calendar year.
struct HouseholdYear {
  int year = 0;
  std::size_t months = 0;
  Energy energy;
  GridMoney money;
  Money total;
  std::optional<std::int64_t> gco2e{};
};
std::vector<HouseholdYear> years_of(const std::vector<HouseholdMonth>& months);

/// Sums of all households' statements over months.
struct PeriodTotals {
  std::string from;
  std::string to;
  std::size_t months = 0;
  std::size_t households = 0;  ///< of which there is a statement in the last month
  std::size_t statements = 0;  ///< of households, of all months
  Energy energy;
  GridMoney money;  ///< of households and of the parties that own plants
  std::optional<std::int64_t> gco2e{};
  bool estimated = false;
};
/// Nothing of no month.
std::optional<PeriodTotals> totals_of(std::span<const MonthView> months);
/// The months of a calendar year.
std::span<const MonthView> months_of_year(const VillageView& view, int year);
/// The calendar year of "2026-10".
int year_of(std::string_view month);

/// Whether a household sold more than it bought in its last settled month.
enum class Balance : std::uint8_t { gives, takes, unknown };
const std::vector<std::string>& words_of(Balance);

struct HouseholdRow {
  std::size_t index = 0;  ///< in the village
  Balance balance = Balance::unknown;
  std::optional<HouseholdMonth> last_month{};
};
Balance balance_of(const std::optional<HouseholdMonth>& month);
HouseholdRow row_of(const VillageView& view, std::size_t household);

enum class HouseholdSort : std::uint8_t {
  id,
  name,
  capacity,
  made,
  used,
  sold,
  bought,
  net,
  earned,
  total
};
const std::vector<std::string>& words_of(HouseholdSort);

enum class Order : std::uint8_t { rising, falling };

struct HouseholdSearch {
  std::string text{};  ///< a part of the id or the name; "" finds all
  HouseholdSort sort = HouseholdSort::id;
  Order order = Order::rising;
  std::string after{};  ///< id of the last household of the page before
  std::size_t limit = 50;
  /// Which households there are at all for whoever asks.
  std::function<bool(const std::string& id)> is_shown{};
};
struct HouseholdPage {
  std::vector<HouseholdRow> rows;
  std::string next{};     ///< "" on the last page
  std::size_t count = 0;  ///< that the search finds
  std::size_t giving = 0;
  std::size_t taking = 0;
};
/// What is not known comes last, either way. Errors: no such household to go on from.
Result<HouseholdPage> page_of(const VillageView& view, const HouseholdSearch& search);

/// The party whose plant stands on a roof, by the leases of the newest month that is settled or, of
/// none, the first; the household itself else; "" without a plant.
std::string plant_owner(const VillageView& view, const model::Household& household);

/// Which households a party leases roofs of.
std::vector<std::string> leased_by(const VillageView& view, std::string_view party);

}  // namespace xiaoyuan::desk
