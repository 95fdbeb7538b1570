// 中文词句：台区限值协调。 The Chinese of en_limits.ts.
import type { enLimits } from './en_limits';

export const zhLimits: typeof enLimits = {
  limits: {
    heading: '台区限值协调',
    rule: {
      least_cost: '总费用最低',
      equal_power: '等功率',
      equal_share: '按额定等比例',
      pro_rata: '按发电量等比例',
    },
    ruleWhy: {
      least_cost: '由让出代价最低的住户让出。',
      equal_power: '各户可上网功率相同。',
      equal_share: '各户可上网功率占其额定功率的比例相同。',
      pro_rata: '各户可上网功率占其当时光伏出力的比例相同。',
    },
    within: (inward, outward) =>
      `各户单独运行时，全年各小时均未超过正向限值 ${inward} 和反向限值 ${outward}，无需分摊。`,
    over: (hours, kwh) => `各户单独运行时，全年将有 ${hours} 小时越限，越限电量 ${kwh}。`,
    kept: (rule, kwh, yuan) =>
      `按“${rule}”规则协调运行后不再越限：为此弃电 ${kwh}，全体住户每年多支出 ${yuan}。`,
    keptFree: (rule) => `按“${rule}”规则协调运行后不再越限，且无需弃电。`,
    importKept: '正向限值无论如何调度均无法满足，详见文末提示。',
    notPossible: '未做协调运行，原因见文末提示。',
    worst: (id, yuan, kwh) => `${id} 承担的损失最大：每年 ${yuan}，弃电 ${kwh}。`,
    importLimit: '正向限值',
    exportLimit: '反向限值',
    overAlone: '单独运行越限小时',
    kwhAlone: '单独运行越限电量',
    costAlone: '单独运行能源费用',
    costTogether: '协调后能源费用',
    gap: '最低费用证明精度',
    worth: '容量增加 1 kW 可节省',
    hours: (value) => `${value} 小时`,
    aYear: (yuan) => `每年 ${yuan}`,
    duration: '变压器潮流全年排序曲线：各户单独运行与协调运行',
    durationNote: '虚线为限值。单独运行将越限的时段，协调运行的曲线贴着限值。',
    alone: '单独运行',
    together: '协调运行',
    limitLine: '限值',
    price: '变压器容量每增加 1 kW 在各小时可节省的费用（容量影子价格）',
    priceNote:
      '图中数值是该小时变压器容量多 1 kW 时全体住户可节省的费用。它不向任何人收取，不是电价，也不反映更换变压器的造价。',
    priceHours: (hours, yuan) =>
      `限值在 ${hours} 小时内起作用。全年累计，容量增加 1 kW 可节省 ${yuan}（仅适用于小幅增容）。`,
    priceNever: '总费用最低的方案在任何小时都未触及限值：增加容量不节省费用。',
    ofImport: (yuan) => `正向 ${yuan}`,
    ofExport: (yuan) => `反向 ${yuan}`,
    nothing: '无',
    perKw: (yuan) => `每 kW ${yuan}`,
    rules: '各规则并列比较',
    rulesSame:
      '此处各规则的全体总费用相同：各户上网电价一致，且只有光伏出力可以让出；规则之间的差别只在于由谁承担。',
    rulesDiffer: (rule, yuan) => `公平代价：“${rule}”规则下全体总费用比最低值每年多 ${yuan}。`,
    ruleName: '规则',
    cost: '全体能源费用',
    more: '比最低多出',
    curtailed: '弃电',
    spread: '各户弃电比例：最低 / 中位 / 最高',
    loser: '损失最大住户',
    homes: '各户承担情况',
    home: '住户',
    share: '占其发电量',
    lost: '承担损失',
    chosen: '采用',
  },
};
