// The plain sentence at the head of each section, in the figures of this very village.
import type { Grade, Results, TypicalDay } from '../results';
import { isClaimFactor } from './claim';
import type { Format } from './numbers';
import type { Words } from './en';

export interface Tongue {
  words: Words;
  format: Format;
  name: (name: { en: string; zh: string }) => string;
}

/** Sentences one after another: with a space between them in English, with none in Chinese. */
export function join(words: Words, ...sentences: (string | false)[]): string {
  return sentences.filter(Boolean).join(words.sentenceGap);
}

export function median(values: number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

export function overviewLead({ energy }: Results, { words, format }: Tongue): string {
  const text = words.overview;
  if (energy.pv_kwh <= 0) return text.noPv(format.energy(energy.load_kwh));
  const used = energy.self_used_kwh / energy.pv_kwh;
  const sold = energy.export_kwh / energy.pv_kwh;
  return join(
    words,
    text.lead(format.energy(energy.pv_kwh), format.number(energy.pv_kwh / energy.load_kwh, 1)),
    used + sold > 0.985
      ? text.leadRest(format.percent(used))
      : text.leadParts(format.percent(used), format.percent(sold)),
  );
}

export function flowsLead({ energy }: Results, { words, format }: Tongue): string {
  if (energy.pv_kwh <= 0) return words.overview.noPv(format.energy(energy.load_kwh));
  const hundredth = (part: number, whole: number) => format.number((100 * part) / whole);
  return words.flows.lead(
    hundredth(energy.self_used_kwh, energy.pv_kwh),
    hundredth(energy.export_kwh, energy.pv_kwh),
    hundredth(energy.self_used_kwh, energy.load_kwh),
  );
}

export function monthsLead({ months }: Results, { words, format }: Tongue): string {
  const sorted = [...months].sort((a, b) => b.pv_kwh - a.pv_kwh);
  const best = sorted.at(0);
  const least = sorted.at(-1);
  if (!best || !least) return '';
  const surplus = months.filter((month) => month.pv_kwh > month.load_kwh).length;
  return join(
    words,
    words.months.lead(
      format.longMonth(best.month),
      format.energy(best.pv_kwh),
      format.longMonth(least.month),
      format.energy(least.pv_kwh),
    ),
    words.months.surplus(format.number(surplus), format.number(months.length)),
  );
}

function peak(days: TypicalDay[], of: 'pv_kw' | 'import_kw') {
  let best: { day: TypicalDay; step: number; value: number } | null = null;
  for (const day of days) {
    day[of].forEach((value, step) => {
      if (!best || value > best.value) best = { day, step, value };
    });
  }
  return best as { day: TypicalDay; step: number; value: number } | null;
}

export function clock(step: number, steps: number): string {
  const minutes = Math.round((step * 1440) / steps);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export function daysLead({ typical_days: days }: Results, { words, format }: Tongue): string {
  const sun = peak(days, 'pv_kw');
  const bought = peak(days, 'import_kw');
  if (!sun || !bought) return '';
  const text = words.days;
  return join(
    words,
    sun.value > 0 &&
      text.lead(
        text.lowercase[sun.day.season],
        clock(sun.step, sun.day.pv_kw.length),
        format.power(sun.value),
        format.power(sun.day.load_kw[sun.step] ?? 0),
      ),
    text.evening(
      text.lowercase[bought.day.season],
      clock(bought.step, bought.day.import_kw.length),
      format.power(bought.value),
    ),
  );
}

export function moneyLead({ money, village }: Results, { words, format }: Tongue): string {
  const text = words.money;
  const life = format.number(village.life_years);
  const capex = format.roughYuan(money.capex_yuan);
  const net = format.roughYuan(money.benefit_yuan - money.operation_yuan);
  return join(
    words,
    money.payback_years === null
      ? text.leadNever(capex, net, life)
      : text.lead(capex, net, format.years(money.payback_years)),
    money.npv_yuan >= 0
      ? text.gain(format.roughYuan(money.npv_yuan), life)
      : text.loss(format.roughYuan(-money.npv_yuan), life),
  );
}

/** What a household has over in the first year against a year without the plan. */
export function householdsLead({ households }: Results, { words, format }: Tongue): string {
  const gains = households.map((household) => household.benefit_yuan);
  const batteries = households.flatMap((household) => household.battery ?? []);
  return join(
    words,
    words.households.lead(
      format.number(gains.filter((gain) => gain > 0).length),
      format.number(households.length),
      format.roughYuan(median(gains)),
    ),
    batteries.length > 0 &&
      words.households.batteries(
        format.number(batteries.filter((battery) => battery.pays).length),
        format.number(batteries.length),
      ),
  );
}

export const gradesFromWorst: Grade[] = ['red', 'yellow', 'green'];

/** The strictest 2025 grade and how many transformers have it; null when there are none. */
export function worstGrade({ transformers }: Results): { grade: Grade; count: number } | null {
  for (const grade of gradesFromWorst) {
    const count = transformers.filter((each) => each.standard_2025.grade === grade).length;
    if (count > 0) return { grade, count };
  }
  return null;
}

export function gridLead({ transformers }: Results, { words, format }: Tongue): string {
  const text = words.grid;
  if (transformers.length === 0) return text.none;
  const count = format.number(transformers.length);
  const present = [...gradesFromWorst].reverse().flatMap((grade) => {
    const of = transformers.filter((each) => each.standard_2025.grade === grade).length;
    return of > 0 ? [{ grade, of }] : [];
  });
  const parts = present.map(({ grade, of }) => text.part(format.number(of), text.lowercase[grade]));
  const last = parts.pop() ?? '';
  const over = transformers.filter((each) => each.over_limit_hours > 0);
  return join(
    words,
    present.length === 1 && present[0]
      ? text.all(count, text.lowercase[present[0].grade])
      : text.lead(count, parts.join(words.listBetween) + words.listEnd + last),
    over.length === 0
      ? text.never
      : join(
          words,
          ...over.map((each) => text.over(each.id, format.number(each.over_limit_hours))),
        ),
  );
}

export function carbonLead({ carbon }: Results, { words, format, name }: Tongue): string {
  const tonnes = carbon.by_factor.filter(isClaimFactor).map((factor) => factor.avoided_t);
  return join(
    words,
    words.carbon.lead(format.tonnes(carbon.avoided_t), name(carbon.factor.name)),
    tonnes.length > 1 &&
      words.carbon.range(format.tonnes(Math.min(...tonnes)), format.tonnes(Math.max(...tonnes))),
  );
}

export function sourcesLead({ assumptions, versions }: Results, { words, format }: Tongue): string {
  const own = assumptions.filter((each) => each.from_village).length;
  const low = assumptions.filter((each) => each.confidence === 'low').length;
  return join(
    words,
    words.sources.lead(format.number(assumptions.length), format.number(versions.length)),
    words.sources.own(format.number(own), format.number(low)),
  );
}
