// The table of households as a file for a spreadsheet.
import { expect, test } from 'vitest';
import { csv, householdsCsv } from '../src/format/csv';
import { en } from '../src/format/en';
import { zh } from '../src/format/zh';
import { sampleResults } from '../src/sample/village';

test('quotes, commas and line ends are kept inside their cell', () => {
  expect(csv([['a,b', 'say "x"', 'two\nlines', 1.5, null]])).toBe(
    '\ufeff"a,b","say ""x""","two\nlines",1.5,\r\n',
  );
});

test('a name that looks like a formula stays text, a negative number stays a number', () => {
  expect(csv([['=1+1', '@x', -3]])).toBe("\ufeff'=1+1,'@x,-3\r\n");
});

test('a line a household, as many cells as heads, in both languages', () => {
  const { households } = sampleResults();
  for (const words of [en, zh]) {
    const lines = householdsCsv(households, words).trim().split('\r\n');
    expect(lines).toHaveLength(households.length + 1);
    const counts = new Set(lines.map((line) => line.replace(/"[^"]*"/g, '').split(',').length));
    expect([...counts]).toEqual([25]);
  }
});
