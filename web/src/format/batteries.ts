// What the sections about batteries say: the ways of running them added up, and which to count on.
import type { BatteryVerdict, BatteryWay, Household, Results, UnitWorth, WorthUnit } from '../results';
import { join, type Tongue } from './leads';

export interface WaySum {
  way: BatteryWay;
  cost: number;
  saving: number;
}

/** The households whose battery was run in more ways than one. */
export function batteryHomes({ households }: Results): Household[] {
  return households.filter(({ battery }) => (battery?.ways ?? []).length > 0);
}

/** The ways that all of the batteries have, added up; without "no battery". */
export function waySums(batteries: BatteryVerdict[]): WaySum[] {
  const ways = batteries[0]?.ways ?? [];
  return ways
    .filter(({ way }) => way !== 'none')
    .map(({ way }) => {
      const same = batteries.flatMap((each) => each.ways?.find((one) => one.way === way) ?? []);
      const add = (of: 'cost_yuan' | 'saving_yuan') => same.reduce((all, one) => all + one[of], 0);
      return { way, cost: add('cost_yuan'), saving: add('saving_yuan') };
    });
}

/** The best of the ways that need no knowledge of the future. */
export function countedOn(sums: WaySum[]): WaySum | null {
  const known = sums.filter(({ way }) => way === 'rule' || way === 'rolling_persistence');
  return known.reduce<WaySum | null>(
    (best, one) => (best === null || one.saving > best.saving ? one : best),
    null,
  );
}

export function batteriesLead(results: Results, { words, format }: Tongue): string {
  const batteries = batteryHomes(results).flatMap(({ battery }) => battery ?? []);
  const sums = waySums(batteries);
  const best = sums.find(({ way }) => way === 'optimum');
  const cost = batteries.reduce((all, { cost_per_year_yuan }) => all + cost_per_year_yuan, 0);
  return join(
    words,
    words.batteries.lead(
      format.number(batteries.length),
      format.roughYuan(countedOn(sums)?.saving ?? null),
      format.roughYuan(best?.saving ?? null),
    ),
    words.batteries.cost(format.roughYuan(cost)),
  );
}

/** The bars of the ways, the one to count on marked. */
export function wayBars(batteries: BatteryVerdict[], { words, format }: Tongue) {
  const sums = waySums(batteries);
  const counted = countedOn(sums)?.way;
  const best = sums.find(({ way }) => way === 'optimum')?.saving ?? 0;
  const text = words.batteries;
  return sums.map(({ way, saving }) => ({
    id: way,
    name: text.way[way],
    size: saving,
    value: format.yuan(saving),
    note: text.wayWhy[way],
    share: best > 0.005 ? text.shareOfBest(format.percent(saving / best)) : '',
    counted: way === counted,
  }));
}

const units: WorthUnit[] = ['battery_kwh', 'battery_kw', 'pv_kwp', 'export_kw'];

export function worthRows({ worth }: BatteryVerdict): ({ unit: WorthUnit } & UnitWorth)[] {
  return units.flatMap((unit) => {
    const one = worth?.[unit];
    return one ? [{ unit, ...one }] : [];
  });
}

/** The plain sentence of a household's sheet; null where the ways were not reckoned. */
export function sheetPromise(home: Household, { words, format }: Tongue): string | null {
  const sums = waySums(home.battery ? [home.battery] : []);
  const counted = countedOn(sums);
  const best = sums.find(({ way }) => way === 'optimum');
  if (!home.battery || !counted || !best || best.saving < 0.5) return null;
  const most = format.roughYuan(best.saving);
  return home.battery.saving_yuan > counted.saving + 0.5
    ? words.batteries.sheetCount(format.roughYuan(counted.saving), most)
    : words.batteries.sheetMost(most);
}
