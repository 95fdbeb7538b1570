// What more the sample village's wires bear, and invented remedies of every kind.
import type {
  HostingArea,
  LimitUse,
  Network,
  NetworkHouse,
  NetworkTransformer,
  Remedy,
  Transformer,
} from '../results';
import { highest_v, lifting, onWire, wires } from './network_flow';
import type { Standing, Tree } from './network_tree';
import { reverseUse, voltageUse } from './network_uses';

interface Bound {
  kw: number;
  binding: LimitUse;
}

/** What more PV meets first, spread evenly over the houses that add it. */
function bound(
  tree: Tree,
  lift: ReturnType<typeof lifting>,
  homes: Standing[],
  adding: Standing[],
  back: Bound,
): Bound {
  let first = back;
  for (const home of homes) {
    const bus = tree.at.get(home.id) ?? 0;
    wires.forEach((wire, index) => {
      if (onWire(home, wire) === 0) return;
      const volts = Number(tree.buses[bus]?.volts_at_highest[index] ?? highest_v);
      const slope = adding.reduce((sum, other) => sum + lift(other, bus, wire), 0) / adding.length;
      const kw = slope > 1e-6 ? Math.max(0, (highest_v - volts) / slope) : Infinity;
      if (kw < first.kw)
        first = { kw, binding: voltageUse(true, home.id, wire, Math.max(volts, highest_v + 0.05)) };
    });
  }
  return first;
}

export function sampleHosting(
  tree: Tree,
  homes: Standing[],
  houses: NetworkHouse[],
  transformers: NetworkTransformer[],
  graded: Transformer[],
): Network['hosting'] {
  const lift = lifting(tree);
  const areas = transformers.map((transformer, index): HostingArea => {
    const own = homes.filter((home) => home.transformer === transformer.id);
    const limit = 0.8 * transformer.rating_kva;
    const back = {
      kw: Math.max(0, limit - transformer.reverse_loading * transformer.rating_kva),
      binding: reverseUse(transformer.id, 1.004 * limit, transformer.rating_kva),
    };
    for (const home of own) {
      const house = houses.find(({ id }) => id === home.id);
      if (!house) continue;
      const found = bound(tree, lift, own, [home], back);
      const room = house.room_kw === null ? Infinity : Math.max(0, house.room_kw - house.pv_kw);
      house.more_kw = Math.min(found.kw, room);
      house.more_is_bounded = found.kw <= room;
      house.binding = found.kw <= room ? found.binding : null;
    }
    const even = bound(tree, lift, own, own, back);
    const part = (at: number) => Math.max(0, Math.round((even.kw * at) / 4) * 4);
    const [p05, p50, p95] = [part(0.35), part(0.62), part(0.95)];
    return {
      transformer: index,
      more_kw: even.kw,
      is_bounded: true,
      binding: even.binding,
      dlt2041_kw: graded[index]?.standard_2025.c1_kw ?? 0,
      random: {
        draws: 200,
        adopter_kw: 8,
        p05_kw: p05,
        p25_kw: part(0.5),
        p50_kw: p50,
        p75_kw: part(0.76),
        p95_kw: p95,
        share_that_keeps: Array.from({ length: 21 }, (_unused, at): [number, number] => {
          const kw = (even.kw * 1.2 * at) / 20;
          const steep = (p95 - p05) / 5.9 || 1;
          return [kw, 1 / (1 + Math.exp((kw - p50) / steep))];
        }),
        binding: { voltage_high: 0.83, line: 0.05, transformer_reverse: 0.12 },
      },
    };
  });
  return { spreading: 'evenly', areas };
}

type Told = Partial<Omit<Remedy, 'detail'>> & { key: string; en: string; zh: string; detail: [string, string] };

const told: Told[] = [
  {
    key: 'phases',
    en: 'Move houses to other phases',
    zh: '调整住户相别',
    detail: ['12 houses change their phase.', '12 户换相。'],
    more_kw: 28.4,
    cost_yuan: 2400,
    proof: {
      en: 'No order of the phases gets below a used share of 0.81; this one uses 0.83.',
      zh: '任何相别组合的限值占用率都不低于 0.81；本方案为 0.83。',
    },
  },
  {
    key: 'volt_var',
    en: 'Volt-var control of the inverters',
    zh: '逆变器电压—无功控制（Q(U)）',
    detail: ['All inverters, 44 % of their rating.', '全部逆变器，无功能力取额定功率的 44%。'],
    more_kw: 21,
    cost_yuan: 3600,
    lost_kwh: 310,
  },
  {
    key: 'tap',
    en: 'Tap of the transformer down by 2.5 %',
    zh: '变压器分接头下调 2.5%',
    detail: ['From +2.5 % to 0 %.', '由 +2.5% 调至 0%。'],
    more_kw: 18.2,
    cost_yuan: null,
    missing: 'network.costs.tap_yuan',
  },
  {
    key: 'export_cap',
    en: 'Small export cap, shared fairly',
    zh: '小幅限制上网功率，公平分摊',
    detail: ['Nobody feeds in more than 78 % of the rating.', '各户上网功率不超过额定的 78%。'],
    more_kw: 33,
    cost_yuan: 0,
    lost_kwh: 2140,
  },
  {
    key: 'conductor',
    en: 'Stronger conductor on one segment',
    zh: '更换一段导线',
    detail: ['L-T1-1-01 as JKLYJ-150, 144 m.', 'L-T1-1-01 更换为 JKLYJ-150，长 144 m。'],
    more_kw: 24.5,
    cost_yuan: 10800,
    lines: ['L-T1-1-01'],
  },
  {
    key: 'transformer',
    en: 'Larger transformer',
    zh: '变压器增容',
    detail: ['630 kVA in place of 400 kVA.', '400 kVA 更换为 630 kVA。'],
    more_kw: 3.1,
    cost_yuan: null,
    missing: 'network.costs.transformer_yuan',
  },
];

const price = ({ yuan_per_kw: yuan }: Remedy) => yuan ?? Infinity;

export function sampleRemedies(
  hosting: Network['hosting'],
  homes: Standing[],
  tree: Tree,
): Remedy[] {
  return (hosting?.areas ?? []).flatMap((area) => {
    const own = homes.filter(
      ({ id }) => tree.buses[tree.at.get(id) ?? 0]?.transformer === area.transformer,
    );
    const remedies = told.map(({ en, zh, detail, ...rest }, index): Remedy => {
      const more = rest.more_kw ?? 0;
      const cost = rest.cost_yuan ?? null;
      return {
        lost_kwh: null,
        missing: null,
        proof: null,
        ...rest,
        area: area.transformer,
        name: { en, zh },
        detail: { en: detail[0], zh: detail[1] },
        more_kw: more,
        capacity_kw: area.more_kw + more,
        cost_yuan: cost,
        yuan_per_kw: cost === null ? null : cost / more,
        binding: index % 3 === 2 ? null : area.binding,
        moves: (rest.key === 'phases' ? own.slice(0, 12) : []).map(({ id, phase }, at) => ({
          house: id,
          from: phase === 'ABC' ? 'A' : phase,
          to: ['A', 'B', 'C'][(at + 1) % 3] ?? 'C',
        })),
      };
    });
    return remedies.sort((a, b) => price(a) - price(b) || b.more_kw - a.more_kw);
  });
}
