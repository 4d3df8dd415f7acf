import type { AuthSnapshot, AuthStatus } from '../../machines/auth.js';
import type { SignInOptions } from '../../machines/sign-in-options.js';
import { type FailureKind, failureText, type Locale } from '../../ports/failure.js';
import { type LoginButtonTexts, texts } from './texts.js';

export interface LoginButtonProps {
  /** What is left out is as `createAuth` has it. */
  createUser: boolean | undefined;
  withUnionId: boolean | undefined;
  /** Whether the app's terms are accepted; where nothing is said, there are none (G-16). */
  accepted?: boolean | undefined;
  /** Whether a tap has met terms that are not accepted. */
  termsAsked?: boolean;
  /** Whether the host has a login button of its own (B-01). */
  hostLogin?: boolean;
  disabled: boolean;
  /** Replacements for single texts; an empty one replaces nothing. */
  texts: Partial<LoginButtonTexts> | null;
}

/** Plain data for the template. */
export interface LoginButtonView {
  label: string;
  /** Why the last attempt signed nobody in, or what is missing; empty where there is nothing to say. */
  hint: string;
  busy: boolean;
  signedIn: boolean;
  /** Whether the button is the host's own login button: nobody is signed in to the host (B-01). */
  hostLogin: boolean;
  disabled: boolean;
}

export type LoginButtonIntent =
  | { type: 'SIGN_IN'; options: SignInOptions }
  /** The terms have to be accepted first (G-16). */
  | { type: 'ASK_TERMS' };

/**
 * What the button shows and does.
 *
 * @param snapshot the app's auth as it stands; `null` where no auth was created
 * @param send takes the intents of the person who taps
 */
export function connect(
  snapshot: AuthSnapshot | null,
  props: LoginButtonProps,
  locale: Locale,
  send: (intent: LoginButtonIntent) => void,
): { view: LoginButtonView; handlers: { tap: () => void; hostLogin: () => void } } {
  const signedIn = snapshot?.user != null;
  const busy = snapshot?.busy === true && !signedIn;
  const problem = busy || signedIn ? null : problemOf(snapshot);
  const text = textOf({ signedIn, busy, problem, status: snapshot?.status });
  const wordOf = (name: keyof LoginButtonTexts) => props.texts?.[name] || texts[locale][name];
  const termsMissing = props.accepted === false && !signedIn;
  const asksTerms = termsMissing && props.termsAsked === true && !busy;
  const hostLogin = props.hostLogin === true && problem === 'host-signed-out' && !termsMissing;
  const signIn = () =>
    send({ type: 'SIGN_IN', options: { createUser: props.createUser, withUnionId: props.withUnionId } });
  return {
    view: {
      label: snapshot?.user?.nickname || wordOf(text),
      hint: asksTerms ? wordOf('terms') : problem ? failureText(problem, locale) : '',
      busy,
      signedIn,
      hostLogin,
      disabled: props.disabled,
    },
    handlers: {
      tap() {
        // A tap while it says that it signs out does not ask to be signed in again.
        if (props.disabled || snapshot?.status === 'signingOut') return;
        // The host has its own answer to this tap, and tells when that is over.
        if (hostLogin) return;
        if (termsMissing) send({ type: 'ASK_TERMS' });
        else signIn();
      },
      // Whatever it told: who is signed in to the host now, the host says when it is asked.
      hostLogin: signIn,
    },
  };
}

function problemOf(snapshot: AuthSnapshot | null): FailureKind | null {
  if (!snapshot) return 'misconfigured';
  const kind = snapshot.failure?.kind ?? null;
  return kind === 'cancelled' ? null : kind;
}

interface Situation {
  signedIn: boolean;
  busy: boolean;
  problem: FailureKind | null;
  status: AuthStatus | undefined;
}

function textOf({ signedIn, busy, problem, status }: Situation): keyof LoginButtonTexts {
  if (signedIn) return 'signedIn';
  if (busy) return status === 'signingOut' ? 'signingOut' : 'signingIn';
  return problem && !INVITED_STILL.includes(problem) ? 'retry' : 'signIn';
}

/** Nothing went wrong: something comes first. */
const INVITED_STILL: readonly FailureKind[] = ['unregistered', 'host-signed-out'];
