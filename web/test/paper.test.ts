// Names out of a plan inside a style sheet: whatever they hold, they stay a string.
import { expect, test } from 'vitest';
import { cssString, marginText } from '../src/format/paper';

test('quotes, backslashes, line ends and angle brackets cannot leave the string', () => {
  expect(cssString('示例村')).toBe('"示例村"');
  expect(cssString('a"b\\c\n</style>')).toBe('"a\\22 b\\5c c\\a \\3c /style\\3e "');
});

test('each margin has its text, and the page its number', () => {
  const rules = marginText({ left: 'village', right: 'reader', below: 'day' });
  for (const part of [
    '@top-left { content: "village"',
    '@top-right { content: "reader"',
    'counter(page)',
  ]) {
    expect(rules).toContain(part);
  }
});
