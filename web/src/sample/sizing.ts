// The sizes of the sample village: invented, but with sums and bounds that hold.
import type { Sizing } from '../results';
import type { SizedHousehold } from '../results_sizing';
import type { Lived } from './homes';

const price = { kwp: 2970, kwh: 900 };

function sized({ household }: Lived): SizedHousehold {
  const kwp = household.capacity_kwp;
  const kwh = household.heat_pump_kwh > 6000 ? 3.2 : 0;
  const energy = 14 * household.bill_with_pv_yuan;
  const weighed = (battery_kwh: number, less: number, more: number) => ({
    pv_kwp: kwp,
    battery_kwh,
    battery_kw: battery_kwh / 2,
    total_yuan: energy + kwp * price.kwp + battery_kwh * price.kwh - less,
    capex_yuan: kwp * price.kwp + battery_kwh * price.kwh,
    import_kwh: household.import_kwh,
    self_sufficiency: Math.min(1, (household.self_sufficiency ?? 0) + more),
  });
  const planned = weighed(household.battery_kwh, 0, 0);
  const proved = weighed(kwh, 1200 * kwh, kwh > 0 ? 0.1 : 0);
  const saved = planned.total_yuan - proved.total_yuan;
  return {
    id: household.id,
    refusal: null,
    planned,
    proved,
    bound_yuan: proved.total_yuan - 1,
    gap: 1 / (Math.abs(energy) + Math.abs(proved.total_yuan)),
    quantity_gap: null,
    saved_yuan: saved,
    saved_yuan_per_year: saved / 14,
    roofs: [{ room_kwp: kwp, kwp, price_yuan: price.kwp, changes_at_yuan: 4900 }],
    battery_price_yuan: price.kwh,
    battery_changes_at_yuan: kwh > 0 ? 1090 : 263,
  };
}

export function sampleSizing(lived: Lived[]): Sizing {
  const own = lived.filter(
    ({ household }) => household.owner === 'natural_person' && household.capacity_kwp > 0,
  );
  const homes = own.map(sized);
  const add = (of: (home: SizedHousehold) => number) =>
    homes.reduce((all, home) => all + of(home), 0);
  const first = homes[0] as SizedHousehold;
  return {
    objective: 'npv',
    aim: 'cheapest',
    pv: true,
    battery: true,
    applied: false,
    budget_yuan: null,
    asked_gap: 1e-4,
    sums: {
      households: homes.length,
      with_battery: homes.filter((home) => home.proved.battery_kwh > 0).length,
      planned_kwp: add((home) => home.planned.pv_kwp),
      planned_battery_kwh: add((home) => home.planned.battery_kwh),
      planned_yuan: add((home) => home.planned.total_yuan),
      pv_kwp: add((home) => home.proved.pv_kwp),
      battery_kwh: add((home) => home.proved.battery_kwh),
      total_yuan: add((home) => home.proved.total_yuan),
      bound_yuan: add((home) => home.bound_yuan),
      capex_yuan: add((home) => home.proved.capex_yuan),
      saved_yuan: add((home) => home.saved_yuan),
      saved_yuan_per_year: add((home) => home.saved_yuan_per_year),
    },
    households: lived.flatMap(({ household }): Sizing['households'] => {
      const home = homes.find((each) => each.id === household.id);
      const refusal = { en: 'the roof is leased: its owner sizes it', zh: '屋顶已出租，容量由业主决定' };
      return home ? [home] : household.mode === 'full_export' ? [{ id: household.id, refusal }] : [];
    }),
    front: {
      household: first.id,
      points: Array.from({ length: 9 }, (_unused, step) => ({
        self_sufficiency: 0.46 + 0.06 * step,
        total_yuan: first.proved.total_yuan + 90 * 2 ** step,
        capex_yuan: first.proved.capex_yuan + 380 * step,
        pv_kwp: first.proved.pv_kwp,
        battery_kwh: first.proved.battery_kwh + 0.4 * step,
        battery_kw: first.proved.battery_kw + 0.2 * step,
        gap: 2e-5,
      })),
    },
    notes: [
      {
        en: 'of 30 roof planes the area is not given; their planned kWp is taken as all the room that they have',
        zh: '30 个屋面未给出面积，以规划装机容量作为可装上限',
      },
    ],
  };
}
