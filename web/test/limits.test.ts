// What is said of a transformer whose households are run together, also at the edges.
import { expect, test } from 'vitest';
import { limitsChart } from '../src/charts/limits_chart';
import { colours } from '../src/charts/colours';
import { en } from '../src/format/en';
import type { Tongue } from '../src/format/leads';
import { fairnessLead, limitsLead, pricePicture } from '../src/format/limits_leads';
import { createFormat } from '../src/format/numbers';
import { zh } from '../src/format/zh';
import type { Coordination } from '../src/results_limits';
import { sampleResults } from '../src/sample/village';

const english: Tongue = { words: en, format: createFormat('en'), name: (name) => name.en };
const chinese: Tongue = { words: zh, format: createFormat('zh'), name: (name) => name.zh };
const transformer = sampleResults().transformers.find((each) => each.coordination);
const sample = transformer?.coordination as Coordination;

function change(alter: (coordination: Coordination) => void): Coordination {
  const coordination = structuredClone(sample);
  alter(coordination);
  return coordination;
}

test('the sample has a transformer that keeps its limits', () => {
  expect(sample.outcome).toBe('coordinated');
  expect(sample.alone.export_hours).toBeGreaterThan(0);
  expect(sample.together.export_hours).toBe(0);
});

test('the lead tells what was beyond the limits, what keeps them, and who gives up most', () => {
  const told = change((one) => {
    Object.assign(one.alone, { export_hours: 1232, export_kwh: 7356 });
    one.households = [
      { id: 'A', curtailed_kwh: 5000, curtailed_share: 0.2, alone_yuan: 1, cost_yuan: 1801, lost_yuan: 1800 },
      { id: 'B', curtailed_kwh: 2356, curtailed_share: 0.1, alone_yuan: 1, cost_yuan: 848, lost_yuan: 847 },
    ];
  });
  expect(limitsLead(told, english)).toBe(
    'Each running for itself, the households would be beyond the limits for 1,232 hours a year, by 7,360 kWh. ' +
      'Run together under the rule “pro rata”, they keep them: 7,360 kWh of PV are curtailed for it and all households together pay ¥2,647 a year more. ' +
      'A gives up most: ¥1,800 a year, with 5,000 kWh curtailed.',
  );
  expect(limitsLead(told, chinese)).toContain('A 承担的损失最大');
});

test('limits that hold of themselves, and limits that cannot be kept', () => {
  const within = change((one) => Object.assign(one, { outcome: 'within_limits', households: [] }));
  expect(limitsLead(within, english)).toContain('Nothing had to be shared.');
  const failed = change((one) =>
    Object.assign(one, { outcome: 'not_possible', keeps_import_limit: false, households: [] }),
  );
  expect(limitsLead(failed, english)).toContain('cannot be kept by any schedule');
  expect(limitsLead(failed, english)).toContain('the notes at the end say why');
});

test('the price of fairness of each rule, or that there is none', () => {
  expect(fairnessLead(sample, english)).toBe(
    'The price of fairness, what all households together pay a year beyond the least cost: equal power ¥40, equal share ¥80, pro rata ¥120.',
  );
  const same = change((one) => one.rules.forEach((rule) => (rule.more_than_least_yuan = 0)));
  expect(fairnessLead(same, english)).toBe(en.limits.rulesSame);
});

test('prices of export lie below zero in the picture, and no price makes no picture', () => {
  const picture = pricePicture(sample);
  expect(picture?.kw).toHaveLength(365);
  expect(Math.min(...(picture?.kw.flat() ?? []))).toBeLessThan(0);
  const never = change((one) => {
    if (one.capacity_price) one.capacity_price.export.yuan_per_kw = null;
  });
  expect(pricePicture(never)).toBeNull();
});

test('a limit far from the flow does not press the curves flat', () => {
  if (!transformer) throw new Error('the sample has none');
  const far = change((one) => (one.import_limit_kw = 5000));
  const pen = { words: en, format: createFormat('en'), colours: colours.light, narrow: false };
  const option = limitsChart(transformer, far)(pen) as { yAxis: { max: number } };
  expect(option.yAxis.max).toBeLessThan(1000);
});
