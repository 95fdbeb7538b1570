// How a line or a bus of the network looks in the pictures of it, whatever their layout.
import type { Line, Moment, Network, NetworkHouse } from '../results';
import { beyond, hardestVolt } from './volt_scale';

/** How full a line is in its fullest moment of the year, either way; null without a rating. */
export function fullness(lines: Line[]): number | null {
  const known = lines.flatMap(({ loading, reverse_loading: back }) => [loading ?? [], back ?? []]);
  const parts = known.flat();
  return parts.length === 0 ? null : Math.max(...parts);
}

/** Thicker with its loading: 1.5 px when empty, 7 px at its rating. */
export function strokeWidth(full: number | null): number {
  return full === null ? 1.5 : 1.5 + 5.5 * Math.min(1.1, Math.max(0, full));
}

export const knowsRatings = ({ lines }: Network): boolean =>
  lines.some(({ rating_a }) => rating_a !== null);

/** How full lines are drawn; where no rating is known, their current beside the greatest one. */
export function fillOf(network: Network): (lines: Line[]) => number | null {
  if (knowsRatings(network)) return fullness;
  const greatest = Math.max(1e-9, ...network.lines.map(({ most_a }) => most_a));
  return (lines) =>
    lines.length === 0 ? null : Math.max(...lines.map(({ most_a }) => most_a)) / greatest;
}

/** The lines to each bus from the one above it, and those that close loops. */
export function linesOf({ buses, lines }: Network) {
  const towards = new Map<number, Line[]>();
  const loops: Line[] = [];
  for (const line of lines) {
    const child =
      buses[line.to]?.above === line.from
        ? line.to
        : buses[line.from]?.above === line.to
          ? line.from
          : null;
    if (child === null) loops.push(line);
    else towards.set(child, [...(towards.get(child) ?? []), line]);
  }
  return { towards, loops };
}

export interface DotLook {
  volts: number | null;
  beyond: 'above' | 'below' | null;
}

/** A house counts by its own phases, and only there is a voltage held to the limits. */
export function dotLook(
  { buses, limits }: Network,
  bus: number,
  house: NetworkHouse | undefined,
  moment: Moment,
): DotLook {
  const at = buses[bus];
  const all = (moment === 'highest' ? at?.volts_at_highest : at?.volts_at_lowest) ?? [];
  const volts = hardestVolt(all, moment, house?.phases ?? 'ABC');
  return { volts, beyond: house ? beyond(volts, limits) : null };
}
