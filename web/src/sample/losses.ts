// The loss waterfall of the sample village: shares that are plausible, ends that are its energies.
import type { Loss, Stage } from '../results';

/** Change at each stage as a share of what came into it; the inverter closes the gap to AC. */
const toDirectCurrent: [Stage, number][] = [
  ['transposition', 0.128],
  ['horizon', -0.004],
  ['near_shading', -0.012],
  ['incidence', -0.027],
  ['soiling', -0.03],
  ['snow', -0.004],
  ['temperature', -0.041],
  ['nameplate', -0.01],
  ['light_induced', -0.015],
  ['mismatch', -0.011],
  ['wiring', -0.012],
  ['connections', -0.005],
];
const toAlternatingCurrent: [Stage, number][] = [
  ['inverter', -0.034],
  ['clipped', -0.003],
  ['availability', -0.01],
];

const through = (stages: [Stage, number][]) =>
  stages.reduce((all, [, share]) => all * (1 + share), 1);

function walk(stages: [Stage, number][], from: number): Loss[] {
  let now = from;
  return stages.map(([stage, share]) => {
    const kwh = now * share;
    now += kwh;
    return { stage, kind: 'change', kwh };
  });
}

export function sampleLosses(pv_kwh: number, curtailed_kwh: number, sold_kwh: number): Loss[] {
  const direct = pv_kwh / through(toAlternatingCurrent);
  const horizontal = direct / through(toDirectCurrent);
  return [
    { stage: 'horizontal', kind: 'total', kwh: horizontal },
    ...walk(toDirectCurrent, horizontal),
    { stage: 'dc', kind: 'total', kwh: direct },
    ...walk(toAlternatingCurrent, direct),
    { stage: 'ac', kind: 'total', kwh: pv_kwh },
    { stage: 'curtailed', kind: 'change', kwh: -curtailed_kwh },
    { stage: 'self_used', kind: 'part', kwh: pv_kwh - curtailed_kwh - sold_kwh },
    { stage: 'sold', kind: 'part', kwh: sold_kwh },
  ];
}
