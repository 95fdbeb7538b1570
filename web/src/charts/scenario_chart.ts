// One figure of every scenario as lying bars; the plan itself is marked by colour and by name.
import type { Words } from '../format/en';
import type { Scenario } from '../results';
import { frame, type Draw } from './pen';

const [labelWidth, lineHeight] = [130, 15];
const named = ({ name }: Scenario, { locale }: Words) => (locale === 'en' ? name.en : name.zh);

/** About how many lines a name takes when it is broken at its words, or between Chinese signs. */
function linesOf(name: string): number {
  const size = 12;
  let [lines, filled] = [1, 0];
  for (const piece of name.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*/g) ?? []) {
    const wide = /[\u2e80-\uffef]/.test(piece) ? size : 0.6 * size * piece.length;
    if (filled > 0 && filled + wide > labelWidth) {
      lines += 1;
      filled = 0;
    }
    lines += Math.floor(wide / labelWidth);
    filled += wide % labelWidth;
  }
  return lines;
}

/** Height at which every bar has the room that the longest name takes, on paper too. */
export function scenarioHeight(scenarios: Scenario[], words: Words): number {
  const lines = Math.max(1, ...scenarios.map((each) => linesOf(named(each, words))));
  return 24 + Math.max(46, 14 + 18 * lines) * scenarios.length;
}

export interface ScenarioFigure {
  of: (scenario: Scenario) => number | null;
  write: (value: number | null) => string;
}

export function scenarioChart(scenarios: Scenario[], { of, write }: ScenarioFigure): Draw {
  return (pen) => {
    const { words, colours, narrow } = pen;
    const { base, grid, text, categoryAxis, valueAxis } = frame(pen);
    const names = categoryAxis(scenarios.map((each) => named(each, words)));
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
          fontSize: 12,
          lineHeight,
          width: labelWidth,
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
