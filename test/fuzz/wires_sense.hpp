// What every reader of a network owes: errors that speak, or a network that can be looked at whole;
// and a sound one of modest size has voltages or says why it has none.
#pragma once
#include <cmath>

#include "foreign.hpp"
#include "wires/flow.hpp"

namespace xiaoyuan::fuzz {

inline void expect_sense_of_network(const Result<wires::Network>& network) {
  expect_sense(network);
  if (!network || network->buses.size() > 200) {
    return;
  }
  const auto flow = wires::Flow::of(*network);
  expect_sense(flow);
  if (!flow) {
    return;
  }
  std::vector<double> kw;
  std::vector<double> kvar;
  for (const wires::Connection& connection : network->connections) {
    kw.push_back(connection.kw);
    kvar.push_back(connection.kvar);
  }
  const auto moment = wires::solve(*flow, {kw, kvar}, {.most_rounds = 50});
  expect_sense(moment);
  if (moment) {
    for (const wires::Complex& volt : moment->volts) {
      expects(!std::isnan(volt.real()) && !std::isnan(volt.imag()));
    }
  }
}

}  // namespace xiaoyuan::fuzz
