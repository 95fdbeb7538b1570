// Named variants of the sample village, lived through with the same households and the same sun.
import type { Name, Scenario } from '../results';
import { gradeTransformer } from './grid';
import type { Change, Lived } from './homes';
import { hoursInYear } from './hours';
import { cashFlow, exportPrice, finance } from './money';

interface Variant {
  id: string;
  name: Name;
  change?: Change;
  price?: number;
  explained: Name[];
}

const variants: Variant[] = [
  {
    id: 'no_pv',
    name: { en: 'No PV', zh: '不装光伏' },
    change: (home) => ({ ...home, capacity_kwp: 0, battery_kwh: 0 }),
    explained: [
      {
        en: 'Without roofs nothing is saved and nothing is sold: the whole use is bought from the grid.',
        zh: '没有屋顶光伏，就没有节省也没有上网收入：全部用电都从电网买。',
      },
    ],
  },
  {
    id: 'batteries',
    name: { en: 'A battery in every house', zh: '每户配电池' },
    change: (home) => ({ ...home, battery_kwh: home.capacity_kwp > 0 ? 10 : 0 }),
    explained: [
      {
        en: 'More is used at home, but the batteries cost more than they save.',
        zh: '自用率更高，但电池的成本超过它省下的电费。',
      },
      {
        en: 'The highest export falls only a little: on clear days the batteries are full by noon.',
        zh: '最大上网功率只略有下降：晴天中午之前电池就充满了。',
      },
    ],
  },
  {
    id: 'market_price',
    name: { en: 'Surplus at a market price', zh: '余电按市场价结算' },
    price: 0.25,
    explained: [
      {
        en: 'The same energy, but each kWh sold earns 0.25 instead of 0.3598 yuan.',
        zh: '电量不变，但每千瓦时上网电量只得 0.25 元，而不是 0.3598 元。',
      },
    ],
  },
];

function figures(lived: Lived[], variant: Variant, isBase: boolean): Scenario {
  const add = (of: (home: Lived) => number) => lived.reduce((all, home) => all + of(home), 0);
  const kwp = add(({ household }) => household.capacity_kwp);
  const battery = add(({ household }) => household.battery_kwh);
  const pv = add(({ household }) => household.pv_kwh);
  const used = add(({ household }) => household.self_used_kwh);
  const load = add(({ household }) => household.load_kwh);
  const sold = add(({ household }) => household.export_kwh);
  const bill = add(({ household }) => household.bill_with_pv_yuan);
  const income = sold * (variant.price ?? exportPrice);
  const benefit = add(({ household }) => household.bill_without_pv_yuan) - bill + income;
  const money = finance(cashFlow(kwp * 2900 + battery * 1100, benefit, kwp, 25), pv);
  const net = Array.from({ length: hoursInYear }, (_unused, hour) =>
    add(({ year }) => (year.import[hour] ?? 0) - (year.export[hour] ?? 0)),
  );
  const graded = ['T1', 'T2', 'T3'].map((id) => gradeTransformer(id, lived));
  const grades = graded.map((each) => each.standard_2025.grade);
  return {
    id: variant.id,
    name: variant.name,
    is_base: isBase,
    tariff_import: 'beijing.residential.2026',
    tariff_export: variant.price ? 'market.example' : 'beijing.benchmark',
    capacity_kwp: kwp,
    battery_kwh: battery,
    pv_kwh: pv,
    self_used_kwh: used,
    import_kwh: add(({ household }) => household.import_kwh),
    export_kwh: sold,
    curtailed_kwh: add(({ household }) => household.curtailed_kwh),
    self_consumption: pv > 0 ? used / pv : null,
    self_sufficiency: used / load,
    bill_yuan: bill,
    export_income_yuan: income,
    benefit_yuan: benefit,
    capex_yuan: money.capex_yuan,
    npv_yuan: money.npv_yuan,
    irr: money.irr,
    payback_years: money.payback_years,
    lcoe_yuan_per_kwh: money.lcoe_yuan_per_kwh,
    avoided_t: add(({ household }) => household.avoided_t),
    worst_grade: grades.includes('red') ? 'red' : grades.includes('yellow') ? 'yellow' : 'green',
    peak_import_kw: Math.max(...net),
    peak_export_kw: Math.max(0, -Math.min(...net)),
    over_limit_hours: graded.reduce((all, each) => all + each.over_limit_hours, 0),
    explained: variant.explained,
  };
}

export function sampleScenarios(lived: Lived[], again: (change?: Change) => Lived[]): Scenario[] {
  const plan = { id: 'plan', name: { en: 'The plan', zh: '本规划' }, explained: [] };
  return [
    figures(lived, plan, true),
    ...variants.map((variant) =>
      figures(variant.change ? again(variant.change) : lived, variant, false),
    ),
  ];
}
