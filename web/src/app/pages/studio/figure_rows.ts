// The main figures of plans as rows of a table that holds several side by side.
import type { Format } from '../../../format/numbers';
import type { Schemas } from '../../api';
import type { StudioWords } from '../../words/en_studio';

export type Figures = Schemas['PlanFigures'];
type FigureId = Exclude<keyof StudioWords['figures'], 'grade'>;

interface Row {
  id: FigureId;
  of: (figures: Figures) => number | null;
  write: (value: number | null, format: Format) => string;
  /** Which of several is the best, if one can say so. */
  best: 'most' | 'least' | null;
}

const yuan = (value: number | null, format: Format) => format.roughYuan(value);
const share = (value: number | null, format: Format) => format.percent(value, 1);

export const figureRows: Row[] = [
  {
    id: 'capacity',
    of: (each) => each.capacity_kwp,
    write: (value, format) => format.capacity(value ?? 0),
    best: null,
  },
  {
    id: 'battery',
    of: (each) => each.battery_kwh,
    write: (value, format) => format.kwh(value),
    best: null,
  },
  {
    id: 'made',
    of: (each) => each.pv_kwh,
    write: (value, format) => format.energy(value),
    best: 'most',
  },
  { id: 'selfConsumption', of: (each) => each.self_consumption, write: share, best: null },
  { id: 'selfSufficiency', of: (each) => each.self_sufficiency, write: share, best: 'most' },
  { id: 'benefit', of: (each) => each.benefit_yuan, write: yuan, best: 'most' },
  { id: 'capex', of: (each) => each.capex_yuan, write: yuan, best: null },
  { id: 'npv', of: (each) => each.npv_yuan, write: yuan, best: 'most' },
  {
    id: 'payback',
    of: (each) => each.payback_years,
    write: (value, format) => format.years(value),
    best: 'least',
  },
  { id: 'irr', of: (each) => each.irr, write: share, best: 'most' },
  {
    id: 'avoided',
    of: (each) => each.avoided_t,
    write: (value, format) => (value === null ? format.none : format.tonnes(value)),
    best: 'most',
  },
  {
    id: 'peakExport',
    of: (each) => each.peak_export_kw,
    write: (value, format) => format.power(value),
    best: 'least',
  },
  {
    id: 'overLimit',
    of: (each) => each.over_limit_hours,
    write: (value, format) => format.number(value),
    best: 'least',
  },
];

/** The places of the best; none where all are alike. */
export function bestOf({ of, best }: Row, all: Figures[]): number[] {
  const values = all.map((figures) => of(figures));
  const known = values.filter((value): value is number => value !== null);
  if (!best || known.length < 2) return [];
  const [least, most] = [Math.min(...known), Math.max(...known)];
  if (most - least <= 1e-6 * Math.max(1, Math.abs(most))) return [];
  const wanted = best === 'most' ? most : least;
  return values.flatMap((value, place) => (value === wanted ? [place] : []));
}
