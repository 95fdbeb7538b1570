// What is said about sizes, and the order of their table.
import { expect, test } from 'vitest';
import { en } from '../src/format/en';
import { createFormat } from '../src/format/numbers';
import { frontSentence, refusals, sizedSentences, sizingLead } from '../src/format/sizing_words';
import { zh } from '../src/format/zh';
import { isSized } from '../src/results_sizing';
import { sampleResults } from '../src/sample/village';
import { orderSizes } from '../src/views/sizing_order';

const results = sampleResults();
const sizing = results.sizing!;
const homes = sizing.households.filter(isSized);
const english = { words: en, format: createFormat('en'), name: (name: { en: string }) => name.en };
const chinese = { words: zh, format: createFormat('zh'), name: (name: { zh: string }) => name.zh };

test('a corner is told with the price at which it would change, in both languages', () => {
  const none = homes.find((home) => home.proved.battery_kwh === 0)!;
  const some = homes.find((home) => home.proved.battery_kwh > 0)!;
  expect(sizedSentences(none, sizing, english)).toContain(
    'No battery: it would pay below ¥263 a kWh (the plan pays ¥900).',
  );
  expect(sizedSentences(some, sizing, english).join()).toContain(
    'One would still pay up to ¥1,090 a kWh',
  );
  expect(sizedSentences(none, sizing, chinese)).toContain(
    '不宜配电池：单价低于 ¥263/kWh 时才合算（规划采用 ¥900）。',
  );
});

test('a battery that pays at no price, and a roof that is not worth its PV, are said to be so', () => {
  const home = {
    ...homes[0]!,
    proved: { ...homes[0]!.proved, battery_kwh: 0 },
    battery_changes_at_yuan: 0.1,
    roofs: [{ room_kwp: 5, kwp: 0, price_yuan: 2970, changes_at_yuan: 1200 }],
  };
  const told = sizedSentences(home, sizing, english);
  expect(told).toContain('No battery: it would not pay at any price.');
  expect(told).toContain(
    'Roof plane 1: no PV on this roof; it would pay below ¥1,200 a kWp (the plan pays ¥2,970).',
  );
});

test('the lead says what is saved, or that nothing is, or that the aim costs more', () => {
  const saving = (yuan: number, aim = sizing.aim) => ({
    ...sizing,
    aim,
    sums: { ...sizing.sums, saved_yuan_per_year: yuan },
  });
  expect(sizingLead(saving(5000), english)).toContain('spend ¥5,000 a year less');
  expect(sizingLead(saving(0), english)).toContain('no other sizes would be cheaper');
  expect(sizingLead(saving(-5000, 'least_import'), english)).toContain('¥5,000 a year more');
  expect(sizingLead({ ...sizing, sums: { ...sizing.sums, households: 0 } }, chinese)).toBe(
    zh.sizing.none,
  );
});

test('households that were not sized are gathered by their reason', () => {
  const [leased] = refusals(sizing);
  expect(refusals(sizing)).toHaveLength(1);
  expect(leased!.ids.length).toBe(sizing.households.length - homes.length);
});

test('the front is told with its last step', () => {
  expect(frontSentence(sizing, english)).toMatch(/The last step, from 88 % to 94 %, costs ¥11,520 more/);
  expect(frontSentence({ ...sizing, front: null }, english)).toBe('');
});

test('the table orders by each column, what has no figure last', () => {
  const bare = { ...homes[1]!, battery_changes_at_yuan: null };
  for (const direction of ['ascending', 'descending'] as const) {
    expect(orderSizes([bare, homes[0]!], 'batteryPays', direction).at(-1)).toBe(bare);
  }
  const saved = orderSizes(homes, 'saved', 'descending').map((home) => home.saved_yuan_per_year);
  expect(saved).toEqual([...saved].sort((a, b) => b - a));
  expect(orderSizes([...homes].reverse(), 'id', 'ascending')[0]).toBe(homes[0]);
});
