import { element } from '../element.js';
import './host-sheet.css';

export interface SheetAction {
  readonly label: string;
  readonly press: () => void;
  /** `yes` is the host's green; `row` stands on a line of its own. */
  readonly look: 'yes' | 'no' | 'row';
}

export interface HostSheetOptions {
  title: string;
  /** What is given if the person agrees. */
  content?: readonly (Node | string)[];
  actions: readonly SheetAction[];
  /** Names the cross, which closes it without an answer. */
  closeLabel: string;
  close: () => void;
}

/** A sheet of the host over the page of an app, in the look of the phone's platform. */
export function createHostSheet({ title, content = [], actions, closeLabel, close }: HostSheetOptions): HTMLElement {
  const buttons = actions.map(({ label, press, look }) => {
    const made = element('button', { type: 'button', class: `host-sheet-${look}` }, label);
    made.addEventListener('click', press);
    return made;
  });
  const cross = element('button', { type: 'button', class: 'host-sheet-close', 'aria-label': closeLabel }, '×');
  cross.addEventListener('click', close);
  const rows = buttons.filter((made) => made.classList.contains('host-sheet-row'));
  const others = buttons.filter((made) => !rows.includes(made));
  return element(
    'div',
    { class: 'host-sheet' },
    element(
      'div',
      { class: 'host-sheet-panel', role: 'dialog', 'aria-label': title },
      element('div', { class: 'host-sheet-head' }, element('b', {}, title), cross),
      ...(content.length > 0 ? [element('div', { class: 'host-sheet-content' }, ...content)] : []),
      ...rows,
      ...(others.length > 0 ? [element('div', { class: 'host-sheet-actions' }, ...others)] : []),
    ),
  );
}
