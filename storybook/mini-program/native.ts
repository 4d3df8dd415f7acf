import type { domlikeBackend } from 'glass-easel';
import type { PressedButton } from './finger.js';

/**
 * Makes an element of a browser behave as the host's of the same name, where their attributes differ.
 *
 * @param pictureOf the address of what a picture's path shows
 */
export function behaveAsNative(node: domlikeBackend.Element, pictureOf: (path: string) => string): void {
  const setAttribute = node.setAttribute.bind(node);
  // In a form of a browser every button sends it, unless it says otherwise.
  if (node instanceof HTMLButtonElement) node.type = 'button';
  node.setAttribute = (name, value) => {
    const isPath = node instanceof HTMLImageElement && name === 'src';
    setAttribute(name, isPath ? pictureOf(String(value)) : spelledOut(name, value));
    const twin = twinOf(node, name, value);
    if (twin) setAttribute(...twin);
  };
}

/** glass-easel writes `true` as an attribute without a value, which ARIA reads as nothing. */
function spelledOut(name: string, value: unknown): unknown {
  return name.startsWith('aria-') && value === '' ? 'true' : value;
}

/** What a browser calls it. */
function twinOf(node: object, name: string, value: unknown): [name: string, value: unknown] | null {
  if (name === 'aria-role') return ['role', value];
  if (name === 'form-type' && node instanceof HTMLButtonElement) return ['type', value];
  if (name === 'password' && node instanceof HTMLInputElement) return ['type', 'password'];
  return null;
}

/**
 * A button that is read each time; one that has left the page has nothing to say.
 *
 * @param id as the page has it, which is not on the browser's element
 */
export function pressedButton(node: HTMLButtonElement, id: string): PressedButton {
  return {
    get openType() {
      return (node.isConnected && node.getAttribute('open-type')) || '';
    },
    get disabled() {
      return node.disabled;
    },
    id,
    get phoneNumberNoQuotaToast() {
      return node.getAttribute('phone-number-no-quota-toast') !== 'false';
    },
  };
}
