// The sample village's money: tiered bills, the sale of the surplus, and a plain cash flow.
import type { BillLine, CashYear, Finance } from '../results';

export const exportPrice = 0.3598;
const tiers = [
  { upTo: 2880, price: 0.4883, en: 'Tier 1', zh: '第一阶梯' },
  { upTo: 4800, price: 0.5383, en: 'Tier 2', zh: '第二阶梯' },
  { upTo: Infinity, price: 0.7883, en: 'Tier 3', zh: '第三阶梯' },
];

export function importLines(kwh: number): BillLine[] {
  let from = 0;
  return tiers.flatMap(({ upTo, price, en, zh }) => {
    const part = Math.max(0, Math.min(kwh, upTo) - from);
    const start = from;
    from = upTo;
    if (part <= 0) return [];
    const limit = Number.isFinite(upTo) ? `${start}–${upTo}` : `> ${start}`;
    return {
      side: 'import' as const,
      label: { en, zh },
      explanation: {
        en: `The part of the year's import at ${limit} kWh costs ${price} yuan a kWh.`,
        zh: `全年用网电量在 ${limit} kWh 的部分，每 kWh ${price} 元。`,
      },
      kwh: part,
      yuan_per_kwh: price,
      yuan: part * price,
    };
  });
}

export function exportLine(kwh: number): BillLine {
  return {
    side: 'export',
    label: { en: 'Surplus sold', zh: '余电上网' },
    explanation: {
      en: 'The State Grid buys the surplus at the price of the contract.',
      zh: '余电由国家电网按合同价收购。',
    },
    kwh,
    yuan_per_kwh: exportPrice,
    yuan: kwh * exportPrice,
  };
}

export const sum = (lines: BillLine[]) => lines.reduce((total, line) => total + line.yuan, 0);

export function cashFlow(capex: number, benefit: number, kwp: number, life: number): CashYear[] {
  let cumulative = 0;
  return Array.from({ length: life + 1 }, (_unused, year) => {
    const row = {
      year,
      capex_yuan: year === 0 ? capex : 0,
      benefit_yuan: year === 0 ? 0 : benefit * 0.995 ** (year - 1),
      operation_yuan: year === 0 ? 0 : 40 * kwp,
      replacement_yuan: year === 13 ? 180 * kwp : 0,
    };
    const net = row.benefit_yuan - row.capex_yuan - row.operation_yuan - row.replacement_yuan;
    cumulative += net;
    return { ...row, net_yuan: net, cumulative_yuan: cumulative };
  });
}

export function presentValue(flow: CashYear[], rate: number): number {
  return flow.reduce((total, row) => total + row.net_yuan / (1 + rate) ** row.year, 0);
}

export function payback(flow: CashYear[], rate: number): number | null {
  let total = 0;
  for (const row of flow) {
    const net = row.net_yuan / (1 + rate) ** row.year;
    if (total < 0 && total + net >= 0) return row.year - 1 + -total / net;
    total += net;
  }
  return null;
}

export function finance(flow: CashYear[], kwhFirstYear: number): Finance {
  const rate = 0.05;
  const hasIrr = presentValue(flow, 0) > 0;
  let [low, high] = [0, 1];
  for (let round = 0; round < 60; ++round) {
    const middle = (low + high) / 2;
    if (presentValue(flow, middle) > 0) low = middle;
    else high = middle;
  }
  const discounted = (of: (row: CashYear) => number) =>
    flow.reduce((total, row) => total + of(row) / (1 + rate) ** row.year, 0);
  const kwh = discounted((row) => (row.year === 0 ? 0 : kwhFirstYear * 0.995 ** (row.year - 1)));
  const cost = discounted((row) => row.capex_yuan + row.operation_yuan + row.replacement_yuan);
  return {
    capex_yuan: flow[0]?.capex_yuan ?? 0,
    npv_yuan: presentValue(flow, rate),
    irr: hasIrr ? low : null,
    irr_note: hasIrr
      ? null
      : {
          en: 'The yearly sums never pay the capex back, so no rate of interest fits.',
          zh: '逐年净收入始终还不清投资，因此没有合适的利率。',
        },
    payback_years: payback(flow, 0),
    discounted_payback_years: payback(flow, rate),
    lcoe_yuan_per_kwh: kwh > 0 ? cost / kwh : null,
    break_even_yuan_per_kwh: kwh > 0 ? exportPrice - presentValue(flow, rate) / kwh : null,
  };
}
