// One party's money: each year's lines stacked above and below zero, and the running total.
import type { LineName, Party } from '../results';
import type { Colours } from './colours';
import { frame, yuanScale, type Draw } from './pen';

const colourOf: Record<LineName, keyof Colours> = {
  capex: 'curtailed',
  subsidy: 'olive',
  loan: 'battery',
  loan_service: 'battery',
  bill_saved: 'selfUse',
  export_income: 'export',
  rent: 'pv',
  dividend: 'rose',
  operation: 'loss',
  replacement: 'import',
  vat: 'load',
  lost_sales: 'curtailed',
  energy_received: 'export',
  export_payment: 'import',
};

export function netOfYears({ lines }: Party): number[] {
  const years = Math.max(0, ...lines.map(({ yuan }) => yuan.length));
  return Array.from({ length: years }, (_unused, year) =>
    lines.reduce((all, { yuan }) => all + (yuan[year] ?? 0), 0),
  );
}

export function runningTotal(values: number[]): number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}

export function partyChart(party: Party): Draw {
  return (pen) => {
    const { words, format, colours } = pen;
    const { base, legend, grid, valueAxis, categoryAxis } = frame(pen);
    const totals = runningTotal(netOfYears(party));
    const most = Math.max(1, ...totals.map(Math.abs));
    const { unit, divide } = yuanScale(most, pen);
    return {
      ...base,
      tooltip: { ...base.tooltip, valueFormatter: (yuan: number) => format.yuan(yuan * divide) },
      legend: { ...legend, type: 'plain' },
      grid: { ...grid, bottom: pen.narrow ? 112 : 74 },
      xAxis: {
        ...categoryAxis(totals.map((_total, year) => String(year))),
        axisLabel: { ...categoryAxis([]).axisLabel, interval: 4 },
      },
      yAxis: valueAxis(unit, (value) => format.number(value, 1, 0)),
      series: [
        ...party.lines.map(({ line, yuan }) => ({
          type: 'bar',
          stack: 'year',
          name: words.cashLines[line],
          barWidth: '62%',
          itemStyle: { color: colours[colourOf[line]] },
          data: yuan.map((each) => each / divide),
        })),
        {
          type: 'line',
          name: words.money.cumulative,
          data: totals.map((total) => total / divide),
          color: colours.load,
          lineStyle: { width: 3, color: colours.load },
          symbol: 'circle',
          symbolSize: 5,
        },
      ],
    };
  };
}
