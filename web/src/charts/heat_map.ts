// The picture of net power: a column for each day, a row for each hour, brown where the village
// draws from the grid, blue-green where it feeds in. The two hues keep apart for readers who do not
// see red and green apart, and both grow away from the ground of the page with the power.
import type { NetPower } from '../results';
import type { Colours } from './colours';

type Rgb = [number, number, number];

export function parseColour(hex: string): Rgb {
  const at = (from: number) => Number.parseInt(hex.slice(from, from + 2), 16);
  return [at(1), at(3), at(5)];
}

const mix = (from: Rgb, to: Rgb, share: number): Rgb => [
  Math.round(from[0] + (to[0] - from[0]) * share),
  Math.round(from[1] + (to[1] - from[1]) * share),
  Math.round(from[2] + (to[2] - from[2]) * share),
];

/** From -1, most fed in, over 0, even, to 1, most drawn; small powers are lifted to be seen. */
export function shade(part: number, colours: Colours): Rgb {
  const share = Math.min(1, Math.abs(part)) ** 0.65;
  return mix(
    parseColour(colours.ground),
    parseColour(part > 0 ? colours.drawn : colours.fed),
    share,
  );
}

/** One scale for both directions: a round number not below any hour of the year, nor `least`. */
export function heatScale(kw: number[][], least = 1): number {
  const most = Math.max(least, ...kw.flatMap((day) => day.map(Math.abs)));
  const unit = 10 ** Math.floor(Math.log10(most));
  return ([1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((step) => step * unit >= most) ?? 10) * unit;
}

/** Four bytes a cell, row by row from hour 0, for a picture of days × 24 points. */
export function heatPixels(kw: number[][], most: number, colours: Colours): Uint8ClampedArray {
  const days = kw.length;
  const pixels = new Uint8ClampedArray(days * 24 * 4);
  kw.forEach((hours, day) => {
    for (let hour = 0; hour < 24; ++hour) {
      const [red, green, blue] = shade((hours[hour] ?? 0) / most, colours);
      pixels.set([red, green, blue, 255], (hour * days + day) * 4);
    }
  });
  return pixels;
}

const dayLength = 86_400_000;

export function dateOf({ first_day }: NetPower, day: number): Date {
  return new Date(Date.parse(`${first_day}T00:00:00Z`) + day * dayLength);
}

/** Where each month begins, as a share of the width, with its name "2026-04". */
export function monthTicks(net: NetPower): { month: string; at: number }[] {
  return net.kw.flatMap((_hours, day) => {
    const date = dateOf(net, day);
    return day === 0 || date.getUTCDate() === 1
      ? [{ month: date.toISOString().slice(0, 7), at: day / net.kw.length }]
      : [];
  });
}

/** Mean of each hour in each month, the table that says the same as the picture. */
export function monthlyMeans(net: NetPower): { month: string; kw: number[] }[] {
  const months = new Map<string, number[][]>();
  net.kw.forEach((hours, day) => {
    const month = dateOf(net, day).toISOString().slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), hours]);
  });
  return [...months].map(([month, days]) => ({
    month,
    kw: Array.from(
      { length: 24 },
      (_unused, hour) => days.reduce((all, day) => all + (day[hour] ?? 0), 0) / days.length,
    ),
  }));
}

/** The hour of the highest and of the lowest net power. */
export function extremes({ kw }: NetPower) {
  const at = { most: { day: 0, hour: 0, kw: -Infinity }, least: { day: 0, hour: 0, kw: Infinity } };
  kw.forEach((hours, day) =>
    hours.forEach((power, hour) => {
      if (power > at.most.kw) at.most = { day, hour, kw: power };
      if (power < at.least.kw) at.least = { day, hour, kw: power };
    }),
  );
  return at;
}
