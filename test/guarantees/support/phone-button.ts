import type { PhoneFlow, PhoneOptions } from '../../../machines/phone-flow.js';
import type { Answer, NativeButton, Press } from '../../../simulator/index.js';
import type { TestApp } from '../../support/app.js';
import { second } from './scene.js';

/** The last base library whose phone button tells only what is encrypted (W-13). */
export const OLD = { baseLibrary: '2.21.1' };

export interface PhoneButton {
  readonly flow: PhoneFlow;
  /** A finger presses it; `null` where an overlay lies above it. */
  press(): Press | null;
  /** A finger presses it, and the person answers whatever opens. */
  pressAndAnswer(answer?: Exclude<Answer, 'ignore'>): Promise<void>;
  /** What the host has told it, oldest first. */
  readonly heard: readonly unknown[];
}

/** A phone button on a page: while it is frozen it stays as it was, and while it is busy an overlay lies above it. */
export function placePhoneButton({ auth, clock, device }: TestApp, options?: PhoneOptions): PhoneButton {
  const flow = auth.phone(options);
  const heard: unknown[] = [];
  let shown = flow.getSnapshot();
  flow.subscribe((snapshot) => {
    if (!snapshot.frozen) shown = snapshot;
  });
  const native: NativeButton = {
    id: 'phone',
    get openType() {
      return shown.live ? shown.openType : '';
    },
  };
  const answered = ({ detail }: { detail: unknown }) => {
    heard.push(detail);
    flow.answer(detail);
  };
  const press = () => {
    if (flow.getSnapshot().busy) return null;
    return device.press(native, {
      tap: () => (shown.live ? flow.ask() : flow.want()),
      getphonenumber: answered,
      getrealtimephonenumber: answered,
    });
  };
  return {
    flow,
    heard,
    press,
    async pressAndAnswer(answer = 'allow') {
      const sheet = press();
      await clock.advance(second);
      sheet?.[answer]();
      await clock.advance(2 * second);
    },
  };
}
