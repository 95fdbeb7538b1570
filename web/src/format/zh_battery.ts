// Words of the sections about batteries in Chinese.
import type { enBattery } from './en_battery';

export const zhBattery: typeof enBattery = {
  batteries: {
    heading: '电池能省多少',
    nav: '电池',
    lead: (count, believed, best) =>
      `${count === '1' ? '这套电池一年节省' : `${count} 套电池一年合计节省`} ${believed}；若全年情况事先已知，最多可省 ${best}。`,
    cost: (cost) => `按寿命分摊，电池每年成本为 ${cost}。`,
    believe:
      '请以带 ★ 的数字为准：它是普通规则与“昨日预测”滚动优化中节省较多的一个，二者都不依赖无法预知的信息。其余几项只说明预测再准最多还能多省多少，不应据此购买。',
    counted: '★ 以此为准',
    savings: '各种运行方式一年的节省',
    way: {
      none: '不装电池',
      rule: '普通规则',
      rolling_persistence: '滚动优化，昨日预测',
      rolling_noisy: '滚动优化，含误差预测',
      rolling_perfect: '滚动优化，准确预测',
      optimum: '最优，全年已知',
    },
    wayWhy: {
      none: '只有光伏',
      rule: '有余电即充，缺电即放',
      rolling_persistence: '每小时重新规划：已知当前读数，其后按昨日',
      rolling_noisy: '每小时重新规划，一天前误差 20%',
      rolling_perfect: '未来两天毫无误差',
      optimum: '全年已知，已证明最优；现实中无人做到',
    },
    shareOfBest: (share) => `为最优的 ${share}`,
    table: '各种运行方式的全年电费（元）',
    costNote: '购电支出减去上网收入；电池损耗不计入此项，已计入电池价格。',
    why: '为什么在这时充电',
    whyNote: '取自全年已知的最优运行：按电池充入电量排序，取该季节居中的一天。',
    day: (season, date) => `${season}：${date}`,
    prices: (date) => `${date} 的电价与储能边际价值`,
    powers: (date) => `${date} 的功率与储能电量`,
    buy: '购电电价',
    sell: '上网电价',
    storedValue: '储能边际价值',
    stored: '储能电量',
    charging: '电池功率（正为充电）',
    valueNote:
      '储能边际价值，是电池里多存 1 千瓦时此后能省的钱。存入成本低于它时充电，电量的用处高于它时放电。',
    worth: '再增一个单位，一年能省多少',
    worthNote: '最优运行的边际价值，只适用于小幅变化；实际控制的节省会少一些。',
    unit: {
      battery_kwh: '电池容量 1 千瓦时',
      battery_kw: '电池功率 1 千瓦',
      pv_kwp: '光伏 1 kWp',
      export_kw: '上网限额 1 千瓦',
    },
    more: '增加',
    saves: '一年节省',
    costs: '一年成本',
    noPrice: '没有单独价格',
    worthIt: (unit) => `值得增加的是：${unit}。`,
    noneWorthIt: '以上各项增加都不合算。',
    gap: (gap) => `最优性证明：差距不超过 ${gap}。`,
    bounded: '部分时段上网电价高于购电电价，此时最优解只能给出界限，故不列理由。',
    sheetMost: (best) => `怎样运行一年也省不过 ${best}，说能省更多的别轻信。`,
    sheetCount: (believed, best) =>
      `能指望的只有 ${believed}；怎样运行也省不过 ${best}，说能省更多的别轻信。`,
  },
};
