// One typical day: use, PV, import and export through the hours. All days share one scale.
import { clock } from '../format/leads';
import type { TypicalDay } from '../results';
import { frame, type Draw } from './pen';

export function dayChart(day: TypicalDay, most: number): Draw {
  return (pen) => {
    const { words, format, colours } = pen;
    const { base, grid, valueAxis, categoryAxis } = frame({ ...pen, narrow: true });
    const steps = day.load_kw.length;
    const lines = [
      {
        name: words.terms.generation,
        data: day.pv_kw,
        colour: colours.pv,
        area: 0.28,
        kind: 'solid',
      },
      { name: words.terms.load, data: day.load_kw, colour: colours.load, area: 0, kind: 'solid' },
      {
        name: words.terms.exportShort,
        data: day.export_kw,
        colour: colours.export,
        area: 0,
        kind: 'dashed',
      },
      {
        name: words.terms.importShort,
        data: day.import_kw,
        colour: colours.import,
        area: 0,
        kind: 'dotted',
      },
    ];
    return {
      ...base,
      tooltip: {
        ...base.tooltip,
        axisPointer: { type: 'line' },
        valueFormatter: (kw: number) => format.power(kw),
      },
      grid: { ...grid, bottom: 6 },
      xAxis: {
        ...categoryAxis(day.load_kw.map((_value, step) => clock(step, steps))),
        boundaryGap: false,
        axisLabel: { ...categoryAxis([]).axisLabel, interval: steps / 4 - 1 },
      },
      yAxis: { ...valueAxis('kW', (kw) => format.number(kw)), max: most },
      series: lines.map(({ name, data, colour, area, kind }) => ({
        type: 'line',
        name,
        data,
        showSymbol: false,
        color: colour,
        lineStyle: { width: 2.5, type: kind, color: colour },
        areaStyle: area > 0 ? { color: colour, opacity: area } : undefined,
      })),
    };
  };
}

/** A round number not below the highest power of all the days. */
export function sharedScale(days: TypicalDay[]): number {
  const most = Math.max(
    1,
    ...days.flatMap((day) => [...day.load_kw, ...day.pv_kw, ...day.import_kw]),
  );
  const unit = 10 ** Math.floor(Math.log10(most));
  return ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * unit >= most) ?? 10) * unit;
}
