// The colour of a voltage: blue below nominal, orange above, no colour at it; full at the limits.
// Blue and orange are told apart by readers who do not see red and green apart; a house beyond a
// limit has another shape as well.
import type { Moment, Network, Volts } from '../results';

export type VoltLimits = Network['limits'];
type Rgb = [number, number, number];

const ramps: Record<'light' | 'dark', { low: Rgb; middle: Rgb; high: Rgb }> = {
  light: { low: [20, 84, 160], middle: [240, 238, 232], high: [184, 66, 0] },
  dark: { low: [125, 186, 255], middle: [58, 66, 78], high: [255, 164, 84] },
};

/** −1 at the lower limit, 0 at nominal, 1 at the upper limit, and not beyond them. */
export function voltPosition(volts: number, limits: VoltLimits): number {
  const { nominal_v, highest_v, lowest_v } = limits;
  const part =
    volts >= nominal_v
      ? (volts - nominal_v) / (highest_v - nominal_v)
      : (volts - nominal_v) / (nominal_v - lowest_v);
  return Math.min(1, Math.max(-1, part));
}

export function rampColour(position: number, dark: boolean): string {
  const { low, middle, high } = ramps[dark ? 'dark' : 'light'];
  const end = position < 0 ? low : high;
  const part = Math.abs(position);
  const mixed = middle.map((from, at) => Math.round(from + part * ((end[at] ?? 0) - from)));
  return `rgb(${mixed.join(' ')})`;
}

export function voltColour(volts: number | null, limits: VoltLimits, dark: boolean): string | null {
  return volts === null ? null : rampColour(voltPosition(volts, limits), dark);
}

/** The volts of the phases that count, in the moment: its highest or its lowest. */
export function hardestVolt(volts: Volts, moment: Moment, phases = 'ABC'): number | null {
  const known = volts.filter(
    (volt, at): volt is number =>
      volt !== null && Number.isFinite(volt) && phases.includes('ABC'[at] ?? ''),
  );
  if (known.length === 0) return null;
  return moment === 'highest' ? Math.max(...known) : Math.min(...known);
}

export function beyond(volts: number | null, limits: VoltLimits): 'above' | 'below' | null {
  if (volts === null) return null;
  if (volts > limits.highest_v) return 'above';
  return volts < limits.lowest_v ? 'below' : null;
}
