// An example district of any size: load shapes, roof classes and households drawn from a seed. The
// series are made, not measured; prices come from whoever calls (a tariff of share/).
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace xiaoyuan::district {

struct ExampleTerms {
  std::size_t households = 1000;
  std::uint64_t seed = 1;
  int step_minutes = 60;
  std::span<const double> buy;  ///< a year from 1 January, as long as the shapes are to be
  std::span<const double> sell;
  std::string price_source;  ///< what the prices are and where from, for the file's first lines
};

/// Names and bytes of the district's files. The same terms give the same bytes.
std::vector<std::pair<std::string, std::string>> example_district(const ExampleTerms& terms);

}  // namespace xiaoyuan::district
