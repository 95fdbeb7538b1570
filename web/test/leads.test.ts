// The sentence at the head of each section says what the figures say, also at the edges.
import { expect, test } from 'vitest';
import { en } from '../src/format/en';
import { uncertaintyLead } from '../src/format/depth_leads';
import * as leads from '../src/format/leads';
import { createFormat } from '../src/format/numbers';
import { zh } from '../src/format/zh';
import type { Results } from '../src/results';
import { sampleResults } from '../src/sample/village';

const sample = sampleResults();
const english: leads.Tongue = { words: en, format: createFormat('en'), name: (name) => name.en };
const chinese: leads.Tongue = { words: zh, format: createFormat('zh'), name: (name) => name.zh };

function change(alter: (results: Results) => void): Results {
  const results = structuredClone(sample);
  alter(results);
  return results;
}

test('the overview tells generation, its ratio to use, and what is used at home', () => {
  const results = change(({ energy }) => {
    Object.assign(energy, {
      pv_kwh: 742_000,
      load_kwh: 570_769,
      self_used_kwh: 281_960,
      export_kwh: 460_040,
    });
  });
  expect(leads.overviewLead(results, english)).toBe(
    'Roofs make 742,000 kWh a year: 1.3 times what the village uses. 38 % is used at home, the rest is sold.',
  );
  expect(leads.overviewLead(results, chinese)).toBe(
    '屋顶一年发电 74.2 万 kWh,是全村用电量的 1.3 倍。其中 38% 自家用掉,其余卖给电网。'.replaceAll(
      ',',
      '\uff0c',
    ),
  );
});

test('a village without PV is told so', () => {
  const results = change(({ energy }) =>
    Object.assign(energy, { pv_kwh: 0, self_consumption: null }),
  );
  expect(leads.overviewLead(results, english)).toContain('No roof has PV');
  expect(leads.flowsLead(results, english)).toContain('No roof has PV');
});

test('money that never comes back is said plainly', () => {
  const results = change(({ money }) =>
    Object.assign(money, { payback_years: null, npv_yuan: -50_000 }),
  );
  const text = leads.moneyLead(results, english);
  expect(text).toContain('does not come back within 25 years');
  expect(text).toContain('¥50,000 is lost');
});

test('the grid sentence counts the grades and names who is over its rating', () => {
  expect(leads.gridLead(sample, english)).toMatch(
    /^Of 3 transformers, 1 is green, 1 is yellow and 1 is red\. T3 would be beyond its rating for \d+ hours/,
  );
  const one = change((results) => (results.transformers = results.transformers.slice(0, 1)));
  expect(leads.gridLead(one, english)).toBe(
    'The one transformer is green. None is beyond its rating in any hour.',
  );
  expect(leads.worstGrade(change((results) => (results.transformers = [])))).toBeNull();
  expect(leads.worstGrade(sample)).toEqual({ grade: 'red', count: 1 });
});

test('the carbon sentence never gives tonnes without a factor', () => {
  expect(leads.carbonLead(sample, english)).toContain('“Beijing average 2022”');
  expect(leads.carbonLead(sample, english)).toContain('under other factors');
});

test('the clock of a step', () => {
  expect([
    leads.clock(0, 24),
    leads.clock(13, 24),
    leads.clock(95, 96),
    leads.clock(25, 48),
  ]).toEqual(['00:00', '13:00', '23:45', '12:30']);
});

test('the middle of a list', () => {
  expect([leads.median([]), leads.median([3, 1, 2]), leads.median([4, 1, 2, 3])]).toEqual([
    null,
    2,
    2.5,
  ]);
});

test('the sentence on sureness says where its years come from', () => {
  const told = (weather: 'synthetic' | 'measured' | 'scaled', tongue: leads.Tongue) =>
    uncertaintyLead(
      change((results) => (results.uncertainty!.weather = weather)),
      tongue,
    );
  expect(told('synthetic', english)).toContain('drawn from the climate');
  expect(told('measured', english)).toContain('measured ones');
  expect(told('scaled', english)).toContain('typical year, made brighter and duller');
  expect(told('scaled', english)).not.toContain('climate');
  expect(told('scaled', chinese)).toContain('典型年');
});
