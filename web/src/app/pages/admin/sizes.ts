// Sizes of files and moments, as an administrator reads them.
import type { Format } from '../../../format/numbers';

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

export function sizeOf(bytes: number, format: Format): string {
  let [value, place] = [bytes, 0];
  while (value >= 1000 && place < units.length - 1) {
    value /= 1000;
    place += 1;
  }
  return `${format.number(value, value < 10 && place > 0 ? 1 : 0, 0)} ${units[place]}`;
}

export function momentOf(unix_s: number, locale: string): string {
  const maker = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return maker.format(new Date(unix_s * 1000));
}
