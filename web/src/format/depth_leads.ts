// The sentences at the head of the sections about losses, hours, parties, scenarios, sureness.
import { dateOf, extremes } from '../charts/heat_map';
import { lossSteps } from '../charts/loss_chart';
import type { Results } from '../results';
import { clock, join, type Tongue } from './leads';

export function lossesLead({ losses }: Results, { words, format }: Tongue): string {
  const steps = lossSteps(losses);
  const changes = steps.filter(({ kind, stage }) => kind === 'change' && stage !== 'curtailed');
  const worst = changes.reduce<(typeof changes)[number] | null>(
    (all, step) => (step.kwh < (all?.kwh ?? 0) ? step : all),
    null,
  );
  const alternating = losses.find(({ stage }) => stage === 'ac')?.kwh ?? 0;
  // What reaches the tilted modules: the light on the ground and what the tilt adds or takes.
  const light = losses
    .filter(({ stage }) => stage === 'horizontal' || stage === 'transposition')
    .reduce((all, { kwh }) => all + kwh, 0);
  if (!worst || light <= 0) return '';
  return words.losses.lead(
    format.percent(alternating / light),
    words.losses.stages[worst.stage],
    format.percent(worst.share, 1),
  );
}

export function heatLead({ net_power: net }: Results, { words, format }: Tongue): string {
  const { most, least } = extremes(net);
  const when = ({ day, hour }: { day: number; hour: number }) =>
    words.heat.at(format.dayOfYear(dateOf(net, day)), clock(hour, 24));
  const drawn = format.power(Math.max(0, most.kw));
  if (least.kw >= 0) return words.heat.never(drawn, when(most));
  const reverse = net.kw.reduce((all, hours) => all + hours.filter((kw) => kw < 0).length, 0);
  return join(
    words,
    words.heat.lead(format.power(-least.kw), when(least), drawn, when(most)),
    words.heat.reverse(format.number(reverse)),
  );
}

export function gainsLead({ parties }: Results, { words, format }: Tongue): string {
  const planned = parties.find(({ form }) => form === 'as_planned') ?? parties[0];
  const sorted = [...(planned?.parties ?? [])].sort((a, b) => b.npv_yuan - a.npv_yuan);
  const [best, worst] = [sorted.at(0), sorted.at(-1)];
  if (!best || !worst) return '';
  const text = words.gains;
  return join(
    words,
    best.npv_yuan > 0 && text.lead(words.partyNames[best.party], format.roughYuan(best.npv_yuan)),
    worst.npv_yuan < -0.5
      ? text.bears(words.partyNames[worst.party], format.roughYuan(-worst.npv_yuan))
      : text.nobodyBears,
  );
}

export function scenariosLead({ scenarios }: Results, { words, format, name }: Tongue): string {
  const best = [...scenarios].sort((a, b) => b.npv_yuan - a.npv_yuan)[0];
  return best ? words.scenarios.lead(name(best.name), format.roughYuan(best.npv_yuan)) : '';
}

export function uncertaintyLead({ uncertainty }: Results, { words, format }: Tongue): string {
  if (!uncertainty) return '';
  const text = words.uncertainty;
  const draws = format.number(uncertainty.draws);
  const income = uncertainty.measures.find(({ measure }) => measure === 'benefit_yuan')?.p90;
  return join(
    words,
    typeof income === 'number' ? text.lead(draws, format.roughYuan(income)) : text.leadPlain(draws),
    text.weather[uncertainty.weather],
  );
}
