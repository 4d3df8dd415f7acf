import type { Press, WechatDevice } from '../../../simulator/index.js';
import { type ComponentPage, loadComponent, type PageOptions, type Part } from './component-page.js';
import { nativeButton } from './native-button.js';

/** What a person sees of the sheet; `null` where it is not there, or out of sight. */
export interface SheetLook {
  title: string;
  /** The step whose part is shown. */
  step: string;
  /** On the small button below it. */
  aside: string;
}

export interface SheetPage extends ComponentPage {
  look(): SheetLook | null;
  /** A finger presses the button that asks for the number. */
  pressPhone(device: WechatDevice): Press;
  /** What the button says: the one that asks for the number, or the one that signs in silently. */
  label(way: 'phone' | 'silent'): string | undefined;
  hint(part: 'phone' | 'silent' | 'terms' | 'linking' | 'form'): string | undefined;
  tapSilent(): void;
  accept(): void;
  /** The form of an account is sent. */
  submitAccount(name: string, password: string): void;
  submitNickname(nickname: string): void;
  /** The sheet has moved in, or out of sight. */
  moved(): void;
  /** The details of all that the page heard of this name. */
  details(type: string): unknown[];
  /** What the page heard, in order, without taps. */
  readonly story: readonly string[];
}

const STEPS: Readonly<Record<string, string>> = {
  signIn: 'sheet-sign-in',
  link: 'sheet-link-step',
  profile: 'sheet-profile',
  done: 'sheet-finish',
};

/** Loads the built sheet into miniprogram-simulate, and answers what makes pages that use it. */
export function loadSheet(folder: string): (options?: PageOptions) => SheetPage {
  const events = ['success', 'failure', 'denied', 'change', 'close', 'touchmove'];
  const load = loadComponent(folder, 'sign-in-sheet', events);
  return (options) => {
    const page = load(options);
    const within = (part: string, inner: string): Part => {
      const found = page.get(part).find(inner);
      if (!found) throw new Error(`${part} has no ${inner}`);
      return found;
    };
    const isSeen = (part: string) => {
      const found = page.part(part);
      return found !== undefined && !found.className.includes('denglu-sheet-away');
    };
    return {
      ...page,
      // Heard in this very stack, as those of the other parts.
      tap: (part = 'sheet-close') => page.get(part).fire('tap'),
      get reads() {
        return page.reads;
      },
      look() {
        if (!page.part('sheet') || page.part('sheet--kept')) return null;
        return {
          title: page.text('sheet-title') ?? page.find('sheet-linking')?.find('title')?.dom.textContent ?? '',
          step: Object.keys(STEPS).find((step) => isSeen(STEPS[step] ?? '')) ?? '',
          aside: page.text('sheet-aside') ?? '',
        };
      },
      pressPhone(device) {
        const { button, handlers } = nativeButton(within('sheet-phone', 'button'));
        return device.press(button, handlers);
      },
      label: (way) => page.find(`sheet-${way}`)?.find('label')?.dom.textContent ?? undefined,
      hint: (part) => page.find(`sheet-${part}`)?.find('hint')?.dom.textContent ?? undefined,
      tapSilent: () => within('sheet-silent', 'button').fire('tap'),
      accept: () => within('sheet-terms', 'check').fire('tap'),
      submitAccount: (name, password) => within('sheet-linking', 'form').fire('submit', { value: { name, password } }),
      submitNickname: (nickname) => within('sheet-form', 'fields').fire('submit', { value: { nickname } }),
      moved: () => page.get('sheet-panel').fire('animationend'),
      details: (type) => page.heard.flatMap((event) => (event.type === type ? [event.detail] : [])),
      get story() {
        return page.heard.flatMap(({ type }) => (type === 'tap' ? [] : [type]));
      },
    };
  };
}
