// The form of a new village: what is missing, what is sent, where an error belongs, and its draft.
import { expect, test } from 'vitest';
import {
  emptyDraft,
  fieldOf,
  filesBelow,
  folderOf,
  keepDraft,
  missingIn,
  recallDraft,
  stepOfErrors,
  toForm,
} from '../src/app/pages/start/form';

test('each step asks for what the server needs, by the way that was chosen', () => {
  expect(missingIn('houses', emptyDraft)).toEqual(['households', 'roof_kwp', 'load_kwh']);
  expect(missingIn('houses', { ...emptyDraft, roof_by: 'area' })).toContain('roof_area_m2');
  const byPrice = { ...emptyDraft, sold_by: 'price' };
  expect(missingIn('prices', byPrice)).toContain('export_price_source');
  expect(missingIn('prices', byPrice)).not.toContain('tariff_export');
});

test('only what was said is sent, as numbers', () => {
  const form = toForm({
    ...emptyDraft,
    name_zh: ' 我的村 ',
    name_en: 'My village',
    households: '120',
    roof_kwp: '8,5',
    roof_area_m2: '99',
    tier_limits_kwh: '2520，4800',
    tier_limits_source: 'the bill',
  });
  expect(form.name).toEqual({ en: 'My village', zh: '我的村' });
  expect(form.households).toBe(120);
  expect(form.roof_kwp).toBe(8.5);
  expect(form.tier_limits_kwh).toEqual([2520, 4800]);
  expect(form).not.toHaveProperty('roof_area_m2');
  expect(form).not.toHaveProperty('battery_kwh');
  expect(form).not.toHaveProperty('factor');
});

test('an error is shown where its field is asked for', () => {
  expect(fieldOf('form.name.zh')).toBe('name_zh');
  expect(fieldOf('form.latitude_deg')).toBe('latitude_deg');
  expect(fieldOf('form.tier_limits_kwh[1]')).toBe('tier_limits_kwh');
  expect(fieldOf('site.nothing')).toBeNull();
  expect(stepOfErrors([{ field: 'transformer_kva' }, { field: 'form.load_kwh' }])).toBe('houses');
  expect(stepOfErrors([{}])).toBe('check');
});

test('a folder is named after the village, in signs that an address may have', () => {
  expect(folderOf('Xiao Dong Ge  Zhuang!')).toBe('xiao-dong-ge-zhuang');
  expect(folderOf('小院')).toBe('');
  expect(folderOf('a'.repeat(90))).toHaveLength(63);
});

test('a draft outlives the page, and an alien one does no harm', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  keepDraft(storage, { ...emptyDraft, households: '60' });
  expect(recallDraft(storage).households).toBe('60');
  kept.set('xiaoyuan.start', '{"households": 7, "alien": "x", "folder": "f"}');
  expect(recallDraft(storage)).toEqual({ ...emptyDraft, folder: 'f' });
  kept.set('xiaoyuan.start', 'no json');
  expect(recallDraft(storage)).toEqual(emptyDraft);
});

test('the folder that was picked falls away from its files', () => {
  expect(filesBelow(['my/village.toml', 'my/loads/h1.csv'])).toEqual(['village.toml', 'loads/h1.csv']);
  expect(filesBelow(['village.toml', 'households.csv'])).toEqual(['village.toml', 'households.csv']);
});
