// The voltage of the worst house as bars from one sum to the next, on a scale that holds them all.
import type { Why } from '../results';

export interface WhyBar {
  /** A house's id, or unloaded, own, others, bent, stands. */
  key: string;
  house: string;
  /** Where it begins and ends, 0 to 1 of the scale. */
  from: number;
  to: number;
  volts: number;
  fed_kw: number | null;
  /** A voltage and not a change of it. */
  isSum: boolean;
}

/** So many neighbours have a bar of their own. */
const mostNeighbours = 6;
/** Below it, what a sum lacks is rounding. */
const noVolts = 0.05;

export function whyBars(why: Why, limit_v: number): { bars: WhyBar[]; limit: number | null } {
  const own = why.causes.find(({ house }) => house === why.house);
  const neighbours = why.causes.filter((cause) => cause !== own);
  const others = neighbours
    .filter(({ volts }) => Math.abs(volts) >= noVolts)
    .slice(0, mostNeighbours);
  const rest = neighbours
    .filter((cause) => !others.includes(cause))
    .reduce((sum, { volts }) => sum + volts, 0);
  const steps: { key: string; volts: number; fed_kw: number | null }[] = [
    ...(own ? [{ key: 'own', volts: own.volts, fed_kw: own.fed_kw }] : []),
    ...others.map(({ house, volts, fed_kw }) => ({ key: house, volts, fed_kw })),
    { key: 'others', volts: why.others_volts + rest, fed_kw: null },
  ];
  const told = steps.reduce((sum, step) => sum + step.volts, why.unloaded_v);
  steps.push({ key: 'bent', volts: why.volts - told, fed_kw: null });
  const shown = steps.filter(
    ({ key, volts }) => (key !== 'others' && key !== 'bent') || Math.abs(volts) >= noVolts,
  );
  let at = why.unloaded_v;
  const changes = shown.map((step) => {
    const from = at;
    at += step.volts;
    return { ...step, from, to: at };
  });
  const sums = [why.unloaded_v, why.volts, ...changes.map(({ to }) => to)];
  const reach = 1.5 * Math.max(1, Math.max(...sums) - Math.min(...sums));
  // A limit far away would press the bars to nothing, and is left out.
  const isNear = limit_v > Math.min(...sums) - reach && limit_v < Math.max(...sums) + reach;
  const all = isNear ? [...sums, limit_v] : sums;
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const spare = 0.08 * Math.max(1, most - least);
  const place = (volts: number) => (volts - least + spare) / (most - least + 2 * spare);
  const sum = (key: string, volts: number): WhyBar => ({
    key,
    house: '',
    from: place(volts),
    to: place(volts),
    volts,
    fed_kw: null,
    isSum: true,
  });
  return {
    bars: [
      sum('unloaded', why.unloaded_v),
      ...changes.map(({ key, volts, fed_kw, from, to }) => ({
        key,
        house: key,
        from: place(from),
        to: place(to),
        volts,
        fed_kw,
        isSum: false,
      })),
      sum('stands', why.volts),
    ],
    limit: isNear ? place(limit_v) : null,
  };
}
