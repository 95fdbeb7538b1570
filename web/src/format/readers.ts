// For whom the page is read, which of them a plan knows, and which sections each of them sees.
import type { PartyName, Results } from '../results';
import { batteryHomes } from './batteries';

export const readers = [
  'everyone',
  'villager',
  'company',
  'cooperative',
  'grid_company',
  'town',
] as const;
export type Reader = (typeof readers)[number];

export type SectionId =
  | 'overview'
  | 'story'
  | 'flows'
  | 'losses'
  | 'months'
  | 'days'
  | 'heat'
  | 'money'
  | 'gains'
  | 'scenarios'
  | 'uncertainty'
  | 'households'
  | 'batteries'
  | 'sizing'
  | 'roofs'
  | 'grid'
  | 'wires'
  | 'progress'
  | 'carbon'
  | 'sources';

const everything: SectionId[] = [
  'overview',
  'flows',
  'losses',
  'months',
  'days',
  'heat',
  'money',
  'gains',
  'scenarios',
  'uncertainty',
  'households',
  'batteries',
  'sizing',
  'grid',
  'wires',
  'carbon',
  'sources',
];

const sections: Record<Reader, SectionId[]> = {
  everyone: everything,
  villager: ['story', 'households', 'sizing', 'months', 'sources'],
  company: ['story', 'roofs', 'wires', 'losses', 'uncertainty', 'sources'],
  cooperative: ['story', 'roofs', 'wires', 'losses', 'uncertainty', 'sources'],
  grid_company: ['story', 'grid', 'wires', 'heat', 'days', 'sources'],
  town: ['story', 'progress', 'carbon', 'scenarios', 'sources'],
};

export function partyOf(reader: Reader): PartyName | null {
  if (reader === 'everyone') return null;
  return reader === 'villager' ? 'villagers' : reader;
}

/** Everyone, and the parties whose money the plan as it stands has reckoned. */
export function knownReaders({ parties }: Results): Reader[] {
  const planned = parties.find(({ form }) => form === 'as_planned')?.parties ?? [];
  return readers.filter((reader) => {
    const name = partyOf(reader);
    return name === null || planned.some(({ party }) => party === name);
  });
}

/** The sections of a reader, without those for which the plan has no figures. */
export function sectionsOf(reader: Reader, results: Results): SectionId[] {
  const empty: Partial<Record<SectionId, boolean>> = {
    losses: results.losses.length === 0,
    heat: results.net_power.kw.length === 0,
    gains: results.parties.length === 0,
    scenarios: results.scenarios.length === 0,
    uncertainty: results.uncertainty === null,
    batteries: batteryHomes(results).length === 0,
    sizing: !results.sizing,
    wires: !results.network,
  };
  return sections[reader].filter((section) => !empty[section]);
}
