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

/** Below it, what a sum lacks is rounding. */
const noVolts = 0.05;

export function whyBars(why: Why, limit_v: number): { bars: WhyBar[]; limit: number } {
  const own = why.causes.find(({ house }) => house === why.house);
  const others = why.causes.filter((cause) => cause !== own);
  const steps: { key: string; volts: number; fed_kw: number | null }[] = [
    ...(own ? [{ key: 'own', volts: own.volts, fed_kw: own.fed_kw }] : []),
    ...others.map(({ house, volts, fed_kw }) => ({ key: house, volts, fed_kw })),
    { key: 'others', volts: why.others_volts, fed_kw: null },
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
  const all = [why.unloaded_v, why.volts, limit_v, ...changes.map(({ to }) => to)];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const spare = 0.08 * Math.max(1, most - least);
  const place = (volts: number) => (volts - least + spare) / (most - least + 2 * spare);
  const sum = (key: string, volts: number): WhyBar => ({
    key,
    house: '',
    from: 0,
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
    limit: place(limit_v),
  };
}
