// The part of a plan that is about money: measures, cash flow, scenarios, parties, uncertainty.
import type { Grade, Name } from './results';

export interface Finance {
  capex_yuan: number;
  npv_yuan: number;
  irr: number | null;
  irr_note: Name | null;
  payback_years: number | null;
  discounted_payback_years: number | null;
  lcoe_yuan_per_kwh: number | null;
  /** The price of a kWh sold at which the plant just pays; a household may lack it. */
  break_even_yuan_per_kwh?: number | null;
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

export interface CapexPart {
  part: 'modules' | 'inverter' | 'rest' | 'battery';
  yuan: number;
}

export interface Money extends Finance {
  bill_without_pv_yuan: number;
  bill_with_pv_yuan: number;
  export_income_yuan: number;
  operation_yuan: number;
  benefit_yuan: number;
  discount_rate: number;
  capex_parts: CapexPart[];
  cash_flow: CashYear[];
}

export interface Scenario {
  id: string;
  name: Name;
  is_base: boolean;
  tariff_import: string;
  tariff_export: string;
  capacity_kwp: number;
  battery_kwh: number;
  pv_kwh: number;
  self_used_kwh: number;
  import_kwh: number;
  export_kwh: number;
  curtailed_kwh: number;
  self_consumption: number | null;
  self_sufficiency: number | null;
  bill_yuan: number;
  export_income_yuan: number;
  benefit_yuan: number;
  capex_yuan: number;
  npv_yuan: number;
  irr: number | null;
  payback_years: number | null;
  lcoe_yuan_per_kwh: number | null;
  avoided_t: number;
  worst_grade: Grade;
  peak_import_kw: number;
  peak_export_kw: number;
  over_limit_hours: number;
  explained: Name[];
}

export type Form = 'as_planned' | 'natural_person' | 'company' | 'cooperative';
export type PartyName =
  'villagers' | 'company' | 'cooperative' | 'grid_company' | 'town' | 'lender';
export type LineName =
  | 'capex'
  | 'subsidy'
  | 'loan'
  | 'loan_service'
  | 'bill_saved'
  | 'export_income'
  | 'rent'
  | 'dividend'
  | 'operation'
  | 'replacement'
  | 'vat'
  | 'lost_sales'
  | 'energy_received'
  | 'export_payment';

export interface Party {
  party: PartyName;
  npv_yuan: number;
  irr: number | null;
  payback_years: number | null;
  total_yuan: number;
  /** Signed: what the party gains is positive. From year 0 to the end of the plant's life. */
  lines: { line: LineName; yuan: number[] }[];
}

export interface OwnershipForm {
  form: Form;
  parties: Party[];
}

export type MeasureName =
  'yield_kwh_per_kwp' | 'generation_kwh' | 'benefit_yuan' | 'npv_yuan' | 'payback_years';

export interface Measure {
  measure: MeasureName;
  base: number | null;
  p10: number | null;
  p50: number | null;
  p90: number | null;
  values: (number | null)[];
}

export type SwingName =
  | 'performance'
  | 'weather'
  | 'load'
  | 'buy_price'
  | 'sell_price'
  | 'capex'
  | 'operation'
  | 'discount_rate'
  | 'life_years';

export interface Swing {
  factor: SwingName;
  low: number;
  high: number;
  unit: string;
  low_npv_yuan: number;
  high_npv_yuan: number;
}

export interface Uncertainty {
  draws: number;
  /** Drawn from the climate, measured years, or one typical year brighter and duller as a whole. */
  weather: 'synthetic' | 'measured' | 'scaled';
  measures: Measure[];
  base_npv_yuan: number;
  tornado: Swing[];
}
