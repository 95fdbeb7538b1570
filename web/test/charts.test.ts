// @vitest-environment node
// Charts draw what the plan says; seen in the SVG that ECharts makes of them.
import { init } from 'echarts/core';
import { expect, test } from 'vitest';
import { adoptersChart } from '../src/charts/adopters_chart';
import { cashChart } from '../src/charts/cash_chart';
import { colours } from '../src/charts/colours';
import { dayChart, sharedScale } from '../src/charts/day_chart';
import { durationChart } from '../src/charts/duration_chart';
import { gainsChart } from '../src/charts/gains_chart';
import { lifeChart } from '../src/charts/life_chart';
import { lossChart } from '../src/charts/loss_chart';
import { partyChart } from '../src/charts/party_chart';
import { profileChart } from '../src/charts/profile_chart';
import { scenarioChart, scenarioHeight } from '../src/charts/scenario_chart';
import { swingValue, tornadoChart, tornadoScale } from '../src/charts/tornado_chart';
import { voltDurationChart } from '../src/charts/volt_duration_chart';
import '../src/charts/engine';
import { frontChart } from '../src/charts/front_chart';
import { flowChart } from '../src/charts/flow_chart';
import { monthChart, monthNames } from '../src/charts/month_chart';
import type { Draw } from '../src/charts/pen';
import { en } from '../src/format/en';
import { createFormat } from '../src/format/numbers';
import { sampleResults } from '../src/sample/village';

const sample = sampleResults();
const format = createFormat('en');

function draw(drawing: Draw, width = 900): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: 400 });
  chart.setOption(drawing({ words: en, format, colours: colours.light, narrow: width < 560 }));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

test.each([320, 900])('every chart draws at %d px without a broken number', (width) => {
  const [day] = sample.typical_days;
  const [transformer] = sample.transformers;
  const drawings = [
    flowChart(sample.flows),
    monthChart(sample.months),
    cashChart(sample.money.cash_flow),
    dayChart(day!, sharedScale(sample.typical_days)),
    durationChart(transformer!),
    lossChart(sample.losses),
    gainsChart(sample.parties),
    tornadoChart(sample.uncertainty!),
    lifeChart(sample.carbon.life),
    frontChart(sample.sizing!, null),
    scenarioChart(sample.scenarios, { of: (each) => each.payback_years, write: String }),
    ...sample.parties[0]!.parties.map(partyChart),
    durationChart(sample.network!.transformers[0]!, 160),
    profileChart(sample.network!, 0, 'highest'),
    voltDurationChart(sample.network!, false),
    adoptersChart(sample.network!.hosting!.areas[0]!, sample.network!.hosting!.areas[0]!.random!),
  ];
  for (const drawing of drawings) {
    const svg = draw(drawing, width);
    expect(svg.length).toBeGreaterThan(2000);
    expect(svg).not.toContain('NaN');
  }
});

test('on a phone the battery is not named inside the Sankey', () => {
  expect(draw(flowChart(sample.flows), 900)).toMatch(/>Battery [\d,]+ kWh/);
  expect(draw(flowChart(sample.flows), 320)).not.toMatch(/>Battery [\d,]+ kWh/);
});

test('a scenario of a long name makes every bar higher', () => {
  const [plan] = sample.scenarios;
  const long = 'Everyone leases to the company, full export and no battery at all';
  const named = (name: string) => [plan!, { ...plan!, name: { en: name, zh: name } }];
  const each = (name: string) => (scenarioHeight(named(name), en) - 24) / 2;
  expect(each('Short')).toBe(46);
  // Four lines of 15 px, on paper too, where the chart keeps 0.88 of its height.
  expect(0.88 * each(long)).toBeGreaterThanOrEqual(4 * 15);
});

test('the Sankey names every source and use', () => {
  const svg = draw(flowChart(sample.flows));
  for (const name of ['Roofs (PV)', 'Bought from the grid', 'Sold to the grid', 'Battery loss']) {
    expect(svg).toContain(name);
  }
});

test('a month that comes twice shows its year', () => {
  const [january] = sample.months;
  const months = [...sample.months, { ...january!, month: '2027-01' }];
  expect(monthNames(sample.months, format)[0]).toBe('Jan');
  expect(monthNames(months, format).at(-1)).toBe('Jan 2027');
});

test('the shared scale is a round number above every curve', () => {
  const day = { ...sample.typical_days[0]!, pv_kw: [0, 341], load_kw: [1, 2], import_kw: [1, 0] };
  expect(sharedScale([day])).toBe(400);
  expect(sharedScale([])).toBe(1);
});

test('the waterfall names its stages and gives their shares', () => {
  const svg = draw(lossChart(sample.losses));
  for (const name of ['Light on level ground', 'Warmth of the modules', 'AC energy', '−4.1 %']) {
    expect(svg).toContain(name);
  }
});

test('the tornado’s ticks are round and lie within its ends', () => {
  const { least, most, ticks } = tornadoScale(sample.uncertainty!.tornado, 1_043_372, 0.2, 4);
  expect(ticks).toEqual([500_000, 1_000_000, 1_500_000]);
  expect(least).toBeLessThan(500_000);
  expect(most).toBeGreaterThan(1_500_000);
  expect(tornadoScale([], 0, 0.2, 4).ticks).toEqual([0]);
});

test('a changed value is read as a multiple, a rate, or in its unit', () => {
  const swing = sample.uncertainty!.tornado[0]!;
  const read = (change: object, value: number) =>
    swingValue({ ...swing, ...change }, value, en, format);
  expect(read({ factor: 'capex', unit: '-' }, 0.85)).toBe('× 0.85');
  expect(read({ factor: 'discount_rate', unit: '-' }, 0.05)).toBe('5.0 %');
  expect(read({ factor: 'life_years', unit: 'a' }, 20)).toBe('20 years');
});
