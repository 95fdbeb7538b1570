// The names by which files and results choose a stage's model, in the order of its enum.
#pragma once
#include <string>
#include <vector>

#include "solar/solar.hpp"

namespace xiaoyuan::solar {

const std::vector<std::string>& names_of(Mount);
const std::vector<std::string>& names_of(Transposition);
const std::vector<std::string>& names_of(Incidence);
const std::vector<std::string>& names_of(InverterCurve);
const std::vector<std::string>& names_of(Stage);
template <class E>
const std::string& name_of(E value) {
  return names_of(value)[static_cast<std::size_t>(value)];
}

}  // namespace xiaoyuan::solar
