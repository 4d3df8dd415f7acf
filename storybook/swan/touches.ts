import type { Finger } from '../mini-program/finger.js';

/**
 * A click is a tap, so that the keyboard taps as well, and a disabled button does not. What follows on a button of the
 * host's is the finger's to tell.
 *
 * @returns how to stop
 */
export function listenToTouches(page: HTMLElement, finger: Finger): () => void {
  const listening = new AbortController();
  page.addEventListener('click', (event) => click(event, finger), listening);
  page.addEventListener('submit', (event) => event instanceof SubmitEvent && event.preventDefault(), {
    capture: true,
    signal: listening.signal,
  });
  return () => listening.abort();
}

function click(event: Event, finger: Finger): void {
  const { target } = event;
  if (!(target instanceof Element)) return;
  const tap = () => target.dispatchEvent(new CustomEvent('tap', { bubbles: true, detail: {} }));
  const button = target.closest('button');
  if (!button?.getAttribute('open-type')) {
    finger.tap(tap);
  } else {
    finger.press(pressed(button), {
      tap,
      tell: (name, detail) => button.dispatchEvent(new CustomEvent(name, { detail })),
    });
  }
  const form = button?.getAttribute('form-type') === 'submit' && button.closest('form');
  if (form) submit(form);
}

/** A button that is read each time; one that has left the page has nothing to say. */
function pressed(button: HTMLButtonElement) {
  return {
    get openType() {
      return (button.isConnected && button.getAttribute('open-type')) || '';
    },
    get disabled() {
      return button.disabled;
    },
    id: button.id,
    phoneNumberNoQuotaToast: true,
  };
}

function submit(form: HTMLFormElement): void {
  const value: Record<string, string> = {};
  for (const input of form.querySelectorAll('input')) if (input.name) value[input.name] = input.value;
  form.dispatchEvent(new CustomEvent('submit', { detail: { value } }));
}
