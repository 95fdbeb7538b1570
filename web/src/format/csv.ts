// A table as a CSV file that a spreadsheet opens as it is: UTF-8 with its mark, commas, CRLF.
import type { Household } from '../results';
import type { Words } from './en';
import { ownFinance } from './ownership';

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // A name that begins like a formula would be run by a spreadsheet; an apostrophe keeps it text.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv(rows: (string | number | null)[][]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

const rounded = (value: number | null | undefined, decimals = 2) =>
  typeof value === 'number' ? Number(value.toFixed(decimals)) : null;

export function householdsCsv(households: Household[], words: Words): string {
  const { terms, money, households: text } = words;
  const head = [
    'id',
    terms.household,
    text.owner,
    words.roofs.mode,
    terms.transformer,
    `${terms.capacity} kWp`,
    `${terms.battery} kWh`,
    `${terms.load} kWh`,
    `${terms.heatPump} kWh`,
    `${terms.car} kWh`,
    `${terms.generation} kWh`,
    `${terms.selfUse} kWh`,
    `${terms.exportShort} kWh`,
    `${terms.importShort} kWh`,
    `${terms.curtailed} kWh`,
    `${money.billWithout} ¥`,
    `${money.billWith} ¥`,
    `${money.income} ¥`,
    `${money.rent} ¥`,
    `${terms.benefit} ¥`,
    `${terms.capex} ¥`,
    `${terms.npv} ¥`,
    text.paybackYears,
    `${terms.backup} h`,
    `${terms.avoided} t CO2`,
  ];
  return csv([
    head,
    ...households.map((home) => [
      home.id,
      home.name,
      words.owners[home.owner],
      words.modes[home.mode],
      home.transformer,
      rounded(home.capacity_kwp),
      rounded(home.battery_kwh),
      ...[
        home.load_kwh,
        home.heat_pump_kwh,
        home.car_kwh,
        home.pv_kwh,
        home.self_used_kwh,
        home.export_kwh,
        home.import_kwh,
        home.curtailed_kwh,
      ].map((kwh) => rounded(kwh, 1)),
      rounded(home.bill_without_pv_yuan),
      rounded(home.bill_with_pv_yuan),
      rounded(home.export_income_yuan),
      rounded(home.rent_yuan),
      rounded(home.benefit_yuan),
      rounded(ownFinance(home)?.capex_yuan),
      rounded(ownFinance(home)?.npv_yuan),
      rounded(ownFinance(home)?.payback_years),
      rounded(home.backup?.median_hours),
      rounded(home.avoided_t, 3),
    ]),
  ]);
}

/** Hands a text to the reader as a file, without any network. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
