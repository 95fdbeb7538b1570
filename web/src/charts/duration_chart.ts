// The flow through one transformer with the hours of the year sorted, between its rating lines.
import { frame, type Draw, type Pen } from './pen';

export const hours = 8760;

/** What pictures of power over the sorted hours of a year share. */
export function sortedHours(pen: Pen) {
  const { words, format, colours } = pen;
  const { base, legend, grid, text } = frame(pen);
  return {
    ...base,
    tooltip: {
      ...base.tooltip,
      axisPointer: { type: 'line', label: { show: false } },
      valueFormatter: (kw: number) => format.power(kw),
    },
    legend: { ...legend, icon: 'roundRect' },
    grid: { ...grid, bottom: 68 },
    xAxis: {
      type: 'value',
      min: 0,
      max: hours,
      interval: 2190,
      name: words.grid.hoursAxis,
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: { ...text, color: colours.faint },
      axisLabel: { ...text, formatter: (value: number) => format.number(value) },
      splitLine: { show: false },
      axisLine: { onZero: false },
    },
  };
}

const backLine = ({ words, format, colours, narrow }: Pen, kw: number) => ({
  yAxis: -kw,
  lineStyle: { color: colours.fed, type: 'dotted', width: 2 },
  label: {
    color: colours.ink,
    fontSize: narrow ? 12 : 14,
    position: 'insideStartTop',
    formatter: `${words.wires.reverseLine} ${format.power(kw)}`,
  },
});

/** `reverse_kw`: what may flow back, where that is less than the rating. */
export function durationChart(
  transformer: { rating_kva: number; duration_kw: number[] },
  reverse_kw?: number,
): Draw {
  return (pen) => {
    const { words, format, colours } = pen;
    const { valueAxis, text } = frame(pen);
    const last = Math.max(1, transformer.duration_kw.length - 1);
    const points = transformer.duration_kw.map(
      (kw, index) => [(index / last) * hours, kw] as const,
    );
    const most =
      1.12 * Math.max(transformer.rating_kva, ...transformer.duration_kw.map((kw) => Math.abs(kw)));
    const unit = 10 ** Math.floor(Math.log10(most)) / 2;
    const edge = Math.ceil(most / unit) * unit;
    const rating = (value: number, position: string) => ({
      yAxis: value,
      label: {
        ...text,
        position,
        formatter: `${words.grid.ratingLine} ${format.number(Math.abs(value))} kVA`,
      },
    });
    const back = reverse_kw === undefined ? [] : [backLine(pen, reverse_kw)];
    const area = (name: string, colour: string, keep: (kw: number) => number) => ({
      type: 'line',
      name,
      data: points.map(([hour, kw]) => [hour, keep(kw)]),
      showSymbol: false,
      color: colour,
      lineStyle: { width: 2, color: colour },
      areaStyle: { color: colour, opacity: 0.45 },
    });
    return {
      ...sortedHours(pen),
      yAxis: { ...valueAxis('kW', (kw) => format.number(kw)), min: -edge, max: edge },
      series: [
        {
          ...area(words.terms.importShort, colours.import, (kw) => Math.max(0, kw)),
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: colours.curtailed, type: 'dashed', width: 2 },
            data: [
              rating(transformer.rating_kva, 'insideEndTop'),
              rating(-transformer.rating_kva, 'insideStartTop'),
              ...back,
            ],
          },
        },
        area(words.terms.exportShort, colours.export, (kw) => Math.min(0, kw)),
      ],
    };
  };
}
