// Numbers as people read them in both languages.
import { describe, expect, test } from 'vitest';
import { createFormat, significant } from '../src/format/numbers';

const en = createFormat('en');
const zh = createFormat('zh');

describe('energy', () => {
  test.each([
    [741_853, '742,000 kWh', '74.2 万 kWh'],
    [9_432, '9,430 kWh', '9,430 kWh'],
    [628.4, '628 kWh', '628 kWh'],
    [1_237_800, '1,240 MWh', '124 万 kWh'],
    [0, '0 kWh', '0 kWh'],
    [-12_345, '−12,300 kWh', '−1.23 万 kWh'],
  ])('%d kWh', (kwh, english, chinese) => {
    expect(en.energy(kwh)).toBe(english);
    expect(zh.energy(kwh)).toBe(chinese);
  });
});

test('money keeps its sign before the mark and never shows a minus zero', () => {
  expect(en.yuan(-1234.5, 2)).toBe('−¥1,234.50');
  expect(zh.yuan(1_029_150)).toBe('¥1,029,150');
  expect(zh.roughYuan(1_029_150)).toBe('¥1,030,000');
  expect(en.yuan(-0.2)).toBe('¥0');
  expect(en.price(0.4883)).toBe('¥0.4883/kWh');
});

test('what does not exist is a dash, not a zero', () => {
  expect([en.yuan(null), en.percent(null), en.years(null), en.number(Number.NaN)]).toEqual([
    '–',
    '–',
    '–',
    '–',
  ]);
});

test('shares, years and tonnes', () => {
  expect([en.percent(0.384), zh.percent(0.384)]).toEqual(['38 %', '38%']);
  expect([en.years(6.94), zh.years(6.94)]).toEqual(['6.9 years', '6.9 年']);
  expect([en.tonnes(1130.2), zh.tonnes(0.456)]).toEqual(['1,130 t', '0.46 吨']);
});

test('months', () => {
  expect([en.month('2026-02'), zh.month('2026-02')]).toEqual(['Feb', '2月']);
});

test('significant figures', () => {
  expect([significant(0), significant(741_853), significant(0.045_67)]).toEqual([
    0, 742_000, 0.0457,
  ]);
});
