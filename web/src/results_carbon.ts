// The part of a plan that is about carbon: factors, accounting states, the life, displaced coal.
import type { Confidence, Name } from './results';

export type FactorKind =
  | 'average'
  | 'average_without_traded'
  | 'fossil'
  | 'marginal'
  | 'reporting'
  | 'press'
  | 'lifecycle';

export interface Factor {
  id: string;
  name: Name;
  kg_per_kwh: number;
  year: number | string;
  kind: FactorKind;
  region: string;
  avoided_t: number;
  document: string;
  source: string;
  confidence: Confidence;
  chosen: boolean;
}

export type StateName = 'self_used' | 'exported_claimed' | 'certificate_sold' | 'uncounted';

export interface CountedState {
  state: StateName;
  kwh: number;
  avoided_t: number;
}

export interface CarbonLife {
  decline_per_year: number;
  total_t: number;
  years: { year: number; kg_per_kwh: number; avoided_t: number }[];
}

export interface DisplacedHeating {
  homes: number;
  heat_kwh: number;
  coal_t: number;
  coal_co2_t: number;
  electricity_co2_t: number;
  avoided_t: number;
  method: Name;
}

export interface Carbon {
  method: Name;
  avoided_t: number;
  factor: Factor;
  by_factor: Factor[];
  states: CountedState[];
  life: CarbonLife;
  heating: DisplacedHeating | null;
}
