// The highest and the lowest house's voltage over the sorted hours of the year, with the limits.
import type { Network } from '../results';
import { hours, sortedHours } from './duration_chart';
import { frame, type Draw } from './pen';
import { limitLines, voltEnds } from './profile_chart';
import { rampColour } from './volt_scale';

export function voltDurationChart(network: Network, dark: boolean): Draw {
  return (pen) => {
    const { words, format } = pen;
    const { valueAxis, lineLegend } = frame(pen);
    const { highest_v, lowest_v } = network.durations;
    const common = sortedHours(pen);
    const curve = (name: string, volts: number[], position: number, type: string) => ({
      type: 'line',
      name,
      data: volts.map((volt, at) => [(at / Math.max(1, volts.length - 1)) * hours, volt]),
      symbol: 'none',
      color: rampColour(position, dark),
      lineStyle: { width: 3, type, color: rampColour(position, dark) },
    });
    const limits = [network.limits.highest_v, network.limits.lowest_v];
    return {
      ...common,
      legend: { ...common.legend, ...lineLegend, icon: undefined },
      tooltip: { ...common.tooltip, valueFormatter: (volt: number) => format.volts(volt) },
      yAxis: {
        ...valueAxis('V', (volt) => format.number(volt)),
        ...voltEnds([...highest_v, ...lowest_v], limits),
      },
      series: [
        {
          ...curve(words.wires.highestCurve, highest_v, 1, 'solid'),
          markLine: limitLines(pen, network),
        },
        curve(words.wires.lowestCurve, lowest_v, -1, 'solid'),
      ],
    };
  };
}
