// One measure of every village as standing bars; what belongs inside the first in a second colour.
import { energyScale, frame, yuanScale, type Draw } from './pen';

export interface TownBar {
  name: string;
  value: number | null;
  /** Of it, where the measure has such a part: sold of made. */
  part?: number | null;
}
export interface TownMeasure {
  kind: 'energy' | 'yuan' | 'plain';
  unit: string;
  title: string;
  partTitle?: string;
  write: (value: number) => string;
}

export function townChart(bars: TownBar[], measure: TownMeasure): Draw {
  return (pen) => {
    const { base, legend, grid, valueAxis, categoryAxis } = frame(pen);
    const most = Math.max(0, ...bars.map(({ value }) => value ?? 0));
    const { unit, divide } =
      measure.kind === 'energy'
        ? energyScale(most, pen)
        : measure.kind === 'yuan'
          ? yuanScale(most, pen)
          : { unit: measure.unit, divide: 1 };
    const inside = (each: TownBar) => Math.min(each.part ?? 0, each.value ?? 0);
    const series = [
      ...(measure.partTitle
        ? [{ name: measure.partTitle, colour: pen.colours.export, of: inside }]
        : []),
      {
        name: measure.title,
        colour: pen.colours.pv,
        of: (each: TownBar) => (each.value ?? 0) - (measure.partTitle ? inside(each) : 0),
      },
    ];
    return {
      ...base,
      tooltip: {
        ...base.tooltip,
        valueFormatter: (value: number) => measure.write(value * divide),
      },
      legend: measure.partTitle ? legend : { show: false },
      grid: { ...grid, bottom: measure.partTitle ? grid.bottom : 8 },
      xAxis: categoryAxis(bars.map(({ name }) => name)),
      yAxis: valueAxis(unit, (value) => pen.format.number(value, 1, 0)),
      series: series.map(({ name, colour, of }) => ({
        type: 'bar',
        stack: 'village',
        name,
        barMaxWidth: 72,
        itemStyle: { color: colour },
        data: bars.map((each) => of(each) / divide),
      })),
    };
  };
}
