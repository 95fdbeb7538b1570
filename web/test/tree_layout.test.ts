// The single-line picture: nothing overlaps, parents stand left, lines do not cross, all are there.
import { expect, test } from 'vitest';
import { layTree, layTreeWithin, measures, type TreeLayout } from '../src/charts/tree_layout';
import type { Bus, Network, NetworkHouse } from '../src/results';
import { sampleNetwork } from '../src/sample/network';
import type { Standing } from '../src/sample/network_tree';
import { sampleResults } from '../src/sample/village';

const sample = sampleResults();
const wires = sample.network as Network;

/** Some three hundred houses behind one transformer. */
function large(count: number): Network {
  const homes = Array.from(
    { length: count },
    (_unused, index): Standing => ({
      id: `H${String(index + 1).padStart(3, '0')}`,
      phase: (['A', 'B', 'C', 'ABC'] as const)[index % 4] ?? 'A',
      transformer: 'T1',
      capacity_kwp: 6,
    }),
  );
  return sampleNetwork(homes, sample.transformers.slice(0, 1));
}

function closest({ dots }: TreeLayout): number {
  let least = Infinity;
  dots.forEach((dot, at) =>
    dots
      .slice(at + 1)
      .forEach((other) => (least = Math.min(least, Math.hypot(dot.x - other.x, dot.y - other.y)))),
  );
  return least;
}

type Stroke = { from: [number, number]; to: [number, number] };

/** Upright and level strokes that meet where neither begins or ends. */
function crossings({ edges }: TreeLayout): number {
  const strokes = edges.flatMap(({ points }) =>
    points.slice(1).map((to, at): Stroke => ({ from: points[at] ?? to, to })),
  );
  const upright = strokes.filter(({ from, to }) => from[0] === to[0] && from[1] !== to[1]);
  const level = strokes.filter(({ from, to }) => from[1] === to[1] && from[0] !== to[0]);
  const inside = (at: number, a: number, b: number) =>
    at > Math.min(a, b) + 0.01 && at < Math.max(a, b) - 0.01;
  return upright.flatMap(({ from, to }) =>
    level.filter(
      (other) =>
        inside(from[0], other.from[0], other.to[0]) && inside(other.from[1], from[1], to[1]),
    ),
  ).length;
}

const networks: [string, Network, number][] = [
  ...wires.transformers.map((one): [string, Network, number] => [one.id, wires, one.bus]),
  ['20 houses', large(20), 0],
  ['300 houses', large(300), 0],
];

test.each(networks)('%s: no dots overlap, no lines cross', (_name, network, root) => {
  const tree = layTree(network, root);
  expect(closest(tree)).toBeGreaterThanOrEqual(11);
  expect(crossings(tree)).toBe(0);
});

test.each(networks)('%s: who feeds stands left of who is fed', (_name, network, root) => {
  const tree = layTree(network, root);
  const at = new Map(tree.dots.map((dot) => [dot.bus, dot]));
  for (const { bus, x } of tree.dots) {
    let above = network.buses[bus]?.above ?? null;
    while (above !== null && !at.has(above)) above = network.buses[above]?.above ?? null;
    if (above !== null) expect(at.get(above)!.x).toBeLessThan(x);
  }
});

test.each(networks)('%s: every house of the area is there once, within the picture', (_n, network, root) => {
  const tree = layTree(network, root);
  const area = network.buses[root]?.transformer;
  const wanted = network.houses.filter((house) => house.transformer === area).map(({ id }) => id);
  const shown = tree.dots.flatMap(({ house }) => house ?? []);
  expect([...shown].sort()).toEqual([...wanted].sort());
  for (const { x, y } of tree.dots) {
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(tree.width);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(tree.height);
  }
});

test('three hundred houses stay a picture of a page and not of a wall', () => {
  const tree = layTree(large(300), 0);
  expect(tree.height).toBeLessThan(1500);
  expect(tree.width).toBeLessThan(1600);
});

test('room to the right is used, and never more than there is', () => {
  const natural = layTree(wires, 0);
  const wide = layTreeWithin(wires, 0, 1000);
  expect(wide.width).toBeGreaterThan(natural.width);
  expect(wide.width).toBeLessThanOrEqual(1000);
  expect(layTreeWithin(wires, 0, natural.width - 1)).toEqual(natural);
});

const bus = (name: string, above: number | null): Bus => ({
  name,
  x_m: null,
  y_m: null,
  above,
  transformer: 0,
  from_transformer_m: 0,
  volts_at_highest: [230, 230, 230],
  volts_at_lowest: [215, 215, 215],
  house: null,
});
const bare = (buses: Bus[], houses: [string, number][]): Network => ({
  ...wires,
  buses,
  lines: [],
  houses: houses.map(([id, at]) => ({ ...wires.houses[0], id, bus: at, transformer: 0 }) as NetworkHouse),
});

test('poles without house and branch are passed through, and keep their lines', () => {
  const chain = ['T', 'P1', 'P2', 'P3', 'P4'].map((name, at) => bus(name, at === 0 ? null : at - 1));
  const network = bare([...chain, bus('H1', 4), bus('H2', 4)], [
    ['H1', 5],
    ['H2', 6],
  ]);
  const tree = layTree(network, 0);
  expect(tree.dots.map((dot) => dot.bus)).toEqual([0, 4, 5, 6]);
  expect(tree.edges[0]?.buses).toEqual([1, 2, 3, 4]);
});

test('several houses at one bus hang side by side from it, also at the transformer itself', () => {
  const network = bare([bus('T', null), bus('P1', 0)], [
    ['H1', 1],
    ['H2', 1],
    ['H3', 0],
  ]);
  const tree = layTree(network, 0);
  expect(tree.dots.filter(({ kind }) => kind === 'house')).toHaveLength(3);
  expect(closest(tree)).toBeGreaterThanOrEqual(measures.hang - 1);
});

test('a transformer with nothing behind it is a picture of itself', () => {
  const tree = layTree(bare([bus('T', null)], []), 0);
  expect(tree.dots).toHaveLength(1);
  expect(Number.isFinite(tree.width + tree.height)).toBe(true);
});
