// A day of a battery's optimum: prices with the value of stored energy, and what flowed.
import { clock } from '../format/leads';
import type { BatteryDay } from '../results';
import { frame, type Draw, type Pen } from './pen';

function hours(pen: Pen, day: BatteryDay) {
  const { categoryAxis } = frame(pen);
  const steps = day.load_kw.length;
  const axis = categoryAxis(day.load_kw.map((_value, step) => clock(step, steps)));
  return { ...axis, axisLabel: { ...axis.axisLabel, interval: Math.round(steps / 8) - 1 } };
}

/** Steps as steps: a price holds from the beginning of its hour to the end. */
export function priceChart(day: BatteryDay): Draw {
  return (pen) => {
    const { words, format, colours } = pen;
    const { base, grid, legend, valueAxis } = frame({ ...pen, narrow: true });
    const text = words.batteries;
    const lines = [
      { name: text.buy, data: day.buy_yuan_per_kwh, colour: colours.import, kind: 'solid' },
      { name: text.sell, data: day.sell_yuan_per_kwh, colour: colours.export, kind: 'dashed' },
      {
        name: text.storedValue,
        data: day.stored_value_yuan_per_kwh,
        colour: colours.battery,
        kind: 'solid',
      },
    ];
    return {
      ...base,
      legend,
      grid,
      tooltip: {
        ...base.tooltip,
        axisPointer: { type: 'line' },
        valueFormatter: (yuan: number) => format.yuan(yuan, 2),
      },
      xAxis: hours({ ...pen, narrow: true }, day),
      yAxis: valueAxis('¥/kWh', (yuan) => format.number(yuan, 2)),
      series: lines.map(({ name, data, colour, kind }) => ({
        type: 'line',
        step: 'middle',
        name,
        data,
        showSymbol: false,
        color: colour,
        lineStyle: { width: name === text.storedValue ? 3.5 : 2, type: kind, color: colour },
      })),
    };
  };
}

export function storeChart(day: BatteryDay): Draw {
  return (pen) => {
    const { words, format, colours } = pen;
    const { base, grid, legend, valueAxis } = frame({ ...pen, narrow: true });
    const text = words.batteries;
    const line = (name: string, data: number[], colour: string, kind: string) => ({
      type: 'line',
      name,
      data,
      showSymbol: false,
      color: colour,
      lineStyle: { width: 2.2, type: kind, color: colour },
    });
    return {
      ...base,
      legend,
      grid: { ...grid, right: 4 },
      tooltip: { ...base.tooltip, valueFormatter: (value: number) => format.number(value, 2) },
      xAxis: hours({ ...pen, narrow: true }, day),
      yAxis: [
        valueAxis('kW', (kw) => format.number(kw, 1, 0)),
        {
          ...valueAxis('kWh', (kwh) => format.number(kwh, 1, 0)),
          splitLine: { show: false },
          min: 0,
          nameTextStyle: { ...valueAxis('', String).nameTextStyle, align: 'right' },
        },
      ],
      series: [
        {
          type: 'bar',
          name: text.charging,
          data: day.battery_kw,
          color: colours.battery,
          barCategoryGap: '10%',
        },
        line(words.terms.generation, day.pv_kw, colours.pv, 'solid'),
        line(words.terms.load, day.load_kw, colours.load, 'solid'),
        {
          ...line(text.stored, day.stored_kwh, colours.selfUse, 'dotted'),
          yAxisIndex: 1,
        },
      ],
    };
  };
}
