// The colour of a voltage: none at nominal, full at each limit, blue below and orange above.
import { expect, test } from 'vitest';
import { beyond, hardestVolt, rampColour, voltColour, voltPosition } from '../src/charts/volt_scale';

const limits = {
  nominal_v: 220,
  highest_v: 235.4,
  lowest_v: 198,
  unbalance: 0.02,
  reverse_rate: 0.8,
};
const parts = (colour: string | null) => (colour?.match(/\d+/g) ?? []).map(Number);
const distance = (a: number[], b: number[]) =>
  Math.hypot(...a.map((value, at) => value - (b[at] ?? 0)));

/** What a reader without red cones (protanopia) sees of a colour; Viénot's matrix on plain sRGB. */
const withoutRed = ([r = 0, g = 0, b = 0]: number[]) => [
  0.112 * r + 0.888 * g,
  0.112 * r + 0.888 * g,
  0.004 * r - 0.004 * g + b,
];

test('nominal is the middle and each limit an end, though they are not equally far', () => {
  expect(voltPosition(220, limits)).toBe(0);
  expect(voltPosition(235.4, limits)).toBeCloseTo(1, 12);
  expect(voltPosition(198, limits)).toBeCloseTo(-1, 12);
  expect(voltPosition(227.7, limits)).toBeCloseTo(0.5, 12);
  expect(voltPosition(209, limits)).toBeCloseTo(-0.5, 12);
  expect(voltPosition(260, limits)).toBe(1);
  expect(voltPosition(150, limits)).toBe(-1);
});

test.each([false, true])('ends differ from the middle and from one another (dark: %s)', (dark) => {
  const [low, middle, high] = [-1, 0, 1].map((at) => parts(rampColour(at, dark)));
  for (const seen of [(colour: number[]) => colour, withoutRed]) {
    const [l, m, h] = [low, middle, high].map((colour) => seen(colour ?? []));
    expect(distance(l!, m!)).toBeGreaterThan(90);
    expect(distance(h!, m!)).toBeGreaterThan(90);
    expect(distance(l!, h!)).toBeGreaterThan(90);
  }
  expect(low![2]).toBeGreaterThan(low![0]!);
  expect(high![0]).toBeGreaterThan(high![2]!);
});

test('the colour grows steadily towards each end', () => {
  const far = [0, 0.25, 0.5, 0.75, 1].map((at) =>
    distance(parts(rampColour(at, false)), parts(rampColour(0, false))),
  );
  expect([...far].sort((a, b) => a - b)).toEqual(far);
  expect(new Set(far).size).toBe(far.length);
});

test('the hardest phase is the highest or the lowest, of those that are there', () => {
  expect(hardestVolt([231, 238, 226], 'highest')).toBe(238);
  expect(hardestVolt([231, 238, 226], 'lowest')).toBe(226);
  expect(hardestVolt([231, 238, 226], 'highest', 'A')).toBe(231);
  expect(hardestVolt([null, 214, Number.NaN], 'lowest')).toBe(214);
  expect(hardestVolt([null, null, null], 'highest')).toBeNull();
  expect(voltColour(null, limits, false)).toBeNull();
});

test('a limit itself is kept; what is past it is not', () => {
  expect(beyond(235.4, limits)).toBeNull();
  expect(beyond(235.5, limits)).toBe('above');
  expect(beyond(197.9, limits)).toBe('below');
  expect(beyond(null, limits)).toBeNull();
});
