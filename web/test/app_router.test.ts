// The app's addresses: what they name, and that each finds its way back.
import { expect, test } from 'vitest';
import { href, patterns, placeOf } from '../src/app/router.svelte';

test('every route’s address names that route and its parameters', () => {
  expect(href('settlement', { village: 'xinggezhuang', month: '2026-10', holder: 'H001' })).toBe(
    '/v/xinggezhuang/settlement/2026-10/H001',
  );
  const place = placeOf('/v/xinggezhuang/settlement/2026-10/H001');
  expect(place.name).toBe('settlement');
  expect(place.parameters).toEqual({ village: 'xinggezhuang', month: '2026-10', holder: 'H001' });
  for (const [name, pattern] of Object.entries(patterns))
    expect(placeOf(pattern.replace(/:(\w+)\??/g, 'x')).name).toBe(name);
});

test('what may be left out of an address may be left out', () => {
  expect(href('home')).toBe('/home');
  expect(href('home', { month: '2026-10' }, { of: '' })).toBe('/home/2026-10');
  expect(placeOf('/v/a/settlement/').parameters).toEqual({ village: 'a' });
});

test('names with odd signs come back whole, and cannot become another path', () => {
  const village = '村 /..?#%';
  const address = href('village', { village });
  expect(address.split('/').length).toBe(3);
  expect(placeOf(address).parameters.village).toBe(village);
});

test('an address that names nothing is said to be nowhere', () => {
  expect(placeOf('/v').name).toBe('nowhere');
  expect(placeOf('/town/more').name).toBe('nowhere');
  expect(placeOf('/v/%E0%A4%A').name).toBe('nowhere');
});
