// The forty households of the sample village, drawn from the seed.
import type { BatteryVerdict, Household, Mode, Owner } from '../results';
import { sampleBattery } from './batteries';
import { liveThrough, type Home, type HomeYear } from './hours';
import { cashFlow, exportLine, finance, importLines, sum } from './money';
import { between, type Random } from './random';
import { chosenFactor } from './sources';

export interface Lived {
  household: Household;
  year: HomeYear;
  /** What may be claimed as avoided: used at home, or sold without its certificate. */
  claimed_kwh: number;
}

/** How a scenario differs from the plan, home by home. */
export type Change = (home: Home) => Home;

export const rentPerKilowatt = 50;
const leasedByCooperative = [3, 13, 22, 33];
const leasedByCompany = [11, 12, 14, 26, 31, 36];

const start = Date.UTC(2026, 0);
const total = (values: Float64Array) => values.reduce((all, value) => all + value, 0);

function draw(index: number, random: Random): { home: Home; owner: Owner; mode: Mode } {
  const roofless = index % 9 === 7;
  const owner: Owner = leasedByCooperative.includes(index)
    ? 'cooperative'
    : leasedByCompany.includes(index)
      ? 'company'
      : 'natural_person';
  const leased = owner !== 'natural_person';
  const mode: Mode = roofless
    ? 'none'
    : leased
      ? 'full_export'
      : index === 20
        ? 'self_use'
        : 'self_use_surplus';
  return {
    owner,
    mode,
    home: {
      capacity_kwp: roofless ? 0 : Math.round(between(random, 5, 12) * (leased ? 3 : 2)) / 2,
      battery_kwh: !roofless && index % 10 === 5 ? 10 : 0,
      plain_kwh: between(random, 2200, 5200),
      heat_pump_kwh: random() < 0.65 ? between(random, 5000, 9500) : 0,
      car_kwh: index % 6 === 1 ? between(random, 1200, 2400) : 0,
      surplusSold: mode !== 'self_use',
      fullExport: leased,
    },
  };
}

/** Sold by contract, its certificate by every fifth leased roof. */
export const claimedShare = (leased: boolean): number => (leased ? 0.8 : 1);

export function drawHousehold(
  index: number,
  sun: Float64Array,
  random: Random,
  change: Change = (home) => home,
): Lived {
  const drawn = draw(index, random);
  const { owner } = drawn;
  const home = change(drawn.home);
  const mode: Mode = home.capacity_kwp > 0 ? drawn.mode : 'none';
  const leased = owner !== 'natural_person' && home.capacity_kwp > 0;
  const year = liveThrough(home, sun, random);
  const [load, pv] = [total(year.load), total(year.pv)];
  const [bought, sold, curtailed] = [total(year.import), total(year.export), total(year.curtailed)];
  const lines = importLines(bought);
  const without = sum(importLines(load));
  const income = exportLine(sold);
  const rent = leased ? rentPerKilowatt * home.capacity_kwp : 0;
  const earned = without - sum(lines) + income.yuan;
  const capex = home.capacity_kwp * 2900 + home.battery_kwh * 1100;
  const saving = year.battery_self_used_kwh * (0.4883 - 0.36) * 0.7;
  const claimed = year.self_used_kwh + sold * claimedShare(leased);
  const flow = cashFlow(capex, earned - rent, home.capacity_kwp, 25);
  const id = `H${String(index + 1).padStart(3, '0')}`;
  return {
    year,
    claimed_kwh: claimed,
    household: {
      id,
      name: `示意住户 ${index + 1}`,
      owner,
      mode,
      phase: home.capacity_kwp > 8 ? 'ABC' : ((['A', 'B', 'C'] as const)[index % 3] ?? 'A'),
      transformer: index < 12 ? 'T1' : index < 25 ? 'T2' : 'T3',
      capacity_kwp: home.capacity_kwp,
      battery_kwh: home.battery_kwh,
      load_kwh: load,
      heat_pump_kwh: year.heat_pump_kwh,
      car_kwh: home.car_kwh,
      pv_kwh: pv,
      self_used_kwh: year.self_used_kwh,
      import_kwh: bought,
      export_kwh: sold,
      curtailed_kwh: curtailed,
      self_consumption: pv > 0 ? year.self_used_kwh / pv : null,
      self_sufficiency: year.self_used_kwh / load,
      yield_kwh_per_kwp: pv > 0 ? pv / home.capacity_kwp : null,
      bill_without_pv_yuan: without,
      bill_with_pv_yuan: sum(lines),
      export_income_yuan: income.yuan,
      rent_yuan: rent,
      benefit_yuan: leased ? rent : earned,
      avoided_t: (claimed * chosenFactor) / 1000,
      finance: pv > 0 ? finance(flow, pv) : null,
      battery:
        home.battery_kwh > 0
          ? sampleBattery(
              verdict(home.battery_kwh, saving, sum(lines) - income.yuan),
              home.battery_kwh,
              year,
            )
          : null,
      bill_lines: pv > 0 && !leased ? [...lines, income] : lines,
      backup:
        home.battery_kwh > 0
          ? { critical_kw: 0.3, least_hours: 2.5, median_hours: 14, share_of_day: 0.22 }
          : null,
      months: monthsOf(year),
    },
  };
}

function monthsOf(year: HomeYear): Household['months'] {
  return Array.from({ length: 12 }, (_unused, month) => {
    const [from, to] = [month, month + 1].map((each) => (Date.UTC(2026, each) - start) / 3_600_000);
    const sum = (hours: Float64Array) => total(hours.slice(from, to));
    return {
      month: `2026-${String(month + 1).padStart(2, '0')}`,
      load_kwh: sum(year.load),
      pv_kwh: sum(year.pv),
    };
  });
}

function verdict(battery_kwh: number, saving: number, rule: number): BatteryVerdict {
  const cost = battery_kwh * 81.2;
  return {
    rule_cost_yuan: rule,
    optimum_cost_yuan: rule - 4,
    without_cost_yuan: rule + saving,
    saving_yuan: saving,
    best_saving_yuan: saving + 4,
    cost_per_year_yuan: cost,
    pays: saving > cost,
    gap: 1e-12,
    bounded_steps: 0,
  };
}
