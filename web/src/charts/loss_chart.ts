// The loss waterfall: levels as full bars, changes hanging between them, at last where it goes.
// On a phone the bars lie, so that the names of the stages have room.
import type { Loss, Stage } from '../results';
import { energyScale, frame, type Draw } from './pen';

export interface Step extends Loss {
  /** What is there after this stage; for a part, itself. */
  after: number;
  /** A change against the stage before, a part against the last level (what the inverters give, as
   *  at the head of the report); null for levels, and where nothing came in. */
  share: number | null;
}

/** Walks down the stages, holding each change against what came into it. */
export function lossSteps(losses: Loss[]): Step[] {
  let [now, level] = [0, 0];
  return losses.map((loss) => {
    const before = now;
    if (loss.kind === 'total') now = level = loss.kwh;
    if (loss.kind === 'change') now += loss.kwh;
    const whole = loss.kind === 'part' ? level : before;
    return {
      ...loss,
      after: loss.kind === 'part' ? loss.kwh : now,
      share: loss.kind === 'total' || whole === 0 ? null : loss.kwh / whole,
    };
  });
}

/** Where a bar stands: its foot, and its height above it. */
function bar({ kind, kwh, after }: Step, partFoot: number): { foot: number; height: number } {
  if (kind === 'total') return { foot: 0, height: after };
  if (kind === 'part') return { foot: partFoot, height: kwh };
  return { foot: Math.min(after, after - kwh), height: Math.abs(kwh) };
}

export function lossChart(losses: Loss[]): Draw {
  return (pen) => {
    const { words, format, colours, narrow } = pen;
    const { base, grid, text, valueAxis, categoryAxis } = frame(pen);
    const steps = lossSteps(losses).filter(({ kind, kwh }) => kind !== 'change' || kwh !== 0);
    const most = Math.max(...steps.map(({ after, kwh }) => Math.max(after, after - kwh)));
    const { unit, divide } = energyScale(most, pen);
    let partFoot = 0;
    const bars = steps.map((step) => {
      const stands = bar(step, partFoot);
      if (step.kind === 'part') partFoot += step.kwh;
      return stands;
    });
    const colour = ({ kind, kwh, stage }: Step) =>
      kind === 'total'
        ? colours.pv
        : stage === 'self_used'
          ? colours.selfUse
          : stage === 'sold'
            ? colours.export
            : kwh >= 0
              ? colours.olive
              : colours.curtailed;
    const label = ({ kind, kwh, share }: Step) => {
      if (kind === 'total' || share === null) return format.short(kwh / divide);
      const percent = format.percent(share, 1);
      if (kind === 'part') return words.losses.ofLevel(percent, narrow ? ' ' : '\n');
      return `${kwh > 0 ? '+' : ''}${percent}`;
    };
    const name = (stage: Stage) => words.losses.stages[stage];
    const categories = {
      ...categoryAxis(steps.map(({ stage }) => name(stage))),
      inverse: narrow,
    };
    const values = valueAxis(unit, (value) => format.number(value));
    return {
      ...base,
      tooltip: {
        ...base.tooltip,
        formatter: (points: { dataIndex: number }[]) => {
          const step = steps[points[0]?.dataIndex ?? 0];
          return step ? words.labelled(name(step.stage), format.kwh(step.kwh)) : '';
        },
      },
      grid: { ...grid, bottom: 6, right: narrow ? 46 : 12, top: narrow ? 22 : 34 },
      xAxis: narrow
        ? {
            ...valueAxis('', (value) => (value === 0 ? unit : format.number(value))),
            position: 'top',
            splitNumber: 3,
          }
        : {
            ...categories,
            axisLabel: { ...categories.axisLabel, interval: 0, rotate: 40, hideOverlap: false },
          },
      yAxis: narrow
        ? { ...categories, axisLabel: { ...categories.axisLabel, interval: 0, fontSize: 12 } }
        : values,
      series: [
        {
          type: 'bar',
          stack: 'level',
          silent: true,
          itemStyle: { color: 'transparent' },
          data: bars.map(({ foot }) => foot / divide),
        },
        {
          type: 'bar',
          stack: 'level',
          barWidth: '70%',
          label: {
            ...text,
            show: true,
            fontSize: narrow ? 12 : 11,
            position: narrow ? 'right' : 'top',
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const step = steps[dataIndex];
              return step ? label(step) : '';
            },
          },
          data: bars.map(({ height }, index) => ({
            value: height / divide,
            itemStyle: { color: colour(steps[index] as Step) },
          })),
        },
      ],
    };
  };
}
