// What the whole page shares: its language with words and formats, its theme, whether it is being
// printed, for whom it is read, and the household or sheet that is open.
import { flushSync, tick } from 'svelte';
import { colours } from '../charts/colours';
import type { Name } from '../results';
import { chooseLanguage, readAddress, writeHash, type Member } from './address';
import { en } from './en';
import { createFormat, type Language } from './numbers';
import type { Reader } from './readers';
import { zh } from './zh';

const memory = 'xiaoyuan.language';

// A page opened from a file may be refused the browser's storage; it then simply does not remember.
function recall(): string | null {
  try {
    return localStorage.getItem(memory);
  } catch {
    return null;
  }
}

function remember(language: Language): void {
  try {
    localStorage.setItem(memory, language);
  } catch {
    return;
  }
}

class Page {
  language = $state<Language>('zh');
  dark = $state(false);
  printing = $state(false);
  household = $state<string | null>(null);
  reader = $state<Reader>('everyone');
  /** Named as the reader, but none that this plan knows. */
  stranger = $state<string | null>(null);
  sheet = $state<string | null>(null);

  words = $derived(this.language === 'zh' ? zh : en);
  format = $derived(createFormat(this.language));
  colours = $derived(this.dark && !this.printing ? colours.dark : colours.light);

  /** Follows the address, the system's theme and the printer; returns how to stop. */
  start(planLanguage?: Language): () => void {
    const first = readAddress(location.search, location.hash);
    this.language = chooseLanguage(first.language, recall(), planLanguage, navigator.language);
    this.household = first.household;
    this.reader = first.reader ?? 'everyone';
    this.stranger = first.stranger;
    this.sheet = first.sheet;
    if (first.section) void tick().then(() => this.goTo(first.section as string));
    // A click on a section (#money) says nothing of language, household or reader: all stay.
    const follow = () => {
      const address = readAddress('', location.hash);
      if (address.language) this.language = address.language;
      if (address.household) this.household = address.household;
      if (address.reader || address.stranger) {
        this.reader = address.reader ?? 'everyone';
        this.stranger = address.stranger;
      }
      this.sheet = address.sheet;
    };
    const theme = matchMedia('(prefers-color-scheme: dark)');
    const print = matchMedia('print');
    const look = () => (this.dark = theme.matches);
    const paper = () => flushSync(() => (this.printing = print.matches));
    const before = () => flushSync(() => (this.printing = true));
    const after = () => (this.printing = false);
    look();
    this.printing = print.matches;
    addEventListener('hashchange', follow);
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    theme.addEventListener('change', look);
    print.addEventListener('change', paper);
    return () => {
      removeEventListener('hashchange', follow);
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
      theme.removeEventListener('change', look);
      print.removeEventListener('change', paper);
    };
  }

  speak(language: Language): void {
    this.language = language;
    remember(language);
    this.#write('lang', language);
  }

  open(household: string | null): void {
    this.household = household;
    this.#write('household', household);
  }

  read(reader: Reader): void {
    this.reader = reader;
    this.stranger = null;
    this.#write('for', reader === 'everyone' ? null : reader);
  }

  /** The plan does not have the reader who is named: the page is for everyone, and says so. */
  refuse(reader: Reader): void {
    this.reader = 'everyone';
    this.stranger = reader;
  }

  goTo(section: string): void {
    document.getElementById(section)?.scrollIntoView?.();
    this.#write('at', section);
  }

  showSheet(sheet: string | null): void {
    this.sheet = sheet;
    this.#write('sheet', sheet);
    if (typeof scrollTo === 'function') scrollTo(0, 0);
  }

  /** The reader's own language of a two-language name. */
  readonly name = (name: Name): string => name[this.language] || name.en || name.zh;

  #write(member: Member, value: string | null): void {
    const hash = writeHash(location.hash, member, value);
    history.replaceState(null, '', hash || location.pathname + location.search);
  }
}

export const page = new Page();
