import type { Clock } from '../../ports/clock.js';
import type { ButtonEvent } from '../host/button.js';
import { isSince } from '../host/versions.js';

/** What WeChat says of a nickname. */
export type NicknameReview = 'pass' | 'reject' | 'timeout';

/** By the event's name, as in `bindnicknamereview`. */
export interface NicknameHandlers {
  input?(event: ButtonEvent): void;
  confirm?(event: ButtonEvent): void;
  blur?(event: ButtonEvent): void;
  nicknamereview?(event: ButtonEvent): void;
}

/** An `<input type="nickname">` of a page (W-12). */
export interface NicknameInput {
  /** What a form's submit reads. */
  readonly value: string;
  type(text: string): void;
  /** The keyboard's done key; then the input is left. */
  confirm(review?: NicknameReview): void;
  /** The input is left, and its name reviewed. */
  blur(review?: NicknameReview): void;
}

interface Parts {
  clock: Clock;
  /** How long a review takes, in milliseconds. */
  latency: number;
  baseLibrary: string;
  /** Where the person has yet to agree to the privacy guide, the input is one for plain text. */
  isPlain(): boolean;
  isAlive(): boolean;
}

export function createNicknameInput(parts: Parts, handlers: NicknameHandlers): NicknameInput {
  const { clock, latency, baseLibrary, isPlain, isAlive } = parts;
  let value = '';

  const reviewed = (review: NicknameReview) => {
    if (!isAlive()) return;
    if (review === 'reject') value = '';
    const detail = { pass: review === 'pass', timeout: review === 'timeout' };
    handlers.nicknamereview?.({ type: 'nicknamereview', detail });
  };

  const blur: NicknameInput['blur'] = (review = 'pass') => {
    handlers.blur?.({ type: 'blur', detail: { value } });
    if (isSince(baseLibrary, '2.24.4') && !isPlain()) clock.setTimeout(() => reviewed(review), latency);
  };

  return {
    get value() {
      return value;
    },
    type(text) {
      value = text;
      handlers.input?.({ type: 'input', detail: { value } });
    },
    confirm(review) {
      handlers.confirm?.({ type: 'confirm', detail: { value } });
      blur(review);
    },
    blur,
  };
}
