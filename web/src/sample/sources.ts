// Factors, assumptions and versions of the sample village. The figures are illustrative.
import type { Assumption, Factor, Version } from '../results';

const factors: [string, string, string, number, number, Factor['kind'], Factor['confidence']][] = [
  ['press.coal_heat', 'Coal by heat value', '标准煤热值折算', 0.3195, 2023, 'press', 'med'],
  ['cn.national.2023', 'National average 2023', '全国平均 2023', 0.5306, 2023, 'average', 'high'],
  ['cn.beijing.2022', 'Beijing average 2022', '北京平均 2022', 0.558, 2022, 'average', 'high'],
  ['beijing.local', 'Beijing local accounting', '北京市核算规定', 0.604, 2020, 'reporting', 'med'],
  ['cn.north.2023', 'North China average 2023', '华北平均 2023', 0.6361, 2023, 'average', 'high'],
  ['cn.north.2021', 'North China average 2021', '华北平均 2021', 0.712, 2021, 'average', 'high'],
  ['cm.north.pv', 'Combined margin 75/25', '组合边际 75/25', 0.8269, 2019, 'marginal', 'med'],
  ['press.station', 'Power-station coal', '燃煤电厂口径', 0.997, 2010, 'press', 'low'],
];

export const chosenFactor = 0.558;

export function sampleFactors(kwh: number): Factor[] {
  return factors.map(([id, en, zh, kg, year, kind, confidence]) => ({
    id,
    name: { en, zh },
    kg_per_kwh: kg,
    year,
    kind,
    region: /beijing/.test(id) ? 'beijing' : /north/.test(id) ? 'north' : 'china',
    avoided_t: (kwh * kg) / 1000,
    document: `公告 ${year}`,
    source: 'mee.gov.cn',
    confidence,
    chosen: id === 'cn.beijing.2022',
  }));
}

const given: [string, number, string, string, string, Assumption['confidence'], boolean][] = [
  ['pv.soiling', 0.02, '-', 'Light lost to dirt on the modules', '组件积灰损失', 'med', false],
  ['pv.price', 2.9, 'yuan/W', 'Price of a plant ready for use', '电站交钥匙单价', 'med', true],
  ['pv.degradation', 0.005, '1/a', 'Loss of output a year', '每年衰减', 'high', false],
  ['pv.operation', 40, 'yuan/kWp/a', 'Operation and upkeep', '运行维护', 'med', false],
  [
    'pv.inverter_price',
    180,
    'yuan/kWp',
    'New inverter in year 13',
    '第 13 年更换逆变器',
    'low',
    false,
  ],
  ['battery.price', 1100, 'yuan/kWh', 'Price of a household battery', '户用电池单价', 'low', true],
  ['battery.efficiency', 0.9, '-', 'Round-trip efficiency', '充放电往返效率', 'high', false],
  ['battery.cycles', 6000, '-', 'Full cycles in its life', '寿命内满充放次数', 'med', false],
  ['finance.discount_rate', 0.05, '1/a', 'Discount rate', '折现率', 'med', false],
  ['finance.life', 25, 'a', 'Life of the plant', '电站寿命', 'high', false],
  ['heat_pump.cop', 2.6, '-', 'Seasonal performance', '采暖季性能系数', 'med', false],
  ['demand.growth', 0, '1/a', 'Growth of use a year', '用电量年增长', 'low', false],
  ['grid.tau_max', 0.85, '-', 'Largest simultaneous output', '最大同时出力率', 'med', false],
  ['grid.beta', 0.8, '-', 'Allowed reverse load rate', '允许反向负载率', 'high', false],
  ['grid.power_factor', 0.95, '-', 'Power factor', '功率因数', 'high', false],
  ['soiling.loss', 0.03, '-', 'Loss by dust', '积尘损失', 'low', true],
];

export const sampleAssumptions: Assumption[] = given.map(
  ([key, value, unit, en, zh, confidence, own]) => ({
    key,
    value,
    unit,
    meaning: { en, zh },
    source: own ? 'village.toml' : 'share/assumptions.toml',
    confidence,
    from_village: own,
  }),
);

export const sampleVersions: Version[] = [
  {
    kind: 'tariff',
    id: 'beijing.residential.2026',
    name: { en: 'Beijing residential tiers', zh: '北京居民阶梯电价' },
    valid_from: '2026-01-01',
    valid_to: null,
    document: '京发改规〔2023〕11 号',
    source: 'fgw.beijing.gov.cn',
    confidence: 'med',
  },
  {
    kind: 'factor',
    id: 'cn.beijing.2022',
    name: { en: 'Beijing average 2022', zh: '北京平均 2022' },
    valid_from: '2022-01-01',
    valid_to: '2022-12-31',
    document: '公告 2022',
    source: 'mee.gov.cn',
    confidence: 'high',
  },
  {
    kind: 'climate',
    id: 'beijing.normal',
    name: { en: 'Beijing mean year', zh: '北京平均年' },
    valid_from: null,
    valid_to: null,
    document: '',
    source: 'share/climates/beijing.toml',
    confidence: 'high',
  },
];
