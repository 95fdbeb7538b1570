// The sample village is the same for a seed, and its sums agree with one another.
import { expect, test } from 'vitest';
import { energyBalance } from '../src/format/energy_balance';
import { readResults, type Household } from '../src/results';
import { sampleResults } from '../src/sample/village';

const sample = sampleResults();
const add = (of: (household: Household) => number) =>
  sample.households.reduce((sum, household) => sum + of(household), 0);

test('one seed, one village', () => {
  expect(sampleResults(7)).toEqual(sample);
  expect(sampleResults(8).energy.load_kwh).not.toBe(sample.energy.load_kwh);
});

test('forty households and three transformers, one of each grade', () => {
  expect(sample.households).toHaveLength(40);
  expect(sample.transformers.map((each) => each.standard_2025.grade)).toEqual([
    'green',
    'yellow',
    'red',
  ]);
});

test('what goes in comes out', () => {
  const { totalIn, totalOut } = energyBalance(sample.flows);
  expect(totalOut).toBeCloseTo(totalIn, 3);
  expect(sample.energy.pv_kwh + sample.energy.import_kwh).toBeCloseTo(totalIn, 3);
});

test('households and months add up to the village', () => {
  expect(add((household) => household.import_kwh)).toBeCloseTo(sample.energy.import_kwh, 3);
  const months = sample.months.reduce((sum, month) => sum + month.pv_kwh, 0);
  expect(months).toBeCloseTo(sample.energy.pv_kwh, 3);
});

test('only a plan of the known form is read', () => {
  expect(readResults(JSON.stringify(sample))).toEqual(sample);
  expect(readResults('__RESULTS__')).toBeNull();
  expect(readResults('{"schema":"xiaoyuan.plan/2"}')).toBeNull();
  expect(readResults('null')).toBeNull();
});
