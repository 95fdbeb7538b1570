// How many random orders of adopters keep the limits, by added PV; beside it the even spread and
// the quick check.
import type { HostingArea, RandomAdopters } from '../results';
import { frame, type Draw } from './pen';

/** The curve at any kW: between its points straight, beyond them as at its ends. */
export function shareAt(curve: [number, number][], kw: number): number {
  const next = curve.findIndex(([at]) => at >= kw);
  const [last] = curve.slice(-1);
  if (next < 0) return last?.[1] ?? 0;
  const [toKw, to] = curve[next] ?? [0, 0];
  const [fromKw, from] = curve[next - 1] ?? [toKw, to];
  return toKw === fromKw ? to : from + ((to - from) * (kw - fromKw)) / (toKw - fromKw);
}

function bandOf({ share_that_keeps: curve, p05_kw, p95_kw }: RandomAdopters): [number, number][] {
  const inside = curve.filter(([kw]) => kw > p05_kw && kw < p95_kw);
  const end = (kw: number): [number, number] => [kw, shareAt(curve, kw)];
  return [end(p05_kw), ...inside, end(p95_kw)];
}

export function adoptersChart(area: HostingArea, random: RandomAdopters): Draw {
  return (pen) => {
    const { words, format, colours } = pen;
    const { base, legend, lineLegend, grid, text, valueAxis } = frame(pen);
    const percent = ([kw, share]: [number, number]) => [kw, 100 * share];
    const curve = {
      type: 'line',
      name: words.wires.keeps,
      data: random.share_that_keeps.map(percent),
      symbol: 'none',
      color: colours.selfUse,
      lineStyle: { width: 3, color: colours.selfUse },
    };
    const upright = (name: string, kw: number, colour: string, type: string) => ({
      type: 'line',
      name: `${name} ${format.power(kw)}`,
      // A room below zero is no room; its sentence says how far below.
      data: [0, 100].map((share) => [Math.max(0, kw), share]),
      symbol: 'none',
      color: colour,
      lineStyle: { width: 2.5, type, color: colour },
    });
    const uprights = [
      upright(words.wires.evenLine, area.more_kw, colours.drawn, 'solid'),
      upright(words.wires.quickLine, area.dlt2041_kw, colours.battery, 'dashed'),
    ];
    const last = random.share_that_keeps.at(-1)?.[0] ?? 0;
    return {
      ...base,
      tooltip: { show: false },
      legend: {
        ...legend,
        ...lineLegend,
        itemGap: 12,
        data: [
          { name: words.wires.band, icon: 'rect', itemStyle: { opacity: 0.35 } },
          ...[curve, ...uprights].map(({ name }) => ({ name })),
        ],
      },
      grid: { ...grid, bottom: pen.narrow ? 128 : 92 },
      xAxis: {
        type: 'value',
        min: 0,
        max: Math.ceil(1.05 * Math.max(last, area.more_kw, area.dlt2041_kw)),
        name: words.wires.hostingAxis,
        nameLocation: 'middle',
        nameGap: 26,
        nameTextStyle: { ...text, color: colours.faint },
        axisLabel: { ...text, hideOverlap: true, formatter: (kw: number) => format.number(kw) },
        splitLine: { show: false },
      },
      yAxis: { ...valueAxis(words.wires.shareAxis, (share) => format.number(share)), min: 0, max: 100 },
      series: [
        {
          ...curve,
          name: words.wires.band,
          data: bandOf(random).map(percent),
          lineStyle: { width: 0 },
          areaStyle: { color: colours.selfUse, opacity: 0.25 },
        },
        curve,
        ...uprights,
      ],
    };
  };
}
