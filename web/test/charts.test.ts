// @vitest-environment node
// Charts draw what the plan says; seen in the SVG that ECharts makes of them.
import { init } from 'echarts/core';
import { expect, test } from 'vitest';
import { cashChart } from '../src/charts/cash_chart';
import { colours } from '../src/charts/colours';
import { dayChart, sharedScale } from '../src/charts/day_chart';
import { durationChart } from '../src/charts/duration_chart';
import '../src/charts/engine';
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
  ];
  for (const drawing of drawings) {
    const svg = draw(drawing, width);
    expect(svg.length).toBeGreaterThan(2000);
    expect(svg).not.toContain('NaN');
  }
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
