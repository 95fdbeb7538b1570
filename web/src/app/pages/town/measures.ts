// Settled figures of a village in the units that people read: kWh, yuan, tonnes.
import type { Schemas } from '../../api';

export type TownVillage = Schemas['TownVillage'];

export const kwhOf = (mWh: number | null | undefined): number | null =>
  mWh === null || mWh === undefined ? null : mWh / 1e6;
export const yuanOf = (fen: number | null | undefined): number | null =>
  fen === null || fen === undefined ? null : fen / 100;
export const tonnesOf = (gco2e: number | null | undefined): number | null =>
  gco2e === null || gco2e === undefined ? null : gco2e / 1e6;

export const measures = ['made', 'sold', 'earned', 'avoided', 'capacity'] as const;
export type Measure = (typeof measures)[number];

export function valueOf(measure: Measure, village: TownVillage): number | null {
  switch (measure) {
    case 'made':
      return kwhOf(village.year?.energy.made_mWh);
    case 'sold':
      return kwhOf(village.year?.energy.sold_mWh);
    case 'earned':
      return yuanOf(village.year?.earned_fen);
    case 'avoided':
      return tonnesOf(village.year?.gco2e);
    case 'capacity':
      return village.capacity_kwp;
  }
}

/** The share of the data that is there; the smaller of statements and hours, both where known. */
export function completeness(village: TownVillage): number | null {
  const known = [village.statements_share, village.hours_share].filter(
    (share): share is number => share !== null,
  );
  return known.length > 0 ? Math.min(...known) : null;
}
