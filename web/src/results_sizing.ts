// The part of a plan that is about sizes: the proved ones beside the planned, and what they cost.
import type { Name } from './results';

export interface WeighedSizes {
  pv_kwp: number;
  battery_kwh: number;
  battery_kw: number;
  /** In the objective: over the life, or a year. */
  total_yuan: number;
  capex_yuan: number;
  import_kwh: number;
  self_sufficiency: number;
}

export interface SizedRoof {
  room_kwp: number;
  kwp: number;
  price_yuan: number;
  /** Where the roof is empty or full: the price of a kWp at which that changes. */
  changes_at_yuan: number | null;
}

export interface SizedHousehold {
  id: string;
  refusal: null;
  planned: WeighedSizes;
  proved: WeighedSizes;
  bound_yuan: number;
  gap: number;
  quantity_gap: number | null;
  /** In the objective. */
  saved_yuan: number;
  saved_yuan_per_year: number;
  roofs: SizedRoof[];
  battery_price_yuan: number;
  /** The price of a kWh below which a battery is bought, above which none is. */
  battery_changes_at_yuan: number | null;
}

export interface RefusedHousehold {
  id: string;
  refusal: Name;
}

export interface FrontPoint {
  self_sufficiency: number;
  total_yuan: number;
  capex_yuan: number;
  pv_kwp: number;
  battery_kwh: number;
  battery_kw: number;
  gap: number;
}

export interface Sizing {
  objective: 'npv' | 'annual';
  aim: 'cheapest' | 'least_import' | 'least_carbon';
  pv: boolean;
  battery: boolean;
  /** The plan is made with the proved sizes. */
  applied: boolean;
  budget_yuan: number | null;
  asked_gap: number;
  sums: {
    households: number;
    with_battery: number;
    planned_kwp: number;
    planned_battery_kwh: number;
    planned_yuan: number;
    pv_kwp: number;
    battery_kwh: number;
    total_yuan: number;
    bound_yuan: number;
    capex_yuan: number;
    saved_yuan: number;
    saved_yuan_per_year: number;
  };
  households: (SizedHousehold | RefusedHousehold)[];
  front: { household: string; points: FrontPoint[] } | null;
  notes: Name[];
}

export const isSized = (home: SizedHousehold | RefusedHousehold): home is SizedHousehold =>
  home.refusal === null;
