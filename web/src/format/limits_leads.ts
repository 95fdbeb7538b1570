// What is said of a transformer whose households are run together.
import type { NetPower } from '../results';
import type { Coordination } from '../results_limits';
import { join, type Tongue } from './leads';

/** Costs nearer than this are the same in a table of whole yuan. */
const sameYuan = 0.5;

export function limitsLead(coordination: Coordination, { words, format }: Tongue): string {
  const text = words.limits;
  const { alone, outcome, households } = coordination;
  if (outcome === 'within_limits') {
    return text.within(
      format.power(coordination.import_limit_kw),
      format.power(coordination.export_limit_kw),
    );
  }
  const over = text.over(
    format.number(alone.import_hours + alone.export_hours),
    format.energy(alone.import_kwh + alone.export_kwh),
  );
  const importNote = coordination.keeps_import_limit ? [] : [text.importKept];
  if (outcome === 'not_possible') return join(words, over, ...importNote, text.notPossible);
  const rule = text.rule[coordination.curtailment];
  const curtailed = households.reduce((all, home) => all + home.curtailed_kwh, 0);
  const lost = households.reduce((all, home) => all + home.lost_yuan, 0);
  const worst = [...households].sort((a, b) => b.lost_yuan - a.lost_yuan)[0];
  const kept =
    curtailed < sameYuan
      ? text.keptFree(rule)
      : text.kept(rule, format.energy(curtailed), format.yuan(lost));
  const most =
    worst && worst.lost_yuan > sameYuan
      ? [text.worst(worst.id, format.yuan(worst.lost_yuan), format.energy(worst.curtailed_kwh))]
      : [];
  return join(words, over, kept, ...most, ...importNote);
}

/** What the chosen rule costs beyond the least. */
export function fairnessLead(coordination: Coordination, { words, format }: Tongue): string {
  const text = words.limits;
  const more = coordination.rules.map((rule) => rule.more_than_least_yuan ?? 0);
  if (more.every((yuan) => Math.abs(yuan) < sameYuan)) return text.rulesSame;
  const parts = coordination.rules
    .filter((rule) => rule.curtailment !== 'least_cost')
    .map((rule) =>
      text.rulePart(text.rule[rule.curtailment], format.yuan(rule.more_than_least_yuan)),
    );
  return text.rulesDiffer(parts.join(words.listBetween));
}

/** Prices of both limits as one picture: import above zero, export below. */
export function pricePicture({ capacity_price: price }: Coordination): NetPower | null {
  const days = price?.import.yuan_per_kw ?? price?.export.yuan_per_kw;
  if (!price || !days) return null;
  const at = (rows: number[][] | null, day: number, hour: number) => rows?.[day]?.[hour] ?? 0;
  return {
    first_day: price.first_day,
    kw: days.map((hours, day) =>
      hours.map(
        (_yuan, hour) =>
          at(price.import.yuan_per_kw, day, hour) - at(price.export.yuan_per_kw, day, hour),
      ),
    ),
  };
}
