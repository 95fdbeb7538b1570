#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "cli/commands.hpp"
#include "cli/one_file.hpp"
#include "cli/terminal.hpp"
#include "store/folder.hpp"
#include "wires/flow.hpp"
#include "wires/json.hpp"
#include "wires/limits.hpp"
#include "wires/opendss.hpp"
#include "wires/pandapower.hpp"
#include "wires/power_grid_model.hpp"

namespace xiaoyuan::cli {

namespace {

/// By what the file looks like: OpenDSS by its ending, power-grid-model by its "data".
Result<wires::Network> read_network(const std::string& path) {
  const std::filesystem::path file(path);
  const std::string name = file.filename().string();
  const Files folder = store::folder(folder_of(file));
  if (file.extension() == ".dss") {
    TRY(wires::OpenDssCircuit circuit, wires::read_opendss(folder, name));
    return std::move(circuit.network);
  }
  TRY(const std::string bytes, folder.read(name));
  TRY(const Node root, wires::parse_json(bytes, name));
  return root.find("data") ? wires::read_power_grid_model(bytes, name)
                           : wires::read_pandapower(bytes, name);
}

/// The voltages of a bus in shares of its nominal one, phase to neutral.
struct BusVolts {
  std::string name;
  double nominal_v = 0.0;
  std::array<double, 3> volts{};
  double pu(std::size_t wire) const { return volts[wire] / nominal_v; }
  double lowest() const { return *std::ranges::min_element(volts) / nominal_v; }
  double highest() const { return *std::ranges::max_element(volts) / nominal_v; }
};

class SolvedFile {
 public:
  static Result<SolvedFile> of(const std::string& path);

  std::string text(std::size_t rows, Language language) const;
  std::string csv() const;

 private:
  void add_buses(std::string& text, std::size_t rows, Language language) const;
  void add_transformers(std::string& text, Language language) const;
  void add_lines(std::string& text, std::size_t rows, Language language) const;
  double line_loss_kw() const;

  wires::Network network_;
  wires::Moment moment_;
  std::vector<BusVolts> buses_;
};

Result<SolvedFile> SolvedFile::of(const std::string& path) {
  SolvedFile solved;
  TRY(solved.network_, read_network(path));
  TRY(const wires::Flow flow, wires::Flow::of(solved.network_));
  std::vector<double> kw;
  std::vector<double> kvar;
  for (const wires::Connection& connection : solved.network_.connections) {
    kw.push_back(connection.kw);
    kvar.push_back(connection.kvar);
  }
  TRY(solved.moment_, wires::solve(flow, {kw, kvar}));
  for (std::size_t i = 0; i < solved.network_.buses.size(); ++i) {
    const wires::Bus& bus = solved.network_.buses[i];
    BusVolts volts{bus.name, bus.nominal_v / std::sqrt(3.0), {}};
    for (std::size_t wire = 0; wire < 3; ++wire) {
      volts.volts[wire] = solved.moment_.phase_v(i, wire);
    }
    solved.buses_.push_back(std::move(volts));
  }
  return solved;
}

double SolvedFile::line_loss_kw() const {
  double watts = 0.0;
  for (std::size_t i = 0; i < network_.lines.size(); ++i) {
    const wires::Line& line = network_.lines[i];
    for (std::size_t wire = 0; wire < moment_.wires; ++wire) {
      const wires::Complex drop = moment_.volt(line.from, wire) - moment_.volt(line.to, wire);
      watts += (drop * std::conj(moment_.line_amps[i * moment_.wires + wire])).real();
    }
  }
  return watts / 1000.0;
}

void SolvedFile::add_buses(std::string& text, std::size_t rows, Language language) const {
  std::vector<const BusVolts*> worst;
  for (const BusVolts& bus : buses_) {
    worst.push_back(&bus);
  }
  const auto away = [](const BusVolts* bus) {
    return std::max(std::abs(bus->highest() - 1.0), std::abs(bus->lowest() - 1.0));
  };
  std::ranges::stable_sort(worst, std::greater{}, away);
  worst.resize(std::min(rows, worst.size()));
  text +=
      Text{"Farthest from nominal (V, phase to neutral)", "偏离额定最大的节点(V,相对中性线)"}.in(
          language) +
      "\n";
  for (const BusVolts* bus : worst) {
    text += fmt::format("  {:<24} A {:8.2f} ({:.4f})  B {:8.2f} ({:.4f})  C {:8.2f} ({:.4f})\n",
                        bus->name, bus->volts[0], bus->pu(0), bus->volts[1], bus->pu(1),
                        bus->volts[2], bus->pu(2));
  }
}

void SolvedFile::add_transformers(std::string& text, Language language) const {
  for (std::size_t i = 0; i < network_.transformers.size(); ++i) {
    const wires::Transformer& transformer = network_.transformers[i];
    wires::Complex va;
    double most_a = 0.0;
    for (std::size_t wire = 0; wire < moment_.wires; ++wire) {
      const wires::Complex amps = moment_.transformer_amps[i * moment_.wires + wire];
      va += moment_.volt(transformer.low, wire) * std::conj(amps);
      most_a = std::max(most_a, wire < 3 ? std::abs(amps) : 0.0);
    }
    const double loading = 100.0 * std::abs(va) / 1000.0 / transformer.rating_kva;
    const double phase = 100.0 * most_a / wires::rated_amps(transformer);
    text += Text{fmt::format("Transformer {}: {:.2f} kW, {:.2f} kvar drawn; {:.1f} % of {:.0f} "
                             "kVA, {:.1f} % in one phase\n",
                             transformer.name, va.real() / 1000.0, va.imag() / 1000.0, loading,
                             transformer.rating_kva, phase),
                 fmt::format("变压器 {}:有功 {:.2f} kW,无功 {:.2f} kvar;负载率 {:.1f}%(容量 {:.0f} "
                             "kVA),单相最大 {:.1f}%\n",
                             transformer.name, va.real() / 1000.0, va.imag() / 1000.0, loading,
                             transformer.rating_kva, phase)}
                .in(language);
  }
}

void SolvedFile::add_lines(std::string& text, std::size_t rows, Language language) const {
  std::vector<std::pair<double, std::size_t>> loaded;
  for (std::size_t i = 0; i < network_.lines.size(); ++i) {
    const wires::Line& line = network_.lines[i];
    if (!line.rating_a) {
      continue;
    }
    double most_a = 0.0;
    for (std::size_t wire = 0; wire < moment_.wires; ++wire) {
      most_a = std::max(most_a, std::abs(moment_.line_amps[i * moment_.wires + wire]));
    }
    loaded.emplace_back(most_a / (*line.rating_a * line.parallel), i);
  }
  std::ranges::stable_sort(loaded, std::greater{}, &std::pair<double, std::size_t>::first);
  loaded.resize(std::min(rows, loaded.size()));
  if (!loaded.empty()) {
    text += Text{"Lines loaded most", "负载率最高的线路"}.in(language) + "\n";
  }
  for (const auto& [loading, line] : loaded) {
    text += fmt::format("  {:<24} {:6.1f} %\n", network_.lines[line].name, 100.0 * loading);
  }
  text += Text{fmt::format("Losses of the lines: {:.4f} kW\n", line_loss_kw()),
               fmt::format("线路损耗:{:.4f} kW\n", line_loss_kw())}
              .in(language);
}

std::string SolvedFile::text(std::size_t rows, Language language) const {
  double fed_kw = 0.0;
  double drawn_kw = 0.0;
  for (const double kw : moment_.kw) {
    (kw < 0.0 ? fed_kw : drawn_kw) += std::abs(kw);
  }
  std::string text =
      Text{fmt::format("Buses: {}, lines: {}, connections: {}; {:.2f} kW drawn, {:.2f} kW fed in; "
                       "solved in {} rounds\n",
                       network_.buses.size(), network_.lines.size(), network_.connections.size(),
                       drawn_kw, fed_kw, moment_.rounds),
           fmt::format("{} 个节点,{} 条线路,{} 个接入点:用电 {:.2f} kW,馈入 {:.2f} kW;迭代 {} 次\n",
                       network_.buses.size(), network_.lines.size(), network_.connections.size(),
                       drawn_kw, fed_kw, moment_.rounds)}
          .in(language);
  add_buses(text, rows, language);
  add_transformers(text, language);
  add_lines(text, rows, language);
  return text;
}

std::string SolvedFile::csv() const {
  std::string text = "bus,nominal_v,a_v,b_v,c_v,a_pu,b_pu,c_pu\n";
  for (const BusVolts& bus : buses_) {
    text += fmt::format("{},{:.6f},{:.6f},{:.6f},{:.6f},{:.9f},{:.9f},{:.9f}\n", bus.name,
                        bus.nominal_v, bus.volts[0], bus.volts[1], bus.volts[2], bus.pu(0),
                        bus.pu(1), bus.pu(2));
  }
  return text;
}

Result<SolvedFile> solve_and_write(const FlowOptions& options) {
  TRY(SolvedFile solved, SolvedFile::of(options.file));
  if (!options.csv.empty()) {
    if (auto written = write_one(options.csv, solved.csv()); !written) {
      return std::unexpected(std::move(written.error()));
    }
  }
  return solved;
}

}  // namespace

int run_flow(const FlowOptions& options, Language language) {
  const auto solved = solve_and_write(options);
  if (!solved) {
    return report_errors(solved.error(), language);
  }
  fmt::print("{}", solved->text(options.rows, language));
  return 0;
}

}  // namespace xiaoyuan::cli
