import type { State } from '../chart.js';
import { element } from './element.js';

/** The states of a chart as a list, which takes the place of a picture. */
export interface StateList {
  readonly element: HTMLElement;
  /** The item of each state, by the state's id. */
  readonly states: ReadonlyMap<string, Element>;
}

export function listStates(root: State): StateList {
  const states = new Map<string, Element>();
  const listOf = (children: readonly State[]): HTMLElement =>
    element(
      'ul',
      { class: 'state-list' },
      ...children.map((state) => {
        const name = element('span', { title: state.description }, state.key);
        states.set(state.id, name);
        return element('li', {}, name, ...(state.children.length > 0 ? [listOf(state.children)] : []));
      }),
    );
  return { element: listOf(root.children.length > 0 ? root.children : [root]), states };
}
