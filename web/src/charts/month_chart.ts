// Months as stacked bars: above the line what the roofs make, below it what the village buys.
import type { Month } from '../results';
import type { Words } from '../format/en';
import type { Format } from '../format/numbers';
import { energyScale, frame, type Draw } from './pen';

/** Names of the months; with their years when a plan starts inside a month and meets it twice. */
export function monthNames(months: Month[], format: Format): string[] {
  const names = months.map((month) => format.month(month.month));
  return new Set(names).size === names.length
    ? names
    : months.map((month) => format.monthAndYear(month.month));
}

export function monthParts(words: Words) {
  return [
    { key: 'self_used_kwh', colour: 'selfUse', name: words.terms.selfUse, sign: 1 },
    { key: 'export_kwh', colour: 'export', name: words.terms.export, sign: 1 },
    { key: 'curtailed_kwh', colour: 'curtailed', name: words.terms.curtailed, sign: 1 },
    { key: 'import_kwh', colour: 'import', name: words.terms.import, sign: -1 },
  ] as const;
}

export function monthChart(months: Month[]): Draw {
  return (pen) => {
    const { base, legend, grid, valueAxis, categoryAxis } = frame(pen);
    const most = Math.max(...months.map((month) => Math.max(month.pv_kwh, month.import_kwh)));
    const { unit, divide } = energyScale(most, pen);
    const parts = monthParts(pen.words).filter(
      ({ key }) => key !== 'curtailed_kwh' || months.some((month) => month[key] > 0),
    );
    return {
      ...base,
      tooltip: {
        ...base.tooltip,
        valueFormatter: (value: number) => pen.format.kwh(Math.abs(value) * divide),
      },
      legend,
      grid: { ...grid, bottom: pen.narrow ? 84 : 44 },
      xAxis: {
        ...categoryAxis(monthNames(months, pen.format)),
        axisLabel: { ...categoryAxis([]).axisLabel, interval: pen.narrow ? 1 : 0 },
      },
      yAxis: valueAxis(unit, (value) => pen.format.number(Math.abs(value), 1, 0)),
      series: parts.map(({ key, colour, name, sign }) => ({
        type: 'bar',
        stack: 'month',
        name,
        barWidth: '62%',
        itemStyle: { color: pen.colours[colour] },
        data: months.map((month) => (sign * month[key]) / divide),
      })),
    };
  };
}
