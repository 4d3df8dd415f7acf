import type { View } from './charts-view.js';
import type { Cursor } from './cursor.js';
import { element } from './element.js';
import { type Entry, type History, placeAfter } from './history.js';
import { oncePerFrame } from './later.js';
import type { ViewSay } from './texts.js';

/**
 * Leads through a history, event by event; at its end it is now.
 *
 * @param stops where the arrows stop, oldest first
 */
export function createTimeline(history: History, cursor: Cursor, say: ViewSay, stops: () => readonly Entry[]): View {
  const back = element('button', { type: 'button' }, '◀');
  const on = element('button', { type: 'button' }, '▶');
  const live = element('button', { type: 'button', class: 'timeline-live' });
  const slider = element('input', { type: 'range', min: '0', step: '1' });

  /** The entry that is looked at, counted from 1; as many as there are: now. */
  const place = () =>
    cursor.at === null ? history.entries.length : Math.max(1, placeAfter(history.entries, cursor.at));
  const newest = () => history.entries.at(-1)?.order ?? 0;
  const go = (next: number) => {
    const entry = history.entries[Math.max(1, next) - 1];
    cursor.travel(entry && next < history.entries.length ? entry.order : null);
  };
  const show = () => {
    slider.max = String(history.entries.length);
    slider.value = String(place());
    live.setAttribute('aria-pressed', String(cursor.at === null));
  };

  const goBack = () => {
    const from = cursor.at ?? newest();
    // Some were sent in the same moment.
    const before = stops().findLast(({ order }) => order < from);
    if (before) cursor.travel(before.order);
  };
  const goOn = () => {
    const { at } = cursor;
    const next = at === null ? undefined : stops().find(({ order }) => order > at);
    cursor.travel(next && next.order < newest() ? next.order : null);
  };

  back.addEventListener('click', goBack);
  on.addEventListener('click', goOn);
  live.addEventListener('click', () => cursor.travel(null));
  slider.addEventListener('input', () => go(Number(slider.value)));
  const stop = history.onChange(oncePerFrame(show));
  cursor.onMove(show);
  show();

  const speak = (next: ViewSay) => {
    slider.setAttribute('aria-label', next('time'));
    back.setAttribute('aria-label', next('back'));
    on.setAttribute('aria-label', next('on'));
    live.textContent = next('live');
  };
  speak(say);
  return { element: element('div', { class: 'timeline' }, back, slider, on, live), speak, release: stop };
}
