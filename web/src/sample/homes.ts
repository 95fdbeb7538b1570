// The forty households of the sample village, drawn from the seed.
import type { Household, Mode, Owner } from '../results';
import { liveThrough, type Home, type HomeYear } from './hours';
import { cashFlow, exportLine, finance, importLines, sum } from './money';
import { between, type Random } from './random';

export interface Lived {
  household: Household;
  year: HomeYear;
}

const total = (values: Float64Array) => values.reduce((all, value) => all + value, 0);

function draw(index: number, random: Random): { home: Home; owner: Owner; mode: Mode } {
  const roofless = index % 9 === 7;
  const owner: Owner = index === 3 ? 'cooperative' : index === 11 ? 'company' : 'natural_person';
  const mode: Mode = roofless
    ? 'none'
    : owner === 'company'
      ? 'full_export'
      : index === 20
        ? 'self_use'
        : 'self_use_surplus';
  const large = owner === 'natural_person' ? 1 : 3;
  return {
    owner,
    mode,
    home: {
      capacity_kwp: roofless ? 0 : Math.round(between(random, 5, 12) * large * 2) / 2,
      battery_kwh: !roofless && index % 10 === 5 ? 10 : 0,
      plain_kwh: between(random, 2200, 5200) * (large > 1 ? 3 : 1),
      heat_pump_kwh: random() < 0.65 ? between(random, 5000, 9500) : 0,
      surplusSold: mode !== 'self_use',
      fullExport: mode === 'full_export',
    },
  };
}

export function drawHousehold(index: number, sun: Float64Array, random: Random): Lived {
  const { home, owner, mode } = draw(index, random);
  const year = liveThrough(home, sun, random);
  const [load, pv] = [total(year.load), total(year.pv)];
  const [bought, sold, curtailed] = [total(year.import), total(year.export), total(year.curtailed)];
  const lines = importLines(bought);
  const without = sum(importLines(load));
  const income = exportLine(sold);
  const benefit = without - sum(lines) + income.yuan;
  const capex = home.capacity_kwp * 2900 + home.battery_kwh * 1100;
  const saving = year.battery_self_used_kwh * (0.4883 - 0.36) * 0.7;
  const id = `H${String(index + 1).padStart(3, '0')}`;
  return {
    year,
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
      rent_yuan: 0,
      benefit_yuan: benefit,
      avoided_t: (pv - curtailed) * 0.558e-3,
      finance: pv > 0 ? finance(cashFlow(capex, benefit, home.capacity_kwp, 25), pv) : null,
      battery:
        home.battery_kwh > 0
          ? {
              rule_cost_yuan: sum(lines) - income.yuan,
              optimum_cost_yuan: sum(lines) - income.yuan - 4,
              without_cost_yuan: sum(lines) - income.yuan + saving,
              saving_yuan: saving,
              cost_per_year_yuan: home.battery_kwh * 81.2,
              pays: saving > home.battery_kwh * 81.2,
              gap: 1e-12,
            }
          : null,
      bill_lines: pv > 0 ? [...lines, income] : lines,
    },
  };
}
