// Words of the pieces that the report and the app share, in Chinese.
import type { enParts } from './en_parts';

export const zhParts: typeof enParts = {
  locale: 'zh-CN',
  languageSwitch: '语言',
  skip: '跳到正文',
  showAll: (count) => `显示全部 ${count} 条`,
  showFewer: '收起',
  sideways: '左右滑动可看全',
  sortBy: (column) => `按${column}排序`,
  grades: { green: '绿', yellow: '黄', red: '红' },
};
