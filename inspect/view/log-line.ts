import type { Cursor } from './cursor.js';
import { element } from './element.js';
import type { Entry } from './history.js';
import type { ViewSay } from './texts.js';

/** How high each line is, in pixels: where a line is can be told without drawing those above it. */
export const ROW = 20;

interface Surroundings {
  cursor: Cursor;
  say: ViewSay;
  notes: ReadonlyMap<number, string>;
}

/** One line of the log. */
export function lineOf(entry: Entry, { cursor, say, notes }: Surroundings): HTMLElement {
  const { order, at, actor, event, failure, state, stayed, lost, record } = entry;
  const note = record ? notes.get(record.seq) : undefined;
  const classes = [
    lost === undefined ? (stayed ? 'log-stayed' : 'log-moved') : 'log-lost',
    ...(record?.kind === 'call' ? ['log-call'] : []),
    ...(note === undefined ? [] : ['log-differs']),
    ...(cursor.at !== null && order > cursor.at ? ['log-later'] : []),
    ...(cursor.at === order ? ['log-at'] : []),
  ];
  const words = lost === undefined ? wordsOf(entry, say) : [`${lost} ${say('lost')}`];
  const line = element(
    'li',
    {
      class: classes.join(' '),
      'data-order': String(order),
      'aria-current': cursor.at === order ? 'true' : undefined,
    },
    element('time', {}, timeOf(at)),
    element(
      'span',
      {},
      element('i', {}, actor),
      ...words,
      element('em', {}, failure ? ` ${failure}` : ''),
      ...(state === '' ? [] : [' → ', element('b', {}, state)]),
      element('em', {}, note === undefined ? '' : ` ⚠ ${say('differs')}: ${note}`),
    ),
  );
  line.title = [
    `${actor} ${event}${failure ? ` ${failure}` : ''}${state === '' ? '' : ` → ${state}`}`,
    ...(note === undefined ? [] : [`${say('differs')}: ${note}`]),
  ].join('\n');
  return line;
}

/** As the clock on the wall has it. */
function timeOf(at: number): string {
  const date = new Date(at);
  const part = (value: number, digits: number) => String(value).padStart(digits, '0');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map((value) => part(value, 2)).join(':');
  return `${time}.${part(date.getMilliseconds(), 3)}`;
}

function wordsOf({ event, took, left }: Entry, say: ViewSay): string[] {
  if (took === undefined) return [` ${event}`];
  if (took === null) return [` ⟳ ${event} `, say('waiting')];
  return [` ⟳ ${event} `, left ? `${say('left')} ` : '', `${Math.round(took)} ms`];
}
