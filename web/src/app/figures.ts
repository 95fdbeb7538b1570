// Settled figures (fen, mWh, seconds) as people read them, in the language that is spoken.
import { tongue } from '../format/tongue.svelte';

const mWhPerKwh = 1_000_000;
/** Days and months are those of the village; all of China keeps Beijing's time. */
export const zone = 'Asia/Shanghai';

export const kwhOf = (mWh: number | null): number | null => (mWh === null ? null : mWh / mWhPerKwh);

/** Energy for cards and sentences: 12.4 kWh, 980 kWh, 2.4 万 kWh. */
export function energyText(mWh: number | null | undefined): string {
  const kwh = kwhOf(mWh ?? null);
  if (kwh === null) return tongue.format.none;
  if (Math.abs(kwh) < 100) return `${tongue.format.number(kwh, 1)} kWh`;
  return tongue.format.energy(kwh);
}

/** Energy to the hundredth of a kWh, as on a statement. */
export function exactEnergy(mWh: number | null | undefined): string {
  const kwh = kwhOf(mWh ?? null);
  return kwh === null ? tongue.format.none : `${tongue.format.number(kwh, 2)} kWh`;
}

/** Money to the fen: ¥129.00, −¥47.12. */
export const moneyText = (fen: number | null | undefined): string =>
  tongue.format.yuan(fen === null || fen === undefined ? null : fen / 100, 2);

/** Money that says its direction: +¥12.30, −¥21.10. */
export function differenceText(fen: number): string {
  const text = moneyText(fen);
  return fen > 0 ? `+${text}` : text;
}

/** 0.3598 yuan/kWh of a whole number of 1e-8 yuan. */
export const priceText = (e8: number | null): string =>
  e8 === null ? tongue.format.none : tongue.format.price(e8 / 1e8);

export const massText = (grams: number | null | undefined): string => {
  if (grams === null || grams === undefined) return tongue.format.none;
  const kg = grams / 1000;
  if (Math.abs(kg) >= 1000) return `${tongue.format.number(kg / 1000, 1)} t CO₂`;
  return `${tongue.format.number(kg, Math.abs(kg) < 100 ? 1 : 0)} kg CO₂`;
};

const makers = new Map<string, Intl.DateTimeFormat>();
function maker(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = tongue.language === 'zh' ? 'zh-CN' : 'en-GB';
  const key = locale + JSON.stringify(options);
  const found = makers.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
  makers.set(key, found);
  return found;
}
const dateOf = (unix_s: number) => new Date(unix_s * 1000);

export const dayText = (unix_s: number): string =>
  maker({ year: 'numeric', month: 'short', day: 'numeric' }).format(dateOf(unix_s));

export const timeText = (unix_s: number): string =>
  maker({
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(dateOf(unix_s));

/** "October 2026", "2026年10月" of "2026-10". */
export const monthText = (month: string): string =>
  maker({ year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );

/** "2026-10-31" of an instant, in the village's time. */
export function dayOf(unix_s: number): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  return parts.format(dateOf(unix_s));
}

/** A day so many days, months or years later; the day of the month stays within its month. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export function addMonths(month: string, months: number): string {
  const date = new Date(`${month.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 7);
}
