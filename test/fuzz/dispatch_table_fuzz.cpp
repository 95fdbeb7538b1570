// Any bytes as the table of a dispatch, and as the rows of a district.
#include "district/dispatch_table.hpp"

#include <algorithm>

#include "district/district.hpp"
#include "foreign.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace xiaoyuan;
  const std::string_view text = fuzz::text(bytes, size);
  const auto table = district::read_dispatch_table(text, "x.csv");
  fuzz::expect_sense(table);
  if (table) {
    expects(table->size() > 0 && table->pv_kw.size() == table->size());
    expects(std::ranges::all_of(table->load_kw, [](double load) { return load >= 0.0; }));
    for (const auto* values : {&table->load_kw, &table->pv_kw, &table->buy, &table->sell,
                               &table->heat_kw, &table->cop, &table->shift_kw}) {
      fuzz::expect_numbers(*values);
    }
    expects(table->heat_kw.empty() || table->heat_kw.size() == table->size());
    expects(table->cop.empty() || table->cop.size() == table->heat_kw.size());
    expects(table->shift_windows.empty() || table->shift_windows.size() == table->shift_kw.size());
  }
  static const district::District district{.loads = {{"L01"}, {{1.0}}},
                                           .roofs = {{"flat"}, {{1.0}}}};
  const std::size_t head = std::min(text.find('\n'), text.size());
  const auto homes = district::read_households(
      {text.substr(0, head), text.substr(std::min(head + 1, text.size())), 1002}, district);
  fuzz::expect_sense(homes);
  if (homes) {
    for (const district::Household& home : *homes) {
      expects(home.load_shape == 0 && home.roof == 0 && home.line >= 1002);
      fuzz::expect_numbers({home.load_kwh, home.pv_kwp, home.battery_kwh, home.battery_kw});
    }
  }
  fuzz::expect_sense(district::read_shapes(text, "shapes.csv", {0.0, 1e9}));
  return 0;
}
