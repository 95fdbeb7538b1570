// What each party has over in the end, in groups by who owns the roofs.
import type { OwnershipForm, PartyName } from '../results';
import type { Colours } from './colours';
import { frame, yuanScale, type Draw } from './pen';

const colourOf: Record<PartyName, keyof Colours> = {
  villagers: 'selfUse',
  company: 'pv',
  cooperative: 'rose',
  grid_company: 'import',
  town: 'battery',
  lender: 'loss',
};

/** Parties in a fixed order, those that appear under any form. */
export function partiesOf(forms: OwnershipForm[]): PartyName[] {
  return (Object.keys(colourOf) as PartyName[]).filter((name) =>
    forms.some(({ parties }) => parties.some(({ party }) => party === name)),
  );
}

export function worthOf({ parties }: OwnershipForm, name: PartyName): number | null {
  return parties.find(({ party }) => party === name)?.npv_yuan ?? null;
}

export function gainsChart(forms: OwnershipForm[]): Draw {
  return (pen) => {
    const { words, format, colours, narrow } = pen;
    const { base, legend, grid, valueAxis, categoryAxis } = frame(pen);
    const names = partiesOf(forms);
    const most = Math.max(
      1,
      ...forms.flatMap(({ parties }) => parties.map(({ npv_yuan }) => Math.abs(npv_yuan))),
    );
    const { unit, divide } = yuanScale(most, pen);
    const categories = categoryAxis(forms.map(({ form }) => words.forms[form]));
    const values = valueAxis(unit, (value) => format.number(value, 1, 0));
    return {
      ...base,
      tooltip: {
        ...base.tooltip,
        valueFormatter: (value: number | null) =>
          typeof value === 'number' ? format.yuan(value * divide) : format.none,
      },
      legend,
      grid: { ...grid, bottom: narrow ? 66 : 40, top: 34 },
      xAxis: {
        ...categories,
        axisLine: { ...categories.axisLine, onZero: false },
        axisLabel: {
          ...categories.axisLabel,
          interval: 0,
          hideOverlap: false,
          fontSize: narrow ? 11 : 14,
          width: narrow ? 66 : 190,
          overflow: 'break',
        },
      },
      yAxis: values,
      series: names.map((name, index) => ({
        type: 'bar',
        name: words.partyNames[name],
        barGap: '8%',
        itemStyle: { color: colours[colourOf[name]] },
        data: forms.map((form) => {
          const worth = worthOf(form, name);
          return worth === null ? null : worth / divide;
        }),
        markLine:
          index === 0
            ? {
                silent: true,
                symbol: 'none',
                label: { show: false },
                lineStyle: { color: colours.ink, type: 'solid', width: 1 },
                data: [{ yAxis: 0 }],
              }
            : undefined,
      })),
    };
  };
}
