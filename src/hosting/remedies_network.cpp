#include "hosting/remedies_network.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace xiaoyuan::hosting {

namespace {

constexpr std::size_t most_beginnings = 6;
constexpr std::size_t most_sizes = 2;

/// "JKLYJ-70" → "JKLYJ-"
std::string_view family_of(std::string_view name) { return name.substr(0, name.rfind('-') + 1); }

/// How a type is laid, from its impedance.
wires::LaidWire laid_as(const wires::WireType& type, const wires::Matrix4& ohm,
                        double frequency_hz) {
  wires::LaidWire laid;
  laid.frequency_hz = frequency_hz;
  const double r = ohm(0, 0).real() - ohm(0, 1).real();  // both hold the earth's
  if (type.per_kelvin > 0.0) {
    laid.celsius = 20.0 + (r / type.ohm_per_km - 1.0) / type.per_kelvin;
  }
  const double gmr_m = std::exp(-0.25) * std::sqrt(type.area_mm2 / std::numbers::pi) / 1000.0;
  const double per_log = 4.0 * std::numbers::pi * frequency_hz * 1e-4;
  laid.spacing_m = gmr_m * std::exp((ohm(0, 0).imag() - ohm(0, 1).imag()) / per_log);
  return laid;
}

/// Lengths of beginnings of a way of `size` lines: all where they are few.
std::vector<std::size_t> beginnings(std::size_t size) {
  std::vector<std::size_t> lengths;
  const std::size_t count = std::min(size, most_beginnings);
  for (std::size_t i = 1; i <= count; ++i) {
    lengths.push_back((size * i + count - 1) / count);
  }
  return lengths;
}

double metres(const wires::Network& network, const std::vector<std::size_t>& lines) {
  double length_m = 0.0;
  for (const std::size_t line : lines) {
    length_m += 1000.0 * network.lines[line].length_km;
  }
  return length_m;
}

std::size_t added_type(wires::Network& network, const wires::LineType& type) {
  const auto known = std::ranges::find(network.types, type.name, &wires::LineType::name);
  if (known != network.types.end()) {
    return static_cast<std::size_t>(known - network.types.begin());
  }
  network.types.push_back(type);
  return network.types.size() - 1;
}

}  // namespace

std::optional<std::size_t> binding_bus(const AreaRoom& room, const wires::Feeders& feeders) {
  const wires::LimitUse& use = room.today().binding;
  switch (use.kind) {
    case wires::LimitKind::voltage_high:
    case wires::LimitKind::voltage_low:
      return room.village().houses[use.element].bus;
    case wires::LimitKind::unbalance:
    case wires::LimitKind::solution:
      return use.element;
    case wires::LimitKind::line: {
      const wires::Line& line = room.village().network.lines[use.element];
      return feeders.places[line.to].line == use.element ? line.to : line.from;
    }
    case wires::LimitKind::transformer:
    case wires::LimitKind::transformer_reverse:
      break;
  }
  return std::nullopt;
}

std::vector<std::size_t> way_to(const wires::Feeders& feeders, std::size_t bus) {
  std::vector<std::size_t> lines;
  while (feeders.places[bus].above != bus) {
    if (feeders.places[bus].line) {
      lines.push_back(*feeders.places[bus].line);
    }
    bus = feeders.places[bus].above;
  }
  std::ranges::reverse(lines);
  return lines;
}

std::string bought_as(const std::string& line_type) {
  return line_type.substr(0, line_type.find(" at "));
}

std::optional<wires::LineType> stronger_type(const wires::LineType& type,
                                             const std::vector<wires::WireType>& library,
                                             std::size_t sizes, double frequency_hz) {
  const auto* wires_ohm = std::get_if<wires::FourWiresPerKm>(&type.impedance);
  const auto present = std::ranges::find(library, bought_as(type.name), &wires::WireType::name);
  if (wires_ohm == nullptr || present == library.end()) {
    return std::nullopt;
  }
  std::vector<wires::WireType> larger;
  for (const wires::WireType& other : library) {
    if (family_of(other.name) == family_of(present->name) && other.area_mm2 > present->area_mm2) {
      larger.push_back(other);
    }
  }
  if (larger.size() < sizes) {
    return std::nullopt;
  }
  std::ranges::sort(larger, {}, &wires::WireType::area_mm2);
  const wires::WireType& chosen = larger[sizes - 1];
  const wires::LaidWire laid = laid_as(*present, wires_ohm->ohm, frequency_hz);
  wires::LineType stronger = wires::line_type(chosen, laid);
  stronger.name = chosen.name + type.name.substr(present->name.size());
  return stronger;
}

std::vector<LineWork> stronger_lines(const wires::Network& network,
                                     const std::vector<std::size_t>& way,
                                     const std::vector<wires::WireType>& library) {
  std::vector<LineWork> works;
  for (const std::size_t length : beginnings(way.size())) {
    for (std::size_t sizes = 1; sizes <= most_sizes; ++sizes) {
      LineWork work;
      for (std::size_t i = 0; i < length; ++i) {
        const wires::LineType& type = network.types[network.lines[way[i]].type];
        if (auto stronger = stronger_type(type, library, sizes, network.frequency_hz)) {
          work.lines.push_back(way[i]);
          work.types.push_back(std::move(*stronger));
        }
      }
      work.length_m = metres(network, work.lines);
      if (!work.lines.empty()) {
        works.push_back(std::move(work));
      }
    }
  }
  return works;
}

std::vector<LineWork> second_lines(const wires::Network& network,
                                   const std::vector<std::size_t>& way) {
  std::vector<LineWork> works;
  for (const std::size_t length : beginnings(way.size())) {
    LineWork work;
    work.kind = LineWork::Kind::parallel;
    work.lines.assign(way.begin(), way.begin() + static_cast<std::ptrdiff_t>(length));
    for (const std::size_t line : work.lines) {
      work.types.push_back(network.types[network.lines[line].type]);
    }
    work.length_m = metres(network, work.lines);
    works.push_back(std::move(work));
  }
  return works;
}

void do_work(const LineWork& work, wires::Network& network) {
  for (std::size_t i = 0; i < work.lines.size(); ++i) {
    wires::Line& line = network.lines[work.lines[i]];
    if (work.kind == LineWork::Kind::parallel) {
      ++line.parallel;
      continue;
    }
    line.type = added_type(network, work.types[i]);
    if (line.rating_a && work.types[i].rating_a) {
      line.rating_a = std::max(*line.rating_a, *work.types[i].rating_a);
    }
  }
}

FiguresFrom enlarge(wires::Transformer& transformer, double rating_kva,
                    const std::vector<wires::TransformerType>& library) {
  const double scale = rating_kva / transformer.rating_kva;
  const auto same = std::ranges::find_if(library, [&](const wires::TransformerType& type) {
    return type.rating_kva == transformer.rating_kva &&
           type.load_loss_kw == transformer.load_loss_kw &&
           type.short_circuit_percent == transformer.short_circuit_percent;
  });
  transformer.rating_kva = rating_kva;
  if (same != library.end()) {
    take_figures(transformer, type_for(library, same->series, rating_kva));
    return FiguresFrom::library;
  }
  transformer.load_loss_kw *= scale;
  transformer.no_load_loss_kw *= scale;
  return FiguresFrom::scaled;
}

}  // namespace xiaoyuan::hosting
