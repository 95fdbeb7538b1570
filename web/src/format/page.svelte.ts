// What the whole page shares: its language with words and formats, its theme, whether it is being
// printed, for whom it is read, and the household or sheet that is open.
import { flushSync, tick } from 'svelte';
import type { Name } from '../results';
import { chooseLanguage, readAddress, writeHash, type Member } from './address';
import { en } from './en';
import type { Language } from './numbers';
import type { Reader } from './readers';
import { tongue } from './tongue.svelte';
import { zh } from './zh';

class Page {
  household = $state<string | null>(null);
  reader = $state<Reader>('everyone');
  /** Named as the reader, but none that this plan knows. */
  stranger = $state<string | null>(null);
  sheet = $state<string | null>(null);

  words = $derived(this.language === 'zh' ? zh : en);

  get language(): Language {
    return tongue.language;
  }

  get format() {
    return tongue.format;
  }

  get colours() {
    return tongue.colours;
  }

  get dark(): boolean {
    return tongue.dark;
  }

  get printing(): boolean {
    return tongue.printing;
  }

  /** Follows the address, the system's theme and the printer; returns how to stop. */
  start(planLanguage?: Language): () => void {
    const first = readAddress(location.search, location.hash);
    const { language } = navigator;
    tongue.language = chooseLanguage(first.language, tongue.chosen(), planLanguage, language);
    this.household = first.household;
    this.reader = first.reader ?? 'everyone';
    this.stranger = first.stranger;
    this.sheet = first.sheet;
    if (first.section) void tick().then(() => this.goTo(first.section as string));
    // A click on a section (#money) says nothing of language, household or reader: all stay.
    const follow = () => {
      const address = readAddress('', location.hash);
      if (address.language) tongue.language = address.language;
      if (address.household) this.household = address.household;
      if (address.reader || address.stranger) {
        this.reader = address.reader ?? 'everyone';
        this.stranger = address.stranger;
      }
      this.sheet = address.sheet;
    };
    const theme = matchMedia('(prefers-color-scheme: dark)');
    const print = matchMedia('print');
    const look = () => (tongue.dark = theme.matches);
    const paper = () => flushSync(() => (tongue.printing = print.matches));
    const before = () => flushSync(() => (tongue.printing = true));
    const after = () => (tongue.printing = false);
    look();
    tongue.printing = print.matches;
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
    tongue.speak(language);
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
  readonly name = (name: Name): string => tongue.name(name);

  #write(member: Member, value: string | null): void {
    const hash = writeHash(location.hash, member, value);
    history.replaceState(null, '', hash || location.pathname + location.search);
  }
}

export const page = new Page();
