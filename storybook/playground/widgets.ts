import { element } from '../element.js';

export function button(label: string, press: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button' }, label);
  made.addEventListener('click', press);
  return made;
}

export function checkbox(label: string, checked: boolean, change: (checked: boolean) => void): HTMLLabelElement {
  const box = element('input', { type: 'checkbox' });
  box.checked = checked;
  box.addEventListener('change', () => change(box.checked));
  return element('label', {}, box, label);
}

/**
 * A checkbox for what is kept elsewhere. It shows what is read there, and cannot be used while that is not known.
 *
 * @param change is waited for, and tells by itself why it failed; what came of it is read again
 * @param fail hears why nothing could be read
 */
export function distantCheckbox(
  label: string,
  read: () => Promise<boolean>,
  change: (checked: boolean) => Promise<void>,
  fail: (error: unknown) => void,
): HTMLLabelElement {
  const box = element('input', { type: 'checkbox' });
  const follow = async () => {
    box.disabled = true;
    box.checked = await read();
    box.disabled = false;
  };
  box.addEventListener('change', () => {
    box.disabled = true;
    change(box.checked).then(follow).catch(fail);
  });
  follow().catch(fail);
  return element('label', {}, box, label);
}

/** A choice of one of `texts`' keys. */
export interface Choice<Value extends string> {
  readonly element: HTMLSelectElement;
  readonly value: Value;
}

/**
 * @param label what is chosen; heard, not seen
 * @param texts what the person reads, by value; the first is chosen
 */
export function choice<Value extends string>(
  label: string,
  texts: Readonly<Record<Value, string>>,
  change: (value: Value) => void = () => {},
): Choice<Value> {
  const values = Object.keys(texts) as Value[];
  const options = values.map((value) => element('option', {}, texts[value]));
  const select = element('select', { 'aria-label': label }, ...options);
  const chosen = (): Value => {
    const value = values[select.selectedIndex];
    if (value === undefined) throw new RangeError(`There is nothing to choose for ${label}.`);
    return value;
  };
  select.addEventListener('change', () => change(chosen()));
  return {
    element: select,
    get value() {
      return chosen();
    },
  };
}

export function group(title: string, ...rows: readonly HTMLElement[]): HTMLFieldSetElement {
  return element('fieldset', {}, element('legend', {}, title), ...rows);
}

export function row(...things: readonly HTMLElement[]): HTMLDivElement {
  return element('div', { class: 'row' }, ...things);
}
