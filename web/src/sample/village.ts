// A whole sample plan from one seed: forty households, three transformers, every sum consistent.
import type { Energy, Flow, Month, Money, Results, Season, TypicalDay } from '../results';
import { gradeTransformer } from './grid';
import { sampleCarbon } from './carbon';
import { drawHousehold, type Change, type Lived } from './homes';
import { hoursInYear, sunPerKilowatt } from './hours';
import { sampleLosses } from './losses';
import { sampleNetwork } from './network';
import { cashFlow, exportPrice, finance } from './money';
import { sampleParties } from './parties';
import { seeded } from './random';
import { sampleSizing } from './sizing';
import { sampleScenarios } from './scenarios';
import { sampleAssumptions, sampleVersions } from './sources';
import { sampleUncertainty } from './uncertainty';

type Curve = 'load' | 'pv' | 'import' | 'export' | 'curtailed';

const monthOf = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).getUTCMonth();
const months = Array.from({ length: hoursInYear }, (_unused, hour) => monthOf(hour));

type Curves = Record<Curve, Float64Array>;

function village(lived: Lived[], curve: Curve): Float64Array {
  const sum = new Float64Array(hoursInYear);
  for (const { year } of lived) {
    year[curve].forEach((kw, hour) => (sum[hour] = (sum[hour] as number) + kw));
  }
  return sum;
}

function monthRows(curves: Curves, energy: Energy, bills_yuan: number): Month[] {
  return Array.from({ length: 12 }, (_unused, month) => {
    const add = (curve: Curve) =>
      curves[curve].reduce((all, kw, hour) => (months[hour] === month ? all + kw : all), 0);
    const [load, pv, bought, sold] = [add('load'), add('pv'), add('import'), add('export')];
    return {
      month: `2026-${String(month + 1).padStart(2, '0')}`,
      load_kwh: load,
      heat_pump_kwh: [0, 1, 2, 10, 11].includes(month) ? energy.heat_pump_kwh / 5 : 0,
      pv_kwh: pv,
      self_used_kwh: load - bought,
      import_kwh: bought,
      export_kwh: sold,
      curtailed_kwh: add('curtailed'),
      import_yuan: (bought / energy.import_kwh) * bills_yuan,
      export_yuan: sold * exportPrice,
    };
  });
}

const seasons: Record<Season, number[]> = {
  spring: [2, 3, 4],
  summer: [5, 6, 7],
  autumn: [8, 9, 10],
  winter: [11, 0, 1],
};

function typicalDay(season: Season, curves: Curves): TypicalDay {
  const hours = months.flatMap((month, hour) => (seasons[season].includes(month) ? hour : []));
  const days = hours.length / 24;
  const mean = (curve: Curve) => {
    const day = Array.from({ length: 24 }, () => 0);
    for (const hour of hours)
      day[hour % 24] = (day[hour % 24] ?? 0) + (curves[curve][hour] ?? 0) / days;
    return day;
  };
  return {
    season,
    days,
    load_kw: mean('load'),
    pv_kw: mean('pv'),
    import_kw: mean('import'),
    export_kw: mean('export'),
  };
}

/** Forty households lived through a year, all drawn alike whatever a scenario changes. */
function liveVillage(seed: number, change?: Change): Lived[] {
  const random = seeded(seed);
  const sun = sunPerKilowatt(random);
  return Array.from({ length: 40 }, (_unused, index) => drawHousehold(index, sun, random, change));
}

type Sum = (of: (home: Lived) => number) => number;

function energies(add: Sum, curves: Curves): Energy {
  const of = (
    key: 'load' | 'heat_pump' | 'pv' | 'self_used' | 'export' | 'import' | 'curtailed',
  ): number => add(({ household }) => household[`${key}_kwh`]);
  const [load, pv, used, curtailed] = [of('load'), of('pv'), of('self_used'), of('curtailed')];
  const matched = curves.load.reduce(
    (all, kw, hour) => all + Math.min(kw, (curves.pv[hour] ?? 0) - (curves.curtailed[hour] ?? 0)),
    0,
  );
  return {
    load_kwh: load,
    heat_pump_kwh: of('heat_pump'),
    pv_kwh: pv,
    self_used_kwh: used,
    export_kwh: of('export'),
    import_kwh: of('import'),
    curtailed_kwh: curtailed,
    battery_loss_kwh: add(({ year }) => year.loss_kwh),
    self_consumption: used / pv,
    self_sufficiency: used / load,
    net_balance: (pv - curtailed) / load,
    hourly_matched_share: matched / load,
    yield_kwh_per_kwp: pv / add(({ household }) => household.capacity_kwp),
  };
}

function flowsOf(energy: Energy, stored: number): Flow[] {
  return [
    { from: 'pv', to: 'load', kwh: energy.self_used_kwh - stored },
    { from: 'pv', to: 'battery', kwh: stored + energy.battery_loss_kwh },
    { from: 'pv', to: 'grid_out', kwh: energy.export_kwh },
    { from: 'pv', to: 'curtailed', kwh: energy.curtailed_kwh },
    { from: 'battery', to: 'load', kwh: stored },
    { from: 'battery', to: 'loss', kwh: energy.battery_loss_kwh },
    { from: 'grid_in', to: 'load', kwh: energy.import_kwh },
  ];
}

function moneyOf(add: Sum, energy: Energy): Money {
  const kwp = add(({ household }) => household.capacity_kwp);
  const batteries = add(({ household }) => household.battery_kwh) * 1100;
  const of = (key: 'bill_without_pv_yuan' | 'bill_with_pv_yuan') =>
    add(({ household }) => (household.pv_kwh > 0 ? household[key] : 0));
  const [without, withPv] = [of('bill_without_pv_yuan'), of('bill_with_pv_yuan')];
  const income = energy.export_kwh * exportPrice;
  const benefit = without - withPv + income;
  const flow = cashFlow(kwp * 2900 + batteries, benefit, kwp, 25);
  return {
    ...finance(flow, energy.pv_kwh),
    bill_without_pv_yuan: without,
    bill_with_pv_yuan: withPv,
    export_income_yuan: income,
    operation_yuan: 40 * kwp,
    benefit_yuan: benefit,
    discount_rate: 0.05,
    capex_parts: [
      { part: 'modules', yuan: 1100 * kwp },
      { part: 'inverter', yuan: 350 * kwp },
      { part: 'rest', yuan: 1450 * kwp },
      { part: 'battery', yuan: batteries },
    ],
    cash_flow: flow,
  };
}

function netPower({ import: bought, export: sold }: Curves): number[][] {
  return Array.from({ length: hoursInYear / 24 }, (_unused, day) =>
    Array.from({ length: 24 }, (_hour, hour) => {
      const at = day * 24 + hour;
      return (bought[at] ?? 0) - (sold[at] ?? 0);
    }),
  );
}

export function sampleResults(seed = 7): Results {
  const lived = liveVillage(seed);
  const households = lived.map(({ household }) => household);
  const add: Sum = (of) => lived.reduce((all, home) => all + of(home), 0);
  const curves = {
    load: village(lived, 'load'),
    pv: village(lived, 'pv'),
    import: village(lived, 'import'),
    export: village(lived, 'export'),
    curtailed: village(lived, 'curtailed'),
  };
  const energy = energies(add, curves);
  const money = moneyOf(add, energy);
  const kwp = add(({ household }) => household.capacity_kwp);
  const transformers = ['T1', 'T2', 'T3'].map((id) => gradeTransformer(id, lived));
  return {
    schema: 'xiaoyuan.plan/2',
    program: { name: 'xiaoyuan', version: '0.1.0' },
    village: {
      id: 'sample',
      name: { en: 'Sample village', zh: '示例村' },
      note: {
        en: 'An invented village for looking at the report page.',
        zh: '为查看报告页面而虚构的村庄。',
      },
      illustrative: true,
      region: 'beijing',
      latitude_deg: 39.8,
      longitude_deg: 116.75,
      elevation_m: 20,
      time_zone: 'Asia/Shanghai',
      first_day: '2026-01-01',
      last_day: '2026-12-31',
      step_minutes: 60,
      life_years: 25,
      households: households.length,
      with_pv: households.filter((household) => household.capacity_kwp > 0).length,
      with_battery: households.filter((household) => household.battery_kwh > 0).length,
      with_heat_pump: households.filter((household) => household.heat_pump_kwh > 0).length,
      capacity_kwp: kwp,
      battery_kwh: add(({ household }) => household.battery_kwh),
    },
    energy,
    flows: flowsOf(
      energy,
      add(({ year }) => year.battery_self_used_kwh),
    ),
    months: monthRows(
      curves,
      energy,
      add(({ household }) => household.bill_with_pv_yuan),
    ),
    typical_days: (Object.keys(seasons) as Season[]).map((season) => typicalDay(season, curves)),
    money,
    households,
    transformers,
    network: sampleNetwork(households, transformers),
    carbon: sampleCarbon(lived),
    losses: sampleLosses(energy.pv_kwh, energy.curtailed_kwh, energy.export_kwh),
    net_power: { first_day: '2026-01-01', kw: netPower(curves) },
    scenarios: sampleScenarios(lived, (change) => liveVillage(seed, change)),
    parties: sampleParties(lived),
    sizing: sampleSizing(lived),
    uncertainty: sampleUncertainty(
      {
        kwp,
        capex_yuan: money.capex_yuan,
        benefit_yuan: money.benefit_yuan,
        pv_kwh: energy.pv_kwh,
        life_years: 25,
      },
      seed,
    ),
    assumptions: sampleAssumptions,
    versions: sampleVersions,
    warnings: [
      {
        en: 'The tariff has no entry for the surplus price after 2027; the last one was kept on.',
        zh: '电价表没有 2027 年以后的上网电价，沿用最后一版。',
      },
    ],
  };
}
