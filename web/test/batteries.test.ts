// What the page says of batteries: sums, the figure to count on, and the villager's sentence.
import { expect, test } from 'vitest';
import {
  batteriesLead,
  batteryHomes,
  countedOn,
  sheetPromise,
  wayBars,
  waySums,
  worthRows,
} from '../src/format/batteries';
import { en } from '../src/format/en';
import { createFormat } from '../src/format/numbers';
import { zh } from '../src/format/zh';
import { sampleResults } from '../src/sample/village';

const results = sampleResults();
const homes = batteryHomes(results);
const batteries = homes.flatMap(({ battery }) => battery ?? []);
const tongue = { words: en, format: createFormat('en'), name: (name: { en: string }) => name.en };
const chinese = { words: zh, format: createFormat('zh'), name: (name: { zh: string }) => name.zh };

test('the ways are added up over all batteries', () => {
  expect(homes.length).toBeGreaterThan(1);
  const rule = waySums(batteries).find(({ way }) => way === 'rule');
  const sum = batteries.reduce(
    (all, { ways }) => all + (ways?.find(({ way }) => way === 'rule')?.saving_yuan ?? 0),
    0,
  );
  expect(rule?.saving).toBeCloseTo(sum, 9);
});

test('only a way that knows nothing of the future is counted on, the better of two', () => {
  const sums = waySums(batteries);
  expect(countedOn(sums)?.way).toBe('rule');
  const rolling = sums.map((one) => (one.way === 'rule' ? { ...one, saving: 0 } : one));
  expect(countedOn(rolling)?.way).toBe('rolling_persistence');
  const marked = wayBars(batteries, tongue).filter(({ counted }) => counted);
  expect(marked.map(({ id }) => id)).toEqual(['rule']);
});

test('head and sheet name the same two savings in both languages', () => {
  expect(batteriesLead(results, tongue)).toMatch(/together save ¥[\d,]+ a year/);
  expect(batteriesLead(results, chinese)).toMatch(/一年合计节省 ¥/);
  const home = homes[0];
  expect(home && sheetPromise(home, tongue)).toMatch(/saves more than ¥/);
  expect(home && sheetPromise(home, chinese)).toMatch(/省不过 ¥/);
  const foreseen = home && { ...home, battery: home.battery && { ...home.battery, saving_yuan: 1e6 } };
  expect(foreseen && sheetPromise(foreseen, tongue)).toMatch(/^Count on ¥/);
  const without = results.households.find(({ battery }) => battery === null);
  expect(without && sheetPromise(without, tongue)).toBeNull();
});

test('an older plan, without ways, shows no such section', () => {
  const old = results.households.map((home) =>
    home.battery ? { ...home, battery: { ...home.battery, ways: undefined } } : home,
  );
  expect(batteryHomes({ ...results, households: old })).toEqual([]);
});

test('what has no price or no limit is left out or told so', () => {
  const rows = batteries[0] ? worthRows(batteries[0]) : [];
  expect(rows.map(({ unit }) => unit)).toEqual(['battery_kwh', 'battery_kw', 'pv_kwp']);
  expect(rows[1]?.costs_yuan).toBeNull();
});
