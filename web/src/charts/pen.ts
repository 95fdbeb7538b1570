// What every chart is drawn with, and the frame that all charts with axes share.
import type { EChartsCoreOption } from 'echarts/core';
import type { Words } from '../format/en';
import type { Format } from '../format/numbers';
import type { Colours } from './colours';

export interface Pen {
  words: Words;
  format: Format;
  colours: Colours;
  /** True when the chart is about as wide as a phone. */
  narrow: boolean;
}

/** The width below which a chart is drawn for a phone. */
export const narrowBelow = 560;

export type Draw = (pen: Pen) => EChartsCoreOption;

export const fonts =
  'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

export function frame({ colours, narrow }: Pen) {
  const size = narrow ? 12 : 14;
  const text = { color: colours.ink, fontSize: size, fontFamily: fonts };
  return {
    size,
    text,
    base: {
      animation: false,
      textStyle: text,
      tooltip: {
        trigger: 'axis',
        confine: true,
        backgroundColor: colours.ground,
        borderColor: colours.line,
        textStyle: { ...text, fontSize: 14 },
        axisPointer: { type: 'shadow' },
      },
    },
    legend: {
      bottom: 0,
      left: 'center',
      itemGap: narrow ? 10 : 22,
      itemWidth: 16,
      itemHeight: 12,
      textStyle: text,
      selectedMode: false,
    },
    /** For lines: each as it is drawn, without a sign in its middle. */
    lineLegend: { itemWidth: 30, itemStyle: { opacity: 0 } },
    grid: {
      left: 4,
      right: narrow ? 8 : 16,
      top: 34,
      bottom: narrow ? 62 : 44,
      containLabel: true,
    },
    /** A named value axis; the name stands above it, so that the unit is never missing. */
    valueAxis: (name: string, write: (value: number) => string) => ({
      type: 'value',
      name,
      nameTextStyle: { color: colours.faint, fontSize: size, align: 'left', fontFamily: fonts },
      nameGap: 14,
      axisLabel: { color: colours.faint, fontSize: size, formatter: write },
      splitLine: { lineStyle: { color: colours.line } },
    }),
    categoryAxis: (names: string[]) => ({
      type: 'category',
      data: names,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.faint }, onZero: true },
      axisLabel: { color: colours.ink, fontSize: size, hideOverlap: true },
    }),
  };
}

/** The scale of an energy axis: Chinese readers count in 万 kWh, English ones in MWh. */
export function energyScale(largest: number, { words }: Pen): { unit: string; divide: number } {
  if (words.locale === 'zh-CN' && largest >= 20_000) return { unit: '万 kWh', divide: 10_000 };
  if (words.locale === 'en' && largest >= 10_000) return { unit: 'MWh', divide: 1000 };
  return { unit: 'kWh', divide: 1 };
}

/** The scale of a money axis: 万元 or thousands of yuan. */
export function yuanScale(largest: number, { words }: Pen): { unit: string; divide: number } {
  if (words.locale === 'zh-CN' && largest >= 20_000) return { unit: '万元', divide: 10_000 };
  if (words.locale === 'en' && largest >= 10_000) return { unit: 'thousand ¥', divide: 1000 };
  return { unit: '¥', divide: 1 };
}
