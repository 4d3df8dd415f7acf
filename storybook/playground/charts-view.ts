import type { AnyStateMachine } from 'xstate';
import { type Chart, createChart } from '../chart/chart.js';
import { element } from '../element.js';
import { type Journal, pathOf } from './journal.js';

/** One tab per chart; each tab tells where its chart is, so that none has to be opened to know. */
export function createChartsView(machines: readonly AnyStateMachine[], journal: Journal): HTMLElement {
  const tabs = machines.map((machine, index) => createTab(machine, index));
  const select = (chosen: Tab) => {
    for (const tab of tabs) {
      tab.button.setAttribute('aria-selected', String(tab === chosen));
      tab.chart.element.hidden = tab !== chosen;
    }
  };
  for (const tab of tabs) {
    const follow = () => {
      const value = journal.valueOf(tab.machine.id);
      tab.state.textContent = pathOf(value);
      tab.chart.light(value);
    };
    journal.onEntry(({ chart }) => chart === tab.machine.id && follow());
    tab.button.addEventListener('click', () => select(tab));
    follow();
  }
  const [first] = tabs;
  if (first) select(first);
  return element(
    'section',
    { class: 'charts' },
    element('div', { class: 'tabs', role: 'tablist' }, ...tabs.map(({ button }) => button)),
    ...tabs.map(({ chart }) => chart.element),
  );
}

interface Tab {
  machine: AnyStateMachine;
  chart: Chart;
  button: HTMLButtonElement;
  state: HTMLElement;
}

function createTab(machine: AnyStateMachine, index: number): Tab {
  const chart = createChart(machine);
  chart.element.id = `chart-${index}`;
  chart.element.setAttribute('role', 'tabpanel');
  const state = element('b', {});
  const attributes = { type: 'button', role: 'tab', 'aria-controls': chart.element.id };
  return { machine, chart, state, button: element('button', attributes, machine.id, state) };
}
