// The picture of net power: its scale, its points, its months, and the table beside it.
import { expect, test } from 'vitest';
import { colours } from '../src/charts/colours';
import {
  extremes,
  heatPixels,
  heatScale,
  monthlyMeans,
  monthTicks,
  parseColour,
  shade,
} from '../src/charts/heat_map';

const flat = (kw: number) => Array.from({ length: 24 }, () => kw);
const year = {
  first_day: '2026-01-01',
  kw: Array.from({ length: 365 }, (_unused, day) => flat(day < 31 ? 10 : -20)),
};

test('even is the ground, the ends are the two hues, in both themes', () => {
  for (const theme of [colours.light, colours.dark]) {
    expect(shade(0, theme)).toEqual(parseColour(theme.ground));
    expect(shade(1, theme)).toEqual(parseColour(theme.drawn));
    expect(shade(-1, theme)).toEqual(parseColour(theme.fed));
    expect(shade(-7, theme)).toEqual(parseColour(theme.fed));
  }
});

test('the two hues differ in blue against red, not in red against green', () => {
  for (const theme of [colours.light, colours.dark]) {
    const [drawn, fed] = [parseColour(theme.drawn), parseColour(theme.fed)];
    expect(drawn[0] - drawn[2]).toBeGreaterThan(100);
    expect(fed[2] - fed[0]).toBeGreaterThan(100);
  }
});

test('one scale for both directions, round and not below any hour', () => {
  expect(heatScale(year.kw)).toBe(20);
  expect(heatScale([flat(220)])).toBe(250);
  expect(heatScale([])).toBe(1);
});

test('a point an hour, hours going down and days to the right', () => {
  const kw = [flat(0), flat(0)];
  kw[1]![3] = 50;
  const pixels = heatPixels(kw, 50, colours.light);
  expect(pixels).toHaveLength(2 * 24 * 4);
  const at = (3 * 2 + 1) * 4;
  expect([...pixels.slice(at, at + 4)]).toEqual([...parseColour(colours.light.drawn), 255]);
});

test('twelve months begin where they begin, also across a year’s end', () => {
  const ticks = monthTicks(year);
  expect(ticks).toHaveLength(12);
  expect(ticks[1]).toEqual({ month: '2026-02', at: 31 / 365 });
  const later = monthTicks({ ...year, first_day: '2026-11-15' });
  expect(later.slice(0, 3).map(({ month }) => month)).toEqual(['2026-11', '2026-12', '2027-01']);
});

test('monthly means and extremes', () => {
  const means = monthlyMeans(year);
  expect(means[0]).toEqual({ month: '2026-01', kw: flat(10) });
  expect(means[11]?.kw[5]).toBe(-20);
  expect(extremes(year)).toEqual({
    most: { day: 0, hour: 0, kw: 10 },
    least: { day: 31, hour: 0, kw: -20 },
  });
});
