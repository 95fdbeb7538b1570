// The sentences of the sheet that is handed to one household: plain words, its own figures.
import type { Household, Measure, Results, SwingName } from '../results';
import type { Tongue } from './leads';
import { significant } from './numbers';
import { isLeased } from './ownership';

export interface SheetFigure {
  label: string;
  value: string;
  note: string;
  /** Its note is a sentence and wants room. */
  wide?: boolean;
}

/** The planner follows a failure of the grid for three days; what lasts longer counts as this. */
const longestBackupHours = 72;

/** Kilowatt-hours as a villager says them (度), rounded: nobody can promise the last one. */
function plain(kwh: number, { words, format }: Tongue): string {
  return words.sheet.kwh(format.number(significant(kwh)));
}

export function sheetFigures(home: Household, tongue: Tongue): SheetFigure[] {
  const { words, format } = tongue;
  const text = words.sheet;
  const kwh = (label: string, value: number) => ({
    label,
    value: plain(value, tongue),
    note: text.aYear,
  });
  if (home.capacity_kwp <= 0) return [kwh(text.needs, home.load_kwh)];
  const saved = home.bill_without_pv_yuan - home.bill_with_pv_yuan;
  const earned = {
    label: text.earn,
    value: format.roughYuan(home.benefit_yuan),
    wide: true,
    note: isLeased(home)
      ? text.rentNote
      : text.earnNote(format.roughYuan(saved), format.roughYuan(home.export_income_yuan)),
  };
  return [
    kwh(text.makes, home.pv_kwh),
    ...(isLeased(home)
      ? [kwh(text.needs, home.load_kwh)]
      : [
          kwh(text.uses, home.self_used_kwh),
          kwh(text.sells, home.export_kwh),
          kwh(text.buys, home.import_kwh),
        ]),
    earned,
  ];
}

/** What the plant costs and when the money is back; for a leased roof, who owns the plant. */
export function sheetMoney(home: Household, life: number, { words, format }: Tongue): string[] {
  const text = words.sheet;
  if (home.capacity_kwp <= 0) return [text.none];
  if (isLeased(home)) return [text.leased(words.owners[home.owner].toLowerCase())];
  if (!home.finance) return [];
  const { capex_yuan, payback_years } = home.finance;
  return [
    text.costs(format.roughYuan(capex_yuan)),
    payback_years === null
      ? text.never(format.number(life))
      : text.payback(format.years(payback_years)),
  ];
}

export function sheetBattery(home: Household, { words, format }: Tongue): string | null {
  if (!home.battery || isLeased(home)) return null;
  const { saving_yuan, cost_per_year_yuan, pays } = home.battery;
  const cost = format.roughYuan(cost_per_year_yuan);
  if (saving_yuan < 0) return words.sheet.batteryHarms(format.roughYuan(-saving_yuan), cost);
  const say = pays ? words.sheet.batteryPays : words.sheet.batteryNot;
  return say(format.roughYuan(saving_yuan), cost);
}

/** What happens when the grid fails; null where the house has neither PV nor battery. */
export function sheetOutage(home: Household, { words, format }: Tongue): string | null {
  if (home.capacity_kwp <= 0 && home.battery_kwh <= 0) return null;
  if (home.backup && home.backup.median_hours > 0) {
    const { critical_kw, median_hours, least_hours } = home.backup;
    const text = words.sheet;
    const span = (hours: number) =>
      hours >= longestBackupHours
        ? text.hoursOrMore(format.number(longestBackupHours))
        : text.hours(format.number(significant(hours, 2), 1, 0));
    return text.outageHours(
      `${format.number(critical_kw, 2, 0)} kW`,
      span(median_hours),
      least_hours < 0.05 ? text.notAtAll : span(least_hours),
    );
  }
  return home.battery_kwh > 0 ? words.sheet.outageUnknown : words.sheet.outageNone;
}

/** What of the plan's uncertainty can move this house's own money: rent is agreed and stays. */
function movable(home: Household, factor: SwingName): boolean {
  if (home.capacity_kwp <= 0 || isLeased(home)) return false;
  // A rate of interest is nothing that a villager could look after.
  if (factor === 'discount_rate') return false;
  if (factor === 'sell_price') return home.mode !== 'self_use';
  if (factor === 'load' || factor === 'buy_price') return home.mode !== 'full_export';
  return true;
}

/** The village's spread of yields, held to this roof's planned generation. */
function spread(home: Household, made: Measure | undefined, tongue: Tongue): string[] {
  if (home.pv_kwh <= 0 || !made?.base || made.p90 === null || made.p10 === null) return [];
  const { base, p10, p50, p90 } = made;
  const text = tongue.words.sheet;
  const kwh = (value: number) => plain((home.pv_kwh * value) / base, tongue);
  return [
    text.spread(kwh(p90), kwh(p10)),
    ...(base >= p10 && p50 !== null ? [text.usually(kwh(base), kwh(p50))] : []),
  ];
}

export function sheetSureness(home: Household, results: Results, tongue: Tongue): string[] {
  const text = tongue.words.sheet;
  const made = results.uncertainty?.measures.find(({ measure }) => measure === 'yield_kwh_per_kwp');
  const moving = (results.uncertainty?.tornado ?? [])
    .filter(({ factor }) => movable(home, factor))
    .slice(0, 3)
    .map(({ factor }) => tongue.words.uncertainty.swings[factor]);
  return [
    text.assumed(plain(home.load_kwh, tongue)),
    ...spread(home, made, tongue),
    ...(moving.length > 0 ? [text.moving(moving.join(text.between))] : []),
  ];
}
