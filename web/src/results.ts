// The shape of results.json ("xiaoyuan.plan/2"), and the one place that reads it.
// Energies kWh, power kW, money yuan, carbon tonnes of CO2, shares 0 to 1; null = no such figure.

import type { BatteryVerdict } from './results_battery';
import type { Carbon } from './results_carbon';
import type { NetPower, Transformer } from './results_grid';
import type { Finance, Money, OwnershipForm, Scenario, Uncertainty } from './results_money';
import type { Network } from './results_network';
import type { Sizing } from './results_sizing';

export type * from './results_battery';
export type * from './results_carbon';
export type * from './results_grid';
export type * from './results_money';
export type * from './results_network';
export type * from './results_sizing';

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
  last_day: string;
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

export interface BillLine {
  side: 'import' | 'export';
  label: Name;
  explanation: Name;
  kwh: number;
  yuan_per_kwh: number;
  yuan: number;
}

export interface Backup {
  critical_kw: number;
  /** Over every moment of the year as the moment of failure. */
  least_hours: number;
  median_hours: number;
  /** Of the failures, those bridged for a whole day. */
  share_of_day: number;
}

export interface HouseholdMonth {
  month: string;
  load_kwh: number;
  pv_kwh: number;
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
  car_kwh: number;
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
  /** How long the battery carries the critical load when the grid fails; only with a battery. */
  backup?: Backup | null;
  /** The household's own months, where a plan gives them. */
  months?: HouseholdMonth[];
}

export type Stage =
  | 'horizontal'
  | 'transposition'
  | 'horizon'
  | 'near_shading'
  | 'incidence'
  | 'soiling'
  | 'snow'
  | 'temperature'
  | 'nameplate'
  | 'light_induced'
  | 'mismatch'
  | 'wiring'
  | 'connections'
  | 'dc'
  | 'inverter'
  | 'clipped'
  | 'availability'
  | 'ac'
  | 'curtailed'
  | 'self_used'
  | 'sold';

export interface Loss {
  stage: Stage;
  kind: 'total' | 'change' | 'part';
  kwh: number;
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
  kind: 'tariff' | 'mechanism' | 'factor' | 'weather' | 'climate' | 'profile' | 'calendar';
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
  /** The language is that in which the plan was made; an older plan does not name it. */
  program: { name: string; version: string; language?: 'zh' | 'en' };
  village: Village;
  energy: Energy;
  flows: Flow[];
  months: Month[];
  typical_days: TypicalDay[];
  money: Money;
  households: Household[];
  transformers: Transformer[];
  carbon: Carbon;
  losses: Loss[];
  net_power: NetPower;
  scenarios: Scenario[];
  parties: OwnershipForm[];
  uncertainty: Uncertainty | null;
  /** An older plan does not know it. */
  sizing?: Sizing | null;
  /** null where nothing is said of the village's wires; an older plan does not know it. */
  network?: Network | null;
  assumptions: Assumption[];
  versions: Version[];
  warnings: Name[];
}

const members: (keyof Results)[] = [
  'program',
  'village',
  'energy',
  'flows',
  'months',
  'typical_days',
  'money',
  'households',
  'transformers',
  'carbon',
  'losses',
  'net_power',
  'scenarios',
  'parties',
  'uncertainty',
  'assumptions',
  'versions',
  'warnings',
];

/** Reads the text of the data element; null when it is not a whole plan of the form known here. */
export function readResults(text: string): Results | null {
  try {
    const value = JSON.parse(text) as Partial<Results> | null;
    if (value?.schema !== 'xiaoyuan.plan/2') return null;
    return members.every((member) => value[member] !== undefined) ? (value as Results) : null;
  } catch {
    return null;
  }
}
