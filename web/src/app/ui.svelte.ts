// How the app speaks and looks: words in the chosen language, light or dark by choice or as the
// system has it, short notes that pass.
import { chooseLanguage } from '../format/address';
import type { Language } from '../format/numbers';
import { recall, remember, tongue } from '../format/tongue.svelte';
import { en } from './words/en';
import { zh } from './words/zh';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
export interface Toast {
  number: number;
  text: string;
  kind: 'good' | 'bad';
}

const themeMemory = 'xiaoyuan.theme';

class Ui {
  theme = $state<Theme>('system');
  toasts = $state<Toast[]>([]);
  words = $derived(tongue.language === 'zh' ? zh : en);
  #count = 0;

  /** The words of one page in the language that is spoken. */
  readonly pick = <W>(english: W, chinese: W): W => (tongue.language === 'zh' ? chinese : english);

  /** Takes language and theme as chosen before; returns how to stop following the system's. */
  start(): () => void {
    const asked = new URLSearchParams(location.search).get('lang');
    const address = asked === 'zh' || asked === 'en' ? asked : null;
    tongue.language = chooseLanguage(address, tongue.chosen(), null, navigator.language);
    this.theme = themes.find((theme) => theme === recall(themeMemory)) ?? 'system';
    const system = matchMedia('(prefers-color-scheme: dark)');
    const look = () => this.#show();
    look();
    system.addEventListener('change', look);
    return () => system.removeEventListener('change', look);
  }

  speak(language: Language): void {
    tongue.speak(language);
  }

  dress(theme: Theme): void {
    this.theme = theme;
    remember(themeMemory, theme);
    this.#show();
  }

  say(text: string, kind: Toast['kind'] = 'good'): void {
    const number = ++this.#count;
    this.toasts.push({ number, text, kind });
    setTimeout(() => this.dismiss(number), kind === 'good' ? 5_000 : 12_000);
  }

  dismiss(number: number): void {
    this.toasts = this.toasts.filter((toast) => toast.number !== number);
  }

  #show(): void {
    const system = matchMedia('(prefers-color-scheme: dark)').matches;
    tongue.dark = this.theme === 'system' ? system : this.theme === 'dark';
    document.documentElement.dataset.theme = this.theme;
  }
}

export const ui = new Ui();
