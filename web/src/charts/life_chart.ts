// Avoided tonnes of each year as bars, and the falling factor of the grid as a line over them.
import type { CarbonLife } from '../results';
import { frame, type Draw } from './pen';

export function lifeChart({ years }: CarbonLife): Draw {
  return (pen) => {
    const { words, format, colours, narrow } = pen;
    const { base, legend, grid, valueAxis, categoryAxis } = frame(pen);
    const factor = valueAxis(words.carbon.value, (value) => format.number(value, 2));
    return {
      ...base,
      legend,
      grid: { ...grid, bottom: narrow ? 62 : 44, right: 4 },
      xAxis: {
        ...categoryAxis(years.map(({ year }) => String(year))),
        axisLabel: { ...categoryAxis([]).axisLabel, interval: 4 },
      },
      yAxis: [
        valueAxis(words.carbon.tonnes, (value) => format.number(value)),
        {
          ...factor,
          nameTextStyle: { ...factor.nameTextStyle, align: 'right' },
          min: 0,
          splitLine: { show: false },
        },
      ],
      series: [
        {
          type: 'bar',
          name: words.carbon.avoidedYear,
          barWidth: '62%',
          itemStyle: { color: colours.selfUse },
          tooltip: { valueFormatter: (value: number) => format.tonnes(value) },
          data: years.map(({ avoided_t }) => avoided_t),
        },
        {
          type: 'line',
          yAxisIndex: 1,
          name: `${words.terms.factor} (${words.carbon.value})`,
          color: colours.load,
          lineStyle: { width: 2.5, color: colours.load, type: 'dashed' },
          symbol: 'none',
          tooltip: { valueFormatter: (value: number) => format.number(value, 4) },
          data: years.map(({ kg_per_kwh }) => kg_per_kwh),
        },
      ],
    };
  };
}
