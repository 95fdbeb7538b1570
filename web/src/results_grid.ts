// The part of a plan that is about the grid: transformers, their grades, and the net power by hour.
import type { Grade } from './results';
import type { Coordination } from './results_limits';

export interface Standard2025 {
  grade: Grade;
  s_d_kw: number;
  c1_kw: number;
  c2_kw: number;
  tau_max: number;
  beta: number;
  power_factor: number;
  storage_kw: number;
  other_generation_kw: number;
}

export interface Standard2019 {
  grade: Grade;
  lambda: number;
  p_m_kw: number;
}

export interface Transformer {
  id: string;
  rating_kva: number;
  in_parallel: number;
  households: number;
  connected_kw: number;
  registered_kw: number;
  peak_import_kw: number;
  peak_export_kw: number;
  reverse_hours: number;
  over_limit_hours: number;
  typical_moment: { time: string; load_kw: number; pv_kw: number };
  standard_2025: Standard2025;
  standard_2019: Standard2019;
  duration_kw: number[];
  /** null where the village does not ask that limits be kept. */
  coordination: Coordination | null;
}

export interface NetPower {
  first_day: string;
  /** Import less export of the whole village, a row of 24 local hours for each day. */
  kw: number[][];
}
