// The claim calculator against the table of the facts: what 1,130 t a year mean (section 4.5), at
// 1,184 kWh from each kWp. The table was reckoned by hand, apart from this code.
import { expect, test } from 'vitest';
import { claimMeaning, isClaimFactor } from '../src/format/claim';
import { sampleFactors } from '../src/sample/sources';

test.each([
  ['press A (0.1229 × 2.6)', 0.3195, 3.537, 2987],
  ['national 2023', 0.5306, 2.13, 1799],
  ['Beijing 2022', 0.558, 2.025, 1710],
  ['Beijing local', 0.604, 1.871, 1580],
  ['North China 2023', 0.6361, 1.776, 1500],
  ['North China 2021', 0.712, 1.587, 1340],
  ['combined margin 75/25', 0.8269, 1.367, 1154],
  ['legacy 0.997', 0.997, 1.133, 957],
])('1,130 t under %s', (_name, factor, gwh, kwp) => {
  const meaning = claimMeaning(1130, factor, 1184);
  expect((meaning?.kwh ?? 0) / 1e6).toBeCloseTo(gwh, 3);
  expect(Math.abs((meaning?.kwp ?? 0) - kwp)).toBeLessThanOrEqual(0.5);
});

test('a larger yield asks for less PV, in proportion', () => {
  expect(claimMeaning(1130, 0.5306, 1250)?.kwp).toBeCloseTo(1704, 0);
  expect(claimMeaning(1130, 0.5306, 1150)?.kwp).toBeCloseTo(1852, 0);
});

test('nothing follows from a missing, zero or negative number', () => {
  for (const wrong of [0, -1, Number.NaN, Infinity]) {
    expect(claimMeaning(wrong, 0.5, 1184)).toBeNull();
    expect(claimMeaning(1130, wrong, 1184)).toBeNull();
    expect(claimMeaning(1130, 0.5, wrong)).toBeNull();
  }
});

test('a life-cycle footprint is no factor of a claim unless it was chosen', () => {
  const [factor] = sampleFactors(1000);
  expect(isClaimFactor({ ...factor!, kind: 'average' })).toBe(true);
  expect(isClaimFactor({ ...factor!, kind: 'lifecycle', chosen: false })).toBe(false);
  expect(isClaimFactor({ ...factor!, kind: 'lifecycle', chosen: true })).toBe(true);
});
