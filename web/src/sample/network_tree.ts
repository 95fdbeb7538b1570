// The sample village's wires: trunks from each transformer, poles along them, a wire to each house.
import type { Bus, Line } from '../results';
import { between, type Random } from './random';

/** What is needed of a house to stand on a network. */
export interface Standing {
  id: string;
  phase: 'A' | 'B' | 'C' | 'ABC';
  transformer: string;
  capacity_kwp: number;
}

/** Ohm a kilometre of one wire, and what it may carry. */
const types = {
  'JKLYJ-95': { ohm_per_km: 0.32, rating_a: 238 },
  'JKLYJ-50': { ohm_per_km: 0.64, rating_a: 157 },
  'JKLYJ-16': { ohm_per_km: 1.91, rating_a: 78 },
} as const;
export type WireType = keyof typeof types;
export const wireType = (name: string) => types[name as WireType];

export interface Tree {
  buses: Bus[];
  lines: Line[];
  /** By house: its bus. */
  at: Map<string, number>;
}

type Place = { x: number; y: number };

function grower(tree: Tree) {
  const add = (name: string, place: Place, above: number | null, area: number, type: WireType) => {
    const parent = above === null ? null : tree.buses[above];
    const [px, py] = [parent?.x_m ?? place.x, parent?.y_m ?? place.y];
    const length = Math.hypot(place.x - px, place.y - py);
    tree.buses.push({
      name,
      x_m: place.x,
      y_m: place.y,
      above,
      transformer: area,
      from_transformer_m: (parent?.from_transformer_m ?? 0) + length,
      volts_at_highest: [],
      volts_at_lowest: [],
      house: null,
    });
    const bus = tree.buses.length - 1;
    if (above !== null)
      tree.lines.push({
        name: `L-${name}`,
        from: above,
        to: bus,
        length_m: length,
        type,
        parallel: 1,
        rating_a: wireType(type).rating_a,
        most_a: 0,
        loading: null,
        reverse_loading: null,
        hours_beyond: 0,
        loss_kwh: 0,
      });
    return bus;
  };
  return add;
}

/** One transformer with three trunks, one of which has a branch; two or three houses a pole. */
export function growArea(tree: Tree, id: string, area: number, homes: Standing[], random: Random) {
  const add = grower(tree);
  const centre = { x: 260 * area, y: 40 * (area % 2) };
  const root = add(id, centre, null, area, 'JKLYJ-95');
  const trunks = [0, 1, 2].map((trunk) => ({
    end: root,
    place: centre,
    turn: (2 * Math.PI * trunk) / 3 + 0.35,
    poles: 0,
    type: 'JKLYJ-95' as WireType,
    name: `${id}-${trunk + 1}`,
  }));
  let index = 0;
  while (index < homes.length) {
    const trunk = trunks[(index * 7) % trunks.length];
    if (!trunk) return root;
    const [x, y] = [36 * Math.cos(trunk.turn), 36 * Math.sin(trunk.turn)];
    trunk.place = { x: trunk.place.x + x, y: trunk.place.y + y };
    trunk.poles += 1;
    const pole = `${trunk.name}-${String(trunk.poles).padStart(2, '0')}`;
    trunk.end = add(pole, trunk.place, trunk.end, area, trunk.type);
    if (trunk.poles === 2 && trunks.length < 5) {
      trunks.push({
        ...trunk,
        turn: trunk.turn + 1.1,
        poles: 0,
        type: 'JKLYJ-50',
        name: `${trunk.name}b`,
      });
    }
    for (const home of homes.slice(index, index + (random() < 0.5 ? 2 : 3))) {
      const side = (index % 2 ? 1 : -1) * between(random, 0.9, 2.2);
      const far = between(random, 11, 17);
      const place = {
        x: trunk.place.x + far * Math.cos(trunk.turn + side),
        y: trunk.place.y + far * Math.sin(trunk.turn + side),
      };
      const bus = add(home.id, place, trunk.end, area, 'JKLYJ-16');
      (tree.buses[bus] as Bus).house = home.id;
      tree.at.set(home.id, bus);
      index += 1;
    }
  }
  return root;
}
