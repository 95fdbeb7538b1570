// Voltage along the wires: metres from the transformer, volts, one line a phase along each branch.
import type { Moment, Network } from '../results';
import type { Colours } from './colours';
import { frame, type Draw, type Pen } from './pen';

const phases = ['A', 'B', 'C'] as const;

/** Yellow, green and red, as the phases are painted; apart in lightness, and in dashes as well. */
export const phaseColours = (colours: Colours) => [colours.pv, colours.selfUse, colours.rose];
export const phaseDashes = ['solid', 'dashed', 'dotted'] as const;

/** A pair of points for each stretch from a bus to the one above it, parted by gaps. */
export function stretches(network: Network, area: number, moment: Moment, phase: number) {
  const voltsOf = (bus: number) => {
    const at = network.buses[bus];
    return (moment === 'highest' ? at?.volts_at_highest : at?.volts_at_lowest)?.[phase] ?? null;
  };
  return network.buses.flatMap((bus, index) => {
    if (bus.transformer !== area || bus.above === null) return [];
    const above = network.buses[bus.above];
    const [from, to] = [voltsOf(bus.above), voltsOf(index)];
    if (!above || from === null || to === null) return [];
    return [
      [above.from_transformer_m, from],
      [bus.from_transformer_m, to],
      [bus.from_transformer_m, null],
    ] as [number, number | null][];
  });
}

/** Round ends of the axis of volts that hold all values, and the limits where they are near. */
export function voltEnds(values: number[], limits: number[]): { min: number; max: number } {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const near = limits.filter((limit) => limit > least - 12 && limit < most + 12);
  return {
    min: 5 * Math.floor((Math.min(least, ...near) - 1) / 5),
    max: 5 * Math.ceil((Math.max(most, ...near) + 1) / 5),
  };
}

/** The dashed lines of the limits, for those that the axis holds. */
export function limitLines({ words, format, colours, narrow }: Pen, { limits }: Network) {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: colours.curtailed, type: 'dashed', width: 2 },
    data: [
      { volts: limits.highest_v, position: 'insideEndBottom' },
      { volts: limits.lowest_v, position: 'insideEndTop' },
    ].map(({ volts, position }) => ({
      yAxis: volts,
      label: {
        color: colours.ink,
        fontSize: narrow ? 12 : 14,
        position,
        formatter: words.wires.limitLine(format.volts(volts)),
      },
    })),
  };
}

export function profileChart(network: Network, area: number, moment: Moment): Draw {
  return (pen) => {
    const { words, format, colours } = pen;
    const { base, legend, lineLegend, grid, text, valueAxis } = frame(pen);
    const lines = phases.map((_phase, at) => stretches(network, area, moment, at));
    const volts = lines.flat().flatMap(([, volt]) => volt ?? []);
    const { nominal_v, highest_v, lowest_v } = network.limits;
    const ends = voltEnds(volts.length > 0 ? volts : [nominal_v], [highest_v, lowest_v]);
    return {
      ...base,
      tooltip: { show: false },
      legend: { ...legend, ...lineLegend },
      grid: { ...grid, bottom: 68 },
      xAxis: {
        type: 'value',
        min: 0,
        name: words.wires.profileAxis,
        nameLocation: 'middle',
        nameGap: 26,
        nameTextStyle: { ...text, color: colours.faint },
        axisLabel: { ...text, formatter: (metres: number) => format.number(metres) },
        splitLine: { show: false },
        axisLine: { onZero: false },
      },
      yAxis: { ...valueAxis('V', (volt) => format.number(volt)), ...ends },
      series: phases.map((phase, at) => ({
        type: 'line',
        name: words.wires.phase(phase),
        data: lines[at],
        symbol: 'none',
        color: phaseColours(colours)[at],
        lineStyle: { width: 2, type: phaseDashes[at], color: phaseColours(colours)[at] },
        ...(at === 0 ? { markLine: limitLines(pen, network) } : {}),
      })),
    };
  };
}
