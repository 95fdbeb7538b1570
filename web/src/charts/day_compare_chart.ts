// One typical day of a house as it is and as it would be: the day that would be in full colours,
// what it takes the place of as thin lines behind it.
import { clock } from '../format/leads';
import { frame, type Draw } from './pen';

/** Powers of a mean day, a value a step. */
export interface Day {
  load_kw: number[];
  pv_kw: number[];
  import_kw: number[];
  export_kw: number[];
}

const kinds = [
  { key: 'pv_kw', colour: 'pv', area: 0.28, type: 'solid' },
  { key: 'load_kw', colour: 'load', area: 0, type: 'solid' },
  { key: 'export_kw', colour: 'export', area: 0, type: 'dashed' },
  { key: 'import_kw', colour: 'import', area: 0, type: 'dotted' },
] as const;

export interface DayNames {
  /** "Generation today" of "Generation" */
  today: (name: string) => string;
}

export function dayCompareChart(before: Day, after: Day, most: number, names: DayNames): Draw {
  return (pen) => {
    const { words, format, colours } = pen;
    const { base, grid, valueAxis, categoryAxis, legend, lineLegend } = frame(pen);
    const steps = after.load_kw.length;
    const titles = {
      pv_kw: words.terms.generation,
      load_kw: words.terms.load,
      export_kw: words.terms.exportShort,
      import_kw: words.terms.importShort,
    };
    const isChanged = (key: keyof Day) =>
      after[key].some((kw, step) => Math.abs(kw - (before[key][step] ?? 0)) > 0.005);
    const line = (name: string, data: number[], colour: string, width: number) => ({
      type: 'line',
      name,
      data,
      showSymbol: false,
      color: colour,
      lineStyle: { width, color: colour },
    });
    return {
      ...base,
      tooltip: {
        ...base.tooltip,
        axisPointer: { type: 'line' },
        valueFormatter: (kw: number) => format.power(kw),
      },
      legend: { ...legend, ...lineLegend, data: kinds.map(({ key }) => titles[key]) },
      grid: { ...grid, bottom: pen.narrow ? 62 : 44 },
      xAxis: {
        ...categoryAxis(after.load_kw.map((_kw, step) => clock(step, steps))),
        boundaryGap: false,
        axisLabel: { ...categoryAxis([]).axisLabel, interval: Math.max(0, steps / 8 - 1) },
      },
      yAxis: { ...valueAxis('kW', (kw) => format.number(kw, 1, 0)), max: most },
      series: [
        ...kinds
          .filter(({ key }) => isChanged(key))
          .map(({ key, colour, type }) => {
            const made = line(names.today(titles[key]), before[key], colours[colour], 1.2);
            return { ...made, lineStyle: { ...made.lineStyle, type, opacity: 0.55 } };
          }),
        ...kinds.map(({ key, colour, area, type }) => {
          const made = line(titles[key], after[key], colours[colour], 2.5);
          return {
            ...made,
            lineStyle: { ...made.lineStyle, type },
            areaStyle: area > 0 ? { color: colours[colour], opacity: area } : undefined,
          };
        }),
      ],
    };
  };
}

/** The highest power of both, so that the axis stays where it is from day to day. */
export function highestOf(days: Day[]): number {
  const most = Math.max(
    0.5,
    ...days.flatMap((day) => [...day.load_kw, ...day.pv_kw, ...day.import_kw]),
  );
  const unit = 10 ** Math.floor(Math.log10(most));
  return ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * unit >= most) ?? 10) * unit;
}
