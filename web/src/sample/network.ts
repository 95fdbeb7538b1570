// A whole network of the sample village, marked as assumed, with what the wires bear and remedies.
import type {
  Network,
  NetworkHouse,
  NetworkTransformer,
  Transformer,
  Why,
  Wire,
} from '../results';
import {
  currents,
  highest_v,
  lifting,
  lowest_v,
  nominal_v,
  onWire,
  voltages,
  wires,
  type Fed,
} from './network_flow';
import { sampleHosting, sampleRemedies } from './network_hosting';
import { growArea, type Standing, type Tree } from './network_tree';
import { evening, limits, noon, reverseUse, voltageUse } from './network_uses';
import { between, seeded } from './random';

const unloaded = { highest: 229.5, lowest: 224 };

/** 101 values from the highest to the lowest, most of them in the middle. */
const duration = (most: number, least: number) =>
  Array.from({ length: 101 }, (_unused, at) => {
    const part = 1 - at / 100;
    return least + (most - least) * (0.35 * part + 0.25 * part ** 5 + 0.4 * (1 - (1 - part) ** 0.3));
  });

function whyOf(high: boolean, tree: Tree, homes: Standing[], fed: Fed, volts: number[][]): Why {
  let worst = { id: '', wire: 'A' as Wire, volts: high ? 0 : 1e9 };
  for (const { id } of homes)
    wires.forEach((wire, index) => {
      const value = volts[tree.at.get(id) ?? 0]?.[index] ?? nominal_v;
      if (high ? value > worst.volts : value < worst.volts) worst = { id, wire, volts: value };
    });
  const bus = tree.at.get(worst.id) ?? 0;
  const area = tree.buses[bus]?.transformer;
  const lift = lifting(tree);
  const causes = homes
    .filter(({ id }) => tree.buses[tree.at.get(id) ?? 0]?.transformer === area)
    .map((home) => {
      const kw = fed.get(home.id) ?? 0;
      return { house: home.id, fed_kw: kw, volts: kw * lift(home, bus, worst.wire) + 0 };
    })
    .sort((a, b) => Math.abs(b.volts) - Math.abs(a.volts));
  return {
    house: worst.id,
    wire: worst.wire,
    at: high ? noon : evening,
    volts: worst.volts,
    unloaded_v: high ? unloaded.highest : unloaded.lowest,
    line_m: tree.buses[bus]?.from_transformer_m ?? 0,
    causes: causes.slice(0, 12),
    others_volts: causes.slice(12).reduce((sum, each) => sum + each.volts, 0),
  };
}

function houseOf(home: Standing, tree: Tree): NetworkHouse {
  const bus = tree.at.get(home.id) ?? 0;
  const at = tree.buses[bus];
  const of = (volts: (number | null)[] | undefined) =>
    (volts ?? []).filter((_volt, index) => onWire(home, wires[index] ?? 'A') > 0).map(Number);
  const [most, least] = [
    Math.max(...of(at?.volts_at_highest)),
    Math.min(...of(at?.volts_at_lowest)),
  ];
  const above = Math.max(0, Math.round(45 * (most - highest_v)));
  return {
    id: home.id,
    bus,
    transformer: at?.transformer ?? 0,
    phases: home.phase,
    pv_kw: home.capacity_kwp * 0.9,
    highest_v: most,
    highest_at: noon,
    lowest_v: least,
    lowest_at: evening,
    hours_above: above,
    hours_below: Math.max(0, Math.round(30 * (lowest_v - least))),
    fed_kwh_above: above * home.capacity_kwp * 0.6,
    drawn_kwh_below: 0,
    unbalance_95: home.phase === 'ABC' ? 0.011 : null,
    hours_unbalanced: 0,
    duration_highest_v: duration(most, least + 2),
    room_kw: home.capacity_kwp > 0 ? home.capacity_kwp + 6 : null,
    more_kw: 0,
    more_is_bounded: true,
    binding: null,
  };
}

function transformerOf(
  { id, rating_kva, standard_2025, duration_kw }: Transformer,
  bus: number,
  houses: NetworkHouse[],
): NetworkTransformer {
  const back = -Math.min(0, ...duration_kw);
  const worst = [...houses].sort((a, b) => b.highest_v - a.highest_v)[0];
  const use = voltageUse(true, worst?.id ?? '', 'A', worst?.highest_v ?? nominal_v);
  const reverse = reverseUse(id, back, rating_kva);
  const kept = use.used <= 1 && reverse.used <= 1;
  return {
    id,
    rating_kva,
    bus,
    tap_percent: 0,
    loading: Math.max(0, ...duration_kw) / rating_kva,
    reverse_loading: back / rating_kva,
    phase_loading: (1.15 * back) / rating_kva,
    hours_beyond: 0,
    reverse_hours_beyond: reverse.used > 1 ? 86 : 0,
    kwh_beyond: 0,
    reverse_kwh_beyond: reverse.used > 1 ? 940 : 0,
    load_loss_kwh: 12 * rating_kva,
    no_load_loss_kwh: 6 * rating_kva,
    duration_kw,
    grade: kept ? standard_2025.grade : 'red',
    grade_quick: standard_2025.grade,
    checks: [
      { key: 'voltage_high', is_kept: use.used <= 1, use },
      { key: 'transformer_reverse', is_kept: reverse.used <= 1, use: reverse },
    ],
  };
}

export function sampleNetwork(
  homes: Standing[],
  transformers: Transformer[],
  seed = 11,
  share = 1,
): Network {
  const random = seeded(seed);
  const tree: Tree = { buses: [], lines: [], at: new Map() };
  const roots = transformers.map(({ id }, area) =>
    growArea(tree, id, area, homes.filter((home) => home.transformer === id), random),
  );
  const sunny: Fed = new Map(
    homes.map(({ id, capacity_kwp }) => [id, share * (0.82 * capacity_kwp - between(random, 0.2, 1))]),
  );
  const dark: Fed = new Map(homes.map(({ id }) => [id, -between(random, 0.5, 3.4)]));
  const high = voltages(tree, homes, sunny, unloaded.highest);
  const low = voltages(tree, homes, dark, unloaded.lowest);
  tree.buses.forEach((bus, index) => {
    bus.volts_at_highest = high[index] ?? [];
    bus.volts_at_lowest = low[index] ?? [];
  });
  const [fedBack, drawn] = [currents(tree, homes, sunny), currents(tree, homes, dark)];
  tree.lines.forEach((line, index) => {
    const rating = line.rating_a ?? 1;
    line.most_a = Math.max(fedBack[index] ?? 0, drawn[index] ?? 0);
    line.loading = (drawn[index] ?? 0) / rating;
    line.reverse_loading = (fedBack[index] ?? 0) / rating;
    line.hours_beyond = line.most_a > rating ? 40 : 0;
    line.loss_kwh = line.length_m * (line.most_a / 100) ** 2;
  });
  const houses = homes.map((home) => houseOf(home, tree));
  const areas = transformers.map((transformer, index) =>
    transformerOf(transformer, roots[index] ?? 0, houses.filter((each) => each.transformer === index)),
  );
  const hosting = sampleHosting(tree, homes, houses, areas, transformers);
  const count = (of: (house: NetworkHouse) => number) => Math.max(0, ...houses.map(of));
  return {
    is_assumed: true,
    made_of: 'positions',
    note: {
      en: 'No wires were given: trunks of JKLYJ-95 along the lanes and a pole every 36 m are assumed.',
      zh: '未提供线路资料：假定沿巷道架设 JKLYJ-95 干线，每 36 m 一基电杆。',
    },
    limits,
    neutral: 'back_wire',
    buses: tree.buses,
    lines: tree.lines,
    transformers: areas,
    houses,
    highest: whyOf(true, tree, homes, sunny, high),
    lowest: whyOf(false, tree, homes, dark, low),
    hours_beyond: {
      voltage_high: count((house) => house.hours_above),
      voltage_low: count((house) => house.hours_below),
      unbalance: 0,
      line: Math.max(0, ...tree.lines.map((line) => line.hours_beyond)),
      transformer: 0,
      transformer_reverse: Math.max(0, ...areas.map((area) => area.reverse_hours_beyond)),
      solution: 0,
    },
    hardest: areas.flatMap((area) => area.checks.map(({ use }) => use)),
    durations: {
      highest_v: duration(Math.max(...houses.map((house) => house.highest_v)), 222),
      lowest_v: duration(226, Math.min(...houses.map((house) => house.lowest_v))),
    },
    losses: { line_kwh: 5200, transformer_kwh: 9100, share_of_drawn: 0.031 },
    hosting,
    remedies: sampleRemedies(hosting, homes, tree),
  };
}
