// Every year's money as stacked bars, and the running total as a line that crosses zero at payback.
import type { CashYear } from '../results';
import { frame, yuanScale, type Draw } from './pen';

export function cashChart(years: CashYear[]): Draw {
  return (pen) => {
    const { words, format, colours } = pen;
    const { base, legend, grid, valueAxis, categoryAxis } = frame(pen);
    const most = Math.max(...years.map((year) => Math.abs(year.cumulative_yuan)));
    const { unit, divide } = yuanScale(most, pen);
    const bars = [
      {
        name: words.money.benefit,
        colour: colours.selfUse,
        of: (year: CashYear) => year.benefit_yuan,
      },
      {
        name: words.money.operation,
        colour: colours.loss,
        of: (year: CashYear) => -year.operation_yuan,
      },
      {
        name: words.money.replacement,
        colour: colours.battery,
        of: (year: CashYear) => -year.replacement_yuan,
      },
      {
        name: words.terms.capex,
        colour: colours.curtailed,
        of: (year: CashYear) => -year.capex_yuan,
      },
    ].filter(({ of }) => years.some((year) => of(year) !== 0));
    return {
      ...base,
      tooltip: {
        ...base.tooltip,
        valueFormatter: (value: number) => format.yuan(value * divide),
      },
      legend,
      grid: { ...grid, bottom: pen.narrow ? 88 : 78 },
      xAxis: {
        ...categoryAxis(years.map((year) => String(year.year))),
        axisLabel: { ...categoryAxis([]).axisLabel, interval: 4 },
      },
      yAxis: valueAxis(unit, (value) => format.number(value, 1, 0)),
      series: [
        ...bars.map(({ name, colour, of }) => ({
          type: 'bar',
          stack: 'year',
          name,
          barWidth: '62%',
          itemStyle: { color: colour },
          data: years.map((year) => of(year) / divide),
        })),
        {
          type: 'line',
          name: words.money.cumulative,
          data: years.map((year) => year.cumulative_yuan / divide),
          color: colours.load,
          lineStyle: { width: 3, color: colours.load },
          symbol: 'circle',
          symbolSize: 5,
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: colours.faint, type: 'solid', width: 1 },
            data: [{ yAxis: 0 }],
          },
        },
      ],
    };
  };
}
