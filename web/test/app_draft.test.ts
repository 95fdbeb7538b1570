// What a planner has changed: only what differs from the files is sent, and resets leave nothing.
import { expect, test } from 'vitest';
import {
  batteryCells,
  cellOf,
  changesFor,
  countOf,
  emptyDraft,
  fromChanges,
  isEmpty,
  newRoofCells,
  roofCells,
  roofsOf,
  toChanges,
  withCells,
  withEveryone,
  withKeys,
  type StudioHousehold,
} from '../src/app/pages/studio/draft';

const home = (columns: Record<string, string>, roofs: StudioHousehold['roofs'] = []) =>
  ({ id: 'H1', name: 'H1', columns, roofs, battery_kw: 0 }) as unknown as StudioHousehold;
const roofed = home({ mode: 'self_use_surplus', roof2_area_m2: '40', roof2_tilt_deg: '25' }, [
  { capacity_kwp: 8, area_m2: 40, tilt_deg: 25, azimuth_deg: 180 },
]);

test('a cell set back to what the file says is no change', () => {
  const pulled = withCells(emptyDraft, home({ load_kwh: '2400' }), { load_kwh: 3000 });
  expect(toChanges(pulled)).toEqual({ households: [{ household: 'H1', columns: { load_kwh: 3000 } }] });
  expect(isEmpty(withCells(pulled, home({ load_kwh: '2400' }), { load_kwh: 2400.0 }))).toBe(true);
  expect(isEmpty(withCells(emptyDraft, home({}), { battery_kwh: null }))).toBe(true);
});

test('a roof keeps its number, and its capacity takes the place of its area', () => {
  expect(roofsOf(emptyDraft, roofed)).toMatchObject([{ number: 2, kwp: 8, azimuth_deg: 180 }]);
  const draft = withCells(emptyDraft, roofed, roofCells(roofed, 2, 10));
  expect(draft.households.H1).toEqual({ roof2_kwp: 10, roof2_area_m2: null });
  expect(roofsOf(draft, roofed)).toMatchObject([{ number: 2, kwp: 10, tilt_deg: 25 }]);
});

test('a first roof gives a bare house a way to sell, a further one changes no way', () => {
  const bare = home({ mode: 'none' });
  expect(newRoofCells(emptyDraft, bare)).toMatchObject({ mode: 'self_use_surplus', roof1_kwp: 5 });
  expect(newRoofCells(emptyDraft, roofed)).not.toHaveProperty('mode');
  expect(newRoofCells(emptyDraft, roofed)).toHaveProperty('roof1_kwp');
});

test('a battery comes with a power and goes with it', () => {
  const put = withCells(emptyDraft, roofed, batteryCells(emptyDraft, roofed, 10));
  expect(cellOf(put, roofed, 'battery_kw')).toBe('5');
  expect(isEmpty(withCells(put, roofed, batteryCells(put, roofed, 0)))).toBe(true);
});

test('a battery pulled from nothing keeps half its energy as power, and a chosen power', () => {
  let draft = emptyDraft;
  for (const energy of [0.5, 4, 8]) draft = withCells(draft, roofed, batteryCells(draft, roofed, energy));
  expect(cellOf(draft, roofed, 'battery_kw')).toBe('4');
  draft = withCells(draft, roofed, { battery_kw: 3 });
  expect(batteryCells(draft, roofed, 12)).toEqual({ battery_kwh: 12, battery_kw: 3 });
});

test('a trial of one house leaves the changes of the others out', () => {
  const other = { ...home({}), id: 'H2' };
  let draft = withCells(withCells(emptyDraft, home({}), { load_kwh: 1 }), other, { load_kwh: 2 });
  draft = withEveryone(withKeys(draft, { 'plan.battery_dispatch': 'optimal' }), { pv: 'none' });
  expect(changesFor(draft, 'H2').households).toEqual([{ household: 'H2', columns: { load_kwh: 2 } }]);
  expect(changesFor(draft, 'H2').set).toEqual({ 'plan.battery_dispatch': 'optimal' });
  expect(countOf(draft)).toBe(4);
  expect(fromChanges(toChanges(draft))).toEqual(draft);
  expect(withKeys(draft, { 'plan.battery_dispatch': null }).set).toEqual({});
});
