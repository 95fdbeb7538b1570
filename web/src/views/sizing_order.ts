// The columns of the table of sizes, and its order.
import type { SizedHousehold } from '../results_sizing';
import type { Direction } from './household_order';

export type SizeColumn =
  | 'id'
  | 'pvPlanned'
  | 'pvProved'
  | 'batteryPlanned'
  | 'batteryProved'
  | 'saved'
  | 'batteryPays';

const numeric = new Intl.Collator('en', { numeric: true });

export const sizeOf: Record<Exclude<SizeColumn, 'id'>, (home: SizedHousehold) => number | null> = {
  pvPlanned: (home) => home.planned.pv_kwp,
  pvProved: (home) => home.proved.pv_kwp,
  batteryPlanned: (home) => home.planned.battery_kwh,
  batteryProved: (home) => home.proved.battery_kwh,
  saved: (home) => home.saved_yuan_per_year,
  batteryPays: (home) => home.battery_changes_at_yuan,
};

/** What has no figure stands last, whichever way the rest is ordered. */
export function orderSizes(
  homes: SizedHousehold[],
  column: SizeColumn,
  direction: Direction,
): SizedHousehold[] {
  const sign = direction === 'ascending' ? 1 : -1;
  const figure = (home: SizedHousehold) => (column === 'id' ? 0 : sizeOf[column](home));
  return [...homes].sort((a, b) => {
    const [first, second] = [figure(a), figure(b)];
    if ((first === null) !== (second === null)) return first === null ? 1 : -1;
    const byFigure = sign * ((first ?? 0) - (second ?? 0));
    return byFigure || (column === 'id' ? sign : 1) * numeric.compare(a.id, b.id);
  });
}
