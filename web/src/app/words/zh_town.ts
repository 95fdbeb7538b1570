// Words of the town's page, in Chinese. A missing key fails `npm run check`.
import type { TownWords } from './en_town';

export const zhTown: TownWords = {
  heading: (town) => town,
  lead: (year, villages) => `${year} 年 ${villages} 个村，按已结算月份统计。`,
  none: '没有您可以查看的村庄。',
  year: '年份',
  figures: {
    capacity: '光伏装机',
    homes: '光伏户数',
    made: '发电量',
    sold: '上网电量',
    earned: '上网结算收入',
    avoided: '减排量',
  },
  homesOf: (homes) => `共 ${homes} 户`,
  mixedFactors: '各村采用的排放因子不同，减排量不能相加。',

  villages: '各村对照',
  village: '村庄',
  columns: {
    capacity: '装机 kWp',
    homes: '光伏户数',
    made: '发电量',
    sold: '上网电量',
    self: '自用率',
    earned: '结算收入',
    avoided: '减排量',
    months: '已结算月数',
    data: '数据完整率',
  },
  illustrative: '示意',
  chartLabel: '各村发电量与上网电量',
  measure: '比较内容',
  measures: { made: '发电量', sold: '上网电量', earned: '结算收入', avoided: '减排量', capacity: '装机容量' },
  export: '导出表格',
  methods: '减排量核算方法',
  method: (village, factor, value, document) =>
    `${village}：${factor}，${value} kg/kWh（${document}）`,
  noMethod: (village) => `${village}：没有排放因子，不计减排量。`,
  estimated: '部分数据按估读示数计算。',

  goals: '目标',
  noGoals: '本镇还没有录入目标。',
  noGoalsMore: '目标也是数据，由管理员连同文件依据一起录入。',
  reached: (reached, value) => `${reached} / ${value}`,
  unknownReached: (value) => `目标 ${value}，完成情况尚无数据`,
  until: (year) => `${year} 年`,
  goalOf: (villages) => `范围：${villages}`,
  units: { homes: '户', t: '吨' },

  published: '已公布的减排吨数',
  publishedLead: '没有注明排放因子的吨数，本身就是一个问题。',
  means: (least, most) => `按现行各种因子，相当于每年 ${least} 至 ${most}。`,
  source: '来源',

  claim: '这个吨数意味着什么？',
  claimLead: '输入公布的吨数，看在每种因子下对应多少电量和装机。',
  factorsMissing: '排放因子无法读取。',
};
