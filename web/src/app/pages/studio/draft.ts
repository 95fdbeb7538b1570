// What a planner has changed and not yet planned, in the words of the village's files. A cell that is
// set back to what the file says is no change any more.
import type { Schemas } from '../../api';

export type Studio = Schemas['Studio'];
export type StudioHousehold = Schemas['StudioHousehold'];
export type Changes = Schemas['Changes'];
export type Cell = string | number | null;
export type Cells = Record<string, Cell>;

export interface Draft {
  households: Record<string, Cells>;
  /** Keys of village.toml: "assumptions.money.pv_yuan_per_kwp". */
  set: Record<string, Cell | number[]>;
  everyone: NonNullable<Changes['everyone']>;
  transformers: NonNullable<Changes['transformers']>;
}

export const emptyDraft: Draft = { households: {}, set: {}, everyone: {}, transformers: {} };

const isFilled = (part: object): boolean => Object.keys(part).length > 0;
export const isEmpty = (draft: Draft): boolean => !Object.values(draft).some(isFilled);

/** As a request says it: only what is changed. */
export function toChanges(draft: Draft): Changes {
  const households = Object.entries(draft.households).map(([household, columns]) => ({
    household,
    columns,
  }));
  return {
    ...(households.length > 0 ? { households } : {}),
    ...(isFilled(draft.set) ? { set: draft.set } : {}),
    ...(isFilled(draft.everyone) ? { everyone: draft.everyone } : {}),
    ...(isFilled(draft.transformers) ? { transformers: draft.transformers } : {}),
  };
}

/** A plan's changes to go on from. */
export function fromChanges(changes: Changes): Draft {
  const households = Object.fromEntries(
    (changes.households ?? []).map(({ household, columns }) => [household, { ...columns }]),
  );
  return {
    households,
    set: { ...(changes.set as Draft['set'] | undefined) },
    everyone: { ...changes.everyone },
    transformers: { ...changes.transformers },
  };
}

const asText = (cell: Cell | undefined): string => (cell === null ? '' : String(cell ?? ''));

function isSame(cell: Cell, written: string): boolean {
  const text = asText(cell);
  if (text === written) return true;
  return text !== '' && written !== '' && Number(text) === Number(written);
}

/** A household's cells changed; those that say what the file says fall away. */
export function withCells(draft: Draft, home: StudioHousehold, cells: Cells): Draft {
  const changed = { ...draft.households[home.id], ...cells };
  const kept = Object.fromEntries(
    Object.entries(changed).filter(([column, cell]) => !isSame(cell, home.columns[column] ?? '')),
  );
  const households = { ...draft.households, [home.id]: kept };
  if (!isFilled(kept)) delete households[home.id];
  return { ...draft, households };
}

export function withoutHousehold(draft: Draft, id: string): Draft {
  const households = { ...draft.households };
  delete households[id];
  return { ...draft, households };
}

/** Keys set; null takes a key out again. */
export function withKeys(draft: Draft, keys: Draft['set']): Draft {
  const set = { ...draft.set, ...keys };
  for (const [key, value] of Object.entries(set)) if (value === null) delete set[key];
  return { ...draft, set };
}

export function withEveryone(draft: Draft, change: Draft['everyone']): Draft {
  const everyone = { ...draft.everyone, ...change };
  for (const key of Object.keys(everyone) as (keyof Draft['everyone'])[])
    if (everyone[key] === undefined) delete everyone[key];
  return { ...draft, everyone };
}

export function withTransformers(draft: Draft, change: Draft['transformers']): Draft {
  const transformers = { ...draft.transformers, ...change };
  for (const key of Object.keys(transformers) as (keyof Draft['transformers'])[])
    if (transformers[key] === undefined) delete transformers[key];
  return { ...draft, transformers };
}

/** What a cell says now. */
export const cellOf = (draft: Draft, home: StudioHousehold, column: string): string => {
  const changed = draft.households[home.id]?.[column];
  return changed === undefined ? (home.columns[column] ?? '') : asText(changed);
};

export interface Roof {
  /** Its place in the columns: roof1_kwp. */
  number: number;
  kwp: number;
  tilt_deg: number;
  azimuth_deg: number;
  /** As the file has it; null where the roof is new. */
  today: { kwp: number; tilt_deg: number; azimuth_deg: number; area_m2: number } | null;
}

export const mostRoofs = 4;

/** The household's roofs as they would be. */
export function roofsOf(draft: Draft, home: StudioHousehold): Roof[] {
  let place = 0;
  const roofs: Roof[] = [];
  for (let number = 1; number <= mostRoofs; number++) {
    const column = (name: string) => `roof${number}_${name}`;
    const isWritten = Boolean(home.columns[column('kwp')] || home.columns[column('area_m2')]);
    const written = isWritten ? home.roofs[place++] : undefined;
    const today = written ? { ...written, kwp: written.capacity_kwp } : null;
    const changed = draft.households[home.id]?.[column('kwp')];
    const kwp = changed === undefined ? (today?.kwp ?? 0) : Number(changed ?? 0);
    if (!today && kwp === 0) continue;
    const angle = (name: string, usual: number) => {
      const text = cellOf(draft, home, column(name));
      return text === '' ? usual : Number(text);
    };
    roofs.push({
      number,
      kwp,
      tilt_deg: angle('tilt_deg', today?.tilt_deg ?? 20),
      azimuth_deg: angle('azimuth_deg', today?.azimuth_deg ?? 180),
      today,
    });
  }
  return roofs;
}

/** A roof's capacity set: the area, from which the file may reckon it, gives way. */
export function roofCells(home: StudioHousehold, number: number, kwp: number): Cells {
  const area = `roof${number}_area_m2`;
  return { [`roof${number}_kwp`]: kwp, ...(home.columns[area] ? { [area]: null } : {}) };
}

/** A roof set back to what the file says. */
export function roofAsWritten(home: StudioHousehold, number: number): Cells {
  const names = ['kwp', 'area_m2', 'tilt_deg', 'azimuth_deg'].map((name) => `roof${number}_${name}`);
  return Object.fromEntries(names.map((name) => [name, home.columns[name] ?? null]));
}

/** A roof more, of a villager's own PV where the house had none. */
export function newRoofCells(draft: Draft, home: StudioHousehold): Cells | null {
  const taken = new Set(roofsOf(draft, home).map(({ number }) => number));
  const number = [1, 2, 3, 4].find((each) => !taken.has(each));
  if (!number) return null;
  const mode = cellOf(draft, home, 'mode');
  const first: Cells =
    taken.size === 0 && (mode === '' || mode === 'none')
      ? ownUse
      : {};
  return {
    ...first,
    [`roof${number}_kwp`]: 5,
    [`roof${number}_tilt_deg`]: 20,
    [`roof${number}_azimuth_deg`]: 180,
  };
}

/** A battery's energy set: at 0 its power goes too; a power that nobody chose is half the energy in
 *  an hour, and stays so while the energy is pulled. */
export function batteryCells(draft: Draft, home: StudioHousehold, energy_kwh: number): Cells {
  if (energy_kwh === 0) return { battery_kwh: null, battery_kw: null };
  const power = Number(cellOf(draft, home, 'battery_kw') || 0);
  const isChosen = power > 0 && power !== Number(cellOf(draft, home, 'battery_kwh') || 0) / 2;
  return { battery_kwh: energy_kwh, battery_kw: isChosen ? power : energy_kwh / 2 };
}

/** Where all is sold a battery has nothing to do. */
export const sellsAll = (draft: Draft, home: StudioHousehold): boolean =>
  cellOf(draft, home, 'mode') === 'full_export';

/** The household's own PV, used at home first: what a battery needs. */
export const ownUse: Cells = {
  mode: 'self_use_surplus',
  owner: 'natural_person',
  registered_by: 'natural_person',
};

/** How many things differ from the village's files. */
export const countOf = (draft: Draft): number =>
  Object.values(draft.households).reduce((sum, cells) => sum + Object.keys(cells).length, 0) +
  Object.keys(draft.set).length +
  Object.keys(draft.everyone).length +
  Object.keys(draft.transformers).length;

/** Of a trial the changes that touch its house: the others change nothing of it, but cost time. */
export function changesFor(draft: Draft, household: string): Changes {
  const own = draft.households[household];
  return toChanges({ ...draft, households: own ? { [household]: own } : {} });
}
