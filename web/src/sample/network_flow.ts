// Voltages on the sample village's wires: what each house's current lifts at each bus, added up.
import type { Wire } from '../results';
import { wireType, type Standing, type Tree } from './network_tree';

export const nominal_v = 220;
export const highest_v = 1.07 * nominal_v;
export const lowest_v = 0.9 * nominal_v;
export const wires: Wire[] = ['A', 'B', 'C'];

/** Fed in (drawn: negative) by each house in one moment. */
export type Fed = Map<string, number>;

export const onWire = (home: Standing, wire: Wire) =>
  home.phase === 'ABC' ? 1 / 3 : home.phase === wire ? 1 : 0;

/** Ohm from the transformer to each bus, of one wire. */
export function resistances({ buses, lines }: Tree): number[] {
  const own = new Map(
    lines.map((line) => [line.to, (line.length_m / 1000) * wireType(line.type).ohm_per_km]),
  );
  const ohms: number[] = [];
  buses.forEach(({ above }, bus) =>
    ohms.push(above === null ? 0 : (ohms[above] ?? 0) + (own.get(bus) ?? 0)),
  );
  return ohms;
}

/** Ohm that the way to a house and the way to each bus have in common. */
function sharedOhms({ buses, at }: Tree, house: string, ohms: number[]): number[] {
  const way = new Set<number>();
  for (let bus = at.get(house) ?? null; bus !== null; bus = buses[bus]?.above ?? null) way.add(bus);
  const shared: number[] = [];
  buses.forEach(({ above }, bus) =>
    shared.push(way.has(bus) ? (ohms[bus] ?? 0) : above === null ? 0 : (shared[above] ?? 0)),
  );
  return shared;
}

/** Volts that a kilowatt of a house lifts a wire at a bus: own wire and neutral, or neutral alone. */
export function lifting(tree: Tree) {
  const ohms = resistances(tree);
  const known = new Map<string, number[]>();
  return (home: Standing, bus: number, wire: Wire): number => {
    const shared = known.get(home.id) ?? sharedOhms(tree, home.id, ohms);
    known.set(home.id, shared);
    const volts = ((shared[bus] ?? 0) * 1000) / nominal_v;
    if (home.phase === 'ABC') return volts / 3;
    return home.phase === wire ? 2 * volts : -0.5 * volts;
  };
}

export function voltages(tree: Tree, homes: Standing[], fed: Fed, unloaded_v: number) {
  const lift = lifting(tree);
  return tree.buses.map((_bus, index) =>
    wires.map((wire) =>
      homes.reduce(
        (sum, home) => sum + (fed.get(home.id) ?? 0) * lift(home, index, wire),
        unloaded_v,
      ),
    ),
  );
}

/** Amperes of the fullest wire of every line. */
export function currents(tree: Tree, homes: Standing[], fed: Fed): number[] {
  const below = wires.map((wire) => {
    const amps = tree.buses.map(() => 0);
    for (const home of homes) {
      const own = ((fed.get(home.id) ?? 0) * onWire(home, wire) * 1000) / nominal_v;
      for (let bus = tree.at.get(home.id) ?? null; bus !== null; bus = tree.buses[bus]?.above ?? null)
        amps[bus] = (amps[bus] ?? 0) + own;
    }
    return amps;
  });
  return tree.lines.map(({ to }) => Math.max(...below.map((amps) => Math.abs(amps[to] ?? 0))));
}
