// The part of a plan about the village's wires: voltages, loading, what still fits, and remedies.
// Volts are phase to neutral; times are local ("2026-05-03T12:15"); indices count from 0.
import type { Grade, Name } from './results';

export type LimitKind =
  | 'voltage_high'
  | 'voltage_low'
  | 'unbalance'
  | 'line'
  | 'transformer'
  | 'transformer_reverse'
  | 'solution';
export type Wire = 'A' | 'B' | 'C' | 'N';

/** How much of a limit is used, where and when; above 1 it is broken. */
export interface LimitUse {
  kind: LimitKind;
  element: string;
  wire: Wire | null;
  at: string;
  value: number;
  limit: number;
  used: number;
  text: Name;
}

/** Volts of A, B, C; null where no voltage was found. */
export type Volts = (number | null)[];

export interface Bus {
  name: string;
  x_m: number | null;
  y_m: number | null;
  /** The bus towards the transformer; it stands before this one in the list. */
  above: number | null;
  transformer: number;
  from_transformer_m: number;
  volts_at_highest: Volts;
  volts_at_lowest: Volts;
  house: string | null;
}

export interface Line {
  name: string;
  from: number;
  to: number;
  length_m: number;
  type: string;
  parallel: number;
  rating_a: number | null;
  most_a: number;
  loading: number | null;
  reverse_loading: number | null;
  hours_beyond: number;
  loss_kwh: number;
}

export interface NetworkTransformer {
  id: string;
  rating_kva: number;
  bus: number;
  tap_percent: number;
  loading: number;
  reverse_loading: number;
  phase_loading: number;
  hours_beyond: number;
  reverse_hours_beyond: number;
  kwh_beyond: number;
  reverse_kwh_beyond: number;
  load_loss_kwh: number;
  no_load_loss_kwh: number;
  /** Drawn by the village, sorted falling; below zero it feeds back. */
  duration_kw: number[];
  /** By the power flow, and by the quick checks. */
  grade: Grade;
  grade_quick: Grade;
  checks: { key: LimitKind; is_kept: boolean; use: LimitUse }[];
}

export interface NetworkHouse {
  id: string;
  bus: number;
  transformer: number;
  phases: 'A' | 'B' | 'C' | 'ABC';
  pv_kw: number;
  highest_v: number;
  highest_at: string;
  lowest_v: number;
  lowest_at: string;
  hours_above: number;
  hours_below: number;
  fed_kwh_above: number;
  drawn_kwh_below: number;
  unbalance_95: number | null;
  hours_unbalanced: number;
  duration_highest_v: number[];
  /** Most that the roof could hold in all; null where it is not known. */
  room_kw: number | null;
  /** What may still go on this roof, all others as they are; left out where it was not asked. */
  more_kw?: number | null;
  /** False: no limit was met before the roof was full or the search ended. */
  more_is_bounded?: boolean | null;
  binding?: LimitUse | null;
}

export interface Cause {
  house: string;
  fed_kw: number;
  volts: number;
}

/** The voltage of a house in a moment, taken apart. */
export interface Why {
  house: string;
  wire: Wire;
  at: string;
  volts: number;
  unloaded_v: number;
  line_m: number;
  /** The strongest first; the rest together is others_volts. */
  causes: Cause[];
  others_volts: number;
}

export interface RandomAdopters {
  draws: number;
  adopter_kw: number;
  p05_kw: number;
  p25_kw: number;
  p50_kw: number;
  p75_kw: number;
  p95_kw: number;
  share_that_keeps: [number, number][];
  binding: Partial<Record<LimitKind, number>>;
}

export interface HostingArea {
  transformer: number;
  more_kw: number;
  is_bounded: boolean;
  binding: LimitUse | null;
  /** C1 of DL/T 2041-2025. */
  dlt2041_kw: number;
  random?: RandomAdopters | null;
}

export interface PhaseMove {
  house: string;
  from: string;
  to: string;
}

export interface Remedy {
  area: number;
  key: string;
  name: Name;
  detail: Name;
  /** Beyond what fits today. */
  more_kw: number;
  /** In all: beyond today and what fits today. */
  capacity_kw: number;
  cost_yuan: number | null;
  yuan_per_kw: number | null;
  /** Which price is not known, as it is written in village.toml. */
  missing: string | null;
  lost_kwh: number | null;
  binding: LimitUse | null;
  proof: Name | null;
  moves?: PhaseMove[] | null;
  /** The lines whose conductor is changed. */
  lines?: string[];
  is_bounded?: boolean;
}

export interface Network {
  is_assumed: boolean;
  made_of: 'files' | 'positions' | 'counts';
  note: Name;
  limits: {
    nominal_v: number;
    highest_v: number;
    lowest_v: number;
    unbalance: number;
    reverse_rate: number;
  };
  neutral: 'back_wire' | 'earthed' | 'own_wire';
  buses: Bus[];
  lines: Line[];
  transformers: NetworkTransformer[];
  /** What the grade would need beside the checks above, and nobody has reckoned. */
  checks_not_made?: Name[];
  houses: NetworkHouse[];
  highest: Why | null;
  lowest: Why | null;
  hours_beyond: Record<LimitKind, number>;
  hardest: LimitUse[];
  durations: { highest_v: number[]; lowest_v: number[] };
  losses: { line_kwh: number; transformer_kwh: number; share_of_drawn: number };
  /** null where hosting was not asked for. */
  hosting: { spreading: 'evenly' | 'by_room'; areas: HostingArea[] } | null;
  remedies: Remedy[];
}

/** The two moments that the pictures show. */
export type Moment = 'highest' | 'lowest';
