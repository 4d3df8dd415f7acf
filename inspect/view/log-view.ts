import './log-view.css';
import type { View } from './charts-view.js';
import type { Cursor } from './cursor.js';
import { element } from './element.js';
import { type Entry, type History, placeAfter } from './history.js';
import { oncePerFrame } from './later.js';
import { lineAfterKey } from './log-keys.js';
import { lineOf, ROW } from './log-line.js';
import type { ViewSay } from './texts.js';
import { createTimeline } from './timeline.js';

export interface LogView extends View {
  /**
   * Marks steps of which there is something to say.
   *
   * @param notes by the sequence number of the step's record
   */
  mark(notes: ReadonlyMap<number, string>): void;
}

/** The history as a list, newest first, with the means to travel through it. Only the lines in sight are made. */
export function createLogView(history: History, cursor: Cursor, say: ViewSay): LogView {
  let shown: readonly Entry[] = [];
  const timeline = createTimeline(history, cursor, say, () => shown);
  const filter = element('input', { type: 'search', class: 'log-filter', spellcheck: 'false' });
  const list = element('ol', { class: 'log-lines' });
  const space = element('div', { class: 'log-space' }, list);
  const frame = element('div', { class: 'log', role: 'log', tabindex: '0' }, space);
  const detail = element('pre', { class: 'log-detail', hidden: '' });
  const forgotten = element('p', { class: 'log-forgotten', hidden: '' });
  const nothing = element('p', { class: 'log-forgotten', hidden: '' });
  let notes: ReadonlyMap<number, string> = new Map();
  let speech = say;
  /** The lines that are there; they hold while nothing but the history changes. */
  const made = new Map<Entry, HTMLElement>();

  const matching = (): readonly Entry[] => {
    const wanted = filter.value.trim().toLowerCase();
    if (wanted === '') return history.entries;
    return history.entries.filter(({ actor, event, failure, state }) =>
      `${actor} ${event} ${failure ?? ''} ${state}`.toLowerCase().includes(wanted),
    );
  };

  const drawLines = (): void => {
    const { length } = shown;
    const first = Math.max(0, Math.floor(frame.scrollTop / ROW) - SPARE);
    const last = Math.min(length, Math.ceil((frame.scrollTop + frame.clientHeight) / ROW) + SPARE);
    space.style.height = `${length * ROW}px`;
    list.style.transform = `translateY(${first * ROW}px)`;
    const before = new Map(made);
    made.clear();
    for (let row = first; row < last; row += 1) {
      const entry = shown[length - 1 - row];
      if (!entry) continue;
      const line = before.get(entry) ?? lineOf(entry, { cursor, say: speech, notes });
      const place = list.children[made.size] ?? null;
      // A line stays where it is while others come: one that is taken off between press and release is not clicked.
      if (place !== line) list.insertBefore(line, place);
      made.set(entry, line);
    }
    while (list.childElementCount > made.size) list.lastElementChild?.remove();
  };

  const drawDetail = (): void => {
    const { at } = cursor;
    const entry = at === null ? undefined : history.entries[placeAfter(history.entries, at) - 1];
    detail.hidden = !entry?.record;
    const { record } = entry ?? {};
    nothing.hidden = shown.length > 0 || history.entries.length === 0;
    detail.textContent = record ? JSON.stringify(record, null, 1).slice(0, LONGEST_DETAIL) : '';
  };

  const show = (): void => {
    const before = shown.length;
    shown = matching();
    // Whoever reads on further down does not want the lines to run away.
    if (frame.scrollTop > 0 && shown.length > before) frame.scrollTop += (shown.length - before) * ROW;
    forgotten.hidden = history.forgotten === 0;
    forgotten.textContent = `${history.forgotten} ${speech('forgotten')}`;
    drawLines();
    drawDetail();
  };

  const showAnew = (): void => {
    made.clear();
    show();
  };

  function speak(next: ViewSay): void {
    speech = next;
    timeline.speak(next);
    nothing.textContent = next('noMatch');
    frame.setAttribute('aria-label', next('log'));
    filter.placeholder = next('filter');
    filter.setAttribute('aria-label', next('filter'));
    showAnew();
  }

  /** Brings the moment that is looked at into sight, where it is not. */
  const follow = (): void => {
    const { at } = cursor;
    const place = at === null ? shown.length : placeAfter(shown, at);
    const top = Math.max(0, shown.length - place) * ROW;
    const isInSight = top >= frame.scrollTop && top + ROW <= frame.scrollTop + frame.clientHeight;
    if (!isInSight) frame.scrollTop = at === null ? 0 : Math.max(0, top - frame.clientHeight / 3);
  };

  frame.addEventListener('scroll', oncePerFrame(drawLines));
  list.addEventListener('click', ({ target }) => {
    const order = target instanceof Element ? target.closest('li')?.dataset.order : undefined;
    if (order !== undefined) cursor.travel(Number(order));
  });
  frame.addEventListener('keydown', (event) => {
    const isChord = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    const order = isChord ? undefined : lineAfterKey(event.key, shown, cursor.at);
    if (order === undefined) return;
    event.preventDefault();
    cursor.travel(order);
  });
  filter.addEventListener('input', show);
  const stop = history.onChange(oncePerFrame(show));
  cursor.onMove(() => {
    showAnew();
    // What it carried takes some of the room.
    follow();
    drawLines();
  });
  // Lines can be counted only once there is a place for them.
  new ResizeObserver(oncePerFrame(drawLines)).observe(frame);
  speak(say);

  return {
    element: element('section', { class: 'log-view' }, timeline.element, filter, forgotten, nothing, frame, detail),
    speak,
    mark(next) {
      notes = next;
      showAnew();
    },
    release() {
      stop();
      timeline.release();
    },
  };
}

/** Lines made above and below what is in sight. */
const SPARE = 8;
const LONGEST_DETAIL = 20_000;
