// The figures of a tried house beside those of the house as it is.
import type { Format } from '../../../format/numbers';
import type { StudioWords } from '../../words/en_studio';
import type { Trial } from './studio.svelte';

type Plan = Trial['before'];
type RowId = keyof StudioWords['rows'];

interface Row {
  id: RowId;
  of: (plan: Plan) => number | null;
  write: (value: number | null, format: Format) => string;
  /** Whether more of it is good for the house: its difference is coloured so. */
  good: 'more' | 'less' | 'neither';
  /** Below what size a difference is none. */
  least: number;
}

const kwh = (value: number | null, format: Format) => format.kwh(value);
const yuan = (value: number | null, format: Format) => format.yuan(value);
const none = null;

export const trialRows: Row[] = [
  { id: 'made', of: (plan) => plan.pv_kwh, write: kwh, good: 'more', least: 0.5 },
  { id: 'selfUsed', of: (plan) => plan.self_used_kwh, write: kwh, good: 'more', least: 0.5 },
  { id: 'sold', of: (plan) => plan.export_kwh, write: kwh, good: 'neither', least: 0.5 },
  { id: 'bought', of: (plan) => plan.import_kwh, write: kwh, good: 'less', least: 0.5 },
  { id: 'bill', of: (plan) => plan.bill_with_pv_yuan, write: yuan, good: 'less', least: 0.5 },
  { id: 'income', of: (plan) => plan.export_income_yuan, write: yuan, good: 'more', least: 0.5 },
  { id: 'benefit', of: (plan) => plan.benefit_yuan, write: yuan, good: 'more', least: 0.5 },
  {
    id: 'capex',
    of: (plan) => plan.finance?.capex_yuan ?? (plan.capacity_kwp > 0 ? none : 0),
    write: yuan,
    good: 'less',
    least: 0.5,
  },
  {
    id: 'npv',
    of: (plan) => plan.finance?.npv_yuan ?? (plan.capacity_kwp > 0 ? none : 0),
    write: yuan,
    good: 'more',
    least: 0.5,
  },
  {
    id: 'payback',
    of: (plan) => plan.finance?.payback_years ?? none,
    write: (value, format) => format.years(value),
    good: 'less',
    least: 0.05,
  },
  {
    id: 'irr',
    of: (plan) => plan.finance?.irr ?? none,
    write: (value, format) => format.percent(value, 1),
    good: 'more',
    least: 0.0005,
  },
  {
    id: 'lcoe',
    of: (plan) => plan.finance?.lcoe_yuan_per_kwh ?? none,
    write: (value, format) => (value === null ? format.none : format.yuan(value, 3)),
    good: 'less',
    least: 0.0005,
  },
  {
    id: 'avoided',
    of: (plan) => plan.avoided_t,
    write: (value, format) => (value === null ? format.none : format.tonnes(value)),
    good: 'more',
    least: 0.005,
  },
];

export interface Shown {
  id: RowId;
  before: string;
  after: string;
  /** With its sign; empty where nothing changes. */
  difference: string;
  verdict: 'good' | 'bad' | 'neither';
}

export function shownRows(trial: Trial, format: Format): Shown[] {
  return trialRows.map(({ id, of, write, good, least }) => {
    const [before, after] = [of(trial.before), of(trial.after)];
    const by = before === null || after === null ? null : after - before;
    const changes = by !== null && Math.abs(by) >= least;
    const text = changes ? write(by, format) : '';
    return {
      id,
      before: write(before, format),
      after: write(after, format),
      difference: changes && by > 0 ? `+${text}` : text,
      verdict:
        !changes || good === 'neither' ? 'neither' : by > 0 === (good === 'more') ? 'good' : 'bad',
    };
  });
}
