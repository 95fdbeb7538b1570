// The three transformers of the sample village, graded by both editions of DL/T 2041.
import type { Grade, Transformer } from '../results';
import { hoursInYear } from './hours';
import type { Lived } from './homes';
import { sampleCoordination } from './limits';

const ratings: Record<string, { kva: number; registered: number }> = {
  T1: { kva: 200, registered: 0 },
  T2: { kva: 125, registered: 60 },
  T3: { kva: 63, registered: 20 },
};

const percentiles = (falling: number[]) =>
  Array.from(
    { length: 101 },
    (_unused, at) => falling[Math.round((at / 100) * (hoursInYear - 1))] ?? 0,
  );

export function gradeTransformer(id: string, lived: Lived[]): Transformer {
  const { kva, registered } = ratings[id] ?? { kva: 400, registered: 0 };
  const served = lived.filter(({ household }) => household.transformer === id);
  const add = (pick: (home: Lived) => number) => served.reduce((all, home) => all + pick(home), 0);
  const net = Array.from({ length: hoursInYear }, (_unused, hour) =>
    add(({ year }) => (year.import[hour] ?? 0) - (year.export[hour] ?? 0)),
  );
  const sorted = [...net].sort((a, b) => b - a);
  const moment = net.indexOf(Math.min(...net));
  const load = add(({ year }) => year.load[moment] ?? 0);
  const pv = add(({ year }) => year.pv[moment] ?? 0);
  const connected = add(({ household }) => household.capacity_kwp) * 0.9;
  const [tau, beta, factor] = [0.85, 0.8, 0.95];
  const hosting = (load + beta * kva * factor) / tau;
  const [first, second] = [hosting - connected, hosting - connected - registered];
  const now: Grade = first <= 0 ? 'red' : second <= 0 ? 'yellow' : 'green';
  const limit = beta * kva * factor;
  const shared = Math.min(...net) < -limit;
  const lambda = (pv - load) / kva;
  const day = new Date(Date.UTC(2026, 0, 1, moment));
  return {
    id,
    rating_kva: kva,
    in_parallel: 1,
    households: served.length,
    connected_kw: connected,
    registered_kw: registered,
    peak_import_kw: sorted[0] ?? 0,
    peak_export_kw: -(sorted.at(-1) ?? 0),
    reverse_hours: net.filter((kw) => kw < 0).length,
    over_limit_hours: net.filter((kw) => Math.abs(kw) > kva).length,
    typical_moment: {
      time: day.toISOString().slice(0, 16).replace('T', ' '),
      load_kw: load,
      pv_kw: pv,
    },
    standard_2025: {
      grade: now,
      s_d_kw: hosting,
      c1_kw: first,
      c2_kw: second,
      tau_max: tau,
      beta,
      power_factor: factor,
      storage_kw: 0,
      other_generation_kw: 0,
    },
    standard_2019: {
      grade: lambda <= 0 ? 'green' : lambda <= 0.8 ? 'yellow' : 'red',
      lambda,
      p_m_kw: (1 - lambda) * kva * 0.8,
    },
    duration_kw: percentiles(shared ? sorted.map((kw) => Math.max(kw, -limit)) : sorted),
    coordination: shared ? sampleCoordination(served, net, limit, percentiles(sorted)) : null,
  };
}
