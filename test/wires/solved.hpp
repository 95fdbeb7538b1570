// A network of the cases, solved, beside the voltages that its file gives.
#pragma once
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/cases.hpp"
#include "wires/flow.hpp"
#include "wires/pandapower.hpp"

namespace xiaoyuan::test {

inline std::string errors_of(const Errors& errors) {
  std::string all;
  for (const Error& error : errors) {
    all += message(error, Language::english) + "\n";
  }
  return all;
}

/// The powers that the file itself describes.
inline Result<wires::Moment> solve_as_given(const wires::Flow& flow,
                                            const wires::Accuracy& accuracy = {}) {
  std::vector<double> kw;
  std::vector<double> kvar;
  for (const wires::Connection& connection : flow.network().connections) {
    kw.push_back(connection.kw);
    kvar.push_back(connection.kvar);
  }
  return wires::solve(flow, {kw, kvar}, accuracy);
}

}  // namespace xiaoyuan::test
