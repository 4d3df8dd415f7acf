import { element } from '../element.js';
import type { Entry, Journal } from './journal.js';

/** The journal as a list, newest first. */
export function createLogView(journal: Journal): HTMLElement {
  const list = element('ol', { class: 'log', role: 'log' }, ...journal.entries.map(lineOf));
  journal.onEntry((entry, place) => {
    list.insertBefore(lineOf(entry), list.children[place] ?? null);
    while (list.childElementCount > journal.entries.length) list.lastElementChild?.remove();
  });
  return list;
}

function lineOf({ at, chart, event, failure, state, stayed }: Entry): HTMLElement {
  return element(
    'li',
    { class: stayed ? 'log-stayed' : 'log-moved' },
    element('time', {}, new Date(at).toISOString().slice(14, 23)),
    element(
      'span',
      {},
      element('i', {}, chart),
      ` ${event}`,
      element('em', {}, failure ? ` ${failure}` : ''),
      ...(state === '' ? [] : [' → ', element('b', {}, state)]),
    ),
  );
}
