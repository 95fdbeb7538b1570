// What a new version of a figure changes, line by line.
import { expect, test } from 'vitest';
import { differences, shortened } from '../src/app/pages/admin/differences';

const shown = (before: string, after: string) =>
  differences(before, after)
    .filter(({ kind }) => kind !== 'same')
    .map(({ kind, text }) => (kind === 'in' ? '+' : '-') + text);

test('only the changed price is told', () => {
  expect(shown('a\nprice = 0.48\nb', 'a\nprice = 0.50\nb')).toEqual(['-price = 0.48', '+price = 0.50']);
});

test('lines put in and taken out are told where they stand, whatever ends a line', () => {
  expect(shown('a\r\nb\r\nc', 'a\nb\nx\nc')).toEqual(['+x']);
  expect(shown('a\nb\nc', 'a\nc')).toEqual(['-b']);
  expect(shown('same', 'same')).toEqual([]);
  expect(shown('', 'new')).toEqual(['-', '+new']);
});

test('unchanged lines far from a change are left out once', () => {
  const before = Array.from({ length: 30 }, (_line, place) => `line ${place}`);
  const after = before.with(15, 'new');
  const lines = shortened(differences(before.join('\n'), after.join('\n')), 2);
  expect(lines.filter((line) => line === null)).toHaveLength(2);
  expect(lines).toHaveLength(2 + 2 + 2 + 2);
});
