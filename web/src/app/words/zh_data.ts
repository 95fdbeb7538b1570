// Words of the data page, in Chinese. A missing key fails `npm run check`.
import type { DataWords } from './en_data';

export const zhData: DataWords = {
  heading: '开放数据',
  lead: '每个数都注明单位与出处，与页面所示完全一致。',
  tabs: { sets: '数据集', dictionary: '数据字典', guide: '接口指南' },
  tabsLabel: '查看内容',

  access: {
    open: '对所有人开放',
    villages: '限您可以查看的村庄',
    researchers: '供研究使用：已同意住户的假名数据',
  },
  notAllowed: '您当前的身份不能获取此数据集。',
  signIn: '登录',
  villagesOf: '包含村庄',
  noVillages: '其中没有您可以查看的村庄。',
  chooseVillage: '村庄',
  release: '发布年份',
  latest: '今年',
  pseudonyms: '假名在同一次发布中保持不变，各次发布互不相同。同意的住户少于五户时不提供数据。',
  columns: (count) => `${count} 列`,
  column: '列名',
  type: '类型',
  unit: '单位',
  meaning: '含义',
  types: {
    text: '文本',
    integer: '整数',
    number: '数值',
    day: '日期',
    month: '月份',
    boolean: '是或否',
  },
  dictionaryLead: '全部数据集的全部列。机器可读版本：',
  find: '查找列',
  findHint: '列名、单位或含义',
  noParquet: 'CSV 可用任何电子表格或笔记本打开；形似公式的单元格按文本保存。',

  guideLead: '页面上的一切都来自 /api/v1 下的同一套接口，您也可以直接使用。',
  guideDocument: '完整接口文档（OpenAPI）：',
  copy: '复制',
  copied: '已复制',
  run: '在此运行',
  answer: (status, bytes) => `状态码 ${status}，共 ${bytes} 字节`,
  shortened: '……（已截断）',
  needsToken: '需要令牌',
  parts: {
    read: { title: '免登录读取', text: '排放因子、电价，以及村委会已公开的村庄。' },
    token: {
      title: '用令牌读取',
      text: '在“我的账号”里生成令牌，权限与您本人相同，请像密码一样保管。',
    },
    again: { title: '只取有变化的', text: '每次应答都带 ETag，下次带上它：返回 304 表示没有变化。' },
    pages: { title: '长列表', text: '列表返回 items 与 next；把 next 作为 after 传入即得下一页。' },
    write: {
      title: '安全写入',
      text: '带上 Idempotency-Key，同一请求重复发送也只执行一次。下例把一个减排吨数与各种因子对照。',
    },
    errors: {
      title: '出错时',
      text: '错误按 RFC 9457 返回：一次列出输入中的全部错误及其字段。',
    },
    live: { title: '实时推送', text: '变化以服务器推送事件（SSE）送达，连接保持打开。' },
  },
  python: '在笔记本中使用',
};
