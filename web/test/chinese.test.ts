import { describe, expect, it } from 'vitest';
import { printed } from '../src/format/chinese';

describe('Chinese sentences of the program', () => {
  it('get the marks that Chinese is printed with', () => {
    expect(printed('少发 442.08 千瓦时,未细分原因(气象与停电情况未知),0.00 元。')).toBe(
      '少发 442.08 千瓦时，未细分原因（气象与停电情况未知），0.00 元。',
    );
    expect(printed('  规则: 月初与月末示数之差;\n  电量: 1,359.45 kWh, 实测')).toBe(
      '  规则：月初与月末示数之差；\n  电量：1,359.45 kWh，实测',
    );
  });

  it('leave figures, times and English as they are', () => {
    const chain = '2026-10-01 00:00 → 2026-11-01 00:00: (25,688.27 − 24,328.82) × 1 = 1,359.45 kWh';
    expect(printed(chain)).toBe(chain);
    const english = 'households.csv:2: name: unknown key "nam", did you mean (name)?';
    expect(printed(english)).toBe(english);
  });

  it('stay the same when printed again', () => {
    const once = printed('方法: (自用+上网)发电量, 未计入制造排放');
    expect(printed(once)).toBe(once);
  });
});
