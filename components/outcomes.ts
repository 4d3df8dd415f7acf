import type { FlowSnapshot } from '../machines/flow.js';
import type { User } from '../ports/backend.js';
import { type FailureKind, failureText, type Locale } from '../ports/failure.js';
import type { OutcomeEvents } from './details.js';
import type { Tell } from './event.js';

export interface OutcomesParts {
  /** The states that are a success. */
  done: readonly string[];
  /** The state in which one more tap is asked for: no outcome yet. */
  again: string;
  locale(): Locale;
  /** Who is signed in. */
  user(): User | null;
  tell: Tell<OutcomeEvents>;
}

/** What a flow has come to, and whose that is. */
export interface OutcomeSnapshot extends FlowSnapshot {
  readonly user: User | null;
}

/** Tells a page what becomes of its flow, each outcome once. */
export interface Outcomes {
  /** The person has tapped, or answered: what fails from now on is told. */
  expect(): void;
  /** The page knows already: what the flow withdraws now is no news. */
  settle(): void;
  /** The flow stands so. */
  follow(snapshot: OutcomeSnapshot): void;
}

export function outcomes({ done, again, locale, user: signedIn, tell }: OutcomesParts): Outcomes {
  let told: FlowSnapshot | null = null;
  // What is made ready unasked may fail unasked: that is shown, and told to nobody.
  let isExpected = false;

  return {
    expect() {
      isExpected = true;
    },
    settle() {
      isExpected = false;
    },
    follow(snapshot) {
      const before = told;
      told = snapshot;
      const { state, busy, failure, user } = snapshot;
      if (busy) isExpected = true;
      const hasMoved = state !== before?.state;
      const hasFailed = failure !== null && failure !== before?.failure && state !== again;
      if (hasMoved || busy !== before.busy) tell('change', { state, busy });
      if (done.includes(state)) {
        if (hasMoved && user) tell('success', { user });
        isExpected = false;
      } else if (hasFailed && isExpected) {
        isExpected = false;
        const { kind } = failure;
        const detail = { kind, text: failureText(kind, locale()) };
        if (isNo(kind)) tell('denied', { ...detail, user: signedIn() });
        else tell('failure', detail);
      }
    },
  };
}

/** A person's no is no fault (G-12). */
function isNo(kind: FailureKind): boolean {
  return kind === 'denied' || kind === 'privacy-refused';
}
