import type { Locale } from '../../ports/failure.js';

const texts = {
  charts: { en: 'Charts', zh: '状态图' },
  none: { en: 'No flow has told anything yet.', zh: '还没有流程传来任何内容。' },
  whole: { en: 'Whole chart', zh: '完整图' },
  which: { en: 'Which one', zh: '哪一个' },
  time: { en: 'Point in time', zh: '时间点' },
  back: { en: 'One event back', zh: '上一个事件' },
  on: { en: 'One event on', zh: '下一个事件' },
  live: { en: 'Now', zh: '回到现在' },
  log: { en: 'Events, newest first', zh: '事件(最新在前)' },
  filter: { en: 'Filter', zh: '筛选' },
  noMatch: { en: 'Nothing contains this.', zh: '没有匹配的内容。' },
  waiting: { en: 'waiting', zh: '等待中' },
  left: { en: 'given up', zh: '已放弃' },
  lost: { en: 'records were lost here', zh: '条记录在此处丢失' },
  forgotten: { en: 'older entries are not kept any more', zh: '条较早的记录已不再保留' },
  differs: { en: 'the flow goes elsewhere', zh: '流程走向不同' },
} satisfies Record<string, Record<Locale, string>>;

export type ViewText = keyof typeof texts;

/** Says a text of the view in one language. */
export type ViewSay = (name: ViewText) => string;

export function viewSpeaker(locale: Locale): ViewSay {
  return (name) => texts[name][locale];
}
