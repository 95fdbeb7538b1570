// The sample village is the same for a seed, and its sums agree with one another.
import { expect, test } from 'vitest';
import { energyBalance } from '../src/format/energy_balance';
import type { Household } from '../src/results';
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

test('what the loss waterfall ends in is what the village makes, uses and sells', () => {
  const of = (stage: string) => sample.losses.find((loss) => loss.stage === stage)?.kwh ?? NaN;
  expect(of('ac')).toBeCloseTo(sample.energy.pv_kwh, 3);
  expect(of('self_used') + of('sold')).toBeCloseTo(of('ac') + of('curtailed'), 3);
  const change = sample.losses.reduce(
    (sum, { kind, kwh }) => (kind === 'change' ? sum + kwh : sum),
    0,
  );
  expect(of('horizontal') + change).toBeCloseTo(of('self_used') + of('sold'), 3);
});

test('net power adds up to import less export', () => {
  const net = sample.net_power.kw.flat();
  expect(net).toHaveLength(8760);
  expect(net.reduce((sum, kw) => sum + kw, 0)).toBeCloseTo(
    sample.energy.import_kwh - sample.energy.export_kwh,
    3,
  );
});

test('each kWh of generation stands in one state, and claims add up from the households', () => {
  const { states, avoided_t, life } = sample.carbon;
  expect(states.reduce((sum, { kwh }) => sum + kwh, 0)).toBeCloseTo(sample.energy.pv_kwh, 3);
  expect(states.reduce((sum, state) => sum + state.avoided_t, 0)).toBeCloseTo(avoided_t, 6);
  expect(add((household) => household.avoided_t)).toBeCloseTo(avoided_t, 6);
  expect(life.years[0]?.avoided_t).toBeCloseTo(avoided_t, 6);
});

test('the plan stands first among the scenarios with its own figures', () => {
  const [plan] = sample.scenarios;
  expect(plan?.is_base).toBe(true);
  expect(plan?.npv_yuan).toBeCloseTo(sample.money.npv_yuan, 3);
  expect(plan?.export_kwh).toBeCloseTo(sample.energy.export_kwh, 3);
});

test('capex by part adds up, and villagers who own all have the plan’s NPV', () => {
  const parts = sample.money.capex_parts.reduce((sum, { yuan }) => sum + yuan, 0);
  expect(parts).toBeCloseTo(sample.money.capex_yuan, 6);
  const own = sample.parties.find(({ form }) => form === 'natural_person');
  const villagers = own?.parties.find(({ party }) => party === 'villagers');
  expect(villagers?.npv_yuan).toBeCloseTo(sample.money.npv_yuan, 3);
});
