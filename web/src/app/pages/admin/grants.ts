// Roles as grants: which of them need a village, a household or a party; said as a sentence.
import type { Schemas } from '../../api';

export type Grant = Schemas['Grant'];
export type Role = Grant['role'];

export const roles: Role[] = [
  'villager',
  'committee',
  'company',
  'grid-company',
  'town',
  'researcher',
  'administrator',
];

/** Roles that may be of every village. */
export const isWide = (role: Role): boolean =>
  role === 'grid-company' || role === 'town' || role === 'researcher' || role === 'administrator';
/** Roles that are of one household, or of one party. */
export const hasHolder = (role: Role): boolean => role === 'villager' || role === 'company';

/** A grant that fits its role: what another role needed falls away. */
export function fitted(grant: Grant, village: string): Grant {
  return {
    role: grant.role,
    village:
      grant.village === '*' && !isWide(grant.role)
        ? village
        : grant.village || (isWide(grant.role) ? '*' : village),
    holder: hasHolder(grant.role) ? grant.holder : '',
  };
}

export const isWhole = (grant: Grant): boolean =>
  grant.village !== '' && (!hasHolder(grant.role) || grant.holder.trim() !== '');

/** A password that can be read out over the telephone: words of two letters, no look-alikes. */
export function suggestedPassword(random: (count: number) => Uint8Array): string {
  const consonants = 'bcdfghjkmnprstvwxz';
  const vowels = 'aeiou';
  const bytes = random(20);
  let text = '';
  for (let place = 0; place < 16; place += 2) {
    if (place > 0 && place % 4 === 0) text += '-';
    text += consonants[(bytes[place] ?? 0) % consonants.length] ?? '';
    text += vowels[(bytes[place + 1] ?? 0) % vowels.length] ?? '';
  }
  return `${text}-${10 + ((bytes[16] ?? 0) % 90)}`;
}
