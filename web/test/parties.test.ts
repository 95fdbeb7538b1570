// For whom the page can be read, what each sees, and the story it is told.
import { expect, test } from 'vitest';
import { netOfYears, runningTotal } from '../src/charts/party_chart';
import { gainsLead } from '../src/format/depth_leads';
import { en } from '../src/format/en';
import type { Tongue } from '../src/format/leads';
import { createFormat } from '../src/format/numbers';
import { knownReaders, sectionsOf } from '../src/format/readers';
import { lineOf, partyStory, plannedParty, sidesOf } from '../src/format/stories';
import type { PartyName, Results } from '../src/results';
import { sampleResults } from '../src/sample/village';

const sample = sampleResults();
const tongue: Tongue = { words: en, format: createFormat('en'), name: (name) => name.en };
const party = (name: PartyName) => {
  const found = plannedParty(sample, name);
  if (!found) throw new Error(`the sample has no ${name}`);
  return found;
};

function without(name: PartyName): Results {
  const results = structuredClone(sample);
  for (const form of results.parties) {
    form.parties = form.parties.filter((each) => each.party !== name);
  }
  return results;
}

test('only parties whose money the plan has reckoned can be read as', () => {
  expect(knownReaders(sample)).toEqual([
    'everyone',
    'villager',
    'company',
    'cooperative',
    'grid_company',
    'town',
  ]);
  expect(knownReaders(without('company'))).not.toContain('company');
  expect(knownReaders({ ...sample, parties: [] })).toEqual(['everyone']);
});

test('sections without figures are left out', () => {
  const bare: Results = {
    ...sample,
    losses: [],
    scenarios: [],
    parties: [],
    uncertainty: null,
    net_power: { first_day: '2026-01-01', kw: [] },
  };
  const shown = sectionsOf('everyone', bare);
  for (const gone of ['losses', 'scenarios', 'gains', 'uncertainty', 'heat']) {
    expect(sectionsOf('everyone', sample)).toContain(gone);
    expect(shown).not.toContain(gone);
  }
  expect(sectionsOf('grid_company', sample)[0]).toBe('story');
});

test('the grid company is told what it sells less and what it takes in', () => {
  const results = structuredClone(sample);
  Object.assign(results.energy, { self_used_kwh: 214_000, export_kwh: 328_000 });
  const grid = party('grid_company');
  const lost = en.story.sellsLess(
    '214,000 kWh',
    tongue.format.roughYuan(-lineOf(grid, 'lost_sales', 1)),
  );
  const text = partyStory(results, grid, tongue);
  expect(text).toContain(lost);
  expect(text).toContain('It takes in 328,000 kWh from the roofs');
  expect(text).toMatch(/it bears ¥[\d,]+\.$/);
});

test('every party has a story in whole sentences', () => {
  for (const { party: each } of sample.parties[0]!.parties.map((one) => ({ party: one }))) {
    const text = partyStory(sample, each, tongue);
    expect(text).toMatch(/^[A-Z0-9].*\.$/);
    expect(text).not.toMatch(/NaN|undefined|null/);
  }
});

test('what is paid and got in a year adds up to its net', () => {
  for (const year of [0, 1, 13]) {
    const { pays, gets, net } = sidesOf(party('company'), year);
    const sum = (lines: { yuan: number }[]) => lines.reduce((all, { yuan }) => all + yuan, 0);
    expect(sum(gets) - sum(pays)).toBeCloseTo(net, 6);
    expect([...pays, ...gets].every(({ yuan }) => yuan > 0)).toBe(true);
  }
});

test('the running total ends at the sum over the life', () => {
  const villagers = party('villagers');
  expect(runningTotal(netOfYears(villagers)).at(-1)).toBeCloseTo(villagers.total_yuan, 4);
});

test('who gains and who bears, as planned', () => {
  expect(gainsLead(sample, tongue)).toMatch(
    /^As planned, most is gained by: Villagers .* Most is borne by: Grid company/,
  );
  expect(gainsLead(without('grid_company'), tongue)).toContain('Co-operative');
});
