// Numbers as people read them, in both languages, always with their unit.

export type Language = 'zh' | 'en';

const minus = '\u2212';
const none = '–';
const locales = { zh: 'zh-CN', en: 'en-GB' } as const;

/** Rounds to the given count of significant figures, for sentences: 741,853 becomes 742,000. */
export function significant(value: number, figures = 3): number {
  return value === 0 ? 0 : Number(value.toPrecision(figures));
}

export function createFormat(language: Language) {
  const locale = locales[language];
  const makers = new Map<string, Intl.NumberFormat>();

  function number(value: number | null, decimals = 0, least = decimals): string {
    if (value === null || !Number.isFinite(value)) return none;
    const key = `${decimals} ${least}`;
    let maker = makers.get(key);
    if (!maker) {
      maker = new Intl.NumberFormat(locale, {
        maximumFractionDigits: decimals,
        minimumFractionDigits: least,
      });
      makers.set(key, maker);
    }
    const text = maker.format(Math.abs(value));
    return value < 0 && /[1-9]/.test(text) ? minus + text : text;
  }

  /** Few figures, for cards and sentences: 0.46, 7.4, 74.2, 742, 742,000. */
  function short(value: number | null): string {
    if (value === null) return none;
    const rounded = significant(value);
    const size = Math.abs(rounded);
    const decimals = size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : 2;
    return number(rounded, decimals, 0);
  }

  function energy(kwh: number | null): string {
    if (kwh === null) return none;
    const size = Math.abs(kwh);
    if (language === 'zh' && size >= 10_000) return `${short(kwh / 10_000)} 万 kWh`;
    if (language === 'en' && size >= 1_000_000) return `${short(kwh / 1000)} MWh`;
    return `${size >= 1000 ? short(kwh) : number(kwh)} kWh`;
  }

  function yuan(value: number | null, decimals = 0): string {
    if (value === null) return none;
    const text = number(value, decimals);
    return text.startsWith(minus) ? `${minus}¥${text.slice(1)}` : `¥${text}`;
  }

  /** Money for sentences and cards, three figures: ¥2,057,994 becomes ¥2,060,000. */
  const roughYuan = (value: number | null) => yuan(value === null ? null : significant(value));

  const month = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  const longMonth = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const dayOfYear = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const firstOf = (text: string) => new Date(`${text}-01T00:00:00Z`);

  return {
    number,
    short,
    energy,
    yuan,
    roughYuan,
    none,
    kwh: (value: number | null) => (value === null ? none : `${number(value)} kWh`),
    power: (kw: number | null) => (kw === null ? none : `${short(kw)} kW`),
    volts: (value: number | null) => (value === null ? none : `${number(value, 1)} V`),
    metres: (value: number) => `${number(value)} ${language === 'zh' ? '米' : 'm'}`,
    capacity: (kwp: number) => `${short(kwp)} kWp`,
    percent: (share: number | null, decimals = 0) =>
      share === null ? none : `${number(share * 100, decimals)}${language === 'en' ? ' ' : ''}%`,
    price: (value: number | null) => (value === null ? none : `${yuan(value, 4)}/kWh`),
    years: (value: number | null) =>
      value === null ? none : `${number(value, 1)} ${language === 'zh' ? '年' : 'years'}`,
    tonnes: (value: number) => `${short(value)} ${language === 'zh' ? '吨' : 't'}`,
    day: (date: Date) => day.format(date),
    /** "15 Apr" of an instant at UTC midnight. */
    dayOfYear: (date: Date) => dayOfYear.format(date),
    month: (text: string) => month.format(firstOf(text)),
    longMonth: (text: string) => longMonth.format(firstOf(text)),
    /** "2026-01" with its year, for a plan that touches the same month twice. */
    monthAndYear: (text: string) => `${month.format(firstOf(text))} ${text.slice(0, 4)}`,
  };
}

export type Format = ReturnType<typeof createFormat>;
