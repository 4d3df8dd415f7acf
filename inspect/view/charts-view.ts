import './charts-view.css';
import type { State } from '../chart.js';
import { type Chart, createChart } from './chart.js';
import type { Cursor } from './cursor.js';
import { element } from './element.js';
import { type History, pathOf } from './history.js';
import { oncePerFrame } from './later.js';
import type { LayOut } from './layout.js';
import type { ViewSay } from './texts.js';

/** A part of the inspector's view. */
export interface View {
  readonly element: HTMLElement;
  /** Says its texts in another language. */
  speak(say: ViewSay): void;
  /** Hears of its history no more. */
  release(): void;
}

interface Tab {
  readonly machine: string;
  readonly drawn: State;
  readonly chart: Chart;
  readonly button: HTMLButtonElement;
  readonly state: HTMLElement;
  /** Which of several that run the same chart. */
  readonly picker: HTMLSelectElement;
}

/**
 * One tab per chart, as charts are told of; each tab tells where its chart is, so that none has to be opened to know.
 * Where several flows run the same chart, the one that was spoken of last is shown, unless another is picked.
 *
 * @param first the chart that is shown until another is picked; default: the first that is told of
 */
export function createChartsView(
  history: History,
  cursor: Cursor,
  say: ViewSay,
  layOut: LayOut,
  first: string | null = null,
): View {
  const strip = element('div', { class: 'tabs', role: 'tablist' });
  const panels = element('div', {});
  const whole = element('button', { class: 'charts-whole', type: 'button', 'aria-pressed': 'false' });
  const nothing = element('p', { class: 'charts-none' });
  const tabs = new Map<string, Tab>();
  let chosen: string | null = null;
  let isPicked = false;
  let speech = say;

  const select = (machine: string) => {
    const isNew = chosen !== machine;
    chosen = machine;
    for (const tab of tabs.values()) {
      const isChosen = tab.machine === machine;
      tab.button.setAttribute('aria-selected', String(isChosen));
      tab.button.tabIndex = isChosen ? 0 : -1;
      tab.chart.element.hidden = !isChosen;
      tab.picker.parentElement?.toggleAttribute('hidden', !isChosen || tab.picker.options.length < 3);
      if (isChosen && isNew) tab.chart.reveal();
    }
  };

  const pick = (machine: string) => {
    isPicked = true;
    select(machine);
  };

  // https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
  strip.addEventListener('keydown', (event) => {
    const all = [...tabs.values()];
    const to = tabReachedBy(
      event.key,
      all.findIndex(({ machine }) => machine === chosen),
      all.length,
    );
    const tab = to === undefined ? undefined : all[to];
    if (!tab) return;
    event.preventDefault();
    pick(tab.machine);
    tab.button.focus();
  });

  const add = (drawn: State): void => {
    const before = tabs.get(drawn.id);
    const tab = createTab(drawn, before?.chart.element.id ?? `chart-${tabs.size}`, layOut);
    tabs.set(drawn.id, tab);
    tab.button.addEventListener('click', () => pick(drawn.id));
    tab.picker.addEventListener('change', show);
    const picked = element('div', { class: 'chart-pick', hidden: '' }, tab.picker);
    if (before) {
      before.button.replaceWith(tab.button);
      before.picker.parentElement?.replaceWith(picked);
      before.chart.element.replaceWith(tab.chart.element);
    } else {
      strip.append(tab.button);
      panels.append(picked, tab.chart.element);
    }
    select(drawn.id === first && !isPicked ? drawn.id : (chosen ?? drawn.id));
  };

  const follow = (tab: Tab, at: number | undefined): void => {
    const runs = history.runsOf(tab.machine);
    fillPicker(
      tab.picker,
      runs.map(({ actor }) => actor),
    );
    const picked = tab.picker.value === '' ? history.latestOf(tab.machine, at)?.actor : tab.picker.value;
    const value = picked === undefined ? null : history.valueOf(picked, at);
    const running = runs.filter(({ actor }) => history.isActive(actor, at)).length;
    tab.state.textContent = running > 1 ? `${pathOf(value)} ×${running}` : pathOf(value);
    tab.chart.light(value);
  };

  function show(): void {
    for (const chart of history.charts) if (tabs.get(chart.id)?.drawn !== chart) add(chart);
    for (const tab of tabs.values()) follow(tab, cursor.at ?? undefined);
    nothing.hidden = tabs.size > 0;
    whole.hidden = tabs.size === 0;
    if (chosen !== null) select(chosen);
  }

  function speak(next: ViewSay): void {
    speech = next;
    strip.setAttribute('aria-label', speech('charts'));
    nothing.textContent = speech('none');
    whole.textContent = speech('whole');
    for (const { picker } of tabs.values()) picker.setAttribute('aria-label', speech('which'));
  }

  whole.addEventListener('click', () => {
    const isWhole = section.classList.toggle('charts--whole');
    whole.setAttribute('aria-pressed', String(isWhole));
    for (const { chart } of tabs.values()) chart.reveal();
  });

  const section = element('section', { class: 'charts' }, strip, nothing, whole, panels);
  const stop = history.onChange(oncePerFrame(show));
  cursor.onMove(show);
  show();
  speak(say);
  return { element: section, speak, release: stop };
}

function createTab(drawn: State, id: string, layOut: LayOut): Tab {
  const chart = createChart(drawn, layOut);
  chart.element.id = id;
  chart.element.setAttribute('role', 'tabpanel');
  const state = element('b', {});
  const attributes = { type: 'button', role: 'tab', 'aria-controls': chart.element.id };
  const picker = element('select', {}, element('option', { value: '' }, '…'));
  return {
    machine: drawn.id,
    drawn,
    chart,
    state,
    picker,
    button: element('button', attributes, drawn.key, state),
  };
}

/** Of so many tabs in a row, whose ends meet. */
function tabReachedBy(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowRight') return (at + 1) % count;
  if (key === 'ArrowLeft') return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

function fillPicker(picker: HTMLSelectElement, actors: readonly string[]): void {
  const [latest, ...others] = picker.options;
  const isSame = others.length === actors.length && others.every(({ value }, index) => value === actors[index]);
  if (isSame || !latest) return;
  const picked = picker.value;
  picker.replaceChildren(latest, ...actors.map((actor) => element('option', { value: actor }, actor)));
  picker.value = actors.includes(picked) ? picked : '';
}
