#include "wires/tree.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "base/check.hpp"
#include "wires/assembly.hpp"

namespace xiaoyuan::wires {

namespace {

constexpr std::size_t none = ~std::size_t{0};

/// A vertex in the tree: how it hangs from the one above.
template <std::size_t n>
struct Hung {
  std::size_t above = none;
  std::size_t edge = none;
  Passage<n> passage;  ///< seen from here
  bool is_plain = true;
  std::size_t children = 0;
  bool is_kept = false;
};

template <std::size_t n>
class Planter {
 public:
  explicit Planter(const Network& network) : net_(network), all_(assembled<n>(network)) {}

  Tree run() {
    hang();
    keep();
    number();
    chains();
    condense();
    place_elements();
    place_carriers();
    source();
    return std::move(tree_);
  }

 private:
  void hang();
  void take(std::size_t here, std::size_t edge);
  void keep();
  void number();
  void chains();
  void chain_of(std::size_t lower);
  void condense();
  void place_elements();
  void place_carriers();
  void source();
  bool enters(std::size_t edge, std::size_t vertex) const { return hung_[vertex].edge == edge; }

  const Network& net_;
  Assembly<n> all_;
  std::vector<Hung<n>> hung_;
  std::vector<std::size_t> order_;      ///< of vertices, from the root
  std::vector<std::size_t> cut_;        ///< edges that close loops
  std::vector<std::size_t> node_;       ///< of a kept vertex
  std::vector<Matrix<n>> series_;       ///< by node: of its chain
  std::vector<std::size_t> lower_end_;  ///< of the chain that a vertex lies in: a node
  Tree tree_;
};

/// Breadth first from the source, so that every bus hangs as near to it as it can.
template <std::size_t n>
void Planter<n>::hang() {
  const std::size_t size = all_.shunts.size();
  std::vector<std::vector<std::size_t>> at(size);
  for (std::size_t e = 0; e < all_.edges.size(); ++e) {
    at[all_.edges[e].from].push_back(e);
    at[all_.edges[e].to].push_back(e);
  }
  hung_.resize(size);
  std::vector<bool> is_used(all_.edges.size());
  std::vector<bool> is_hung(size);
  order_ = {all_.root};
  is_hung[all_.root] = true;
  for (std::size_t i = 0; i < order_.size(); ++i) {
    for (const std::size_t e : at[order_[i]]) {
      if (is_used[e]) {
        continue;
      }
      is_used[e] = true;
      const std::size_t other =
          all_.edges[e].from == order_[i] ? all_.edges[e].to : all_.edges[e].from;
      if (is_hung[other]) {
        cut_.push_back(e);
        continue;
      }
      is_hung[other] = true;
      hung_[other].above = order_[i];
      take(other, e);
      ++hung_[order_[i]].children;
      order_.push_back(other);
    }
  }
  expects(order_.size() == size);
}

template <std::size_t n>
void Planter<n>::take(std::size_t here, std::size_t e) {
  const Edge<n>& edge = all_.edges[e];
  hung_[here].edge = e;
  hung_[here].is_plain = edge.is_plain;
  hung_[here].passage = edge.to == here ? edge.forth : edge.back;
  if (edge.to != here && !edge.is_plain) {
    all_.shunts[edge.behind] += edge.if_back;
  }
}

template <std::size_t n>
void Planter<n>::keep() {
  for (std::size_t v = 0; v < hung_.size(); ++v) {
    hung_[v].is_kept =
        hung_[v].children != 1 || !hung_[v].is_plain || v == all_.root || !all_.shunts[v].is_zero();
  }
  for (std::size_t v = 0; v < hung_.size(); ++v) {
    if (!hung_[v].is_plain) {
      hung_[hung_[v].above].is_kept = true;
    }
  }
  for (const Connection& connection : net_.connections) {
    hung_[connection.bus].is_kept = true;
  }
  for (const std::size_t e : cut_) {
    hung_[all_.edges[e].from].is_kept = true;
    hung_[all_.edges[e].to].is_kept = true;
  }
}

template <std::size_t n>
void Planter<n>::number() {
  node_.assign(hung_.size(), none);
  tree_.node_of_bus.assign(net_.buses.size(), Tree::passed_through);
  for (const std::size_t v : order_) {
    if (hung_[v].is_kept) {
      node_[v] = tree_.bus_of_node.size();
      const bool is_bus = v < net_.buses.size();
      tree_.bus_of_node.push_back(is_bus ? v : Tree::passed_through);
      if (is_bus) {
        tree_.node_of_bus[v] = node_[v];
      }
    }
  }
  for (const Bus& bus : net_.buses) {
    tree_.bus_nominal_v.push_back(bus.nominal_v / std::numbers::sqrt3);
  }
}

/// The real numbers that a matrix is kept as.
template <std::size_t n>
void put(const Matrix<n>& matrix, double* to) {
  for (std::size_t i = 0; i < n * n; ++i) {
    to[2 * i] = matrix.cells[i].real();
    to[2 * i + 1] = matrix.cells[i].imag();
  }
}

/// `part` = share · `whole`, if it is.
template <std::size_t n>
std::optional<double> share_of(const Matrix<n>& part, const Matrix<n>& whole) {
  double largest = 0.0;
  double share = 0.0;
  for (std::size_t i = 0; i < n * n; ++i) {
    if (std::abs(whole.cells[i]) > largest) {
      largest = std::abs(whole.cells[i]);
      share = (part.cells[i] / whole.cells[i]).real();
    }
  }
  for (std::size_t i = 0; i < n * n; ++i) {
    if (std::abs(part.cells[i] - share * whole.cells[i]) > 1e-14 * largest) {
      return std::nullopt;
    }
  }
  return share;
}

template <std::size_t n>
void Planter<n>::chain_of(std::size_t lower) {
  SweepTree& sweep = tree_.sweep;
  std::vector<std::size_t> passed;
  for (std::size_t v = hung_[lower].above; !hung_[v].is_kept; v = hung_[v].above) {
    passed.push_back(v);
  }
  const std::size_t top = passed.empty() ? hung_[lower].above : hung_[passed.back()].above;
  std::ranges::reverse(passed);
  Matrix<n> series;
  std::vector<Matrix<n>> so_far;
  for (const std::size_t v : passed) {
    series += hung_[v].passage.impedance;
    so_far.push_back(series);
  }
  series += hung_[lower].passage.impedance;
  lower_end_[lower] = node_[lower];
  sweep.parent[node_[lower]] = static_cast<std::uint32_t>(node_[top]);
  series_[node_[lower]] = series;
  for (std::size_t i = 0; i < passed.size(); ++i) {
    const std::size_t v = passed[i];
    lower_end_[v] = node_[lower];
    PassThrough pass{v, node_[lower], 0.0, 0};
    if (const auto share = share_of(so_far[i], series)) {
      pass.share = *share;
    } else {
      pass.impedance = 1 + sweep.impedances.size() / (2 * n * n);
      sweep.impedances.resize(sweep.impedances.size() + 2 * n * n);
      put(so_far[i], sweep.impedances.data() + sweep.impedances.size() - 2 * n * n);
    }
    if (v < net_.buses.size()) {
      sweep.passed.push_back(pass);
    }
  }
}

template <std::size_t n>
void Planter<n>::chains() {
  const std::size_t size = tree_.bus_of_node.size();
  tree_.sweep.wires = n;
  tree_.sweep.parent.assign(size, 0);
  series_.resize(size);
  lower_end_.assign(hung_.size(), none);
  for (const std::size_t v : order_) {
    if (hung_[v].is_kept && v != all_.root) {
      chain_of(v);
    }
  }
}

/// From the leaves: what is below a node, seen from it (the equations of the header).
template <std::size_t n>
void Planter<n>::condense() {
  SweepTree& sweep = tree_.sweep;
  const std::size_t size = sweep.size();
  constexpr std::size_t cells = 2 * n * n;
  for (auto* matrices : {&sweep.up, &sweep.down, &sweep.own, &sweep.shunt}) {
    matrices->assign(size * cells, 0.0);
  }
  sweep.is_plain.assign(size, 1);
  sweep.has_shunt.assign(size, 0);
  std::vector<Matrix<n>> below(size);
  std::vector<std::size_t> vertex(size);
  for (std::size_t v = 0; v < hung_.size(); ++v) {
    if (node_[v] != none) {
      below[node_[v]] += all_.shunts[v];
      vertex[node_[v]] = v;
    }
  }
  const auto one = Matrix<n>::identity();
  for (std::size_t i = size; i-- > 1;) {
    const Hung<n>& hung = hung_[vertex[i]];
    const bool has_shunt = !below[i].is_zero();
    const Matrix<n> ratio = hung.is_plain ? one : hung.passage.ratio;
    const auto opened = inverse(one + series_[i] * below[i]);
    expects(opened.has_value());
    const Matrix<n>& a = *opened;
    const Matrix<n> back = conjugate_transpose(ratio);
    sweep.is_plain[i] = hung.is_plain && !has_shunt ? 1 : 0;
    sweep.has_shunt[i] = has_shunt ? 1 : 0;
    put(back * (one - below[i] * a * series_[i]), sweep.up.data() + i * cells);
    put(a * ratio, sweep.down.data() + i * cells);
    put(a * series_[i], sweep.own.data() + i * cells);
    put(below[i], sweep.shunt.data() + i * cells);
    if (has_shunt) {
      below[sweep.parent[i]] += back * below[i] * a * ratio;
    }
  }
}

/// The wires of a connection's parts; to == from: against the neutral.
std::vector<std::pair<std::size_t, std::size_t>> wires_of(Phases phases, std::size_t neutral) {
  const auto single = [&](std::size_t wire) {
    return std::pair{wire, neutral == 3 ? neutral : wire};
  };
  switch (phases) {
    case Phases::a:
      return {single(0)};
    case Phases::b:
      return {single(1)};
    case Phases::c:
      return {single(2)};
    case Phases::abc:
      return {single(0), single(1), single(2)};
    case Phases::ab:
      return {{0, 1}};
    case Phases::bc:
      return {{1, 2}};
    case Phases::ca:
      break;
  }
  return {{2, 0}};
}

template <std::size_t n>
void Planter<n>::place_elements() {
  for (std::size_t c = 0; c < net_.connections.size(); ++c) {
    const Connection& connection = net_.connections[c];
    const bool is_single = connection.phases == Phases::a || connection.phases == Phases::b ||
                           connection.phases == Phases::c || connection.phases == Phases::abc;
    const double bus_v = net_.buses[connection.bus].nominal_v;
    const double usual_v = is_single ? bus_v / std::numbers::sqrt3 : bus_v;
    const double nominal_v = connection.nominal_v > 0.0 ? connection.nominal_v : usual_v;
    // Above the transformer there is no fourth wire: the neutral of a load there is the earth.
    const std::size_t neutral = n == 4 && bus_v < 1000.0 ? 3 : 0;
    const auto parts = wires_of(connection.phases, neutral);
    for (const auto& [from, to] : parts) {
      Element element;
      element.node = node_[connection.bus];
      element.from = from;
      element.to = to;
      element.connection = c;
      element.share = 1.0 / static_cast<double>(parts.size());
      element.nominal_v = usual_v;
      element.power = connection.law.power;
      element.current = connection.law.current / nominal_v;
      element.impedance = connection.law.impedance / (nominal_v * nominal_v);
      tree_.sweep.elements.push_back(element);
    }
  }
}

template <std::size_t n>
void Planter<n>::place_carriers() {
  tree_.lines.resize(net_.lines.size());
  tree_.links.resize(net_.links.size());
  tree_.transformers.resize(net_.transformers.size());
  const auto place = [&](const Edge<n>& edge, const Carrier& carrier) {
    if (edge.part == Part::line) {
      tree_.lines[edge.index] = carrier;
    } else if (edge.part == Part::link) {
      tree_.links[edge.index] = carrier;
    } else if (edge.part == Part::transformer && edge.is_last) {
      tree_.transformers[edge.index] = carrier;
    }
  };
  for (std::size_t v = 0; v < hung_.size(); ++v) {
    if (v != all_.root) {
      const Edge<n>& edge = all_.edges[hung_[v].edge];
      place(edge, {lower_end_[v], edge.to == v ? -1.0 : 1.0, false});
    }
  }
  for (const std::size_t e : cut_) {
    const Edge<n>& edge = all_.edges[e];
    const Passage<n>& passage = edge.forth;
    place(edge, {tree_.loops.size(), 1.0, true});
    tree_.loops.push_back({node_[edge.from],
                           node_[edge.to],
                           {passage.ratio.cells.begin(), passage.ratio.cells.end()},
                           {passage.impedance.cells.begin(), passage.impedance.cells.end()}});
  }
}

template <std::size_t n>
void Planter<n>::source() {
  const Source& source = net_.sources.front();
  const double volts = source.voltage_pu * tree_.bus_nominal_v[source.bus];
  for (std::size_t k = 0; k < n; ++k) {
    const Complex phase =
        k < 3 ? volts * at_angle(source.angle_deg - 120.0 * static_cast<double>(k)) : 0.0;
    tree_.source.push_back(phase.real());
    tree_.source.push_back(phase.imag());
  }
}

}  // namespace

Tree tree_of(const Network& network) {
  return network.neutral == Neutral::own_wire ? Planter<4>(network).run()
                                              : Planter<3>(network).run();
}

}  // namespace xiaoyuan::wires
