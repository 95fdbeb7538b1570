// The rows of the scenario table: which figure, how it is written, and which way is better.
import type { Tongue } from '../format/leads';
import type { Grade, Scenario } from '../results';

export interface Row {
  title: string;
  of: (scenario: Scenario) => number | null;
  write: (value: number | null) => string;
  /** Nothing is better or worse about a size; there is then no best of the row. */
  better: 'more' | 'less' | 'neither';
  /** How a difference is written where it is not written like the figure itself. */
  writeDifference?: (value: number) => string;
}

const rank: Record<Grade, number> = { green: 0, yellow: 1, red: 2 };
export const gradeRank = (scenario: Scenario): number => rank[scenario.worst_grade];

export function scenarioRows({ words, format }: Tongue): Row[] {
  const { terms, scenarios: text, grid } = words;
  const energy = (value: number | null) => format.kwh(value);
  const money = (value: number | null) => format.yuan(value);
  const size = (unit: string) => (value: number | null) =>
    value === null ? format.none : `${format.number(value, 1, 0)} ${unit}`;
  const years = (value: number | null) => (value === null ? text.never : format.years(value));
  const row = (
    title: string,
    of: Row['of'],
    write: Row['write'],
    better: Row['better'] = 'neither',
  ): Row => ({ title, of, write, better });
  const shareRow = (title: string, of: Row['of']): Row => ({
    ...row(title, of, (value) => format.percent(value, 1), 'more'),
    writeDifference: (value) => text.points(format.number(value * 100, 1)),
  });
  return [
    row(terms.capacity, (each) => each.capacity_kwp, size('kWp')),
    row(terms.battery, (each) => each.battery_kwh, size('kWh')),
    row(terms.generation, (each) => each.pv_kwh, energy),
    row(terms.selfUse, (each) => each.self_used_kwh, energy, 'more'),
    row(terms.exportShort, (each) => each.export_kwh, energy),
    row(terms.importShort, (each) => each.import_kwh, energy, 'less'),
    row(terms.curtailed, (each) => each.curtailed_kwh, energy, 'less'),
    shareRow(terms.selfConsumption, (each) => each.self_consumption),
    shareRow(terms.selfSufficiency, (each) => each.self_sufficiency),
    row(text.bill, (each) => each.bill_yuan, money, 'less'),
    row(text.exportIncome, (each) => each.export_income_yuan, money),
    row(terms.benefit, (each) => each.benefit_yuan, money, 'more'),
    row(terms.capex, (each) => each.capex_yuan, money),
    row(terms.npv, (each) => each.npv_yuan, money, 'more'),
    shareRow(terms.irr, (each) => each.irr),
    row(
      terms.payback,
      (each) => each.payback_years,
      (value) => years(value),
      'less',
    ),
    row(
      terms.lcoe,
      (each) => each.lcoe_yuan_per_kwh,
      (value) => format.price(value),
      'less',
    ),
    row(
      terms.avoided,
      (each) => each.avoided_t,
      (value) => (value === null ? format.none : format.tonnes(value)),
      'more',
    ),
    row(
      text.worstGrade,
      gradeRank,
      (value) => words.grades[(['green', 'yellow', 'red'] as const)[value ?? 0] ?? 'green'],
      'less',
    ),
    row(grid.peakImport, (each) => each.peak_import_kw, size('kW'), 'less'),
    row(grid.peakExport, (each) => each.peak_export_kw, size('kW'), 'less'),
    row(
      grid.overLimit,
      (each) => each.over_limit_hours,
      (value) => format.number(value),
      'less',
    ),
  ];
}

/** Which scenarios are the best of a row; none when all are alike or nothing is better. */
export function bestOf(row: Row, scenarios: Scenario[]): boolean[] {
  const values = scenarios.map(row.of);
  const known = values.filter((value) => value !== null);
  if (row.better === 'neither' || known.length === 0) return values.map(() => false);
  const best = row.better === 'more' ? Math.max(...known) : Math.min(...known);
  const marks = values.map((value) => value !== null && row.write(value) === row.write(best));
  return marks.every(Boolean) ? values.map(() => false) : marks;
}

/** The signed difference to the plan in the row's own unit; empty where there is none. */
export function difference(row: Row, scenario: Scenario, base: Scenario): string {
  const [value, from] = [row.of(scenario), row.of(base)];
  if (scenario.is_base || value === null || from === null || row.of === gradeRank) return '';
  const written = (row.writeDifference ?? row.write)(value - from);
  if (!/[1-9]/.test(written)) return '±0';
  return value > from ? `+${written}` : written;
}
