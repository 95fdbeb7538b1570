// Where the buses of one transformer's area stand in a single-line picture: the transformer at the
// left, its trunks to the right, houses hung below their pole, a branch on a row of its own beneath.
//
// A branch hangs from its pole by an upright line, left of all that its pole's trunk goes on to; so
// no line crosses another. Poles without house and branch are left out, their lines joined.
import type { Network } from '../results';

export interface TreeDot {
  x: number;
  y: number;
  bus: number;
  house: string | null;
  kind: 'transformer' | 'pole' | 'house';
}

export interface TreeEdge {
  points: [number, number][];
  /** The buses whose lines towards the transformer are drawn as this one; none within a bus. */
  buses: number[];
}

export interface TreeLayout {
  width: number;
  height: number;
  dots: TreeDot[];
  edges: TreeEdge[];
}

export interface Measures {
  /** Least from pole to pole. */
  step: number;
  /** From one hung house to the next. */
  drop: number;
  /** From the pole's upright line to a house, and the room that its name wants. */
  hang: number;
  name: number;
  margin: number;
}

export const measures: Measures = { step: 26, drop: 15, hang: 12, name: 8, margin: 18 };

interface Pole {
  bus: number;
  passed: number[];
  hung: { bus: number; house: string; passed: number[] }[];
  next: Pole[];
  houses: number;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Part {
  dots: TreeDot[];
  edges: TreeEdge[];
  boxes: Box[];
}

/** The buses at the ends of lines that close a loop. */
function loopEnds({ buses, lines }: Network): Set<number> {
  const closes = lines.filter(
    ({ from, to }) => buses[to]?.above !== from && buses[from]?.above !== to,
  );
  return new Set(closes.flatMap(({ from, to }) => [from, to]));
}

function polesOf(network: Network, root: number): Pole {
  const below = new Map<number, number[]>();
  network.buses.forEach(({ above }, bus) => {
    if (above !== null) below.set(above, [...(below.get(above) ?? []), bus]);
  });
  const homes = new Map<number, string[]>();
  for (const { bus, id } of network.houses) homes.set(bus, [...(homes.get(bus) ?? []), id]);
  const loops = loopEnds(network);

  const make = (from: number, passedBefore: number[]): Pole => {
    let bus = from;
    const passed = [...passedBefore];
    let children = below.get(bus) ?? [];
    while (bus !== root && children.length === 1 && !homes.has(bus) && !loops.has(bus)) {
      bus = children[0] as number;
      passed.push(bus);
      children = below.get(bus) ?? [];
    }
    const own = (homes.get(bus) ?? []).map((house) => ({ bus, house, passed: [] as number[] }));
    const poles = children.map((child) => make(child, [child]));
    const isHouse = (pole: Pole) =>
      pole.hung.length === 1 && pole.next.length === 0 && pole.hung[0]?.bus === pole.bus;
    const hung = poles.filter(isHouse).flatMap(({ hung: [house], passed: way }) =>
      house ? [{ ...house, passed: way }] : [],
    );
    const next = poles.filter((pole) => !isHouse(pole));
    const houses = own.length + hung.length + next.reduce((sum, pole) => sum + pole.houses, 0);
    next.sort((a, b) => b.houses - a.houses);
    return { bus, passed, hung: [...own, ...hung], next, houses };
  };
  return make(root, []);
}

const moved = (part: Part, down: number): Part => ({
  dots: part.dots.map((dot) => ({ ...dot, y: dot.y + down })),
  edges: part.edges.map(({ points, buses }) => ({
    buses,
    points: points.map(([x, y]): [number, number] => [x, y + down]),
  })),
  boxes: part.boxes.map((box) => ({ ...box, top: box.top + down, bottom: box.bottom + down })),
});

/** How far a part must go down to clear the boxes that are there. */
function clearance(there: Box[], part: Box[]): number {
  let down = 0;
  for (const box of there)
    for (const own of part)
      if (box.left < own.right && own.left < box.right) down = Math.max(down, box.bottom - own.top);
  return down;
}

function place(pole: Pole, x: number, isRoot: boolean, size: Measures): Part {
  const hangs = pole.hung.length > 0;
  const wide = Math.max(size.step, hangs ? size.hang + size.name + size.drop / 2 : 0);
  const depth = hangs ? size.drop * pole.hung.length : 0;
  const half = size.drop / 2;
  const part: Part = {
    dots: [{ x, y: 0, bus: pole.bus, house: null, kind: isRoot ? 'transformer' : 'pole' }],
    edges: [],
    boxes: [{ left: x - half, right: x + wide, top: -half, bottom: depth + half }],
  };
  pole.hung.forEach(({ bus, house, passed }, index) => {
    const [atX, y] = [x + size.hang, size.drop * (index + 1)];
    part.dots.push({ x: atX, y, bus, house, kind: 'house' });
    part.edges.push({ buses: passed, points: [[x, 0], [x, y], [atX, y]] });
  });
  pole.next.forEach((next, index) => {
    const far = index === 0 ? wide : size.step;
    const laid = place(next, x + far, false, size);
    const start = laid.boxes[0] as Box;
    start.left = x - half;
    const down = index === 0 ? 0 : clearance(part.boxes, laid.boxes);
    const { dots, edges, boxes } = moved(laid, down);
    // The trunk goes straight on: what is this pole's own is no obstacle to it.
    part.dots.push(...dots);
    part.edges.push(
      { buses: next.passed, points: [[x, 0], [x, down], [x + far, down]] },
      ...edges,
    );
    part.boxes.push(...boxes, { left: x - half, right: x + half, top: 0, bottom: down });
  });
  return part;
}

/** The picture of the area that hangs from one bus. */
export function layTree(network: Network, root: number, size: Measures = measures): TreeLayout {
  const { dots, edges } = place(polesOf(network, root), 0, true, size);
  const left = size.margin + 26;
  const shift = (x: number) => x + left;
  return {
    dots: dots.map((dot) => ({ ...dot, x: shift(dot.x), y: dot.y + size.margin })),
    edges: edges.map(({ points, buses }) => ({
      buses,
      points: points.map(([x, y]): [number, number] => [shift(x), y + size.margin]),
    })),
    width: left + Math.max(...dots.map(({ x }) => x)) + size.name + size.margin,
    height: 2 * size.margin + Math.max(...dots.map(({ y }) => y)),
  };
}

/** The same, its poles further apart where there is room for it. */
export function layTreeWithin(
  network: Network,
  root: number,
  width: number,
  size: Measures = measures,
): TreeLayout {
  const natural = layTree(network, root, size);
  if (natural.width >= width) return natural;
  const fixed = 2 * size.margin + 26 + size.name;
  const grown = (size.step * (width - fixed)) / Math.max(1, natural.width - fixed);
  const wider = layTree(network, root, { ...size, step: Math.min(150, grown) });
  return wider.width <= width ? wider : natural;
}
