// What is best in a row of the scenario table, and how far a scenario lies from the plan.
import { expect, test } from 'vitest';
import { en } from '../src/format/en';
import { createFormat } from '../src/format/numbers';
import { zh } from '../src/format/zh';
import { sampleResults } from '../src/sample/village';
import { bestOf, difference, scenarioRows } from '../src/views/scenario_rows';

const { scenarios } = sampleResults();
const rows = scenarioRows({ words: en, format: createFormat('en'), name: (name) => name.en });
const row = (title: string) => {
  const found = rows.find((each) => each.title === title);
  if (!found) throw new Error(`no row ${title}`);
  return found;
};
const [base, other] = scenarios;
const two = (change: object) => [base!, { ...base!, is_base: false, ...change }];

test('more NPV is better, a shorter payback is better, a size is neither', () => {
  expect(bestOf(row(en.terms.npv), two({ npv_yuan: base!.npv_yuan + 10 }))).toEqual([false, true]);
  expect(bestOf(row(en.terms.payback), two({ payback_years: 99 }))).toEqual([true, false]);
  expect(bestOf(row(en.terms.capacity), two({ capacity_kwp: 1 }))).toEqual([false, false]);
});

test('a figure that does not exist is never the best, and all alike have no best', () => {
  expect(bestOf(row(en.terms.payback), two({ payback_years: null }))).toEqual([true, false]);
  expect(bestOf(row(en.terms.npv), two({}))).toEqual([false, false]);
});

test('the best transformer grade is the greenest', () => {
  const graded = [
    { ...base!, worst_grade: 'red' as const },
    { ...other!, worst_grade: 'yellow' as const },
  ];
  expect(bestOf(row(en.scenarios.worstGrade), graded)).toEqual([false, true]);
});

test('differences carry their sign and unit, shares in points', () => {
  const more = { ...base!, is_base: false, npv_yuan: base!.npv_yuan + 1500, self_consumption: 0.5 };
  const plan = { ...base!, self_consumption: 0.295 };
  expect(difference(row(en.terms.npv), more, plan)).toBe('+¥1,500');
  expect(difference(row(en.terms.npv), { ...more, npv_yuan: base!.npv_yuan - 3 }, plan)).toBe(
    '−¥3',
  );
  expect(difference(row(en.terms.selfConsumption), more, plan)).toBe('+20.5 points');
  expect(difference(row(en.terms.capex), more, plan)).toBe('±0');
  expect(difference(row(en.terms.npv), plan, plan)).toBe('');
  expect(difference(row(en.terms.payback), { ...more, payback_years: null }, plan)).toBe('');
});

test('the Chinese table has the same rows', () => {
  const chinese = scenarioRows({ words: zh, format: createFormat('zh'), name: (name) => name.zh });
  expect(chinese.map((each) => each.better)).toEqual(rows.map((each) => each.better));
});
