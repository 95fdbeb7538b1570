// The curve of a household or a village: options and columns for uPlot, times in the village's
// zone.
import uPlot from 'uplot';
import type { Colours } from '../charts/colours';
import type { Schemas } from './api';
import { kwhOf, zone } from './figures';

export type Series = Schemas['EnergySeries'];
export type Span = 'day' | 'month' | 'year';

export const stepOf: Record<Span, Series['step']> = { day: 'hour', month: 'day', year: 'month' };

const drawn = ['made', 'used', 'sold', 'bought'] as const;
export type Drawn = (typeof drawn)[number];

/** Columns in kWh, holes as null. */
export function columnsOf(series: Series): uPlot.AlignedData {
  const column = (values: (number | null)[]) => values.map(kwhOf);
  return [
    series.starts_unix_s,
    column(series.made_mWh),
    column(series.used_mWh),
    column(series.sold_mWh),
    column(series.bought_mWh),
  ];
}

export interface Look {
  names: Record<Drawn | 'time', string>;
  colours: Colours;
  locale: string;
  width: number;
  height: number;
}

/** How a step is named below the chart and in its table. */
export function timeName(unix_s: number, span: Span, locale: string): string {
  const options: Intl.DateTimeFormatOptions =
    span === 'day'
      ? { hour: '2-digit', minute: '2-digit' }
      : span === 'month'
        ? { month: 'numeric', day: 'numeric' }
        : { month: 'short' };
  return new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(unix_s * 1000);
}

export function optionsOf(span: Span, look: Look): uPlot.Options {
  const { colours, names, locale } = look;
  const tint: Record<Drawn, string> = {
    made: colours.pv,
    used: colours.load,
    sold: colours.export,
    bought: colours.import,
  };
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const axis = {
    stroke: colours.faint,
    grid: { stroke: colours.line, width: 1 },
    ticks: { show: false },
  };
  const bars = uPlot.paths.bars?.({ size: [0.7, 40], align: 1 });
  const steps = uPlot.paths.stepped?.({ align: 1 });
  return {
    width: look.width,
    height: look.height,
    tzDate: (unix_s) => uPlot.tzDate(new Date(unix_s * 1000), zone),
    legend: { live: true },
    cursor: { points: { size: 6 } },
    scales: { y: { range: (_chart, _low, high) => [0, high > 0 ? high * 1.08 : 1] } },
    series: [
      {
        label: names.time,
        value: (_chart, at) => (at === null ? '–' : timeName(at, span, locale)),
      },
      ...drawn.map((key): uPlot.Series => {
        const isBar = span !== 'day' && key === 'made';
        const paths = isBar ? bars : span === 'day' ? steps : undefined;
        return {
          label: names[key],
          stroke: tint[key],
          width: 2,
          spanGaps: false,
          points: { show: false },
          value: (_chart, kwh) => (kwh === null ? '–' : `${number.format(kwh)} kWh`),
          ...(isBar ? { fill: `${tint[key]}88` } : {}),
          ...(key === 'sold' ? { dash: [7, 4] } : key === 'bought' ? { dash: [2, 3] } : {}),
          ...(paths ? { paths } : {}),
        };
      }),
    ],
    axes: [
      {
        ...axis,
        space: 60,
        values: (_chart, at) => at.map((each) => timeName(each, span, locale)),
      },
      {
        ...axis,
        size: 56,
        label: 'kWh',
        labelSize: 18,
        values: (_chart, all) => all.map((each) => number.format(each)),
      },
    ],
  };
}
