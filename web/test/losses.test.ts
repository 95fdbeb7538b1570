// The walk down the loss waterfall.
import { expect, test } from 'vitest';
import { lossSteps } from '../src/charts/loss_chart';
import { lossesLead } from '../src/format/depth_leads';
import { en } from '../src/format/en';
import { createFormat } from '../src/format/numbers';
import type { Loss } from '../src/results';
import { sampleResults } from '../src/sample/village';

const sample = sampleResults();

test('a change is held against what came into it, a part against what the inverters give', () => {
  const losses: Loss[] = [
    { stage: 'horizontal', kind: 'total', kwh: 1000 },
    { stage: 'transposition', kind: 'change', kwh: 100 },
    { stage: 'soiling', kind: 'change', kwh: -55 },
    { stage: 'ac', kind: 'total', kwh: 1045 },
    { stage: 'curtailed', kind: 'change', kwh: -45 },
    { stage: 'self_used', kind: 'part', kwh: 400 },
    { stage: 'sold', kind: 'part', kwh: 600 },
  ];
  expect(lossSteps(losses).map(({ after, share }) => [after, share])).toEqual([
    [1000, null],
    [1100, 0.1],
    [1045, -0.05],
    [1045, null],
    [1000, -45 / 1045],
    [400, 400 / 1045],
    [600, 600 / 1045],
  ]);
});

test('a roof without light has no shares and no sentence', () => {
  const dark: Loss[] = sample.losses.map((loss) => ({ ...loss, kwh: 0 }));
  expect(lossSteps(dark).every(({ share }) => share === null)).toBe(true);
  const tongue = { words: en, format: createFormat('en'), name: (name: { en: string }) => name.en };
  expect(lossesLead({ ...sample, losses: dark }, tongue)).toBe('');
});

test('the sentence names the largest loss and the ratio of what is left', () => {
  const tongue = { words: en, format: createFormat('en'), name: (name: { en: string }) => name.en };
  expect(lossesLead(sample, tongue)).toMatch(/turns 80 % .* “Warmth of the modules”: −4\.1 %\./);
});
