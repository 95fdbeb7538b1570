// One figure of every scenario as lying bars; the plan itself is marked by colour and by name.
import type { Scenario } from '../results';
import { frame, type Draw } from './pen';

export interface ScenarioFigure {
  of: (scenario: Scenario) => number | null;
  write: (value: number | null) => string;
}

export function scenarioChart(scenarios: Scenario[], { of, write }: ScenarioFigure): Draw {
  return (pen) => {
    const { words, colours, narrow } = pen;
    const { base, grid, text, categoryAxis, valueAxis } = frame(pen);
    const name = (scenario: Scenario) =>
      words.locale === 'en' ? scenario.name.en : scenario.name.zh;
    const names = categoryAxis(scenarios.map(name));
    const values = scenarios.map(of);
    const [least, most] = [
      Math.min(0, ...values.map((value) => value ?? 0)),
      Math.max(0, ...values.map((value) => value ?? 0)),
    ];
    return {
      ...base,
      tooltip: {
        ...base.tooltip,
        valueFormatter: (value: number | null) => write(value ?? null),
      },
      grid: { ...grid, top: 6, bottom: 4, left: 4, right: narrow ? 92 : 110 },
      xAxis: {
        ...valueAxis('', () => ''),
        axisLabel: { show: false },
        splitLine: { show: false },
        // A bar to the left of zero has its label still further left.
        min: least < 0 ? least - 0.5 * (most - least) : 0,
        max: most || 1,
      },
      yAxis: {
        ...names,
        inverse: true,
        axisLabel: {
          ...names.axisLabel,
          interval: 0,
          hideOverlap: false,
          width: narrow ? 110 : 150,
          overflow: 'break',
        },
      },
      series: [
        {
          type: 'bar',
          barWidth: '58%',
          label: {
            ...text,
            show: true,
            position: 'right',
            formatter: ({ dataIndex }: { dataIndex: number }) => write(values[dataIndex] ?? null),
          },
          data: scenarios.map((scenario, index) => ({
            // A bar of no length still carries its label, "never".
            value: values[index] ?? 0,
            label: { position: (values[index] ?? 0) < 0 ? 'left' : 'right' },
            itemStyle: { color: scenario.is_base ? colours.pv : colours.import },
          })),
        },
      ],
    };
  };
}
