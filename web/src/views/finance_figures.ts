// The measures of an investment as key figures, each explained: capex, NPV, IRR, payback, LCOE and
// the break-even price where the plan has one.
import type { Tongue } from '../format/leads';
import type { Finance } from '../results';

export function financeFigures(finance: Finance, { words, format, name }: Tongue, life: number) {
  const never = words.overview.paybackNever(format.number(life));
  const noIrr = finance.irr_note ? name(finance.irr_note) : words.money.noIrr;
  return [
    { label: words.terms.npv, value: format.yuan(finance.npv_yuan), note: words.money.npvNote },
    {
      label: words.terms.irr,
      value: format.percent(finance.irr, 1),
      note: finance.irr === null ? noIrr : words.money.irrNote,
    },
    {
      label: words.terms.payback,
      value: format.years(finance.payback_years),
      note: finance.payback_years === null ? never : words.money.paybackNote,
    },
    {
      label: words.terms.lcoe,
      value: format.price(finance.lcoe_yuan_per_kwh),
      note: words.money.lcoeNote,
    },
    {
      label: words.terms.capex,
      value: format.yuan(finance.capex_yuan),
      note: words.money.capexNote,
    },
    {
      label: words.terms.discountedPayback,
      value: format.years(finance.discounted_payback_years),
      note: finance.discounted_payback_years === null ? never : words.money.discountedNote,
    },
    ...(typeof finance.break_even_yuan_per_kwh === 'number'
      ? [
          {
            label: words.terms.breakEven,
            value: format.price(finance.break_even_yuan_per_kwh),
            note: words.money.breakEvenNote,
          },
        ]
      : []),
  ];
}
