// How much of a limit the sample village's wires use, told as the program tells it.
import type { LimitUse, Wire } from '../results';
import { highest_v, lowest_v, nominal_v } from './network_flow';

export const noon = '2026-05-03T12:15';
export const evening = '2026-01-21T19:00';

export const limits = { nominal_v, highest_v, lowest_v, unbalance: 0.02, reverse_rate: 0.8 };

export function voltageUse(high: boolean, id: string, wire: Wire, volts: number): LimitUse {
  const limit = high ? highest_v : lowest_v;
  const [value, allowed] = [volts.toFixed(1), limit.toFixed(1)];
  return {
    kind: high ? 'voltage_high' : 'voltage_low',
    element: id,
    wire,
    at: high ? noon : evening,
    value: volts,
    limit,
    used: (volts - nominal_v) / (limit - nominal_v),
    text: {
      en: `voltage at ${id}, phase ${wire}: ${value} V, ${allowed} V allowed`,
      zh: `${id} ${wire} 相电压 ${value} V，允许 ${allowed} V`,
    },
  };
}

export function reverseUse(id: string, kva: number, rating_kva: number): LimitUse {
  const limit = limits.reverse_rate * rating_kva;
  return {
    kind: 'transformer_reverse',
    element: id,
    wire: null,
    at: noon,
    value: kva,
    limit,
    used: kva / limit,
    text: {
      en: `reverse flow of transformer ${id}: ${kva.toFixed(0)} kVA, ${limit.toFixed(0)} kVA allowed`,
      zh: `变压器 ${id} 反向功率 ${kva.toFixed(0)} kVA，允许 ${limit.toFixed(0)} kVA`,
    },
  };
}
