// The one reader of a plan: the form it knows, whole.
import { expect, test } from 'vitest';
import { readResults } from '../src/results';
import { sampleResults } from '../src/sample/village';

const sample = sampleResults();

test('a plan of schema 2 is read as it is', () => {
  expect(readResults(JSON.stringify(sample))).toEqual(sample);
});

test('another form, older or newer, is refused', () => {
  for (const schema of ['xiaoyuan.plan/1', 'xiaoyuan.plan/3', '', undefined]) {
    expect(readResults(JSON.stringify({ ...sample, schema }))).toBeNull();
  }
});

test('a plan that lacks a part is refused rather than half shown', () => {
  for (const part of ['parties', 'losses', 'net_power', 'scenarios', 'uncertainty', 'carbon']) {
    expect(readResults(JSON.stringify({ ...sample, [part]: undefined }))).toBeNull();
  }
});

test('parts that may be empty may be empty', () => {
  const bare = { ...sample, losses: [], scenarios: [], parties: [], uncertainty: null };
  expect(readResults(JSON.stringify(bare))).toEqual(bare);
});

test('what is not a plan is refused', () => {
  for (const text of ['__RESULTS__', '', 'null', '[]', '"text"', '{']) {
    expect(readResults(text)).toBeNull();
  }
});
