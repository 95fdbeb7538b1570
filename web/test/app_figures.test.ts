// Settled figures as they are shown: exact to the fen, equal on both sides, in the village's days.
import { beforeEach, expect, test, vi } from 'vitest';
import { columnsOf, type Series } from '../src/app/energy_chart';
import {
  addDays,
  addMonths,
  dayOf,
  differenceText,
  energyText,
  exactEnergy,
  massText,
  moneyText,
  monthText,
  priceText,
} from '../src/app/figures';
import { sidesOf } from '../src/app/in_out';
import { sectionsOf, totalOf, type Line } from '../src/app/statement';
import { tongue } from '../src/format/tongue.svelte';

// The chart's library looks at the screen as soon as it is read.
vi.hoisted(() => {
  globalThis.matchMedia = (() => ({ addEventListener() {} })) as unknown as typeof matchMedia;
});

beforeEach(() => (tongue.language = 'zh'));

test('money is told to the fen, with its sign', () => {
  expect(moneyText(12900)).toBe('¥129.00');
  expect(moneyText(-4712)).toBe('−¥47.12');
  expect(moneyText(null)).toBe('–');
  expect(differenceText(2110)).toBe('+¥21.10');
  expect(differenceText(-2110)).toBe('−¥21.10');
  expect(priceText(35_980_000)).toBe('¥0.3598/kWh');
});

test('energy is short on cards and exact on a statement', () => {
  expect(energyText(12_400_000)).toBe('12.4 kWh');
  expect(energyText(24_310_000_000)).toBe('2.43 万 kWh');
  expect(exactEnergy(489_500_000)).toBe('489.50 kWh');
  expect(energyText(null)).toBe('–');
  expect(massText(13_564_980)).toBe('13.6 t CO₂');
});

test('days and months are those of Beijing, whatever the reader’s clock says', () => {
  // 2026-11-01 00:00 in Beijing is still October in UTC.
  expect(dayOf(1_793_462_400)).toBe('2026-11-01');
  expect(dayOf(1_793_462_399)).toBe('2026-10-31');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addMonths('2026-12-31', 1)).toBe('2027-01');
  expect(monthText('2026-10')).toBe('2026年10月');
});

test('what came in is what went out, or no bar is drawn', () => {
  const flows = { made_mWh: 980, used_mWh: 400, sold_mWh: 770, bought_mWh: 190 };
  const sides = sidesOf(flows);
  const sum = (parts: { mWh: number }[]) => parts.reduce((total, { mWh }) => total + mWh, 0);
  expect(sum(sides?.in ?? [])).toBe(1170);
  expect(sum(sides?.out ?? [])).toBe(1170);
  expect(sidesOf({ ...flows, sold_mWh: 771 })).toBeNull();
  expect(sidesOf({ made_mWh: null, used_mWh: null, sold_mWh: null, bought_mWh: null })).toBeNull();
});

test('a statement’s sections add up to its sum, and each line stands in one of them', () => {
  const line = (id: string, section: Line['section'], amount_fen: number | null) =>
    ({ id, section, amount_fen }) as Line;
  const lines = [
    line('a', 'bought', -4712),
    line('b', 'sold', 17612),
    line('c', 'environment', null),
    line('d', 'sold', 3),
  ];
  const sections = sectionsOf(lines);
  expect(sections.map(({ section }) => section)).toEqual(['sold', 'bought', 'environment']);
  expect(sections.reduce((sum, { total }) => sum + (total ?? 0), 0)).toBe(totalOf(lines));
  expect(totalOf(lines)).toBe(12903);
  expect(sections.flatMap(({ lines: own }) => own).length).toBe(lines.length);
});

test('a hole in the readings stays a hole in the curve', () => {
  const series = {
    starts_unix_s: [1, 2],
    made_mWh: [12_400_000, null],
    used_mWh: [1, 2],
    sold_mWh: [null, null],
    bought_mWh: [0, 0],
  };
  const [times, made] = columnsOf(series as unknown as Series);
  expect(times).toEqual([1, 2]);
  expect(made).toEqual([12.4, null]);
});
