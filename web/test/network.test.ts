// What is said and drawn of the village's wires, also at the edges of what a plan may hold.
import { expect, test } from 'vitest';
import { shareAt } from '../src/charts/adopters_chart';
import { colours } from '../src/charts/colours';
import { stretches, voltEnds } from '../src/charts/profile_chart';
import { layTree } from '../src/charts/tree_layout';
import { whyBars } from '../src/charts/why_bars';
import { fullness, linesOf, strokeWidth } from '../src/charts/wire_look';
import { mapPicture, mapScale, treePicture } from '../src/charts/wire_picture';
import { en } from '../src/format/en';
import type { Tongue } from '../src/format/leads';
import {
  busTold,
  hardestHouse,
  hostingSays,
  houseWire,
  limitText,
  remedyCost,
  roomBinds,
  roomColour,
  roomKind,
  roomsSays,
  sheetWires,
  timeOf,
  wiresLead,
} from '../src/format/network_leads';
import { createFormat } from '../src/format/numbers';
import { sectionsOf } from '../src/format/readers';
import { zh } from '../src/format/zh';
import type { Network, NetworkHouse, Why } from '../src/results';
import { sampleResults } from '../src/sample/village';

const english: Tongue = { words: en, format: createFormat('en'), name: (name) => name.en };
const chinese: Tongue = { words: zh, format: createFormat('zh'), name: (name) => name.zh };
const results = sampleResults();
const sample = results.network as Network;
const sight = { moment: 'highest', dark: false, named: false } as const;

function change(alter: (network: Network) => void): Network {
  const network = structuredClone(sample);
  alter(network);
  return network;
}

const noHours = Object.fromEntries(
  Object.keys(sample.hours_beyond).map((kind) => [kind, 0]),
) as Network['hours_beyond'];

test('a plan without wires has no section of them', () => {
  expect(sectionsOf('everyone', results)).toContain('wires');
  expect(sectionsOf('grid_company', results)).toContain('wires');
  expect(sectionsOf('everyone', { ...results, network: null })).not.toContain('wires');
  const { network: _network, ...older } = results;
  expect(sectionsOf('everyone', older)).not.toContain('wires');
});

test('the lead names the worst house, its moment, its limit, what fits and the cheapest change', () => {
  const told = change((one) => {
    Object.assign(one.highest!, { house: 'H012', volts: 236.84, at: '2026-05-03T12:15' });
    one.lowest = null;
    one.houses.forEach((house, at) => (house.hours_above = at < 3 ? 100 * (at + 1) : 0));
    one.hours_beyond = { ...noHours, voltage_high: 310, transformer_reverse: 86 };
    one.hosting!.areas = [{ ...one.hosting!.areas[0]!, more_kw: 41.26 }];
    one.remedies = [
      { ...one.remedies[0]!, yuan_per_kw: null, more_kw: 90 },
      { ...one.remedies[0]!, name: { en: 'other phases', zh: '换相' }, yuan_per_kw: 85, more_kw: 28 },
      { ...one.remedies[0]!, yuan_per_kw: 300, more_kw: 60 },
    ];
  });
  expect(wiresLead(told, english)).toBe(
    'The highest voltage is 236.8 V at H012, 3 May, 12:15; 235.4 V is allowed. ' +
      '3 houses are above the limit, the worst for 300 hours a year. ' +
      'Also beyond their limits: flow back through the transformer (86 h). ' +
      'Spread evenly over the houses, 41.3 kW more PV fits. ' +
      'The cheapest change: “other phases”, 28 kW more for ¥85 a kW.',
  );
  expect(wiresLead(told, chinese)).toContain('3 户电压越上限，最严重的一年 300 小时。');
});

test('what is kept is said to be kept, and what costs nothing to cost nothing', () => {
  const calm = change((one) => {
    one.hours_beyond = noHours;
    one.houses.forEach((house) => Object.assign(house, { hours_above: 0, hours_below: 0 }));
    one.hosting!.areas.forEach((area) => (area.more_kw = 0));
    one.remedies = [{ ...one.remedies[0]!, yuan_per_kw: 0, more_kw: 12 }];
  });
  const said = wiresLead(calm, english);
  expect(said).toContain('Every limit of the wires is kept');
  expect(said).toContain('no more PV fits');
  expect(said).toContain('costs nothing to do');
  expect(wiresLead({ ...calm, highest: null, lowest: null, hosting: null, remedies: [] }, english)).toBe(
    en.wires.kept,
  );
});

test('a bus is told with its three voltages, a house with its phases', () => {
  const house = sample.houses.find(({ phases }) => phases === 'A') as NetworkHouse;
  const network = change((one) =>
    Object.assign(one.buses[house.bus]!, {
      volts_at_highest: [236.12, 229, 228.06],
      from_transformer_m: 131.7,
    }),
  );
  expect(busTold(network, house.bus, house, 'highest', english)).toBe(
    `${house.id} (phase A), 132 m from the transformer · A 236.1 V · B 229.0 V · C 228.1 V`,
  );
  network.buses[house.bus]!.volts_at_highest = [null, null, null];
  expect(busTold(network, house.bus, undefined, 'highest', english)).toContain('no voltage found');
});

test('a house counts by its own phases only, and a pole is never beyond a limit', () => {
  const single = sample.houses.find(({ phases }) => phases === 'B') as NetworkHouse;
  const network = change((one) =>
    one.buses.forEach((bus) => (bus.volts_at_highest = [250, 230, 230])),
  );
  const root = sample.transformers[single.transformer]!.bus;
  const { dots } = treePicture(network, layTree(network, root), sight);
  const shapeOf = (id: string) => dots.find(({ house }) => house === id)?.shape;
  const other = network.houses.find(
    ({ phases, transformer }) => phases === 'A' && transformer === single.transformer,
  );
  expect(shapeOf(single.id)).toBe('circle');
  expect(shapeOf(other!.id)).toBe('above');
  expect(dots.filter(({ house }) => house === null).every(({ shape }) => shape === 'pole')).toBe(true);
  expect(hardestHouse(network, single.transformer, 'highest')?.volts).toBe(250);
});

test('lines thicken with their loading either way, and one beyond its rating is marked', () => {
  const line = { ...sample.lines[0]!, loading: 0.2, reverse_loading: 0.9 };
  expect(fullness([line])).toBe(0.9);
  expect(fullness([{ ...line, loading: null, reverse_loading: null }])).toBeNull();
  expect(strokeWidth(0.9)).toBeGreaterThan(strokeWidth(0.2));
  expect(strokeWidth(9)).toBe(strokeWidth(1.1));
  const network = change((one) => (one.lines[0]!.reverse_loading = 1.2));
  const { strokes } = treePicture(network, layTree(network, 0), sight);
  expect(strokes.filter(({ kind }) => kind === 'full')).toHaveLength(1);
});

test('a line that closes a loop is drawn beside the tree', () => {
  const poles = sample.buses.flatMap(({ transformer, house }, bus) =>
    transformer === 0 && house === null ? [bus] : [],
  );
  const network = change((one) =>
    one.lines.push({ ...one.lines[0]!, name: 'loop', from: poles.at(-1)!, to: poles.at(-3)! }),
  );
  expect(linesOf(network).loops.map(({ name }) => name)).toEqual(['loop']);
  const { strokes } = treePicture(network, layTree(network, 0), sight);
  expect(strokes.filter(({ kind }) => kind === 'loop')).toHaveLength(1);
});

test('the map is to scale, north above, and there only where every bus has its place', () => {
  const map = mapPicture(sample, 800, sight)!;
  const at = (bus: number) => map.dots.find((dot) => dot.bus === bus)!;
  const line = sample.lines[0]!;
  const [from, to] = [at(line.from), at(line.to)];
  expect(Math.hypot(from.x - to.x, from.y - to.y)).toBeCloseTo(line.length_m * map.perMetre, 6);
  const north = sample.buses.reduce((best, bus, index) =>
    bus.y_m! > sample.buses[best]!.y_m! ? index : best, 0);
  expect(at(north).y).toBe(Math.min(...map.dots.map(({ y }) => y)));
  expect(map.dots.every(({ x, y }) => x > 0 && x < 800 && y > 0 && y < map.height)).toBe(true);
  expect(mapPicture(change((one) => (one.buses[3]!.x_m = null)), 800, sight)).toBeNull();
});

test('the scale bar is a round length that fits', () => {
  for (const span of [60, 137, 420, 900, 2600]) {
    const { perMetre, barM } = mapScale(span, 800);
    expect([1, 2, 5]).toContain(barM / 10 ** Math.floor(Math.log10(barM) + 1e-9));
    expect(perMetre * barM).toBeLessThanOrEqual(140);
    expect(perMetre * barM).toBeGreaterThan(50);
  }
});

test('the profile has a stretch for every line of the area, and gaps between them', () => {
  const area = sample.buses.filter(({ transformer, above }) => transformer === 1 && above !== null);
  const points = stretches(sample, 1, 'lowest', 2);
  expect(points).toHaveLength(3 * area.length);
  expect(points.filter(([, volts]) => volts === null)).toHaveLength(area.length);
});

test('the axis of volts holds the values, and a limit only where it is near', () => {
  expect(voltEnds([221, 236.3], [235.4, 198])).toEqual({ min: 220, max: 240 });
  expect(voltEnds([205, 214], [235.4, 198])).toEqual({ min: 195, max: 215 });
});

test('the bars of the worst house lead from the unloaded voltage to what stands there', () => {
  const why: Why = {
    house: 'H3',
    wire: 'A',
    at: '2026-05-03T12:15',
    volts: 237,
    unloaded_v: 230,
    line_m: 100,
    causes: [
      { house: 'H1', fed_kw: 8, volts: 3 },
      { house: 'H3', fed_kw: 6, volts: 2.5 },
      { house: 'H2', fed_kw: -1, volts: -0.2 },
    ],
    others_volts: 1,
  };
  const { bars, limit } = whyBars(why, 235.4);
  expect(bars.map(({ key }) => key)).toEqual(['unloaded', 'own', 'H1', 'H2', 'others', 'bent', 'stands']);
  bars.slice(1, -1).forEach((bar, at) => expect(bar.from).toBeCloseTo(bars[at]!.to, 12));
  expect(bars.at(-1)?.to).toBeCloseTo(bars.at(-2)!.to, 12);
  expect(bars.find(({ key }) => key === 'bent')?.volts).toBeCloseTo(0.7, 12);
  expect(limit).toBeGreaterThan(bars[1]!.to);
  expect(limit).toBeLessThan(bars.at(-1)!.to);
  expect(whyBars(why, 198).limit).toBeNull();
});

test('more neighbours than have a bar are told together, and nothing is lost', () => {
  const why = sample.highest as Why;
  const { bars } = whyBars(why, 235.4);
  const told = bars.slice(1, -1).reduce((sum, bar) => sum + bar.volts, why.unloaded_v);
  expect(told).toBeCloseTo(why.volts, 1);
  expect(bars.length).toBeLessThanOrEqual(11);
});

test('what fits, by even spread, by quick check, by random orders, and what stops it', () => {
  const area = {
    ...sample.hosting!.areas[0]!,
    transformer: 0,
    more_kw: 41.2,
    dlt2041_kw: -12.4,
    binding: {
      ...sample.hardest[0]!,
      text: { en: 'voltage at H009, phase A: 235.5 V, 235.4 V allowed', zh: '' },
    },
  };
  Object.assign(area.random!, { p05_kw: 16, p50_kw: 32, p95_kw: 48, binding: { voltage_high: 0.9, line: 0.1, unbalance: 0 } });
  expect(hostingSays(area, sample, english).replaceAll('\u00a0', ' ')).toBe(
    'Behind T1 41.2 kW more fits, spread evenly. ' +
      'What stops the next kW: voltage at H009, phase A: 235.5 V, 235.4 V allowed. ' +
      'The quick check of DL/T 2041 gives −12.4 kW: no room. ' +
      'If houses add 8 kW each in random order (200 orders), between 16 kW and 48 kW fit, half of the orders bear 32 kW. ' +
      'What stops them: highest voltage in 90 %, rating of a line in 10 %.',
  );
  expect(hostingSays({ ...area, random: null, more_kw: 0 }, sample, english)).toContain('Behind T1 nothing more fits: voltage at H009');
  expect(hostingSays({ ...area, is_bounded: false, binding: null }, sample, english)).toContain('meets no limit');
  const nobody = { ...area, random: { ...area.random!, p95_kw: 0 } };
  expect(hostingSays(nobody, sample, english)).toContain('hardly one house');
});

test('the curve of random orders is read between its points and beyond its ends', () => {
  const curve: [number, number][] = [
    [0, 1],
    [8, 1],
    [16, 0.5],
    [24, 0],
  ];
  expect([-1, 4, 12, 16, 20, 99].map((kw) => shareAt(curve, kw))).toEqual([1, 1, 0.75, 0.5, 0.25, 0]);
  expect(shareAt([], 3)).toBe(0);
});

test('the room of a roof and what binds it, each kind with its own colour', () => {
  const [house] = sample.houses as [NetworkHouse];
  const bound = { ...house, more_kw: 4, more_is_bounded: true, binding: sample.hardest[0]! };
  expect(roomKind(bound)).toBe('voltage_high');
  expect(roomBinds(bound, english)).toBe(limitText(sample.hardest[0]!, english));
  const full = { ...bound, more_is_bounded: false, binding: null, pv_kw: 5, room_kw: 9 };
  expect(roomKind(full)).toBe('roof');
  expect(roomBinds(full, english)).toBe(en.wires.roofFull);
  expect(roomBinds({ ...full, room_kw: null }, english)).toBe(en.wires.noLimit);
  const kinds = [...(Object.keys(en.wires.limit) as (keyof typeof en.wires.limit)[]), 'roof' as const];
  expect(new Set(kinds.map((kind) => roomColour(kind, colours.light))).size).toBe(kinds.length);
  const rooms = change((one) => one.houses.forEach((each, at) => (each.more_kw = at % 4)));
  expect(roomsSays(rooms, english)).toContain('of 40 houses half may add 1.5 kW or more; 10 may add nothing');
});

test('figures stay on one line with their unit', () => {
  const use = { ...sample.hardest[0]!, text: { en: 'line L1: 244 A, 238 A allowed; 12 houses, 8 kVA', zh: '' } };
  expect(limitText(use, english)).toBe('line L1: 244\u00a0A, 238\u00a0A allowed; 12 houses, 8\u00a0kVA');
});

test('a remedy says its cost, or which price is missing and where it is written', () => {
  const [remedy] = sample.remedies;
  const cost = (change: object) => remedyCost({ ...remedy!, ...change }, english);
  expect(cost({ cost_yuan: 2400 })).toBe('costs ¥2,400');
  expect(cost({ cost_yuan: 0 })).toBe('costs nothing to do');
  expect(cost({ cost_yuan: null, missing: 'network.costs.tap_yuan' })).toBe(
    'Price missing: network.costs.tap_yuan',
  );
  expect(cost({ cost_yuan: null, missing: null })).toBe('Price missing');
});

test('the sheet tells a house its voltages and its room, and that the wires are assumed', () => {
  const network = change((one) =>
    Object.assign(one.houses[0]!, {
      lowest_v: 211.6,
      highest_v: 236.9,
      hours_above: 41.5,
      hours_below: 0,
      more_kw: 3.44,
      more_is_bounded: true,
    }),
  );
  const id = network.houses[0]!.id;
  expect(sheetWires(network, id, english)).toEqual([
    'Its voltage lies between 212 V and 237 V over the year.',
    'For about 42 hours it is above the 235.4 V allowed; your plant may then switch off.',
    'It bears about 3.4 kW more PV.',
    'The wires are assumed, not surveyed.',
  ]);
  network.is_assumed = false;
  network.houses[0]!.more_kw = 0;
  expect(sheetWires(network, id, chinese).at(-1)).toBe(zh.wires.sheetNone);
  expect(sheetWires(network, 'nobody', english)).toEqual([]);
  expect(sheetWires(null, id, english)).toEqual([]);
  network.houses[0]!.more_kw = null;
  expect(sheetWires(network, id, english)).toHaveLength(2);
  expect(houseWire(network, network.houses[0]!, english)).not.toContain('roof');
});

test('a plan’s local time is told as a day and a clock', () => {
  expect(timeOf('2026-05-03T12:15', english)).toBe('3 May, 12:15');
  expect(timeOf('2026-05-03T12:15', chinese)).toBe('5月3日 12:15');
});
