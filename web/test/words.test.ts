// The two dictionaries: the agreed terms, and no half-width marks in Chinese.
import { expect, test } from 'vitest';
import { en } from '../src/format/en';
import { zh } from '../src/format/zh';

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') {
    return [String(value(...Array.from({ length: value.length }, () => '1')))];
  }
  return Object.values(value as object).flatMap(texts);
}

test('no text is empty but the gap between Chinese sentences', () => {
  expect(texts(en).filter((text) => text === '')).toEqual([]);
  expect(texts(zh).filter((text) => text === '')).toEqual([zh.sentenceGap]);
});

test('Chinese sentences have full-width punctuation', () => {
  const wrong = texts(zh).filter((text) =>
    /[\u4e00-\u9fff][,:;?!()]|[,;?!()][\u4e00-\u9fff]/.test(text),
  );
  expect(wrong).toEqual([]);
});

test('the agreed terms', () => {
  expect([
    zh.terms.generation,
    zh.terms.selfUse,
    zh.terms.exportShort,
    zh.terms.importShort,
  ]).toEqual(['发电量', '自发自用', '上网电量', '用网电量']);
  expect([zh.terms.selfConsumption, zh.terms.selfSufficiency, zh.terms.netBalance]).toEqual([
    '自用率',
    '自给率',
    '年度净平衡',
  ]);
  expect([zh.terms.hourlyMatched, zh.terms.curtailed, zh.terms.hostingCapacity]).toEqual([
    '逐时匹配率',
    '弃电',
    '承载力',
  ]);
  expect(en.modes.self_use_surplus).toBe('Self-use, surplus sold');
});
