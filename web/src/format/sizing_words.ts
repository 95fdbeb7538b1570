// The sentences about sizes: of the village, of one household, and of the front.
import type { Sizing } from '../results';
import type { SizedHousehold } from '../results_sizing';
import { join, type Tongue } from './leads';

const leastTold = 1; // yuan a year

export function sizingLead({ sums, aim }: Sizing, { words, format }: Tongue): string {
  const text = words.sizing;
  if (sums.households === 0) return text.none;
  const count = format.number(sums.households);
  const year = format.roughYuan(Math.abs(sums.saved_yuan_per_year));
  const sizes = [
    ...(sums.planned_kwp > 0
      ? [text.leadPv(format.capacity(sums.pv_kwp), format.capacity(sums.planned_kwp))]
      : []),
    text.leadBattery(
      format.number(sums.with_battery),
      format.energy(sums.battery_kwh),
      format.energy(sums.planned_battery_kwh),
    ),
  ];
  if (aim === 'cheapest' && sums.saved_yuan_per_year < leastTold * sums.households)
    return text.same(count);
  const first =
    sums.saved_yuan_per_year >= 0 ? text.lead(count, year) : text.leadMore(count, year);
  return join(words, first, ...sizes);
}

/** What is sought, within what, and what the cost counts. */
export function sizingTerms(sizing: Sizing, years: number, { words, format }: Tongue): string {
  const text = words.sizing;
  return join(
    words,
    text.aims[sizing.aim],
    ...(sizing.budget_yuan === null ? [] : [text.budget(format.yuan(sizing.budget_yuan))]),
    text.counted[sizing.objective](format.number(years)),
  );
}

function moneyOf(home: SizedHousehold, sizing: Sizing, { words, format }: Tongue): string {
  const text = words.sizing;
  const year = format.yuan(Math.abs(home.saved_yuan_per_year));
  if (Math.abs(home.saved_yuan_per_year) < leastTold) return text.asGood;
  if (home.saved_yuan_per_year < 0) return text.costsMore(year);
  return sizing.objective === 'npv'
    ? text.savedLife(year, format.yuan(home.saved_yuan))
    : text.savedYear(year);
}

function batteryOf(home: SizedHousehold, { words, format }: Tongue): string {
  const text = words.sizing;
  const at = home.battery_changes_at_yuan;
  const now = format.yuan(home.battery_price_yuan);
  if (home.proved.battery_kwh > 0) {
    const has = text.batterySome(
      `${format.number(home.proved.battery_kwh, 1)} kWh`,
      `${format.number(home.proved.battery_kw, 1)} kW`,
    );
    return at === null ? has : join(words, has, text.batteryUpTo(format.yuan(at), now));
  }
  if (at === null) return text.batteryAbsent;
  return at < 1 ? text.batteryNever : text.batteryNone(format.yuan(at), now);
}

function roofsOf(home: SizedHousehold, { words, format }: Tongue): string[] {
  const text = words.sizing;
  return home.roofs.map((roof, index) => {
    const at = roof.changes_at_yuan;
    const [kwp, room] = [roof.kwp, roof.room_kwp].map((size) => `${format.number(size, 1)} kWp`);
    const now = format.yuan(roof.price_yuan);
    const plain = text.roofPart(kwp as string, room as string);
    const told =
      at === null
        ? plain
        : roof.kwp > 0
          ? text.roofFull(kwp as string, format.yuan(at), now)
          : at < 1
            ? text.roofNever
            : text.roofNone(format.yuan(at), now);
    return words.labelled(text.roof(format.number(index + 1)), told);
  });
}

export const percentOfGap = (gap: number, { format }: Tongue) =>
  gap < 5e-6 ? `< ${format.percent(1e-5, 3)}` : format.percent(gap, 3);

function proofOf(home: SizedHousehold, { objective }: Sizing, tongue: Tongue): string {
  const { words, format } = tongue;
  const { proved, bound_yuan: bound, gap } = home;
  const span = words.sizing.span[objective];
  const told = (yuan: number) =>
    /^\w/.test(span) ? `${format.yuan(yuan)} ${span}` : `${format.yuan(yuan)}${span}`;
  const share = percentOfGap(gap, tongue);
  return proved.total_yuan < 0 && bound < 0
    ? words.sizing.earns(told(-proved.total_yuan), format.yuan(-bound), share)
    : words.sizing.totals(told(proved.total_yuan), format.yuan(bound), share);
}

/** All that is to be said about one household's sizes. */
export function sizedSentences(home: SizedHousehold, sizing: Sizing, tongue: Tongue): string[] {
  const { words, format } = tongue;
  const text = words.sizing;
  return [
    moneyOf(home, sizing, tongue),
    proofOf(home, sizing, tongue),
    ...(home.quantity_gap === null
      ? []
      : [
          text.quantity(
            format.percent(home.proved.self_sufficiency, 1),
            percentOfGap(home.quantity_gap, tongue),
          ),
        ]),
    ...roofsOf(home, tongue),
    ...(sizing.battery ? [batteryOf(home, tongue)] : []),
  ];
}

export function frontSentence({ front }: Sizing, { words, format }: Tongue): string {
  const points = front?.points ?? [];
  const [first, last, before] = [points[0], points.at(-1), points.at(-2)];
  if (!first || !last || !before || points.length < 3) return '';
  const text = words.sizing;
  const share = (value: number) =>
    format.percent(value, value > 0.99 && value < 0.9995 ? 1 : 0);
  const whole = last.total_yuan - first.total_yuan;
  const step = last.total_yuan - before.total_yuan;
  return join(
    words,
    text.frontLead(
      share(first.self_sufficiency),
      format.yuan(first.total_yuan),
      share(last.self_sufficiency),
      format.yuan(last.total_yuan),
    ),
    ...(whole > 0 && step > 0
      ? [
          text.frontStep(
            share(before.self_sufficiency),
            share(last.self_sufficiency),
            format.yuan(step),
            format.percent(step / whole),
          ),
        ]
      : []),
  );
}

/** Households that were not sized, by their reason. */
export function refusals({ households }: Sizing): { reason: { en: string; zh: string }; ids: string[] }[] {
  const groups: { reason: { en: string; zh: string }; ids: string[] }[] = [];
  for (const { id, refusal } of households) {
    if (refusal === null) continue;
    const group = groups.find(({ reason }) => reason.en === refusal.en);
    if (group) group.ids.push(id);
    else groups.push({ reason: refusal, ids: [id] });
  }
  return groups;
}
