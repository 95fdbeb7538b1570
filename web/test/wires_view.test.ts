// The section of the wires in a DOM: choices, keys, taps, and plans that lack parts of it.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page } from '../src/format/page.svelte';
import type { Network, Results } from '../src/results';
import { sampleResults } from '../src/sample/village';
import Wires from '../src/views/Wires.svelte';

const sample = sampleResults();
let mounted: ReturnType<typeof mount> | null = null;

function show(alter: (network: Network) => void = () => undefined): string {
  const results: Results = structuredClone(sample);
  alter(results.network as Network);
  mounted = mount(Wires, { target: document.body, props: { results } });
  flushSync();
  return document.body.textContent ?? '';
}

const svgs = () => [...document.querySelectorAll<SVGSVGElement>('svg[role="group"]')];
const dotsOf = (svg: SVGSVGElement | undefined) => [
  ...(svg?.querySelectorAll<SVGGElement>('[role="button"]') ?? []),
];
const nameOf = (dot: Element | undefined | null) => dot?.getAttribute('aria-label') ?? '';
const press = (dot: SVGGElement | undefined, key: string) => {
  dot?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  flushSync();
};

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  vi.stubGlobal('scrollTo', () => undefined);
  page.speak('en');
  page.showSheet(null);
});

afterEach(async () => {
  if (mounted) await unmount(mounted);
  mounted = null;
  page.showSheet(null);
  vi.unstubAllGlobals();
});

test('assumed wires are said to be assumed, given ones are not', async () => {
  expect(show()).toContain('These wires are assumed.');
  await unmount(mounted!);
  expect(show((one) => (one.is_assumed = false))).not.toContain('are assumed');
});

test('both languages tell the same parts', () => {
  show();
  const headings = () => [...document.querySelectorAll('h3, h4')].length;
  const english = headings();
  expect(english).toBeGreaterThanOrEqual(9);
  page.speak('zh');
  flushSync();
  expect(headings()).toBe(english);
  expect(document.body.textContent).toContain('线路为假定。');
  expect(document.body.textContent).toContain('台区单线图');
});

test('one dot takes the focus, arrows go on from it, Enter opens a house and not a pole', () => {
  show();
  const dots = dotsOf(svgs()[0]);
  expect(dots.filter((dot) => dot.getAttribute('tabindex') === '0')).toHaveLength(1);
  dots[0]?.focus();
  press(dots[0], 'Enter');
  expect(page.sheet).toBeNull();
  press(dots[0], 'ArrowRight');
  expect(document.activeElement).toBe(dots[1]);
  press(dots[1], 'End');
  expect(document.activeElement).toBe(dots.at(-1));
  expect(document.querySelector('.told')?.textContent?.trim()).toBe(nameOf(dots.at(-1)));
  const house = dots.find((dot) => nameOf(dot).startsWith('H'));
  press(house, 'Enter');
  expect(nameOf(house).startsWith(page.sheet ?? '?')).toBe(true);
});

test('a finger reads a house first and opens it by the second tap; a mouse opens it at once', () => {
  show();
  const [svg] = svgs();
  const house = dotsOf(svg).find((dot) => nameOf(dot).startsWith('H'));
  const circle = house?.querySelector('circle');
  const [width = 1, height = 1] = (svg?.getAttribute('viewBox') ?? '').split(' ').slice(2).map(Number);
  const rect = { left: 0, top: 0, width, height } as DOMRect;
  vi.spyOn(svg!, 'getBoundingClientRect').mockReturnValue(rect);
  const at = { clientX: Number(circle?.getAttribute('cx')), clientY: Number(circle?.getAttribute('cy')) };
  const tap = (pointerType: string) => {
    const make = (type: string) =>
      Object.assign(new MouseEvent(type, { ...at, bubbles: true }), { pointerType });
    house?.dispatchEvent(make('pointerdown'));
    house?.focus();
    house?.dispatchEvent(make('click'));
    flushSync();
  };
  tap('touch');
  expect(page.sheet).toBeNull();
  expect(document.querySelector('.told')?.textContent?.trim()).toBe(nameOf(house));
  tap('touch');
  expect(nameOf(house).startsWith(page.sheet ?? '?')).toBe(true);
  page.showSheet(null);
  house?.blur();
  flushSync();
  tap('mouse');
  expect(page.sheet).not.toBeNull();
});

test('the moment changes what is told of a bus, the transformer which tree is shown', () => {
  show();
  const before = dotsOf(svgs()[0]).map(nameOf);
  const [, lowest] = document.querySelectorAll<HTMLButtonElement>('.choices [aria-pressed]');
  lowest?.click();
  flushSync();
  const after = dotsOf(svgs()[0]).map(nameOf);
  expect(after).toHaveLength(before.length);
  expect(after).not.toEqual(before);
  const select = document.querySelector('select') as HTMLSelectElement;
  const other = [...select.options].find((option) => option.value !== select.value)!.value;
  select.value = other;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
  expect(document.body.textContent).toContain(`Behind ${other}:`);
});

test('without places there is no map, with one transformer nothing to choose', () => {
  const text = show((one) => {
    one.buses.forEach((bus) => (bus.x_m = bus.y_m = null));
    one.transformers = one.transformers.slice(0, 1);
  });
  expect(text).not.toContain('The same wires where they stand');
  expect(document.querySelector('select')).toBeNull();
  expect(svgs()).toHaveLength(1);
});

test('a plan that asked for no hosting and no remedies shows what it has', () => {
  const text = show((one) => {
    one.hosting = null;
    one.remedies = [];
    one.highest = null;
    one.lowest = null;
    one.houses.forEach((house) => (house.more_kw = null));
    one.buses.forEach((bus) => (bus.volts_at_highest = [null, null, null]));
  });
  expect(text).not.toContain('How many kW may still go');
  expect(text).not.toContain('What makes room');
  expect(text).toContain('Power through the transformer');
  expect(text).not.toContain('NaN');
});

test('remedies stand in their order with what they cost, need and move', () => {
  const text = show();
  expect(text).toContain('Then binds: ');
  expect(text).toContain('Proof: ');
  expect(text).toContain('Price missing: network.costs.tap_yuan');
  expect(text).toMatch(/H\d+ [ABC] → [ABC]/);
});

test('without ratings thickness is current, and no line is called full', () => {
  const text = show((one) =>
    one.lines.forEach((line) =>
      Object.assign(line, { rating_a: null, loading: null, reverse_loading: null }),
    ),
  );
  expect(text).toContain('what the lines may carry is not known');
  expect(text).toContain('No house is beyond its limits here.');
  expect(text).not.toContain('no line is beyond');
  expect(document.querySelector('path.full')).toBeNull();
});

test('where no change has a price, it is said where prices are written', () => {
  const text = show((one) =>
    one.remedies.forEach((remedy) => Object.assign(remedy, { cost_yuan: null, yuan_per_kw: null })),
  );
  expect(text).toContain('write prices under [network.costs] in village.toml');
});
