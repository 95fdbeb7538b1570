// A household's own months: as the plan gives them, or its year laid out as the village's months.
import type { Household, Month } from '../results';

export interface OwnMonths {
  kwh: number[];
  names: string[];
  /** True when the village's months were the pattern, which the reader is told. */
  shared: boolean;
}

export function householdMonths(
  household: Household,
  months: Month[],
  key: 'pv_kwh' | 'load_kwh',
): OwnMonths {
  const own = household.months;
  if (own && own.length > 0) {
    return {
      kwh: own.map((each) => each[key]),
      names: own.map(({ month }) => month),
      shared: false,
    };
  }
  const all = months.reduce((sum, month) => sum + month[key], 0);
  return {
    kwh: months.map((month) => (all > 0 ? (household[key] * month[key]) / all : 0)),
    names: months.map(({ month }) => month),
    shared: true,
  };
}
