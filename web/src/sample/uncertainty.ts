// Thirty drawn years of the sample village, and what moves its net present value most.
import type { Measure, MeasureName, Swing, Uncertainty } from '../results';
import { cashFlow, payback, presentValue } from './money';
import { seeded, type Random } from './random';

export interface Plant {
  kwp: number;
  capex_yuan: number;
  benefit_yuan: number;
  pv_kwh: number;
  life_years: number;
}

const rate = 0.05;

/** About normal, from the sum of twelve even draws. */
function normal(random: Random, spread: number): number {
  const sum = Array.from({ length: 12 }, random).reduce((all, each) => all + each, 0);
  return 1 + (sum - 6) * spread;
}

function measure(name: MeasureName, base: number, values: (number | null)[]): Measure {
  const order = (value: number | null) => value ?? Infinity;
  const sorted = [...values].sort((a, b) => order(a) - order(b));
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? null;
  // What can be counted on in nine draws of ten is a low yield, but a long payback.
  const [good, sure] = name === 'payback_years' ? [0.1, 0.9] : [0.9, 0.1];
  return { measure: name, base, p10: at(good), p50: at(0.5), p90: at(sure), values: sorted };
}

function swings(plant: Plant): Swing[] {
  const npv = (change: Partial<Plant>, discount = rate, upkeep = 0) => {
    const { capex_yuan, benefit_yuan, kwp, life_years } = { ...plant, ...change };
    return presentValue(cashFlow(capex_yuan, benefit_yuan - upkeep, kwp, life_years), discount);
  };
  const scaled = (share: number) => ({ benefit_yuan: plant.benefit_yuan * share });
  const given: [Swing['factor'], number, number, string, number, number][] = [
    ['performance', 0.9, 1.05, '-', npv(scaled(0.9)), npv(scaled(1.05))],
    ['weather', 0.94, 1.06, '-', npv(scaled(0.94)), npv(scaled(1.06))],
    ['load', 0.8, 1.2, '-', npv(scaled(0.97)), npv(scaled(1.02))],
    ['buy_price', 0.9, 1.1, '-', npv(scaled(0.955)), npv(scaled(1.045))],
    ['sell_price', 0.8, 1.1, '-', npv(scaled(0.89)), npv(scaled(1.055))],
    [
      'capex',
      0.85,
      1.2,
      '-',
      npv({ capex_yuan: plant.capex_yuan * 0.85 }),
      npv({ capex_yuan: plant.capex_yuan * 1.2 }),
    ],
    ['operation', 0.5, 1.5, '-', npv({}, rate, -20 * plant.kwp), npv({}, rate, 20 * plant.kwp)],
    ['discount_rate', 0.03, 0.08, '-', npv({}, 0.03), npv({}, 0.08)],
    ['life_years', 20, 30, 'a', npv({ life_years: 20 }), npv({ life_years: 30 })],
  ];
  return given
    .map(([factor, low, high, unit, low_npv_yuan, high_npv_yuan]) => ({
      factor,
      low,
      high,
      unit,
      low_npv_yuan,
      high_npv_yuan,
    }))
    .sort(
      (a, b) =>
        Math.abs(b.high_npv_yuan - b.low_npv_yuan) - Math.abs(a.high_npv_yuan - a.low_npv_yuan),
    );
}

export function sampleUncertainty(plant: Plant, seed: number): Uncertainty {
  const random = seeded(seed + 1000);
  const years = Array.from({ length: 30 }, () => {
    // Real roofs mostly stay a little behind the model, as in a plan of the program's.
    const made = 0.93 * normal(random, 0.04);
    const benefit = plant.benefit_yuan * made * normal(random, 0.05);
    return { made, benefit, flow: cashFlow(plant.capex_yuan, benefit, plant.kwp, 25) };
  });
  const flow = cashFlow(plant.capex_yuan, plant.benefit_yuan, plant.kwp, 25);
  const yieldOf = plant.pv_kwh / plant.kwp;
  return {
    draws: years.length,
    weather: 'scaled',
    measures: [
      measure(
        'yield_kwh_per_kwp',
        yieldOf,
        years.map(({ made }) => yieldOf * made),
      ),
      measure(
        'generation_kwh',
        plant.pv_kwh,
        years.map(({ made }) => plant.pv_kwh * made),
      ),
      measure(
        'benefit_yuan',
        plant.benefit_yuan,
        years.map(({ benefit }) => benefit),
      ),
      measure(
        'npv_yuan',
        presentValue(flow, rate),
        years.map((year) => presentValue(year.flow, rate)),
      ),
      measure(
        'payback_years',
        payback(flow, 0) ?? 0,
        years.map((year) => payback(year.flow, 0)),
      ),
    ],
    base_npv_yuan: presentValue(flow, rate),
    tornado: swings(plant),
  };
}
