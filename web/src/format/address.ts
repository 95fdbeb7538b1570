// What the page's address says: the language (?lang=zh, #lang=en), the opened household
// (#household=H012), for whom the page is read (#for=grid_company) and the sheet to hand over
// (#sheet=H012, #sheet=all), and a section (#at=money). The part after # goes before that after ?.
import type { Language } from './numbers';
import { partyOf, readers, type Reader } from './readers';

export interface Address {
  language: Language | null;
  household: string | null;
  reader: Reader | null;
  /** Whoever else is named as the reader. */
  stranger: string | null;
  sheet: string | null;
  section: string | null;
}

export type Member = 'lang' | 'household' | 'for' | 'sheet' | 'at';

function asLanguage(text: string | null | undefined): Language | null {
  if (!text) return null;
  return text.toLowerCase().startsWith('zh')
    ? 'zh'
    : text.toLowerCase().startsWith('en')
      ? 'en'
      : null;
}

function members(hash: string): URLSearchParams {
  return new URLSearchParams(hash.includes('=') ? hash.replace(/^#/, '') : '');
}

/** A plan calls the villagers by their party's name; a link may do so too. */
function asReader(text: string | null): Reader | null {
  if (text === null) return null;
  return readers.find((reader) => reader === text || partyOf(reader) === text) ?? null;
}

export function readAddress(search: string, hash: string): Address {
  const after = members(hash);
  const before = new URLSearchParams(search);
  const named = (member: Member) => after.get(member) ?? before.get(member);
  const reader = named('for');
  return {
    language: asLanguage(after.get('lang')) ?? asLanguage(before.get('lang')),
    household: named('household'),
    reader: asReader(reader),
    stranger: reader !== null && asReader(reader) === null ? reader : null,
    sheet: named('sheet'),
    section: named('at'),
  };
}

/** The part after #, with one member set or, for null, taken out. */
export function writeHash(hash: string, member: Member, value: string | null): string {
  const after = members(hash);
  if (value === null) after.delete(member);
  else after.set(member, value);
  const text = after.toString();
  return text ? `#${text}` : '';
}

/** A reader's language: the address, what was chosen before, the plan's own, the browser's. */
export function chooseLanguage(
  address: Language | null,
  remembered: string | null,
  plan: string | null | undefined,
  browser: string,
): Language {
  return (
    address ?? asLanguage(remembered) ?? asLanguage(plan) ?? asLanguage(browser) ?? 'en'
  );
}
