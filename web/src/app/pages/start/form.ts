// The form of a new village: what is typed as text, which step asks for it, and what is sent. A draft
// is kept in the browser until the village is made.
import type { Schemas } from '../../api';

export type VillageForm = Schemas['VillageForm'];
export type Wizard = Schemas['Wizard'];

export const steps = ['place', 'houses', 'prices', 'grid', 'check', 'plan'] as const;
export type StepId = (typeof steps)[number];

export const emptyDraft = {
  folder: '',
  name_zh: '',
  name_en: '',
  climate: '',
  latitude_deg: '',
  longitude_deg: '',
  elevation_m: '',
  region: '',
  grid_region: '',
  households: '',
  with_pv: '',
  roof_by: 'kwp',
  roof_kwp: '',
  roof_area_m2: '',
  tilt_deg: '',
  azimuth_deg: '',
  load_kwh: '',
  heat_pump_kwh: '',
  battery_kwh: '',
  tariff_import: '',
  sold_by: 'tariff',
  tariff_export: '',
  export_price_yuan_per_kwh: '',
  export_price_source: '',
  tier_limits_kwh: '',
  tier_limits_source: '',
  factor: '',
  connected: '',
  first_day: '',
  transformer_kva: '',
  transformers: '1',
};
export type Draft = typeof emptyDraft;
export type FieldId = keyof Draft;

const stepOf: Record<FieldId, StepId> = {
  folder: 'place',
  name_zh: 'place',
  name_en: 'place',
  climate: 'place',
  latitude_deg: 'place',
  longitude_deg: 'place',
  elevation_m: 'place',
  region: 'place',
  grid_region: 'place',
  households: 'houses',
  with_pv: 'houses',
  roof_by: 'houses',
  roof_kwp: 'houses',
  roof_area_m2: 'houses',
  tilt_deg: 'houses',
  azimuth_deg: 'houses',
  load_kwh: 'houses',
  heat_pump_kwh: 'houses',
  battery_kwh: 'houses',
  tariff_import: 'prices',
  sold_by: 'prices',
  tariff_export: 'prices',
  export_price_yuan_per_kwh: 'prices',
  export_price_source: 'prices',
  tier_limits_kwh: 'prices',
  tier_limits_source: 'prices',
  factor: 'prices',
  connected: 'prices',
  first_day: 'prices',
  transformer_kva: 'grid',
  transformers: 'grid',
};

/** What must be said before a step can be left; the server finds the rest. */
export function missingIn(step: StepId, draft: Draft): FieldId[] {
  const needed: Record<StepId, FieldId[]> = {
    place: ['folder', 'name_zh', 'name_en', 'latitude_deg', 'longitude_deg', 'region', 'grid_region'],
    houses: ['households', draft.roof_by === 'kwp' ? 'roof_kwp' : 'roof_area_m2', 'load_kwh'],
    prices: [
      'tariff_import',
      ...(draft.sold_by === 'tariff'
        ? (['tariff_export'] as const)
        : (['export_price_yuan_per_kwh', 'export_price_source'] as const)),
      'connected',
      'first_day',
    ],
    grid: ['transformer_kva', 'transformers'],
    check: [],
    plan: [],
  };
  return needed[step].filter((field) => draft[field].trim() === '');
}

const lastOf = (field: string) => field.split(/[.[\]/]/).filter(Boolean).at(-1) ?? '';

/** A field of an error as the form has it: "form.name.zh" is name_zh, a tier limit its list. */
export function fieldOf(field: string | undefined): FieldId | null {
  if (!field) return null;
  if (/name[./[]zh/.test(field)) return 'name_zh';
  if (/(^|[./])name([./[]en)?$/.test(field)) return 'name_en';
  if (field.includes('tier_limits_kwh')) return 'tier_limits_kwh';
  const last = lastOf(field);
  return last in emptyDraft ? (last as FieldId) : null;
}

/** The first step in which something is wrong; the check itself where no field is named. */
export function stepOfErrors(errors: { field?: string | undefined }[]): StepId {
  const found = errors.flatMap(({ field }) => {
    const known = fieldOf(field);
    return known ? [stepOf[known]] : [];
  });
  return steps.find((step) => found.includes(step)) ?? 'check';
}

/** What is wrong with the fields of one step. */
export const isWrongIn = (step: StepId, errors: { field?: string | undefined }[]): boolean =>
  errors.some(({ field }) => {
    const known = fieldOf(field);
    return known !== null && stepOf[known] === step;
  });

const numberIn = (text: string): number | undefined => {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(value) ? undefined : value;
};

/** What stands between commas, blanks or their Chinese kin: "2880, 4800". */
const numbersIn = (text: string): number[] =>
  text
    .split(/[\s,，、;；]+/)
    .filter(Boolean)
    .map(Number)
    .filter(Number.isFinite);

function without<Value extends object>(value: Value): Value {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined && each !== ''),
  ) as Value;
}

/** What is sent. A number that cannot be read is sent as 0 nowhere: it is left out, and asked for. */
export function toForm(draft: Draft): VillageForm {
  const tiers = numbersIn(draft.tier_limits_kwh);
  const byPrice = draft.sold_by === 'price';
  const form = {
    name: { en: draft.name_en.trim(), zh: draft.name_zh.trim() },
    latitude_deg: numberIn(draft.latitude_deg),
    longitude_deg: numberIn(draft.longitude_deg),
    elevation_m: numberIn(draft.elevation_m),
    region: draft.region,
    grid_region: draft.grid_region,
    tariff_import: draft.tariff_import,
    tariff_export: byPrice ? undefined : draft.tariff_export,
    export_price_yuan_per_kwh: byPrice ? numberIn(draft.export_price_yuan_per_kwh) : undefined,
    export_price_source: byPrice ? draft.export_price_source.trim() : undefined,
    tier_limits_kwh: tiers.length > 0 ? tiers : undefined,
    tier_limits_source: tiers.length > 0 ? draft.tier_limits_source.trim() : undefined,
    factor: draft.factor,
    connected: draft.connected,
    first_day: draft.first_day,
    households: numberIn(draft.households),
    with_pv: numberIn(draft.with_pv),
    roof_kwp: draft.roof_by === 'kwp' ? numberIn(draft.roof_kwp) : undefined,
    roof_area_m2: draft.roof_by === 'area' ? numberIn(draft.roof_area_m2) : undefined,
    tilt_deg: numberIn(draft.tilt_deg),
    azimuth_deg: numberIn(draft.azimuth_deg),
    load_kwh: numberIn(draft.load_kwh),
    heat_pump_kwh: numberIn(draft.heat_pump_kwh),
    battery_kwh: numberIn(draft.battery_kwh),
    transformer_kva: numberIn(draft.transformer_kva),
    transformers: numberIn(draft.transformers),
  };
  return without(form) as VillageForm;
}

/** A folder's name made of the English one: "Xiao Dong Ge Zhuang" → "xiao-dong-ge-zhuang". */
export const folderOf = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);

const memory = 'xiaoyuan.start';

/** The draft of before; what it does not know of is left empty. */
export function recallDraft(storage: Pick<Storage, 'getItem'>): Draft {
  try {
    const kept = JSON.parse(storage.getItem(memory) ?? '{}') as Record<string, unknown>;
    const known = Object.entries(kept).filter(
      ([field, value]) => field in emptyDraft && typeof value === 'string',
    );
    return { ...emptyDraft, ...Object.fromEntries(known) };
  } catch {
    return { ...emptyDraft };
  }
}

export function keepDraft(storage: Pick<Storage, 'setItem'>, draft: Draft): void {
  try {
    storage.setItem(memory, JSON.stringify(draft));
  } catch {
    return;
  }
}

export function forgetDraft(storage: Pick<Storage, 'removeItem'>): void {
  try {
    storage.removeItem(memory);
  } catch {
    return;
  }
}

/** The files that a village must bring. */
export const neededFiles = ['village.toml', 'households.csv'] as const;

/** The names of picked files below the village's folder: the folder that was picked falls away. */
export function filesBelow(names: string[]): string[] {
  const heads = new Set(names.map((name) => name.split('/')[0]));
  const shared = heads.size === 1 && names.every((name) => name.includes('/'));
  return names.map((name) => (shared ? name.slice(name.indexOf('/') + 1) : name));
}
