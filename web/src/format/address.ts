// What the page's address says: the language (?lang=zh, #lang=en) and the opened household
// (#household=H012). The part after # goes before the part after ?.
import type { Language } from './numbers';

export interface Address {
  language: Language | null;
  household: string | null;
}

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

export function readAddress(search: string, hash: string): Address {
  const after = members(hash);
  const before = new URLSearchParams(search);
  return {
    language: asLanguage(after.get('lang')) ?? asLanguage(before.get('lang')),
    household: after.get('household') ?? before.get('household'),
  };
}

/** The part after #, with one member set or, for null, taken out. */
export function writeHash(
  hash: string,
  member: 'lang' | 'household',
  value: string | null,
): string {
  const after = members(hash);
  if (value === null) after.delete(member);
  else after.set(member, value);
  const text = after.toString();
  return text ? `#${text}` : '';
}

/** Which language a reader gets: the address, then what was chosen before, then the browser's. */
export function chooseLanguage(
  address: Language | null,
  remembered: string | null,
  browser: string,
): Language {
  return (
    address ?? asLanguage(remembered) ?? (browser.toLowerCase().startsWith('zh') ? 'zh' : 'en')
  );
}
