// The lines and dots of a network as they are drawn, in its single-line picture and on its map.
import type { Line, Moment, Network, NetworkHouse } from '../results';
import type { TreeLayout } from './tree_layout';
import { rampColour, voltPosition } from './volt_scale';
import { dotLook, fillOf, fullness, linesOf, strokeWidth } from './wire_look';

export interface WireStroke {
  path: string;
  size: number;
  kind: 'within' | 'full' | 'loop';
}

export interface WireDot {
  x: number;
  y: number;
  size: number;
  bus: number;
  house: string | null;
  shape: 'circle' | 'pole' | 'above' | 'below';
  colour: string;
  /** Written beside it; empty: nothing. */
  name: string;
  /** The one that the picture is about. */
  strong: boolean;
}

export interface WirePictureParts {
  width: number;
  height: number;
  strokes: WireStroke[];
  dots: WireDot[];
}

/** How a network is looked at. */
export interface Sight {
  moment: Moment;
  dark: boolean;
  /** Write the name of every house, not only of the worst. */
  named: boolean;
}

const pathOf = (points: [number, number][]) => `M${points.map(([x, y]) => `${x} ${y}`).join('L')}`;

/** Draws strokes of lines; beyond its rating is only what has one. */
function strokesOf(network: Network) {
  const fill = fillOf(network);
  return (path: string, lines: Line[], isLoop = false): WireStroke => ({
    path,
    size: strokeWidth(fill(lines)),
    kind: (fullness(lines) ?? 0) > 1 ? 'full' : isLoop ? 'loop' : 'within',
  });
}

interface Place {
  x: number;
  y: number;
  bus: number;
  house: string | null;
}

function dotsOf(network: Network, places: Place[], sight: Sight): WireDot[] {
  const homes = new Map(network.houses.map((house): [string, NetworkHouse] => [house.id, house]));
  const worst = network[sight.moment]?.house;
  return places.map(({ x, y, bus, house }) => {
    const look = dotLook(network, bus, homes.get(house ?? ''), sight.moment);
    const position = look.volts === null ? 0 : voltPosition(look.volts, network.limits);
    const strong = house !== null && house === worst;
    return {
      x,
      y,
      bus,
      house,
      size: house === null ? 3.5 : 5,
      shape: house === null ? 'pole' : (look.beyond ?? 'circle'),
      colour: rampColour(position, sight.dark),
      name: house !== null && (strong || sight.named) ? house : '',
      strong,
    };
  });
}

export function treePicture(
  network: Network,
  { width, height, dots, edges }: TreeLayout,
  sight: Sight,
): WirePictureParts {
  const { towards, loops } = linesOf(network);
  const strokeOf = strokesOf(network);
  const at = new Map(dots.map((dot) => [dot.bus, dot]));
  const strokes = edges.map(({ points, buses }) =>
    strokeOf(
      pathOf(points),
      buses.flatMap((bus) => towards.get(bus) ?? []),
    ),
  );
  const closing = loops.flatMap((line) => {
    const [from, to] = [at.get(line.from), at.get(line.to)];
    return from && to
      ? strokeOf(pathOf([[from.x, from.y], [to.x, to.y]]), [line], true)
      : [];
  });
  return {
    width,
    height,
    // Thin lines lie upon thick ones, so that a house's wire is seen on its pole's.
    strokes: [...closing, ...strokes].sort((a, b) => b.size - a.size),
    dots: dotsOf(network, dots, sight),
  };
}

/** How many pixels a metre has on a map of this width, and a round length for its scale bar. */
export function mapScale(spanM: number, width: number): { perMetre: number; barM: number } {
  const perMetre = width / Math.max(1, spanM);
  const wanted = 140 / perMetre;
  const unit = 10 ** Math.floor(Math.log10(wanted));
  const barM = [5, 2, 1].map((times) => times * unit).find((metres) => metres <= wanted) ?? unit;
  return { perMetre, barM };
}

export interface WireMapParts extends WirePictureParts {
  perMetre: number;
  barM: number;
}

/** Places to scale, north above; null where a bus has no place. */
export function mapPicture(network: Network, wide: number, sight: Sight): WireMapParts | null {
  const placed = network.buses.flatMap(({ x_m: x, y_m: y }) =>
    x === null || y === null ? [] : [{ x, y }],
  );
  if (placed.length === 0 || placed.length < network.buses.length) return null;
  const [left, right] = [Math.min(...placed.map(({ x }) => x)), Math.max(...placed.map(({ x }) => x))];
  const [south, north] = [Math.min(...placed.map(({ y }) => y)), Math.max(...placed.map(({ y }) => y))];
  const edge = 24;
  const { perMetre, barM } = mapScale(Math.max(right - left, 1.2 * (north - south)), wide - 2 * edge);
  const at = (bus: number): [number, number] => [
    edge + perMetre * ((placed[bus]?.x ?? left) - left),
    edge + perMetre * (north - (placed[bus]?.y ?? south)),
  ];
  const { loops } = linesOf(network);
  const strokeOf = strokesOf(network);
  const homes = new Map<number, string[]>();
  for (const { id, bus } of network.houses) homes.set(bus, [...(homes.get(bus) ?? []), id]);
  const places = network.buses.flatMap((_bus, index): Place[] => {
    const [x, y] = at(index);
    const own = homes.get(index) ?? [];
    // Houses at one bus stand side by side, or only the last would be seen.
    return own.length === 0
      ? [{ x, y, bus: index, house: null }]
      : own.map((house, place) => ({ x: x + 9 * place, y, bus: index, house }));
  });
  return {
    width: wide,
    height: 2 * edge + perMetre * (north - south) + 34,
    strokes: network.lines
      .map((line) => strokeOf(pathOf([at(line.from), at(line.to)]), [line], loops.includes(line)))
      .sort((a, b) => b.size - a.size),
    dots: dotsOf(network, places, sight),
    perMetre,
    barM,
  };
}
