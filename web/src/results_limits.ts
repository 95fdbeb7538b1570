// The part of a plan about a transformer's limits, where its households were run together.

export type Curtailment = 'least_cost' | 'equal_power' | 'equal_share' | 'pro_rata';

export interface BeyondLimits {
  import_hours: number;
  import_kwh: number;
  peak_import_kw: number;
  export_hours: number;
  export_kwh: number;
  peak_export_kw: number;
}

export interface CapacityPrice {
  yuan_per_kw_year: number;
  hours: number;
  /** A row of 24 local hours for each day; null where the limit never binds. */
  yuan_per_kw: number[][] | null;
}

export interface RuleFigures {
  curtailment: Curtailment;
  cost_yuan: number;
  more_than_least_yuan: number | null;
  curtailed_kwh: number;
  least_share: number;
  median_share: number;
  most_share: number;
  worst_household: string;
  worst_lost_yuan: number;
}

export interface GivenUp {
  id: string;
  curtailed_kwh: number;
  curtailed_share: number;
  alone_yuan: number;
  cost_yuan: number;
  lost_yuan: number;
}

export interface Coordination {
  outcome: 'within_limits' | 'coordinated' | 'not_possible';
  curtailment: Curtailment;
  import_limit_kw: number;
  export_limit_kw: number;
  keeps_import_limit: boolean;
  alone: BeyondLimits;
  together: BeyondLimits;
  duration_alone_kw: number[];
  least_cost: {
    alone_yuan: number;
    cost_yuan: number;
    bound_yuan: number;
    gap: number;
    rounds: number;
  } | null;
  capacity_price: { first_day: string; import: CapacityPrice; export: CapacityPrice } | null;
  rules: RuleFigures[];
  households: GivenUp[];
}
