// Whose plant stands on a roof, and thus whose money the plant's sums are.
import type { Finance, Household } from '../results';

export const isLeased = (home: Household): boolean =>
  home.capacity_kwp > 0 && home.owner !== 'natural_person';

/** A leased roof's plant is paid by its owner: the household has put nothing in, to have back. */
export const ownFinance = (home: Household): Finance | null =>
  isLeased(home) ? null : home.finance;
