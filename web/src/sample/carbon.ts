// The sample village's carbon: each kWh of generation in one state, its life, its coal stoves.
import type { Carbon } from '../results';
import type { Lived } from './homes';
import { sampleFactors } from './sources';

const decline = 0.02;
const ageing = 0.005;

export function sampleCarbon(lived: Lived[]): Carbon {
  const add = (of: (home: Lived) => number) => lived.reduce((all, home) => all + of(home), 0);
  const pv = add(({ household }) => household.pv_kwh);
  const used = add(({ household }) => household.self_used_kwh);
  const sold = add(({ household }) => household.export_kwh);
  const claimed = add((home) => home.claimed_kwh);
  const factors = sampleFactors(claimed);
  const factor = factors.find((each) => each.chosen);
  if (!factor) throw new Error('the sample has no factor');
  const tonnes = (kwh: number) => (kwh * factor.kg_per_kwh) / 1000;
  const years = Array.from({ length: 25 }, (_unused, index) => {
    const kg = factor.kg_per_kwh * (1 - decline) ** index;
    return {
      year: index + 1,
      kg_per_kwh: kg,
      avoided_t: (claimed * (1 - ageing) ** index * kg) / 1000,
    };
  });
  const heated = lived.filter(({ household }) => household.heat_pump_kwh > 0);
  const electricity = heated.reduce((all, { household }) => all + household.heat_pump_kwh, 0);
  const heat = electricity * 2.6;
  const coal = (heat * 0.0036) / 23.2 / 0.5;
  return {
    method: {
      en: 'Generation that was used, times the average factor of the grid; location-based.',
      zh: '被利用的发电量乘以电网平均排放因子（基于位置）。',
    },
    avoided_t: factor.avoided_t,
    factor,
    by_factor: factors,
    states: [
      { state: 'self_used', kwh: used, avoided_t: tonnes(used) },
      { state: 'exported_claimed', kwh: claimed - used, avoided_t: tonnes(claimed - used) },
      { state: 'certificate_sold', kwh: sold - (claimed - used), avoided_t: 0 },
      { state: 'uncounted', kwh: pv - used - sold, avoided_t: 0 },
    ],
    life: {
      decline_per_year: decline,
      total_t: years.reduce((all, year) => all + year.avoided_t, 0),
      years,
    },
    heating: {
      homes: heated.length,
      heat_kwh: heat,
      coal_t: coal,
      coal_co2_t: coal * 2.065,
      electricity_co2_t: tonnes(electricity),
      avoided_t: coal * 2.065 - tonnes(electricity),
      method: {
        en: 'Coal of 23.2 GJ/t in stoves of 50 % efficiency, 2.065 t CO₂ a tonne, less the electricity of the heat pumps.',
        zh: '煤热值 23.2 GJ/t、炉具效率 50%、每吨煤 2.065 吨 CO₂，再减去热泵用电的排放。',
      },
    },
  };
}
