// The flow through one transformer, hours sorted, before and after its households run together.
import type { Transformer } from '../results';
import type { Coordination } from '../results_limits';
import { hours, sortedHours } from './duration_chart';
import { frame, type Draw } from './pen';

export function limitsChart(transformer: Transformer, coordination: Coordination): Draw {
  return (pen) => {
    const { words, format, colours } = pen;
    const { valueAxis, text } = frame(pen);
    const curve = (name: string, values: number[], colour: string, width: number) => ({
      type: 'line',
      name,
      data: values.map((kw, index) => [(index / Math.max(1, values.length - 1)) * hours, kw]),
      showSymbol: false,
      color: colour,
      lineStyle: { width, color: colour },
    });
    const limits = [coordination.import_limit_kw, -coordination.export_limit_kw];
    const all = [...coordination.duration_alone_kw, ...transformer.duration_kw];
    // A limit far from the flow would press the curves flat, and is left out of the picture.
    const reach = 1.6 * Math.max(1, ...all.map((kw) => Math.abs(kw)));
    const shown = limits.filter((kw) => Math.abs(kw) <= reach);
    const unit = 10 ** Math.floor(Math.log10(reach)) / 2;
    const edge = (kw: number) => Math.sign(kw) * Math.ceil(Math.abs(1.08 * kw) / unit) * unit;
    const line = (kw: number) => ({
      yAxis: kw,
      label: {
        ...text,
        position: kw > 0 ? 'insideEndTop' : 'insideStartBottom',
        formatter: `${words.limits.limitLine} ${format.power(Math.abs(kw))}`,
      },
    });
    return {
      ...sortedHours(pen),
      yAxis: {
        ...valueAxis('kW', (kw) => format.number(kw)),
        min: edge(Math.min(0, ...all, ...shown)),
        max: edge(Math.max(0, ...all, ...shown)),
      },
      series: [
        curve(words.limits.alone, coordination.duration_alone_kw, colours.faint, 2),
        {
          ...curve(words.limits.together, transformer.duration_kw, colours.selfUse, 3),
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: colours.curtailed, type: 'dashed', width: 2 },
            data: shown.map(line),
          },
        },
      ],
    };
  };
}
