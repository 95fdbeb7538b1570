// The sheet for one household: which figures and sentences a house gets, in both languages.
import { expect, test } from 'vitest';
import { en } from '../src/format/en';
import { householdMonths } from '../src/format/household_months';
import type { Tongue } from '../src/format/leads';
import { createFormat } from '../src/format/numbers';
import { ownFinance } from '../src/format/ownership';
import {
  sheetBattery,
  sheetFigures,
  sheetMoney,
  sheetOutage,
  sheetSureness,
} from '../src/format/sheet';
import { zh } from '../src/format/zh';
import type { Household } from '../src/results';
import { sampleResults } from '../src/sample/village';

const sample = sampleResults();
const english: Tongue = { words: en, format: createFormat('en'), name: (name) => name.en };
const chinese: Tongue = { words: zh, format: createFormat('zh'), name: (name) => name.zh };
const find = (holds: (home: Household) => boolean) => {
  const home = sample.households.find(holds);
  if (!home) throw new Error('the sample has no such household');
  return structuredClone(home);
};
const own = find((home) => home.battery !== null);
const leased = find((home) => home.owner === 'company' && home.capacity_kwp > 0);
const bare = find((home) => home.capacity_kwp === 0);

test('an own roof: what it makes, what is used, sold and bought, and what is earned', () => {
  Object.assign(own, {
    pv_kwh: 7722,
    self_used_kwh: 4519,
    export_kwh: 3033,
    import_kwh: 5103,
    bill_without_pv_yuan: 6241,
    bill_with_pv_yuan: 2679,
    export_income_yuan: 1091,
    benefit_yuan: 4653,
  });
  expect(sheetFigures(own, english).map(({ value }) => value)).toEqual([
    '7,720 kWh',
    '4,520 kWh',
    '3,030 kWh',
    '5,100 kWh',
    '¥4,650',
  ]);
  expect(sheetFigures(own, english).at(-1)?.note).toBe(
    '¥3,560 saved on the bill and ¥1,090 for what you sell',
  );
  expect(sheetFigures(own, chinese)[0]?.value).toBe('7,720 度');
});

test('a leased roof earns rent and names its owner, and says nothing of capex', () => {
  leased.benefit_yuan = 800;
  const figures = sheetFigures(leased, english);
  expect(figures.at(-1)).toMatchObject({ value: '¥800', note: 'rent for your roof' });
  const text = sheetMoney(leased, 25, english).join(' ');
  expect(text).toContain('belongs to a company');
  expect(text).not.toContain('costs');
  expect(sheetMoney(leased, 25, chinese).join('')).toContain('归企业所有');
});

test('a house without PV is told so, with its use alone', () => {
  expect(sheetFigures(bare, english)).toHaveLength(1);
  expect(sheetMoney(bare, 25, english)).toEqual(['There is no PV on your roof in this plan.']);
  expect(sheetOutage(bare, english)).toBeNull();
  expect(householdMonths(bare, sample.months, 'pv_kwh').kwh.every((kwh) => kwh === 0)).toBe(true);
});

test('money that never comes back is said plainly', () => {
  const home = { ...own, finance: { ...own.finance!, payback_years: null } };
  expect(sheetMoney(home, 25, english)[1]).toBe('It does not come back within 25 years.');
});

test('a battery pays, does not pay, or harms', () => {
  const with_ = (saving_yuan: number, pays: boolean) => ({
    ...own,
    battery: { ...own.battery!, saving_yuan, cost_per_year_yuan: 812, pays },
  });
  expect(sheetBattery(with_(900, true), english)).toContain('It pays.');
  expect(sheetBattery(with_(141, false), english)).toContain('does not pay by itself');
  expect(sheetBattery(with_(-20, false), english)).toContain('raises your bill by ¥20');
  expect(sheetBattery(leased, english)).toBeNull();
});

test('when the grid fails: hours where they are known, no promise where they are not', () => {
  const backup = { critical_kw: 0.3, least_hours: 2.4, median_hours: 14.2, share_of_day: 0.2 };
  expect(sheetOutage({ ...own, backup }, english)).toContain(
    '(0.3 kW) runs on from battery and roof: usually about 14 hours, at the worst moment about 2.4 hours.',
  );
  const long = { ...backup, least_hours: 0, median_hours: 72 };
  expect(sheetOutage({ ...own, backup: long }, english)).toContain(
    'usually 72 hours or more, at the worst moment not at all.',
  );
  expect(sheetOutage({ ...own, backup: long }, chinese)).toContain('一般能撑 72 小时以上');
  expect(sheetOutage({ ...own, backup: null }, english)).toContain('Ask the installer');
  const { backup: _gone, ...plain } = { ...own, battery_kwh: 0 };
  expect(sheetOutage(plain, english)).toContain('switches itself off');
});

test('the months add up to the year, and are the household’s own where the plan has them', () => {
  const { months: _gone, ...bareMonths } = own;
  const shared = householdMonths(bareMonths, sample.months, 'pv_kwh');
  expect(shared.shared).toBe(true);
  expect(shared.kwh.reduce((all, kwh) => all + kwh, 0)).toBeCloseTo(own.pv_kwh, 6);
  const given = { ...own, months: [{ month: '2026-03', load_kwh: 5, pv_kwh: 7 }] };
  expect(householdMonths(given, sample.months, 'load_kwh')).toEqual({
    kwh: [5],
    names: ['2026-03'],
    shared: false,
  });
});

test('how sure: the spread of the drawn years, scaled to this roof', () => {
  const results = structuredClone(sample);
  const made = results.uncertainty!.measures.find(({ measure }) => measure === 'yield_kwh_per_kwp');
  Object.assign(made!, { base: 1000, p90: 900, p10: 1100 });
  const home = { ...own, pv_kwh: 8000 };
  expect(sheetSureness(home, results, english)[1]).toBe(
    'Eight of ten such roofs make between 7,200 kWh and 8,800 kWh a year.',
  );
  expect(sheetSureness(home, results, english).join(' ')).not.toContain('a little less');
  expect(sheetSureness(home, results, chinese)[1]).toContain('十个里有八个');
  results.uncertainty = null;
  expect(sheetSureness(home, results, english).join(' ')).not.toContain('Eight of ten');
});

test('a plan at or above the P10 of the roofs says what real roofs usually make', () => {
  const results = structuredClone(sample);
  const made = results.uncertainty!.measures.find(({ measure }) => measure === 'yield_kwh_per_kwp');
  Object.assign(made!, { base: 1000, p90: 850, p50: 925, p10: 1000 });
  const home = { ...own, pv_kwh: 8000 };
  expect(sheetSureness(home, results, english)[2]).toBe(
    'Real roofs usually make a little less than the planned 8,000 kWh: about 7,400 kWh.',
  );
  expect(sheetSureness(home, results, chinese)[2]).toContain('一般在 7,400 度上下');
});

test('what changes the result is only what can change this house’s', () => {
  const told = (home: Household) => sheetSureness(home, sample, english).join(' ');
  const { swings } = en.uncertainty;
  expect(told(own)).toContain('What changes the result most');
  expect(told(leased)).not.toContain('What changes the result most');
  expect(told(bare)).not.toContain('What changes the result most');
  const results = structuredClone(sample);
  results.uncertainty!.tornado = results.uncertainty!.tornado.filter(({ factor }) =>
    ['sell_price', 'buy_price', 'load', 'discount_rate'].includes(factor),
  );
  const within = (mode: Household['mode']) =>
    sheetSureness({ ...own, mode }, results, english).join(' ');
  expect(within('self_use')).not.toContain(swings.sell_price);
  expect(within('full_export')).toContain(swings.sell_price);
  expect(within('full_export')).not.toContain(swings.buy_price);
});

test('a leased roof has nothing to pay back, though its owner has', () => {
  expect(leased.finance?.payback_years).not.toBeNull();
  expect(ownFinance(leased)).toBeNull();
  expect(ownFinance(own)).toBe(own.finance);
});
