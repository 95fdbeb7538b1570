// One transformer of the sample village whose reverse limit is kept by sharing it pro rata.
import type { Coordination, Curtailment } from '../results_limits';
import type { Lived } from './homes';
import { hoursInYear } from './hours';
import { exportPrice } from './money';

const beyond = (net: number[], limit_kw: number) => ({
  import_hours: 0,
  import_kwh: 0,
  peak_import_kw: Math.max(...net),
  export_hours: net.filter((kw) => -kw > limit_kw + 1e-9).length,
  export_kwh: net.reduce((all, kw) => all + Math.max(0, -kw - limit_kw), 0),
  peak_export_kw: Math.max(...net.map((kw) => -kw)),
});

export function sampleCoordination(
  served: Lived[],
  net: number[],
  limit_kw: number,
  duration_alone_kw: number[],
): Coordination {
  const alone = beyond(net, limit_kw);
  const exported = served.reduce((all, { household }) => all + household.export_kwh, 0);
  const households = served.map(({ household }) => {
    const curtailed = (alone.export_kwh * household.export_kwh) / exported;
    const cost = household.bill_with_pv_yuan - household.export_income_yuan;
    return {
      id: household.id,
      curtailed_kwh: curtailed,
      curtailed_share: household.pv_kwh > 0 ? curtailed / household.pv_kwh : 0,
      alone_yuan: cost,
      cost_yuan: cost + curtailed * exportPrice,
      lost_yuan: curtailed * exportPrice,
    };
  });
  const shares = households.map((home) => home.curtailed_share).sort((a, b) => a - b);
  const worst = [...households].sort((a, b) => b.lost_yuan - a.lost_yuan)[0];
  const all = households.reduce((sum, home) => sum + home.cost_yuan, 0);
  const rules: Curtailment[] = ['least_cost', 'equal_power', 'equal_share', 'pro_rata'];
  const days = Array.from({ length: hoursInYear / 24 }, (_unused, day) =>
    Array.from({ length: 24 }, (_hour, hour) =>
      -(net[day * 24 + hour] ?? 0) > limit_kw ? exportPrice : 0,
    ),
  );
  return {
    outcome: 'coordinated',
    curtailment: 'pro_rata',
    import_limit_kw: limit_kw / 0.8,
    export_limit_kw: limit_kw,
    keeps_import_limit: true,
    alone,
    together: beyond(
      net.map((kw) => Math.max(kw, -limit_kw)),
      limit_kw,
    ),
    duration_alone_kw,
    least_cost: {
      alone_yuan: all - alone.export_kwh * exportPrice,
      cost_yuan: all,
      bound_yuan: all - 2,
      gap: 0.0004,
      rounds: 3,
    },
    capacity_price: {
      first_day: '2026-01-01',
      import: { yuan_per_kw_year: 0, hours: 0, yuan_per_kw: null },
      export: {
        yuan_per_kw_year: alone.export_hours * exportPrice,
        hours: alone.export_hours,
        yuan_per_kw: days,
      },
    },
    rules: rules.map((curtailment, index) => ({
      curtailment,
      cost_yuan: all + 40 * index,
      more_than_least_yuan: 40 * index,
      curtailed_kwh: alone.export_kwh,
      least_share: shares[0] ?? 0,
      median_share: shares[Math.floor(shares.length / 2)] ?? 0,
      most_share: shares.at(-1) ?? 0,
      worst_household: worst?.id ?? '',
      worst_lost_yuan: worst?.lost_yuan ?? 0,
    })),
    households,
  };
}
