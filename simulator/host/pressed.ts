import type { ButtonEvent, Press } from './button.js';
import type { AskedSheet } from './sheets.js';

/** A button of a page. It is read when it is pressed, and again when its event comes (G-15). */
interface PressedButton {
  readonly openType?: string;
  readonly disabled?: boolean;
}

interface Parts<Question extends string> {
  readonly button: PressedButton;
  readonly handlers: { tap?(event: ButtonEvent): void };
  readonly question: Question | null;
  readonly asked: AskedSheet<Question>;
  tap(handler: () => void): void;
  /** What the host does then. It tells an event by `deliver`, which drops one whose button is no longer there. */
  run(deliver: (tell: () => void) => void): void;
}

/** A finger presses a button: its `tap` handler runs in the gesture, then the host does what the open-type says. */
export function createPress<Question extends string>(parts: Parts<Question>): Press<Question> {
  const { button, handlers, question, asked, tap, run } = parts;
  const { openType, disabled } = button;
  let isMounted = true;
  let lost = false;

  const deliver = (tell: () => void) => {
    if (!isMounted || button.disabled || button.openType !== openType) lost = true;
    else tell();
  };

  if (!disabled) {
    tap(() => {
      try {
        handlers.tap?.({ type: 'tap', detail: {} });
      } finally {
        run(deliver);
      }
    });
  }
  return {
    question,
    get state() {
      return asked.sheet.state;
    },
    allow: asked.sheet.allow,
    deny: asked.sheet.deny,
    cancel: asked.sheet.cancel,
    unmount() {
      isMounted = false;
    },
    get lost() {
      return lost;
    },
  };
}
