import type { domlikeBackend } from 'glass-easel';

/** Makes an element of a browser behave as the host's of the same name, where their attributes differ. */
export function behaveAsNative(node: domlikeBackend.Element): void {
  const setAttribute = node.setAttribute.bind(node);
  // In a form of a browser every button sends it, unless it says otherwise.
  if (node instanceof HTMLButtonElement) node.type = 'button';
  node.setAttribute = (name, value) => {
    setAttribute(name, spelledOut(name, value));
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

/** The event that a press of a button tells without asking anybody. */
export function openTypeEvent(openType: unknown): string | null {
  return openType === 'agreePrivacyAuthorization' ? 'agreeprivacyauthorization' : null;
}
