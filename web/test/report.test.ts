// The whole page mounted in a DOM, in both languages and with plans at the edge of what is allowed.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page } from '../src/format/page.svelte';
import Report from '../src/Report.svelte';
import type { Results } from '../src/results';
import { sampleResults } from '../src/sample/village';

let mounted: ReturnType<typeof mount> | null = null;

function show(results: Results | null, address = '#lang=en'): string {
  location.hash = address;
  mounted = mount(Report, { target: document.body, props: { results } });
  flushSync();
  return document.body.textContent ?? '';
}

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  vi.stubGlobal('scrollTo', () => undefined);
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});

afterEach(async () => {
  if (mounted) await unmount(mounted);
  mounted = null;
  page.open(null);
  page.read('everyone');
  page.showSheet(null);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('both languages, with the language of the document and its title', () => {
  expect(show(sampleResults(), '#lang=zh')).toContain('住户数据为示意');
  expect(document.documentElement.lang).toBe('zh-CN');
  page.speak('en');
  flushSync();
  expect(document.body.textContent).toContain('Household data are illustrative');
  expect(document.documentElement.lang).toBe('en');
  expect(document.title).toBe('Sample village: rooftop solar plan');
});

test('the address opens a household, with its battery verdict', () => {
  const results = sampleResults();
  const owner = results.households.find((each) => each.battery);
  Object.assign(owner!.battery!, { saving_yuan: 31, cost_per_year_yuan: 812, pays: false });
  const text = show(results, `#lang=en&household=${owner!.id}`);
  expect(text).toContain('The battery saves ¥31 a year and costs ¥812: it does not pay.');
  page.speak('zh');
  flushSync();
  expect(document.body.textContent).toContain('电池每年省 ¥31');
});

test('an unknown household is said to be unknown', () => {
  expect(show(sampleResults(), '#lang=en&household=X9')).toContain('There is no household X9');
});

test('a plan with nothing in it still makes a page', () => {
  const results = sampleResults();
  Object.assign(results.energy, {
    pv_kwh: 0,
    self_used_kwh: 0,
    export_kwh: 0,
    self_consumption: null,
    yield_kwh_per_kwp: null,
  });
  Object.assign(results.money, {
    irr: null,
    irr_note: { en: 'No sign change.', zh: '' },
    payback_years: null,
    lcoe_yuan_per_kwh: null,
  });
  Object.assign(results, {
    flows: [],
    transformers: [],
    typical_days: [],
    losses: [],
    net_power: { first_day: '2026-01-01', kw: [] },
    scenarios: [],
    parties: [],
    uncertainty: null,
    warnings: [],
    assumptions: [],
    versions: [],
  });
  for (const household of results.households)
    Object.assign(household, { finance: null, battery: null });
  Object.assign(results.carbon, {
    by_factor: [],
    states: [],
    life: { decline_per_year: 0, total_t: 0, years: [] },
    heating: null,
  });
  const text = show(results);
  expect(text).toContain('No sign change.');
  expect(text).toContain('The plan names no transformer');
});

test.each([
  ['villager', 'What the villagers have of it', 'House by house'],
  ['company', 'What the company has of it', 'The roofs and what they yield'],
  ['cooperative', 'What the co-operative has of it', 'The roofs and what they yield'],
  ['grid_company', 'What it means for the grid company', 'Hour by hour through the year'],
  ['town', 'What it means for the town', 'How far the village is'],
])('the page of a %s leads with its own story', (reader, heading, section) => {
  const text = show(sampleResults(), `#lang=en&for=${reader}`);
  expect(document.querySelector('h1')?.textContent).toBe(heading);
  expect(text).toContain(section);
  expect(text).not.toContain('Where the energy goes');
  page.speak('zh');
  flushSync();
  expect(document.querySelector('h1')?.textContent).toMatch(/[\u4e00-\u9fff]/);
});

test('a party that the plan does not have is not read as', () => {
  const results = sampleResults();
  results.parties = [];
  const text = show(results, '#lang=en&for=grid_company');
  expect(page.reader).toBe('everyone');
  expect(text).toContain('There is no reader “Grid company” in this plan; here is everything.');
  expect(text).toContain('Where the energy goes');
  expect(document.querySelector('header select')).toBeNull();
});

test('a reader who is none is said to be none, until another is chosen', () => {
  expect(show(sampleResults(), '#lang=en&for=mayor')).toContain('There is no reader “mayor”');
  page.speak('zh');
  flushSync();
  expect(document.body.textContent).toContain('没有“mayor”这一阅读身份');
  page.read('town');
  flushSync();
  expect(document.querySelector('.stranger')).toBeNull();
});

test('the language in which the plan was made, where neither address nor reader names one', () => {
  const results = sampleResults();
  localStorage.removeItem('xiaoyuan.language');
  results.program.language = 'zh';
  expect(show(results, '#months')).toContain('住户数据为示意');
});

test('what the reader chose before goes before the language of the plan', () => {
  const results = sampleResults();
  localStorage.setItem('xiaoyuan.language', 'en');
  results.program.language = 'zh';
  expect(show(results, '#months')).toContain('Household data are illustrative');
});

test('a company with one roof is told one yield, and a leased household no payback', () => {
  const results = sampleResults();
  const leased = results.households.filter(({ owner }) => owner === 'company');
  leased.slice(1).forEach((home) => (home.owner = 'natural_person'));
  const roof = leased.find((home) => home.owner === 'company' && home.capacity_kwp > 0)!;
  roof.yield_kwh_per_kwp = 1127;
  const text = show(results, `#lang=en&for=company`);
  expect(text).toContain('The one roof yields 1,127 kWh from each kWp.');
  expect(text).toContain('It has one roof with');
  page.read('everyone');
  flushSync();
  const row = document.querySelector(`#household-${roof.id}`);
  expect(row?.querySelectorAll('td')[4]?.textContent?.trim()).toBe('–');
});

test('one sheet, all sheets, and a sheet of nobody', () => {
  expect(show(sampleResults(), '#lang=en&sheet=H001')).toContain('Solar power for');
  expect(document.querySelectorAll('.sheet')).toHaveLength(1);
  page.showSheet('all');
  flushSync();
  expect(document.querySelectorAll('.sheet')).toHaveLength(40);
  page.showSheet('X9');
  flushSync();
  expect(document.body.textContent).toContain('There is no household X9');
});

test('names out of the plan are text, never markup', () => {
  const results = sampleResults();
  results.village.name.en = '<img src=x onerror=alert(1)>';
  results.households[0]!.name = '<b>bold</b>';
  show(results);
  expect(document.querySelector('img')).toBeNull();
  expect(document.querySelector('b')).toBeNull();
});

test('a page without a plan says so', () => {
  expect(show(null)).toContain('This page carries no plan');
});
