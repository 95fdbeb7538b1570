// A whole sample plan from one seed: forty households, three transformers, every sum consistent.
import type { Flow, Month, Results, Season, TypicalDay } from '../results';
import { gradeTransformer } from './grid';
import { drawHousehold, type Lived } from './homes';
import { hoursInYear, sunPerKilowatt } from './hours';
import { cashFlow, exportPrice, finance } from './money';
import { seeded } from './random';
import { sampleAssumptions, sampleFactors, sampleVersions } from './sources';

type Curve = 'load' | 'pv' | 'import' | 'export' | 'curtailed';

const monthOf = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).getUTCMonth();
const months = Array.from({ length: hoursInYear }, (_unused, hour) => monthOf(hour));

function village(lived: Lived[], curve: Curve): Float64Array {
  const sum = new Float64Array(hoursInYear);
  for (const { year } of lived) {
    year[curve].forEach((kw, hour) => (sum[hour] = (sum[hour] as number) + kw));
  }
  return sum;
}

function monthRows(curves: Record<Curve, Float64Array>, heat_pump_kwh: number): Month[] {
  return Array.from({ length: 12 }, (_unused, month) => {
    const add = (curve: Curve) =>
      curves[curve].reduce((all, kw, hour) => (months[hour] === month ? all + kw : all), 0);
    const [load, pv, bought, sold] = [add('load'), add('pv'), add('import'), add('export')];
    return {
      month: `2026-${String(month + 1).padStart(2, '0')}`,
      load_kwh: load,
      heat_pump_kwh: [0, 1, 2, 10, 11].includes(month) ? heat_pump_kwh / 5 : 0,
      pv_kwh: pv,
      self_used_kwh: load - bought,
      import_kwh: bought,
      export_kwh: sold,
      curtailed_kwh: add('curtailed'),
      import_yuan: bought * 0.52,
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

function typicalDay(season: Season, curves: Record<Curve, Float64Array>): TypicalDay {
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

export function sampleResults(seed = 7): Results {
  const random = seeded(seed);
  const sun = sunPerKilowatt(random);
  const lived = Array.from({ length: 40 }, (_unused, index) => drawHousehold(index, sun, random));
  const households = lived.map(({ household }) => household);
  const add = (pick: (home: Lived) => number) => lived.reduce((all, home) => all + pick(home), 0);
  const curves = {
    load: village(lived, 'load'),
    pv: village(lived, 'pv'),
    import: village(lived, 'import'),
    export: village(lived, 'export'),
    curtailed: village(lived, 'curtailed'),
  };
  const [load, pv] = [
    add(({ household }) => household.load_kwh),
    add(({ household }) => household.pv_kwh),
  ];
  const selfUsed = add(({ household }) => household.self_used_kwh);
  const bought = add(({ household }) => household.import_kwh);
  const sold = add(({ household }) => household.export_kwh);
  const curtailed = add(({ household }) => household.curtailed_kwh);
  const heat = add(({ household }) => household.heat_pump_kwh);
  const stored = add(({ year }) => year.battery_self_used_kwh);
  const loss = add(({ year }) => year.loss_kwh);
  const kwp = add(({ household }) => household.capacity_kwp);
  const battery = add(({ household }) => household.battery_kwh);
  const matched = curves.load.reduce(
    (all, kw, hour) => all + Math.min(kw, curves.pv[hour] ?? 0),
    0,
  );
  const owners = households.filter((household) => household.pv_kwh > 0);
  const ofOwners = (pick: (household: (typeof owners)[number]) => number) =>
    owners.reduce((all, household) => all + pick(household), 0);
  const benefit = ofOwners((household) => household.benefit_yuan);
  const flow = cashFlow(kwp * 2900 + battery * 1100, benefit, kwp, 25);
  const factors = sampleFactors(pv - curtailed);
  const factor = factors.find((each) => each.chosen) ?? factors[0];
  if (!factor) throw new Error('the sample has no factor');
  const flows: Flow[] = [
    { from: 'pv', to: 'load', kwh: selfUsed - stored },
    { from: 'pv', to: 'battery', kwh: stored + loss },
    { from: 'pv', to: 'grid_out', kwh: sold },
    { from: 'pv', to: 'curtailed', kwh: curtailed },
    { from: 'battery', to: 'load', kwh: stored },
    { from: 'battery', to: 'loss', kwh: loss },
    { from: 'grid_in', to: 'load', kwh: bought },
  ];
  return {
    schema: 'xiaoyuan.plan/1',
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
      step_minutes: 60,
      life_years: 25,
      households: households.length,
      with_pv: owners.length,
      with_battery: households.filter((household) => household.battery_kwh > 0).length,
      with_heat_pump: households.filter((household) => household.heat_pump_kwh > 0).length,
      capacity_kwp: kwp,
      battery_kwh: battery,
    },
    energy: {
      load_kwh: load,
      heat_pump_kwh: heat,
      pv_kwh: pv,
      self_used_kwh: selfUsed,
      export_kwh: sold,
      import_kwh: bought,
      curtailed_kwh: curtailed,
      battery_loss_kwh: loss,
      self_consumption: selfUsed / pv,
      self_sufficiency: selfUsed / load,
      net_balance: pv / load,
      hourly_matched_share: matched / load,
      yield_kwh_per_kwp: pv / kwp,
    },
    flows,
    months: monthRows(curves, heat),
    typical_days: (Object.keys(seasons) as Season[]).map((season) => typicalDay(season, curves)),
    money: {
      ...finance(flow, pv),
      bill_without_pv_yuan: ofOwners((household) => household.bill_without_pv_yuan),
      bill_with_pv_yuan: ofOwners((household) => household.bill_with_pv_yuan),
      export_income_yuan: sold * exportPrice,
      operation_yuan: 40 * kwp,
      benefit_yuan: benefit,
      cash_flow: flow,
    },
    households,
    transformers: ['T1', 'T2', 'T3'].map((id) => gradeTransformer(id, lived)),
    carbon: {
      method: {
        en: 'Generation that was used, times the average factor of the grid; location-based.',
        zh: '被利用的发电量乘以电网平均排放因子（基于位置）。',
      },
      avoided_t: factor.avoided_t,
      factor,
      by_factor: factors,
    },
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
