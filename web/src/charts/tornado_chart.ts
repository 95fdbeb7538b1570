// Which one change moves the net present value most: a pair of bars each, from the plan's own value.
import type { Words } from '../format/en';
import type { Format } from '../format/numbers';
import type { Swing, Uncertainty } from '../results';
import { frame, yuanScale, type Draw } from './pen';

/** The changed value as it is read: a price in its unit, a multiple as "× 0.9", a rate in percent. */
export function swingValue(swing: Swing, value: number, words: Words, format: Format): string {
  if (swing.factor === 'discount_rate') return format.percent(value, 1);
  if (swing.unit === '-') return words.uncertainty.times(format.number(value, 2, 0));
  return format.number(value, 2, 0) + words.unit(swing.unit);
}

/** The ends of the axis with room for the labels, and round values between them. */
export function tornadoScale(tornado: Swing[], base: number, room: number, ticksAtMost: number) {
  const ends = tornado.flatMap((swing) => [swing.low_npv_yuan, swing.high_npv_yuan]);
  const [low, high] = [Math.min(base, ...ends), Math.max(base, ...ends)];
  const spread = high - low || 1;
  const [least, most] = [low - room * spread, high + room * spread];
  const unit = 10 ** Math.floor(Math.log10(spread));
  const step = ([0.2, 0.5, 1, 2].find((part) => spread / (part * unit) <= ticksAtMost) ?? 5) * unit;
  const first = Math.ceil(least / step);
  const count = Math.floor(most / step) - first + 1;
  const ticks = Array.from(
    { length: Math.max(0, count) },
    (_unused, index) => (first + index) * step,
  );
  return { least, most, ticks };
}

export function tornadoChart({ tornado, base_npv_yuan: base }: Uncertainty): Draw {
  return (pen) => {
    const { words, format, colours, narrow } = pen;
    const parts = frame(pen);
    const most = Math.max(
      1,
      ...tornado.flatMap((swing) => [Math.abs(swing.low_npv_yuan), Math.abs(swing.high_npv_yuan)]),
    );
    const { unit, divide } = yuanScale(most, pen);
    const side = (end: 'low' | 'high') => ({
      type: 'bar',
      name: words.uncertainty[end],
      barGap: '-100%',
      barWidth: '62%',
      itemStyle: { color: end === 'low' ? colours.drawn : colours.fed },
      data: tornado.map((swing) => {
        const value = (swing[`${end}_npv_yuan`] - base) / divide;
        return {
          value,
          label: { position: value < 0 ? 'left' : 'right' },
        };
      }),
      label: {
        ...parts.text,
        show: true,
        fontSize: 12,
        color: colours.ink,
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const swing = tornado[dataIndex];
          return swing ? swingValue(swing, swing[end], words, format) : '';
        },
      },
    });
    const {
      least,
      most: greatest,
      ticks,
    } = tornadoScale(tornado, base, narrow ? 0.62 : 0.18, narrow ? 2 : 4);
    const names = parts.categoryAxis(tornado.map(({ factor }) => words.uncertainty.swings[factor]));
    return {
      ...parts.base,
      tooltip: {
        ...parts.base.tooltip,
        valueFormatter: (value: number) => format.yuan(base + value * divide),
      },
      legend: parts.legend,
      grid: { ...parts.grid, bottom: narrow ? 62 : 34, top: 26, right: narrow ? 8 : 30 },
      xAxis: {
        type: 'value',
        position: 'top',
        min: (least - base) / divide,
        max: (greatest - base) / divide,
        splitLine: { show: false },
        axisLabel: {
          color: colours.faint,
          fontSize: parts.size,
          hideOverlap: true,
          customValues: ticks.map((tick) => (tick - base) / divide),
          formatter: (value: number) =>
            words.locale === 'zh-CN' && divide > 1
              ? `${format.number(value + base / divide, 2, 0)} ${unit}`
              : format.yuan(value * divide + base),
        },
      },
      yAxis: {
        ...names,
        inverse: true,
        axisLine: { show: false, onZero: false },
        axisLabel: {
          ...names.axisLabel,
          interval: 0,
          hideOverlap: false,
          width: narrow ? 84 : 200,
          overflow: 'break',
        },
      },
      series: [
        {
          ...side('low'),
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: colours.ink, type: 'solid', width: 2 },
            data: [{ xAxis: 0 }],
          },
        },
        side('high'),
      ],
    };
  };
}
