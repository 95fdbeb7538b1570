// The shape of results.json ("xiaoyuan.plan/1"), and the one place that reads it.
// Energies kWh, power kW, money yuan, carbon tonnes of CO2, shares 0 to 1; null = no such figure.

export type Name = { en: string; zh: string };
export type Confidence = 'high' | 'med' | 'low';
export type Grade = 'green' | 'yellow' | 'red';
export type Node = 'pv' | 'grid_in' | 'battery' | 'load' | 'grid_out' | 'curtailed' | 'loss';
export type Season = 'spring' | 'summer' | 'autumn' | 'winter';
export type Owner = 'natural_person' | 'company' | 'cooperative';
export type Mode = 'none' | 'full_export' | 'self_use' | 'self_use_surplus';

export interface Village {
  id: string;
  name: Name;
  note: Name;
  illustrative: boolean;
  region: string;
  latitude_deg: number;
  longitude_deg: number;
  elevation_m: number;
  time_zone: string;
  first_day: string;
  step_minutes: number;
  life_years: number;
  households: number;
  with_pv: number;
  with_battery: number;
  with_heat_pump: number;
  capacity_kwp: number;
  battery_kwh: number;
}

export interface Energy {
  load_kwh: number;
  heat_pump_kwh: number;
  pv_kwh: number;
  self_used_kwh: number;
  export_kwh: number;
  import_kwh: number;
  curtailed_kwh: number;
  battery_loss_kwh: number;
  self_consumption: number | null;
  self_sufficiency: number | null;
  net_balance: number | null;
  hourly_matched_share: number | null;
  yield_kwh_per_kwp: number | null;
}

export interface Flow {
  from: Node;
  to: Node;
  kwh: number;
}

export interface Month {
  month: string;
  load_kwh: number;
  heat_pump_kwh: number;
  pv_kwh: number;
  self_used_kwh: number;
  import_kwh: number;
  export_kwh: number;
  curtailed_kwh: number;
  import_yuan: number;
  export_yuan: number;
}

export interface TypicalDay {
  season: Season;
  days: number;
  load_kw: number[];
  pv_kw: number[];
  import_kw: number[];
  export_kw: number[];
}

export interface Finance {
  capex_yuan: number;
  npv_yuan: number;
  irr: number | null;
  irr_note: Name | null;
  payback_years: number | null;
  discounted_payback_years: number | null;
  lcoe_yuan_per_kwh: number | null;
}

export interface CashYear {
  year: number;
  capex_yuan: number;
  benefit_yuan: number;
  operation_yuan: number;
  replacement_yuan: number;
  net_yuan: number;
  cumulative_yuan: number;
}

export interface Money extends Finance {
  bill_without_pv_yuan: number;
  bill_with_pv_yuan: number;
  export_income_yuan: number;
  operation_yuan: number;
  benefit_yuan: number;
  cash_flow: CashYear[];
}

export interface BatteryVerdict {
  rule_cost_yuan: number;
  optimum_cost_yuan: number;
  without_cost_yuan: number;
  saving_yuan: number;
  cost_per_year_yuan: number;
  pays: boolean;
  gap: number | null;
}

export interface BillLine {
  side: 'import' | 'export';
  label: Name;
  explanation: Name;
  kwh: number;
  yuan_per_kwh: number;
  yuan: number;
}

export interface Household {
  id: string;
  name: string;
  owner: Owner;
  mode: Mode;
  phase: 'A' | 'B' | 'C' | 'ABC';
  transformer: string;
  capacity_kwp: number;
  battery_kwh: number;
  load_kwh: number;
  heat_pump_kwh: number;
  pv_kwh: number;
  self_used_kwh: number;
  import_kwh: number;
  export_kwh: number;
  curtailed_kwh: number;
  self_consumption: number | null;
  self_sufficiency: number | null;
  yield_kwh_per_kwp: number | null;
  bill_without_pv_yuan: number;
  bill_with_pv_yuan: number;
  export_income_yuan: number;
  rent_yuan: number;
  benefit_yuan: number;
  avoided_t: number;
  finance: Finance | null;
  battery: BatteryVerdict | null;
  bill_lines: BillLine[];
}

export interface Standard2025 {
  grade: Grade;
  s_d_kw: number;
  c1_kw: number;
  c2_kw: number;
  tau_max: number;
  beta: number;
  power_factor: number;
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
}

export type FactorKind =
  | 'average'
  | 'average_without_traded'
  | 'fossil'
  | 'marginal'
  | 'reporting'
  | 'press';

export interface Factor {
  id: string;
  name: Name;
  kg_per_kwh: number;
  year: number | string;
  kind: FactorKind;
  avoided_t: number;
  document: string;
  source: string;
  confidence: Confidence;
  chosen: boolean;
}

export interface Carbon {
  method: Name;
  avoided_t: number;
  factor: Factor;
  by_factor: Factor[];
}

export interface Assumption {
  key: string;
  value: number;
  unit: string;
  meaning: Name;
  source: string;
  confidence: Confidence;
  from_village: boolean;
}

export interface Version {
  kind: 'tariff' | 'factor' | 'weather' | 'climate' | 'profile';
  id: string;
  name: Name;
  valid_from: string | null;
  valid_to: string | null;
  document: string;
  source: string;
  confidence: Confidence;
}

export interface Results {
  schema: string;
  program: { name: string; version: string };
  village: Village;
  energy: Energy;
  flows: Flow[];
  months: Month[];
  typical_days: TypicalDay[];
  money: Money;
  households: Household[];
  transformers: Transformer[];
  carbon: Carbon;
  assumptions: Assumption[];
  versions: Version[];
  warnings: Name[];
}

/** Reads the text of the data element; null when it is not a plan of the form this page knows. */
export function readResults(text: string): Results | null {
  try {
    const value = JSON.parse(text) as Partial<Results> | null;
    return value?.schema === 'xiaoyuan.plan/1' ? (value as Results) : null;
  } catch {
    return null;
  }
}
