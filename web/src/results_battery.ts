// The part of results.json about batteries: ways of running one, what a unit more is worth, and why.

import type { Name } from './results';

export type BatteryWay =
  | 'none'
  | 'rule'
  | 'rolling_persistence'
  | 'rolling_noisy'
  | 'rolling_perfect'
  | 'optimum';

export interface WayCost {
  way: BatteryWay;
  cost_yuan: number;
  saving_yuan: number;
  /** Of what the optimum saves. */
  share_of_best: number | null;
}

export interface UnitWorth {
  saves_yuan: number;
  costs_yuan: number | null;
}

export type WorthUnit = 'battery_kwh' | 'battery_kw' | 'pv_kwp' | 'export_kw';

/** A day of the optimum, a value for each step. */
export interface BatteryDay {
  season: 'summer' | 'winter';
  date: string;
  load_kw: number[];
  pv_kw: number[];
  /** Charging positive. */
  battery_kw: number[];
  /** At the end of the step. */
  stored_kwh: number[];
  buy_yuan_per_kwh: number[];
  sell_yuan_per_kwh: number[];
  stored_value_yuan_per_kwh: number[];
  reasons: Name[];
}

export interface BatteryVerdict {
  rule_cost_yuan: number;
  optimum_cost_yuan: number;
  without_cost_yuan: number;
  saving_yuan: number;
  best_saving_yuan: number;
  cost_per_year_yuan: number;
  pays: boolean;
  gap: number | null;
  bounded_steps: number;
  /** What follows an older plan does not have. */
  ways?: WayCost[];
  worth?: Record<WorthUnit, UnitWorth | null> | null;
  days?: BatteryDay[];
}
