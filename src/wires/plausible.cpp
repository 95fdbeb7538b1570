#include "wires/plausible.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/check.hpp"

namespace xiaoyuan::wires {

namespace {

constexpr double high_side_v = 10000.0;
constexpr const char* rows_of_houses = "households.csv";

/// Which type a network has for each of the three uses.
struct LaidTypes {
  std::size_t trunk = 0;
  std::size_t branch = 0;
  std::size_t drop = 0;
};

struct Lengths {
  double all_m = 0.0;      ///< without service drops
  double longest_m = 0.0;  ///< from a transformer to a pole
};

class PlausibleWires {
 public:
  PlausibleWires(const std::vector<PlausibleTransformer>& transformers,
                 const std::vector<PlausibleHouse>& houses, const Plausible& plausible);
  PlausibleNetwork made();

 private:
  void make_source();
  void make_area(std::size_t transformer, const std::vector<std::size_t>& members);
  std::size_t make_transformer(const PlausibleTransformer& given, std::optional<Position> position);
  void make_lines(const PlausibleTransformer& given, std::size_t low,
                  const std::vector<Pole>& poles, const std::vector<std::size_t>& members);
  void connect_houses();
  std::size_t bus(const std::string& name, double nominal_v, std::optional<Position> position);
  void line(std::size_t from, std::size_t to, double length_m, std::size_t type);
  std::size_t type(const WireType& wire, double spacing_m);
  std::string unused(std::string name);
  Text note() const;

  const std::vector<PlausibleTransformer>& transformers_;
  const std::vector<PlausibleHouse>& houses_;
  const Plausible& plausible_;
  PlausibleNetwork made_;
  Network& net_ = made_.network;
  std::set<std::string> names_;
  std::vector<std::size_t> bus_of_house_;
  LaidTypes types_;
  Lengths lengths_;
};

PlausibleWires::PlausibleWires(const std::vector<PlausibleTransformer>& transformers,
                               const std::vector<PlausibleHouse>& houses,
                               const Plausible& plausible)
    : transformers_(transformers),
      houses_(houses),
      plausible_(plausible),
      bus_of_house_(houses.size()) {
  const bool all_placed = std::ranges::all_of(
      houses, [](const PlausibleHouse& house) { return house.position.has_value(); });
  made_.made_of = all_placed && !houses.empty() ? MadeOf::positions : MadeOf::counts;
  net_.files = {rows_of_houses, rows_of_houses, rows_of_houses, rows_of_houses};
  for (const PlausibleHouse& house : houses) {
    expects(house.transformer < transformers.size());
    expects(names_.insert(house.id).second);  // a bus bears it
  }
}

/// A name that no house bears, nor anything made before.
std::string PlausibleWires::unused(std::string name) {
  while (!names_.insert(name).second) {
    name += "'";
  }
  return name;
}

std::size_t PlausibleWires::bus(const std::string& name, double nominal_v,
                                std::optional<Position> position) {
  Bus bus;
  bus.name = name;
  bus.nominal_v = nominal_v;
  net_.buses.push_back(std::move(bus));
  made_.positions.push_back(position);
  return net_.buses.size() - 1;
}

/// A line is named for the bus at its lower end.
void PlausibleWires::line(std::size_t from, std::size_t to, double length_m, std::size_t type) {
  Line line;
  line.name = net_.buses[to].name;
  line.from = from;
  line.to = to;
  line.length_km = length_m / 1000.0;
  line.type = type;
  line.rating_a = net_.types[type].rating_a;
  net_.lines.push_back(std::move(line));
}

std::size_t PlausibleWires::type(const WireType& wire, double spacing_m) {
  LineType laid = line_type(wire, {spacing_m, plausible_.celsius, net_.frequency_hz});
  const auto known = std::ranges::find(net_.types, laid.name, &LineType::name);
  const auto index = static_cast<std::size_t>(known - net_.types.begin());
  if (known == net_.types.end()) {
    net_.types.push_back(std::move(laid));
  }
  return index;
}

void PlausibleWires::make_source() {
  Source source;
  source.name = unused("10 kV");
  source.bus = bus(source.name, high_side_v, std::nullopt);
  source.voltage_pu = plausible_.source_pu;
  const double ohm = high_side_v * high_side_v / (plausible_.source_mva * 1e6);
  const double ratio = plausible_.source_r_over_x;
  const Complex z = Complex(ratio, 1.0) * (ohm / std::hypot(1.0, ratio));
  source.impedance_ohm = {z, z, z};
  net_.sources.push_back(std::move(source));
}

std::size_t PlausibleWires::make_transformer(const PlausibleTransformer& given,
                                             std::optional<Position> position) {
  const std::size_t low = bus(unused(given.id), plausible_.nominal_v, position);
  Transformer transformer;
  transformer.name = given.id;
  transformer.high = net_.sources.front().bus;
  transformer.low = low;
  take_figures(transformer, type_for(plausible_.transformers, plausible_.series, given.rating_kva));
  transformer.rating_kva = given.rating_kva * given.in_parallel;
  transformer.load_loss_kw *= given.in_parallel;
  transformer.no_load_loss_kw *= given.in_parallel;
  transformer.tap_percent = plausible_.tap_percent;
  net_.transformers.push_back(std::move(transformer));
  return low;
}

void PlausibleWires::make_lines(const PlausibleTransformer& given, std::size_t low,
                                const std::vector<Pole>& poles,
                                const std::vector<std::size_t>& members) {
  std::vector<std::size_t> below(poles.size(), 0);
  for (std::size_t i = poles.size(); i-- > 0;) {
    below[i] += poles[i].drops.size();
    if (poles[i].above != at_transformer) {
      below[poles[i].above] += below[i];
    }
  }
  std::vector<std::size_t> buses;
  std::vector<std::size_t> numbers(poles.size() + 1, 0);
  for (std::size_t i = 0; i < poles.size(); ++i) {
    const Pole& pole = poles[i];
    const std::string name =
        unused(fmt::format("{}-{}-{}", given.id, pole.feeder + 1, ++numbers[pole.feeder]));
    buses.push_back(bus(name, plausible_.nominal_v, pole.position));
    const bool is_trunk = below[i] > static_cast<std::size_t>(plausible_.branch_houses);
    line(pole.above == at_transformer ? low : buses[pole.above], buses.back(), pole.length_m,
         is_trunk ? types_.trunk : types_.branch);
    lengths_.all_m += pole.length_m;
    lengths_.longest_m = std::max(lengths_.longest_m, pole.way_m);
    for (const Drop& drop : pole.drops) {
      const std::size_t house = members[drop.house];
      bus_of_house_[house] = bus(houses_[house].id, plausible_.nominal_v, houses_[house].position);
      line(buses.back(), bus_of_house_[house], drop.length_m, types_.drop);
    }
  }
}

void PlausibleWires::make_area(std::size_t transformer, const std::vector<std::size_t>& members) {
  const PlausibleTransformer& given = transformers_[transformer];
  std::optional<Position> position = given.position;
  std::vector<Pole> poles;
  if (made_.made_of == MadeOf::positions && !members.empty()) {
    std::vector<Position> places;
    for (const std::size_t house : members) {
      places.push_back(*houses_[house].position);
    }
    position = position.value_or(middle_of(places));
    poles = layout_of(*position, places, plausible_.layout);
  } else {
    poles = layout_of(members.size(), plausible_.layout);
  }
  make_lines(given, make_transformer(given, position), poles, members);
}

void PlausibleWires::connect_houses() {
  for (std::size_t i = 0; i < houses_.size(); ++i) {
    Connection connection;
    connection.name = houses_[i].id;
    connection.bus = bus_of_house_[i];
    connection.phases = houses_[i].phases;
    connection.line = houses_[i].line;
    net_.connections.push_back(std::move(connection));
  }
}

Text PlausibleWires::note() const {
  const Plausible& p = plausible_;
  const auto missing = static_cast<std::size_t>(
      std::ranges::count_if(houses_, [](const auto& house) { return !house.position; }));
  const bool by_place = made_.made_of == MadeOf::positions;
  const Text from =
      by_place ? Text{"from the positions of the houses", "由住户坐标"}
      : missing == houses_.size()
          ? Text{"from the number of houses at each transformer", "由各台区户数"}
          : Text{fmt::format("from the number of houses at each transformer, because {} of {} "
                             "houses have no position",
                             missing, houses_.size()),
                 fmt::format("因 {1} 户中有 {0} 户缺坐标,由各台区户数", missing, houses_.size())};
  const Text poles =
      by_place
          ? Text{fmt::format("at most {} houses to a pole, service drops up to {:g} m",
                             p.layout.houses_per_pole, p.layout.most_drop_m),
                 fmt::format("每杆至多 {} 户,接户线不超过 {:g} m", p.layout.houses_per_pole,
                             p.layout.most_drop_m)}
          : Text{fmt::format("a pole every {:g} m with at most {} houses, service drops of {:g} m",
                             p.layout.pole_m, p.layout.houses_per_pole, p.layout.drop_m),
                 fmt::format("档距 {:g} m,每杆至多 {} 户,接户线 {:g} m", p.layout.pole_m,
                             p.layout.houses_per_pole, p.layout.drop_m)};
  return {
      fmt::format(
          "Assumed, not the village's own network: made {}. Overhead lines {} where more than {} "
          "houses hang below, else {}; {}, of {}; usually {} feeders a transformer. Transformers "
          "as {}, Dyn11, tap {:+g} %; the 10 kV side at {:g} of its rated voltage with {:g} MVA of "
          "short-circuit power. {:.2f} km of line, the longest way {:.0f} m.",
          from.en, p.trunk.name, p.branch_houses, p.branch.name, poles.en, p.drop.name,
          p.layout.feeders, p.series, p.tap_percent, p.source_pu, p.source_mva,
          lengths_.all_m / 1000.0, lengths_.longest_m),
      fmt::format("假设电网,并非本村实际电网:{}推定。下带超过 {} 户的架空线为 {},其余为 {};{},型号 "
                  "{};每台变压器一般 {} 回出线。变压器按 {} 系列、Dyn11、分接 {:+g} % 计,10 kV "
                  "侧电压为额定值的 {:g} 倍、短路容量 {:g} MVA。线路总长 {:.2f} km,最远供电距离 "
                  "{:.0f} m。",
                  from.zh, p.branch_houses, p.trunk.name, p.branch.name, poles.zh, p.drop.name,
                  p.layout.feeders, p.series, p.tap_percent, p.source_pu, p.source_mva,
                  lengths_.all_m / 1000.0, lengths_.longest_m)};
}

PlausibleNetwork PlausibleWires::made() {
  make_source();
  types_ = {type(plausible_.trunk, plausible_.line_spacing_m),
            type(plausible_.branch, plausible_.line_spacing_m),
            type(plausible_.drop, plausible_.drop_spacing_m)};
  std::vector<std::vector<std::size_t>> members(transformers_.size());
  for (std::size_t i = 0; i < houses_.size(); ++i) {
    members[houses_[i].transformer].push_back(i);
  }
  for (std::size_t i = 0; i < transformers_.size(); ++i) {
    make_area(i, members[i]);
  }
  connect_houses();
  made_.note = note();
  return std::move(made_);
}

}  // namespace

PlausibleNetwork plausible_network(const std::vector<PlausibleTransformer>& transformers,
                                   const std::vector<PlausibleHouse>& houses,
                                   const Plausible& plausible) {
  return PlausibleWires(transformers, houses, plausible).made();
}

}  // namespace xiaoyuan::wires
