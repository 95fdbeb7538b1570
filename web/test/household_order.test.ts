// Finding and ordering households.
import { expect, test } from 'vitest';
import { ownFinance } from '../src/format/ownership';
import { sampleResults } from '../src/sample/village';
import { findHouseholds, orderHouseholds } from '../src/views/household_order';

const { households } = sampleResults();

test('words find by number, name and transformer, all of them together', () => {
  expect(findHouseholds(households, 'h012').map((each) => each.id)).toEqual(['H012']);
  expect(findHouseholds(households, 't2').every((each) => each.transformer === 'T2')).toBe(true);
  expect(findHouseholds(households, 'T1 H02')).toEqual([]);
  expect(findHouseholds(households, '  ')).toHaveLength(40);
});

test('a column orders both ways and leaves households without the figure at the end', () => {
  for (const direction of ['ascending', 'descending'] as const) {
    const ordered = orderHouseholds(households, 'payback', direction);
    const years = ordered.map((each) => ownFinance(each)?.payback_years ?? null);
    const known = years.filter((year) => year !== null);
    expect(years.slice(0, known.length)).toEqual(known);
    expect(known).toEqual([...known].sort((a, b) => (direction === 'ascending' ? a - b : b - a)));
  }
});

test('numbers inside an id count as numbers', () => {
  const two = ['H10', 'H9'].map((id) => ({ ...households[0]!, id }));
  expect(orderHouseholds(two, 'id', 'ascending').map((each) => each.id)).toEqual(['H9', 'H10']);
});
