// A name that somebody chose, found among those that its science knows.
#pragma once
#include <algorithm>

#include "base/expected.hpp"
#include "model/village.hpp"

namespace xiaoyuan::plan {

/// The member of an enum that a choice names; `usual` where it names none. An unknown name is an
/// error with the nearest known one. Needs names_of(E) in the enum's namespace.
template <class E>
E chosen(const model::Choice& choice, E usual, Errors& errors) {
  if (choice.name.empty()) {
    return usual;
  }
  const std::vector<std::string>& known = names_of(usual);
  const auto found = std::ranges::find(known, choice.name);
  if (found == known.end()) {
    errors.push_back({Fault::bad_input, choice_expected(known, choice.name), choice.where});
    return usual;
  }
  return static_cast<E>(found - known.begin());
}

}  // namespace xiaoyuan::plan
