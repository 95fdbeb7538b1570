// What report and app share of how they speak and look: the language with its formats and the words
// of shared parts, light or dark, whether it is being printed.
import { colours } from '../charts/colours';
import type { Name } from '../results';
import { printed } from './chinese';
import { enParts } from './en_parts';
import { createFormat, type Language } from './numbers';
import { zhParts } from './zh_parts';

const memory = 'xiaoyuan.language';

// A page opened from a file may be refused the browser's storage; it then simply does not remember.
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
}

class Tongue {
  language = $state<Language>('zh');
  dark = $state(false);
  printing = $state(false);

  format = $derived(createFormat(this.language));
  colours = $derived(this.dark && !this.printing ? colours.dark : colours.light);
  parts = $derived(this.language === 'zh' ? zhParts : enParts);

  /** What the reader chose before. */
  readonly chosen = () => recall(memory);

  speak(language: Language): void {
    this.language = language;
    remember(memory, language);
  }

  /** The reader's own language of a two-language name. */
  readonly name = (name: Name): string => this.said(name[this.language] || name.en || name.zh);

  /** A sentence of the program in the reader's language, with that language's marks. */
  readonly said = (text: string): string => (this.language === 'zh' ? printed(text) : text);
}

export const tongue = new Tongue();
