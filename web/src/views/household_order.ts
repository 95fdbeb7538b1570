// Finding and ordering households for their table.
import { ownFinance } from '../format/ownership';
import type { Household } from '../results';

export type Column =
  | 'id'
  | 'capacity'
  | 'made'
  | 'used'
  | 'curtailed'
  | 'benefit'
  | 'payback'
  | 'battery'
  | 'backup'
  | 'car';
export type Direction = 'ascending' | 'descending';

const number = new Intl.Collator('en', { numeric: true });

const value: Record<Exclude<Column, 'id'>, (household: Household) => number | null> = {
  capacity: (household) => household.capacity_kwp,
  made: (household) => household.pv_kwh,
  used: (household) => household.load_kwh,
  curtailed: (household) => household.curtailed_kwh,
  benefit: (household) => household.benefit_yuan,
  payback: (household) => ownFinance(household)?.payback_years ?? null,
  battery: (household) => household.battery_kwh,
  backup: (household) => household.backup?.median_hours ?? null,
  car: (household) => household.car_kwh,
};

export function findHouseholds(households: Household[], words: string): Household[] {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  return households.filter((household) => {
    const text = `${household.id} ${household.name} ${household.transformer}`.toLowerCase();
    return parts.every((part) => text.includes(part));
  });
}

/** A household without the figure comes last, whichever way the rest is ordered. */
export function orderHouseholds(
  households: Household[],
  column: Column,
  direction: Direction,
): Household[] {
  const sign = direction === 'ascending' ? 1 : -1;
  const byId = (a: Household, b: Household) => number.compare(a.id, b.id);
  return [...households].sort((a, b) => {
    if (column === 'id') return sign * byId(a, b);
    const [first, second] = [value[column](a), value[column](b)];
    if (first === null || second === null) {
      return first === second ? byId(a, b) : first === null ? 1 : -1;
    }
    return sign * (first - second) || byId(a, b);
  });
}
