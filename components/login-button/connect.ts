import type { AuthSnapshot, SignInOptions } from '../../machines/auth.js';
import { type FailureKind, failureText, type Locale } from '../../ports/failure.js';
import { type LoginButtonTexts, texts } from './texts.js';

export interface LoginButtonProps {
  createUser: boolean;
  withUnionId: boolean;
  disabled: boolean;
  /** Replacements for single texts. */
  texts: Partial<LoginButtonTexts>;
}

/** Plain data for the template. */
export interface LoginButtonView {
  label: string;
  /** Why the last attempt signed nobody in; empty where there is nothing to say. */
  hint: string;
  busy: boolean;
  signedIn: boolean;
  disabled: boolean;
}

export type LoginButtonIntent = { type: 'SIGN_IN'; options: Required<SignInOptions> };

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
): { view: LoginButtonView; handlers: { tap: () => void } } {
  const words = { ...texts[locale], ...props.texts };
  const signedIn = snapshot?.user != null;
  const busy = snapshot?.busy === true && !signedIn;
  const problem = busy || signedIn ? null : problemOf(snapshot);
  return {
    view: {
      label: labelOf(words, { signedIn, busy, problem, nickname: snapshot?.user?.nickname }),
      hint: problem ? failureText(problem, locale) : '',
      busy,
      signedIn,
      disabled: props.disabled,
    },
    handlers: {
      tap() {
        if (props.disabled) return;
        send({ type: 'SIGN_IN', options: { createUser: props.createUser, withUnionId: props.withUnionId } });
      },
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
  nickname: string | null | undefined;
}

function labelOf(words: LoginButtonTexts, { signedIn, busy, problem, nickname }: Situation): string {
  if (signedIn) return nickname || words.signedIn;
  if (busy) return words.signingIn;
  return problem && problem !== 'unregistered' ? words.retry : words.signIn;
}
