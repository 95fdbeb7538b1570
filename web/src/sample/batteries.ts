// The ways of running a sample battery, and its two days: invented, but in their order and balanced.
import type { BatteryDay, BatteryVerdict, WayCost } from '../results';
import type { HomeYear } from './hours';

const buy = 0.4883;
const sell = 0.36;
const oneWay = Math.sqrt(0.9);

/** Of what the optimum saves, by each way. */
const shares = { rule: 0.97, rolling_persistence: 0.78, rolling_noisy: 0.95, rolling_perfect: 0.99 };

function ways(without: number, best: number): WayCost[] {
  const one = (way: WayCost['way'], share: number): WayCost => ({
    way,
    cost_yuan: without - share * best,
    saving_yuan: share * best,
    share_of_best: share,
  });
  const between = (Object.keys(shares) as (keyof typeof shares)[]).map((way) =>
    one(way, shares[way]),
  );
  return [one('none', 0), ...between, one('optimum', 1)];
}

function dayOf(season: BatteryDay['season'], date: string, size: number, year: HomeYear): BatteryDay {
  const first = ((Date.parse(`${date}T00:00:00Z`) - Date.UTC(2026, 0)) / 3_600_000) | 0;
  const load = [...year.load.slice(first, first + 24)];
  const pv = [...year.pv.slice(first, first + 24)];
  let held = 0.05 * size;
  const stored: number[] = [];
  const battery = load.map((used, hour) => {
    const surplus = (pv[hour] ?? 0) - used;
    const room = Math.max(0, 0.95 * size - held);
    const flow =
      surplus > 0
        ? Math.min(surplus, room / oneWay)
        : 0 - Math.min(-surplus, Math.max(0, held - 0.05 * size) * oneWay);
    held += flow > 0 ? flow * oneWay : flow / oneWay;
    stored.push(held);
    return flow;
  });
  return {
    season,
    date,
    load_kw: load,
    pv_kw: pv,
    battery_kw: battery,
    stored_kwh: stored,
    buy_yuan_per_kwh: load.map(() => buy),
    sell_yuan_per_kwh: load.map(() => sell),
    stored_value_yuan_per_kwh: load.map((_used, hour) => (hour < 8 ? buy * oneWay : sell / oneWay)),
    reasons: [
      {
        en: 'Charged at 11:00 because a stored kWh is worth 0.46 yuan at 19:00 and costs 0.38 yuan now (the roof\'s surplus is not sold).',
        zh: '11:00 充电,因为存下的 1 千瓦时到当日 19:00 值 0.46 元,而此时存入只需 0.38 元(光伏余电不再上网)。',
      },
    ],
  };
}

export function sampleBattery(
  battery: BatteryVerdict,
  size: number,
  year: HomeYear,
): BatteryVerdict {
  return {
    ...battery,
    ways: ways(battery.without_cost_yuan, battery.best_saving_yuan),
    worth: {
      battery_kwh: { saves_yuan: 12.3, costs_yuan: 86.7 },
      battery_kw: { saves_yuan: 0, costs_yuan: null },
      pv_kwp: { saves_yuan: 410, costs_yuan: 249 },
      export_kw: null,
    },
    days: [dayOf('summer', '2026-07-16', size, year), dayOf('winter', '2026-01-29', size, year)],
  };
}
