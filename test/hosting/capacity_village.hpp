// Villages of a few houses behind one transformer or two, drawn from a seed.
#pragma once
#include <cmath>
#include <random>
#include <string>

#include "hosting/village_year.hpp"

namespace xiaoyuan::test {

struct VillageDrawing {
  unsigned seed = 1;
  std::size_t houses = 6;
  std::size_t steps = 24;
  std::size_t transformers = 1;
  double rating_kva = 100.0;
  double line_rating_a = 150.0;
};

class VillageDrawer {
 public:
  explicit VillageDrawer(const VillageDrawing& drawing)
      : drawing_(drawing), random_(drawing.seed) {}

  hosting::VillageYear drawn() {
    wires::Network& net = village_.network;
    net.files.lines = "drawn";
    net.buses = {{"mv", 10000.0, {}, 1}};
    net.sources = {{"grid", 0, draw(0.97, 1.02), 0.0, {0.1, {0.5, 1.0}, {0.5, 1.0}}, 1}};
    for (const double ohm : {0.25, 0.44, 0.87}) {
      const wires::Complex z{ohm, 0.33};
      net.types.push_back({"wire", wires::SequencePerKm{z, z * 3.0, {}, {}}, {}});
    }
    for (std::size_t t = 0; t < drawing_.transformers; ++t) {
      add_transformer(t);
    }
    add_year();
    return std::move(village_);
  }

 private:
  double draw(double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(random_);
  }
  std::size_t below(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }

  void add_transformer(std::size_t index) {
    wires::Network& net = village_.network;
    const std::size_t low = net.buses.size();
    net.buses.push_back({"low " + std::to_string(index), 400.0, {}, 0});
    wires::Transformer transformer;
    transformer.name = "t" + std::to_string(index);
    transformer.low = low;
    transformer.rating_kva = drawing_.rating_kva;
    transformer.load_loss_kw = 0.015 * drawing_.rating_kva;
    transformer.no_load_loss_kw = 0.002 * drawing_.rating_kva;
    transformer.tap_percent = draw(-2.5, 5.0);
    net.transformers.push_back(transformer);
    for (std::size_t h = 0; h < drawing_.houses; ++h) {
      const std::size_t here = net.buses.size();
      const std::size_t above = below(3) == 0 ? low : low + below(here - low);
      net.buses.push_back({"pole " + std::to_string(here), 400.0, {}, 0});
      net.lines.push_back({"l" + std::to_string(here), above, here, draw(0.03, 0.2), below(3), 1, 0,
                           drawing_.line_rating_a});
      hosting::House house;
      house.id = "h" + std::to_string(village_.houses.size());
      house.bus = here;
      house.phases = wires::Phases(below(4));
      house.transformer = index;
      house.pv_kw = below(3) == 0 ? draw(0.0, 5.0) : 0.0;
      village_.houses.push_back(house);
    }
  }

  void add_year() {
    village_.steps = drawing_.steps;
    village_.use_tan_phi = 0.3;
    for (std::size_t step = 0; step < drawing_.steps; ++step) {
      const double hour = static_cast<double>(step % 24);
      const double sun = std::max(0.0, std::sin((hour - 6.0) / 12.0 * 3.14159265));
      village_.light.push_back(static_cast<float>(sun * draw(0.3, 1.0)));
    }
    for (const hosting::House& house : village_.houses) {
      std::vector<float> use;
      std::vector<float> made;
      for (std::size_t step = 0; step < drawing_.steps; ++step) {
        use.push_back(static_cast<float>(draw(0.0, 3.0)));
        made.push_back(static_cast<float>(house.pv_kw * village_.light[step]));
      }
      village_.use_kw.push_back(std::move(use));
      village_.made_kw.push_back(std::move(made));
    }
  }

  VillageDrawing drawing_;
  std::mt19937 random_;
  hosting::VillageYear village_;
};

inline hosting::VillageYear drawn_village(const VillageDrawing& drawing) {
  return VillageDrawer(drawing).drawn();
}

}  // namespace xiaoyuan::test
