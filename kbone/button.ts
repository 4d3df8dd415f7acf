import type { Dom } from './dom.js';
import type { Attributes, Part } from './element.js';

/** What a button of every component shows. */
export interface ButtonLook {
  readonly label: string;
  readonly busy: boolean;
  readonly disabled: boolean;
}

export interface LabelledButton extends Part {
  look(look: ButtonLook, className?: string): void;
}

/** A button with a label, and with a spinner while a machine is waited for. */
export function labelledButton(dom: Dom, onTap: () => void, native?: Attributes): LabelledButton {
  return labelled(dom, dom.button('denglu-button', onTap, native));
}

/** A form, and the button in it that sends it off. */
export function submitForm(dom: Dom, onSubmit: () => void): { form: Part; button: LabelledButton } {
  const { form, button } = dom.form(onSubmit);
  return { form, button: labelled(dom, button) };
}

function labelled(dom: Dom, button: Part): LabelledButton {
  const label = dom.text('denglu-label');
  const spinner = dom.text('denglu-spinner');
  spinner.set(dom.aria({ 'aria-hidden': true }));
  return {
    ...button,
    look({ label: text, busy, disabled }, className = '') {
      label.say(text);
      button.hold([label, busy ? spinner : null]);
      const looks = [busy ? 'denglu-button--busy' : '', disabled ? 'denglu-disabled' : '', className];
      const classes = ['denglu-button', ...looks].filter(Boolean).join(' ');
      const states = { 'aria-busy': String(busy), 'aria-disabled': String(disabled) };
      button.set({ class: classes, disabled, ...dom.aria({ 'aria-label': text, ...states }) });
    },
  };
}

/** The line below a button; it takes its place also while it is empty. */
export function hintLine(dom: Dom): Part {
  const hint = dom.box('denglu-hint');
  hint.set(dom.aria({ 'aria-live': 'polite' }));
  return hint;
}
