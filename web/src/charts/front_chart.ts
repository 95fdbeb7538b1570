// One household's front of cost against self-sufficiency, its points named by their sizes, and the
// planned sizes beside it.
import type { Sizing, WeighedSizes } from '../results';
import { frame, yuanScale, type Draw } from './pen';

/** Between the PV and the battery of a point's name. */
const pointBreak = /[,，] ?/;

export function frontChart(sizing: Sizing, planned: WeighedSizes | null): Draw {
  return (pen) => {
    const { words, format, colours, narrow } = pen;
    const { base, legend, grid, text, valueAxis } = frame(pen);
    const points = sizing.front?.points ?? [];
    const most = Math.max(1, ...points.map((point) => Math.abs(point.total_yuan)));
    const { unit, divide } = yuanScale(most, pen);
    const named = (kwp: number, kwh: number) =>
      words.sizing.point(format.number(kwp, 1, 0), format.number(kwh, 1, 0));
    const shares = points.map((point) => point.self_sufficiency);
    const [least, largest] = [Math.min(...shares), Math.max(...shares)];
    const start = Math.floor(20 * Math.min(least, planned?.self_sufficiency ?? 1)) / 20;
    const end = Math.min(1, Math.ceil(20 * Math.max(largest, planned?.self_sufficiency ?? 0)) / 20);
    return {
      ...base,
      tooltip: {
        ...base.tooltip,
        trigger: 'item',
        formatter: ({ data }: { data: { value: [number, number]; name: string } }) =>
          [data.name, format.percent(data.value[0], 1), format.yuan(data.value[1])].join('<br>'),
      },
      legend: { ...legend },
      grid: { ...grid, bottom: 76, right: narrow ? 24 : 60 },
      xAxis: {
        type: 'value',
        min: start,
        max: Math.max(end, start + 0.05),
        name: words.terms.selfSufficiency,
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: { ...text, color: colours.faint },
        axisLabel: { ...text, hideOverlap: true, formatter: (value: number) => format.percent(value) },
        splitLine: { show: false },
        axisLine: { onZero: false },
      },
      yAxis: {
        ...valueAxis(`${words.sizing.cost[sizing.objective]}, ${unit}`, (yuan) =>
          format.number(yuan / divide, divide > 1 ? 1 : 0, 0),
        ),
        scale: true,
      },
      series: [
        {
          type: 'line',
          name: words.sizing.provedPoint,
          color: colours.battery,
          lineStyle: { width: 2, color: colours.battery },
          symbol: 'circle',
          symbolSize: 9,
          label: {
            ...text,
            fontSize: narrow ? 11 : 13,
            show: true,
            position: 'top',
            distance: 8,
            formatter: ({ data }: { data: { name: string } }) => data.name.replace(pointBreak, '\n'),
          },
          data: points.map((point, index) => ({
            value: [point.self_sufficiency, point.total_yuan],
            name: named(point.pv_kwp, point.battery_kwh),
            label: {
              // On a phone there is room for the ends and the middle alone.
              show: !narrow || index % Math.ceil((points.length - 1) / 2) === 0,
              // The last name would lie over the line that climbs to it, or leave the picture.
              position: index === points.length - 1 ? 'left' : 'top',
            },
          })),
        },
        ...(planned
          ? [
              {
                type: 'line',
                name: words.sizing.plannedPoint,
                color: colours.pv,
                symbol: 'diamond',
                symbolSize: 16,
                label: {
                  ...text,
                  fontSize: narrow ? 11 : 13,
                  show: true,
                  // Left of the whole front, the name stands clear of the first point's.
                  ...(planned.self_sufficiency < least
                    ? { position: 'top', align: 'right' }
                    : { position: 'left' }),
                  distance: 10,
                  formatter: words.sizing.plannedPoint,
                },
                data: [
                  {
                    value: [planned.self_sufficiency, planned.total_yuan],
                    name: named(planned.pv_kwp, planned.battery_kwh),
                  },
                ],
              },
            ]
          : []),
      ],
    };
  };
}
