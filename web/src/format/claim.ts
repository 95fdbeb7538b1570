// What a published number of tonnes means: the energy and the plant it takes under one factor.
//   E = m · 1000 / f      P = E / y
// E energy a year in kWh, m claimed tonnes of CO2 a year, f factor in kg/kWh, P plant in kWp,
// y yield in kWh from each kWp a year.

import type { Factor } from '../results';

/** What is asked of a factor. */
export type ClaimFactor = Pick<Factor, 'id' | 'name' | 'kg_per_kwh' | 'kind' | 'chosen'>;

/** A footprint over the life cycle says what a kWh costs, not what one less avoids: it is no factor
 *  of a claim, unless a plan has chosen it. */
export const isClaimFactor = (factor: ClaimFactor): boolean =>
  factor.kg_per_kwh > 0 && (factor.kind !== 'lifecycle' || factor.chosen);

export interface ClaimMeaning {
  kwh: number;
  kwp: number;
}

/** null when a number is missing or not above zero, for then nothing follows from it. */
export function claimMeaning(
  claimed_t: number,
  kg_per_kwh: number,
  yield_kwh_per_kwp: number,
): ClaimMeaning | null {
  const given = [claimed_t, kg_per_kwh, yield_kwh_per_kwp];
  if (!given.every((value) => Number.isFinite(value) && value > 0)) return null;
  const kwh = (claimed_t * 1000) / kg_per_kwh;
  return { kwh, kwp: kwh / yield_kwh_per_kwp };
}
