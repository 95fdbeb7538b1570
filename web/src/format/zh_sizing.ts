// 中文词句：容量优化一节。 The Chinese of en_sizing.ts.
import type { enSizing } from './en_sizing';

export const zhSizing: typeof enSizing = {
  sizing: {
    heading: '装多大最合算？',
    nav: '容量优化',
    none: '没有可以优化的住户，原因见下。',
    same: (households) => `${households} 户的规划容量已是最优，没有更省钱的配置。`,
    lead: (households, saved) =>
      `按可证明的最优容量配置，${households} 户合计每年比规划容量少花 ${saved}。`,
    leadMore: (households, more) =>
      `按最符合目标的容量配置，${households} 户合计每年比规划容量多花 ${more}。`,
    leadPv: (kwp, planned) => `光伏 ${kwp}（规划 ${planned}）。`,
    leadBattery: (count, kwh, planned) =>
      count === '0'
        ? `各户都不宜配电池（规划 ${planned}）。`
        : `其中 ${count} 户宜配电池，合计 ${kwh}（规划 ${planned}）。`,
    applied: '本规划已采用最优容量；“规划”一列为 households.csv 中的原值。',
    beside: '最优容量仅在此处对照列出，报告其余数字均按规划容量计算。',
    aims: {
      cheapest: '目标：总成本最低。',
      least_import: '目标：自给率最高，其中取成本最低者。',
      least_carbon: '目标：购电碳排放最低，其中取成本最低者。',
    },
    budget: (yuan) => `每户初期投资不超过 ${yuan}。`,
    counted: {
      npv: (years) =>
        `计入：${years} 年购电费减上网收入的现值（考虑组件衰减）、光伏与电池投资、运维费，以及逆变器与电池的更换。`,
      annual: () =>
        '计入：设备全新时一年的购电费减上网收入、光伏与电池投资按寿命折算的年值、运维费与逆变器更换。',
    },
    foresight:
      '规划容量与最优容量均按全年已知的最优调度比较；实际控制的收益较低，此处勉强合算的电池实际并不合算。',
    table: '各户规划容量与最优容量',
    saved: '每年节省 ¥',
    pvPlanned: '光伏规划 kWp',
    pvProved: '光伏最优 kWp',
    batteryPlanned: '电池规划 kWh',
    batteryProved: '电池最优 kWh',
    batteryPays: '电池合算的临界单价 ¥/kWh',
    hint: '点击住户可查看结论。',
    savedLife: (year, life) =>
      `最优容量每年比规划容量少花 ${year}，全寿命期现值合计 ${life}。`,
    savedYear: (year) => `最优容量每年比规划容量少花 ${year}。`,
    costsMore: (year) => `最符合目标的容量每年比规划容量多花 ${year}。`,
    asGood: '规划容量已是最优，没有更省钱的配置。',
    span: { npv: '（全寿命期现值）', annual: '/年' },
    totals: (total, bound, gap) =>
      `总成本 ${total}；已证明任何配置都不低于 ${bound}（证明差距 ${gap}）。`,
    earns: (total, bound, gap) =>
      `收益超过成本 ${total}；已证明任何配置都不超过 ${bound}（证明差距 ${gap}）。`,
    quantity: (share, gap) => `自给率达 ${share}；购电量与理论最低值的差距已证明不超过 ${gap}。`,
    roof: (plane) => `屋面 ${plane}`,
    roofFull: (kwp, price, now) =>
      `已装满 ${kwp}；单价不超过 ${price}/kWp 时结论不变（规划采用 ${now}）。`,
    roofNone: (price, now) => `不宜装光伏；单价低于 ${price}/kWp 时才合算（规划采用 ${now}）。`,
    roofNever: '不宜装光伏；任何价格都不合算。',
    roofPart: (kwp, room) => `可装 ${room}，宜装 ${kwp}。`,
    batteryNone: (price, now) => `不宜配电池：单价低于 ${price}/kWh 时才合算（规划采用 ${now}）。`,
    batteryNever: '不宜配电池：任何价格都不合算。',
    batteryAbsent: '不配电池。',
    batterySome: (kwh, kw) => `宜配电池 ${kwh}、${kw}。`,
    batteryUpTo: (price, now) => `单价高于 ${price}/kWh 时电池不再合算（规划采用 ${now}）。`,
    front: (household) => `${household} 的成本与自给率`,
    frontLead: (first, firstCost, last, lastCost) =>
      `每一点都是达到该自给率的最低成本方案：自给率由 ${first}（${firstCost}）到 ${last}（${lastCost}）。`,
    frontStep: (from, to, more, share) =>
      `最后一步由 ${from} 提高到 ${to}，多花 ${more}，占全部增量的 ${share}。`,
    cost: { npv: '全寿命期成本', annual: '年成本' },
    plannedPoint: '规划容量',
    provedPoint: '该自给率下的最优容量',
    point: (kwp, kwh) => `${kwp} kWp，${kwh} kWh`,
    frontTable: '各点数据表',
    capex: '初期投资',
    gap: '证明差距',
    refused: '未优化的住户',
    refusedCount: (count, reason) => `${count} 户（${reason}）：`,
  },
};
