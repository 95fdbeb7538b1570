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
    warnings: [],
    assumptions: [],
    versions: [],
  });
  for (const household of results.households)
    Object.assign(household, { finance: null, battery: null });
  results.carbon.by_factor = [];
  const text = show(results);
  expect(text).toContain('No sign change.');
  expect(text).toContain('The plan names no transformer');
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
