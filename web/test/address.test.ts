// Which language, household, reader, sheet and section an address asks for.
import { expect, test } from 'vitest';
import { chooseLanguage, readAddress, writeHash } from '../src/format/address';

test('the language stands after ? or #, and # goes before ?', () => {
  expect(readAddress('?lang=zh', '').language).toBe('zh');
  expect(readAddress('', '#lang=en').language).toBe('en');
  expect(readAddress('?lang=zh-CN', '#lang=en').language).toBe('en');
  expect(readAddress('?lang=de', '').language).toBeNull();
});

test('a household can be named, a section is no household', () => {
  expect(readAddress('', '#household=H012').household).toBe('H012');
  expect(readAddress('', '#lang=zh&household=H%20%3C1').household).toBe('H <1');
  expect(readAddress('', '#money')).toEqual({
    language: null,
    household: null,
    reader: null,
    stranger: null,
    sheet: null,
    section: null,
  });
});

test('a reader is one of those known, a sheet and a section are what is named', () => {
  expect(readAddress('', '#for=grid_company').reader).toBe('grid_company');
  expect(readAddress('?for=town', '').reader).toBe('town');
  expect(readAddress('', '#for=villagers').reader).toBe('villager');
  expect(readAddress('', '').reader).toBeNull();
  expect(readAddress('', '#for=lender').reader).toBeNull();
  expect(readAddress('', '#for=lender').stranger).toBe('lender');
  expect(readAddress('', '#for=town').stranger).toBeNull();
  const all = readAddress('', '#lang=zh&for=villager&sheet=all&at=money');
  expect([all.reader, all.sheet, all.section]).toEqual(['villager', 'all', 'money']);
});

test('the address is written without losing its other member', () => {
  expect(writeHash('#lang=zh', 'household', 'H012')).toBe('#lang=zh&household=H012');
  expect(writeHash('#lang=zh&household=H012', 'household', null)).toBe('#lang=zh');
  expect(writeHash('#money', 'lang', 'en')).toBe('#lang=en');
  expect(writeHash('#household=H1', 'household', null)).toBe('');
});

test('address, then memory, then the plan, then the browser', () => {
  expect(chooseLanguage('en', 'zh', 'zh', 'zh-CN')).toBe('en');
  expect(chooseLanguage(null, 'en', 'zh', 'zh-CN')).toBe('en');
  expect(chooseLanguage(null, null, 'en', 'zh-CN')).toBe('en');
  expect(chooseLanguage(null, null, 'zh', 'en-GB')).toBe('zh');
  expect(chooseLanguage(null, null, undefined, 'zh-TW')).toBe('zh');
  expect(chooseLanguage(null, 'nonsense', 'xx', 'de')).toBe('en');
});
