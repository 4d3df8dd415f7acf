import type { PhoneSnapshot } from '../../machines/phone-flow.js';
import { type FailureKind, failureText, type Locale } from '../../ports/failure.js';
import { type PhoneButtonTexts, texts } from './texts.js';

export interface PhoneButtonProps {
  mode: 'signIn' | 'update';
  disabled: boolean;
  /** Replacements for single texts; an empty one replaces nothing. */
  texts: Partial<PhoneButtonTexts> | null;
  /** Whether a tap has met terms that are not accepted. */
  termsAsked: boolean;
}

/** Plain data for the template. */
export interface PhoneButtonView {
  label: string;
  /** Why the last attempt came to nothing, or what is missing; empty where there is nothing to say. */
  hint: string;
  /** Whether the host's button stands there, or a plain one in its place. */
  live: boolean;
  openType: string;
  busy: boolean;
  /** Whether another way in is offered, by the slot `other`. */
  otherWay: boolean;
  disabled: boolean;
}

/** Nothing is asked of a flow that is not there: the app has made no auth. */
const nothing: Pick<PhoneSnapshot, 'state' | 'busy' | 'live' | 'openType' | 'otherWay' | 'frozen' | 'termsMissing'> = {
  state: 'inviting',
  busy: false,
  live: false,
  frozen: false,
  openType: 'getPhoneNumber',
  otherWay: false,
  termsMissing: false,
};

/**
 * What the button shows.
 *
 * @param snapshot the flow as it stands; `null` where no auth was created
 */
export function connect(snapshot: PhoneSnapshot | null, props: PhoneButtonProps, locale: Locale): PhoneButtonView {
  const { state, busy, live, openType, otherWay, frozen, termsMissing } = snapshot ?? nothing;
  const problem = problemOf(snapshot);
  const text = (name: keyof PhoneButtonTexts) => props.texts?.[name] || texts[locale][name];
  return {
    label: text(labelOf(state, busy, problem, props.mode)),
    hint: hintOf(problem, locale) || (props.termsAsked && termsMissing ? text('terms') : ''),
    live,
    openType,
    busy,
    otherWay,
    // A button that is disabled between tap and answer never hears the answer (G-15).
    disabled: props.disabled && !frozen && !busy,
  };
}

function problemOf(snapshot: PhoneSnapshot | null): FailureKind | null {
  if (!snapshot) return 'misconfigured';
  if (snapshot.busy || snapshot.frozen || snapshot.state === 'succeeded') return null;
  const kind = snapshot.failure?.kind ?? null;
  return kind === 'cancelled' ? null : kind;
}

function hintOf(problem: FailureKind | null, locale: Locale): string {
  return problem ? failureText(problem, locale) : '';
}

function labelOf(
  state: string,
  busy: boolean,
  problem: FailureKind | null,
  mode: PhoneButtonProps['mode'],
): keyof PhoneButtonTexts {
  if (busy) return 'busy';
  if (state === 'succeeded') return 'succeeded';
  return problem && problem !== 'unregistered' && problem !== 'key-stale' ? 'retry' : mode;
}
