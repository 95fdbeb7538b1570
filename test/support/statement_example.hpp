// A made-up month of a village, for the layout of statements: a household with everything that can
// stand on one, a committee's total of eighty households, a company, a grid company's bill beside
// ours. Its sums hold; its figures are nobody's.
#pragma once
#include "statement/sheet.hpp"

namespace xiaoyuan::statement::test {

/// Bill, surplus, mechanism, rent, loan, dividend, adjustment, an estimated register, a swapped
/// meter, an open dispute and a resolved one, twelve months before it, a proof in a book of
/// `entries` entries.
Sheet household_example(std::uint64_t entries = 1'000'000);
/// A household without roof: it only buys.
Sheet plain_household_example();
/// One of many: its figures follow from its number.
Sheet numbered_household(int number);
Sheet committee_example(int households = 80);
Sheet company_example();
Sheet grid_company_example();

Style style_of(Language language);

}  // namespace xiaoyuan::statement::test
